"""From the author to the layout, step by step: who approves, what refuses, who is told."""

import json
from dataclasses import dataclass

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, Page, PageSubscription, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from magazine.models import IssueEntry
from magazine.stages import Stage, Standing, standings_of
from tests.magazine.desk_world import member, written_by

LEFT_EMPTY = (
    "kicker",
    "standfirst",
    "short_title",
    "lead_caption",
    "lead_alt",
    "edition_label",
    "advertiser",
    "paid_mention",
    "provenance_title",
    "provenance_place",
    "provenance_url",
    "seo_title",
    "search_description",
)


@dataclass(frozen=True)
class Finding:
    message: str
    remedy: str


@pytest.fixture
def house(magazine):
    """A magazine and its people."""
    magazine.people = {role: member(role) for role in ("contributor", "editor", "chief")}
    magazine.draft = written_by(magazine, magazine.people["contributor"], title="La file")
    return magazine


@pytest.fixture
def findings(monkeypatch):
    """What the checks find; tests put findings in."""
    found = []
    monkeypatch.setattr("magazine.checks.blocking", lambda article, issue=None: found)
    return found


def now(article):
    """The article as the database has it."""
    return Page.objects.get(pk=article.pk).specific


def hand_in(client, house):
    client.force_login(house.people["contributor"])
    return post(client, house.draft, "action-submit")


def post(client, article, action, **fields):
    """Save the article's form with one of its buttons."""
    form = {
        "title": article.title,
        "slug": article.slug,
        "channel": "everywhere",
        "body": streamfield([]),
        "bylines": inline_formset([]),
        "corrections": inline_formset([]),
        "comments": inline_formset([]),
        action: "1",
        **dict.fromkeys(LEFT_EMPTY, ""),
        **fields,
    }
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[article.pk]), nested_form_data(form)
    )


def decide(client, user, article, action="approve", **answers):
    """Approve or send back by the button of the desk's first screen."""
    client.force_login(user)
    state = now(article).current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, action, state.pk])
    return client.post(address, answers, follow=True)


def step_of(article):
    return now(article).current_workflow_task.name


def test_there_are_three_steps_from_the_root_of_the_tree(db):
    (workflow,) = Workflow.objects.filter(active=True)
    steps = [
        (task.name, sorted(group.name for group in task.specific.groups.all()))
        for task in workflow.tasks
    ]
    assert steps == [
        ("Relecture", ["Rédaction", "Rédaction en chef"]),
        ("Corrections", ["Rédaction", "Rédaction en chef"]),
        ("Prêt pour la maquette", ["Rédaction en chef"]),
    ]
    assert [page.depth for page in Page.objects.filter(workflowpage__workflow=workflow)] == [1]


def test_only_articles_go_through_it(house):
    pages = [house.home, house.section, house.archive, house.issue(number=7, live=False)]
    assert [page.has_workflow for page in pages] == [False] * 4
    assert house.draft.has_workflow


def test_an_article_handed_in_is_reread_corrected_and_ready_but_not_published(
    house, client, findings
):
    issue = house.issue(house.draft, number=7, live=False)
    hand_in(client, house)
    assert step_of(house.draft) == "Relecture"
    decide(client, house.people["editor"], house.draft)
    assert step_of(house.draft) == "Corrections"
    decide(client, house.people["editor"], house.draft)
    assert step_of(house.draft) == "Prêt pour la maquette"
    decide(client, house.people["chief"], house.draft)
    article = now(house.draft)
    assert (article.live, article.workflow_in_progress) == (False, False)
    assert standings_of([article]) == {article.pk: Standing(Stage.READY)}
    entry = IssueEntry.objects.get(issue=issue)
    assert entry.release_revision_id == article.latest_revision_id


def test_an_article_of_no_issue_is_ready_too(house, client, findings):
    hand_in(client, house)
    for role in ("editor", "editor", "chief"):
        decide(client, house.people[role], house.draft)
    assert standings_of([house.draft]) == {house.draft.pk: Standing(Stage.READY)}


def test_an_editor_does_not_approve_the_last_step(house, client, findings):
    hand_in(client, house)
    for _ in range(2):
        decide(client, house.people["editor"], house.draft)
    answer = decide(client, house.people["editor"], house.draft)
    assert step_of(house.draft) == "Prêt pour la maquette"
    assert "autorisation" in answer.content.decode()


def test_who_handed_in_waits_until_it_is_sent_back(house, client, findings):
    hand_in(client, house)
    assert now(house.draft).get_lock().for_user(house.people["contributor"])
    assert not now(house.draft).get_lock().for_user(house.people["editor"])
    decide(client, house.people["editor"], house.draft, "reject", comment="Trop long.")
    assert not now(house.draft).get_lock()


@pytest.mark.parametrize(("approved", "waits_at"), [(1, "Corrections"), (2, "Prêt pour")])
def test_blocking_checks_refuse_the_last_step_and_its_end_in_words(
    house, client, findings, approved, waits_at
):
    hand_in(client, house)
    for _ in range(approved):
        decide(client, house.people["editor"], house.draft)
    findings.append(Finding("La signature manque.", "Ajoutez-la sous le chapeau."))
    answer = decide(client, house.people["chief"], house.draft)
    assert step_of(house.draft).startswith(waits_at)
    page = answer.content.decode()
    assert "La signature manque." in page
    assert "Ajoutez-la sous le chapeau." in page


def test_refused_from_the_article_s_page_the_text_is_saved(house, client, findings):
    hand_in(client, house)
    decide(client, house.people["editor"], house.draft)
    findings.append(Finding("La signature manque.", "Ajoutez-la."))
    client.force_login(house.people["chief"])
    answer = post(
        client,
        now(house.draft),
        "action-workflow-action",
        title="La file, mieux dite",
        **{"workflow-action-name": "approve"},
    )
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[house.draft.pk])
    assert "La signature manque." in client.get(answer.url).content.decode()
    assert now(house.draft).get_latest_revision_as_object().title == "La file, mieux dite"
    assert step_of(house.draft) == "Corrections"


def test_a_script_gets_the_same_refusal(house, client, findings):
    hand_in(client, house)
    decide(client, house.people["editor"], house.draft)
    findings.append(Finding("La signature manque.", "Ajoutez-la."))
    client.force_login(house.people["chief"])
    state = now(house.draft).current_workflow_state.current_task_state
    answer = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[house.draft.pk, "approve", state.pk]),
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert json.loads(answer.content)["redirect"].endswith(f"/{house.draft.pk}/edit/")
    assert step_of(house.draft) == "Corrections"


def test_mails_tell_of_each_step_in_french(house, client, findings, settings):
    settings.LANGUAGE_CODE = "fr"
    hand_in(client, house)
    assert {tuple(letter.to) for letter in mail.outbox} == {
        ("editor@guichet.example",),
        ("chief@guichet.example",),
    }
    assert all("Relecture" in letter.subject for letter in mail.outbox)
    mail.outbox.clear()
    decide(client, house.people["editor"], house.draft, "reject", comment="Trop long.")
    (letter,) = mail.outbox
    assert letter.to == ["contributor@guichet.example"]
    assert "Trop long." in letter.body
    assert "rejet" in letter.body
    client.force_login(house.people["contributor"])
    post(client, now(house.draft), "action-submit")
    mail.outbox.clear()
    for role in ("editor", "editor", "chief"):
        decide(client, house.people[role], house.draft)
    told = [letter for letter in mail.outbox if letter.to == ["contributor@guichet.example"]]
    assert len(told) == 1
    assert "La file" in told[0].subject
    assert "/edit/" in told[0].body


def test_a_comment_is_mailed_to_those_who_follow_the_article(house, client):
    chief, editor = house.people["chief"], house.people["editor"]
    PageSubscription.objects.create(page=house.draft, user=chief, comment_notifications=True)
    client.force_login(editor)
    comments = inline_formset(
        [
            {
                "text": "Qui parle ici ?",
                "contentpath": "title",
                "position": "",
                "resolved": "",
                "deleted": "",
                "replies": inline_formset([]),
            }
        ]
    )
    post(client, house.draft, "save-draft", comments=comments)
    assert Comment.objects.get().text == "Qui parle ici ?"
    (letter,) = mail.outbox
    assert letter.to == ["chief@guichet.example"]
    assert "Qui parle ici ?" in letter.body


def up_to_the_last_step(house):
    chief, article = house.people["chief"], house.draft
    article.get_workflow().start(article, chief)
    for _step in range(2):
        article = now(article)
        article.current_workflow_task.on_action(
            article.current_workflow_task_state, chief, "approve"
        )
    return now(article)


def test_what_is_mended_during_the_last_step_is_the_text_that_is_chosen(house, client, findings):
    issue = house.issue(house.draft, live=False, number=9)
    article = up_to_the_last_step(house)
    article.kicker = "Repris au dernier moment"
    mended = article.save_revision(user=house.people["chief"])
    decide(client, house.people["chief"], article)
    assert IssueEntry.objects.get(issue=issue).release_revision_id == mended.pk
    assert standings_of([article]) == {article.pk: Standing(Stage.READY)}


def test_the_same_text_saved_again_once_it_is_ready_is_no_change(house, client, findings):
    article = up_to_the_last_step(house)
    decide(client, house.people["chief"], article)
    again = now(article).get_latest_revision_as_object()
    again.save_revision(user=house.people["chief"])
    assert standings_of([article]) == {article.pk: Standing(Stage.READY)}


def test_the_button_of_the_last_step_does_not_say_publish(house, client, findings):
    article = up_to_the_last_step(house)
    client.force_login(house.people["chief"])
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Approuver\u00a0: prêt pour la maquette" in shown
    assert "et Publier" not in shown
