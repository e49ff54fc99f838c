"""Releasing an issue: all of its articles at the chosen revisions, or nothing."""

import datetime as dt
import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    Workflow,
    WorkflowTask,
)
from wagtail.signals import page_published

from magazine.checks import Finding, Severity, register
from magazine.models import Feature, IssueEntry, RefusedRelease
from magazine.release import (
    Printed,
    ReleaseError,
    choose_revision,
    mark_ready,
    record_printing,
    release,
)
from magazine.release_plan import Action, dry_run


@pytest.fixture
def chief(db):
    """An editor-in-chief: may release, isn't a superuser."""
    user = get_user_model().objects.create_user("chef", "chef@guichet.example", "x")
    user.user_permissions.add(Permission.objects.get(codename="release_issue"))
    return user


@pytest.fixture(autouse=True)
def checks(monkeypatch):
    """The editors' checks: none, but those that a test adds."""
    registered = {}
    monkeypatch.setattr("magazine.checks.registry._registered", registered)
    return registered


@pytest.fixture
def made(magazine):
    """An issue in the making of three articles that are ready."""
    articles = [
        magazine.article(live=False, title=title, slug=title.lower())
        for title in ("Queue", "Ticket", "Guichet")
    ]
    issue = magazine.issue(*articles, number=7, live=False)
    for article in articles:
        mark_ready(article, article.latest_revision)
    return issue


def articles_of(issue):
    return list(
        Feature.objects.filter(issue_entries__issue=issue).order_by("issue_entries__position")
    )


def live_titles(issue):
    issue.refresh_from_db()
    return issue.live, [article.title for article in articles_of(issue) if article.live]


def reasons(issue, **options):
    with pytest.raises(ReleaseError) as refused:
        release(issue, **options)
    return str(refused.value)


def edit(article, **fields):
    article = Feature.objects.get(pk=article.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(article, name, value)
    return article.save_revision(clean=False)


def test_an_issue_goes_live_with_all_of_its_articles(made, chief):
    done = release(made, by=chief)
    assert live_titles(made) == (True, ["Queue", "Ticket", "Guichet"])
    assert len(done.published) == 3
    assert made.first_published_at is not None


def test_articles_go_live_at_the_revision_that_was_marked_ready(made):
    article = articles_of(made)[0]
    edit(article, title="Queue, encore en chantier")
    release(made)
    article.refresh_from_db()
    assert article.title == "Queue"
    assert article.live_revision_id == article.issue_entries.get().release_revision_id
    assert article.has_unpublished_changes
    assert article.get_latest_revision_as_object().title == "Queue, encore en chantier"


def test_an_article_that_is_not_ready_holds_the_whole_issue_back(magazine):
    ready, unready = magazine.article(live=False), magazine.article(live=False, title="Brouillon")
    issue = magazine.issue(ready, unready, live=False)
    mark_ready(ready, ready.latest_revision)
    assert "Brouillon" in reasons(issue)
    assert live_titles(issue) == (False, [])


def test_every_reason_is_told_at_once(made, chief):
    locked, private, invalid = articles_of(made)
    locked.locked, locked.locked_by = True, chief
    locked.save()
    PageViewRestriction.objects.create(page=private.page_ptr, restriction_type="login")
    revision = edit(invalid, advertiser="Atelier Cadence")
    IssueEntry.objects.filter(article_id=invalid.pk).update(release_revision=revision)
    told = reasons(made)
    for title in ("Queue", "Ticket", "Guichet"):
        assert title in told
    assert len(dry_run(made).blocks) == 3
    assert all(block.remedy and block.where for block in dry_run(made).blocks)
    assert live_titles(made) == (False, [])


def test_what_the_checks_find_holds_the_issue_back(made):
    def check(article, issue):
        if article.title == "Ticket":
            yield Finding("own", Severity.BLOCKING, "Pas de légende.", "Écrivez-la.")

    register("own", "Légendes", check)
    assert "Pas de légende. Écrivez-la." in reasons(made)
    assert live_titles(made) == (False, [])


def test_a_lock_of_ones_own_blocks_nobody_but_others(made, chief):
    article = articles_of(made)[0]
    article.locked, article.locked_by = True, chief
    article.save()
    assert not dry_run(made, chief).blocks
    assert dry_run(made).blocks


def test_a_text_that_cannot_be_read_is_told_of(made):
    article = articles_of(made)[0]
    revision = article.latest_revision
    revision.content = {**revision.content, "body": "[{", "published_at": "hier"}
    revision.save()
    assert "Queue" in reasons(made)


def test_two_articles_with_one_address_are_told_of(made):
    one, two, _three = articles_of(made)
    revision = edit(two, slug=one.slug)
    IssueEntry.objects.filter(article_id=two.pk).update(release_revision=revision)
    assert "Ticket" in reasons(made)
    assert live_titles(made) == (False, [])


def test_an_issue_without_articles_or_in_a_schedule_of_its_articles_waits(magazine, made):
    assert dry_run(magazine.issue(live=False, number=9)).blocks
    article = articles_of(made)[0]
    article.latest_revision.approved_go_live_at = timezone.now() + dt.timedelta(days=2)
    article.latest_revision.save()
    assert "Queue" in reasons(made)


def test_a_second_release_publishes_nothing_and_says_so(made, chief):
    heard = []
    page_published.connect(
        lambda **kw: heard.append(kw["instance"].pk), weak=False, dispatch_uid="t"
    )
    try:
        release(made, by=chief)
        told = reasons(made, by=chief)
    finally:
        page_published.disconnect(dispatch_uid="t")
    assert "7" in told
    assert len(heard) == len(set(heard)) == 4
    published = PageLogEntry.objects.filter(action="wagtail.publish")
    assert published.count() == 4
    assert set(published.values_list("user", flat=True)) == {chief.pk}


def test_somebody_who_may_not_release_is_refused(made):
    stranger = get_user_model().objects.create_user("lea", "l@guichet.example", "x")
    reasons(made, by=stranger)
    assert live_titles(made) == (False, [])


def test_what_changed_since_one_looked_is_not_released(made, chief):
    looked_at = dry_run(made, chief).fingerprint
    article = articles_of(made)[0]
    mark_ready(article, edit(article, title="Tout autre"))
    reasons(made, by=chief, expected=looked_at)
    assert live_titles(made) == (False, [])
    release(made, by=chief, expected=dry_run(made, chief).fingerprint)


def test_a_text_written_over_since_one_looked_is_not_released(made, chief):
    looked_at = dry_run(made, chief).fingerprint
    revision = articles_of(made)[0].latest_revision
    revision.content = {**revision.content, "title": "Réécrit"}
    revision.created_at = timezone.now()
    revision.save()
    reasons(made, by=chief, expected=looked_at)


def test_a_failure_half_way_leaves_nothing_behind(made, monkeypatch):
    def fail(sender, instance, **kwargs):
        if instance.title == "Guichet":
            raise RuntimeError("disk full")

    page_published.connect(fail, weak=False, dispatch_uid="fail")
    try:
        with pytest.raises(RuntimeError):
            release(made)
    finally:
        page_published.disconnect(dispatch_uid="fail")
    assert live_titles(made) == (False, [])
    release(made)
    assert live_titles(made) == (True, ["Queue", "Ticket", "Guichet"])


def test_jobs_begin_only_once_the_issue_is_out(made, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        release(made)
    assert len(waiting) >= 4


def test_a_live_article_keeps_a_correction_published_after_the_chosen_text(magazine):
    article = magazine.article(title="Première version")
    chosen = article.live_revision
    edit(article, title="Version corrigée").publish()
    issue = magazine.issue(article, live=False)
    IssueEntry.objects.filter(issue=issue).update(release_revision=chosen)
    assert [step.action for step in dry_run(issue).steps] == [Action.KEEP]
    release(issue)
    article.refresh_from_db()
    assert article.title == "Version corrigée"


def test_a_live_article_is_brought_to_a_later_chosen_text(magazine):
    article = magazine.article(title="Première version")
    issue = magazine.issue(article, live=False)
    mark_ready(article, edit(article, title="Version du numéro"))
    release(issue)
    article.refresh_from_db()
    assert article.title == "Version du numéro"


def test_a_revision_with_a_date_to_come_goes_live_with_its_issue(made):
    article = articles_of(made)[0]
    mark_ready(article, edit(article, go_live_at=timezone.now() + dt.timedelta(days=9)))
    release(made)
    assert live_titles(made) == (True, ["Queue", "Ticket", "Guichet"])


def test_an_unreleased_issue_cannot_be_published_by_itself(made):
    with pytest.raises(PermissionDenied):
        made.latest_revision.publish()
    assert live_titles(made) == (False, [])


def test_after_the_release_its_page_is_edited_and_published_as_any_other(made):
    release(made)
    issue = type(made).objects.get(pk=made.pk)
    issue.title = "L'attente, second tirage"
    issue.save_revision().publish()
    made.refresh_from_db()
    assert made.title == "L'attente, second tirage"


def test_a_released_article_is_not_marked_ready_again(made):
    release(made)
    article = articles_of(made)[0]
    entry = article.issue_entries.get()
    mark_ready(article, edit(article, title="Plus tard"))
    assert article.issue_entries.get().release_revision_id == entry.release_revision_id


def test_what_was_printed_is_released_unless_another_text_is_chosen(made, chief):
    article = articles_of(made)[0]
    entry = article.issue_entries.get()
    printed = entry.release_revision
    record_printing(made, [Printed(entry.pk, printed.pk, 4, 6)])
    later = edit(article, title="Après l'imprimerie")
    mark_ready(article, later)
    entry.refresh_from_db()
    assert entry.release_revision == printed
    choose_revision(entry, later, chief)
    release(made, by=chief)
    article.refresh_from_db()
    assert article.title == "Après l'imprimerie"
    entry.refresh_from_db()
    assert entry.printed_revision == printed


def test_printing_chooses_the_revision_where_nobody_did(magazine):
    article = magazine.article(live=False)
    issue = magazine.issue(article, live=False)
    entry = issue.entries.get()
    record_printing(issue, [Printed(entry.pk, article.latest_revision_id, 4, 6)])
    edit(article, title="Plus tard")
    release(issue)
    article.refresh_from_db()
    assert article.live_revision_id == IssueEntry.objects.get(pk=entry.pk).printed_revision_id


def test_another_articles_revision_is_refused(made, chief):
    one, two, _three = articles_of(made)
    with pytest.raises(ReleaseError):
        mark_ready(one, two.latest_revision)
    with pytest.raises(ReleaseError):
        choose_revision(one.issue_entries.get(), two.latest_revision, chief)


def test_an_article_that_got_ready_before_it_was_entered_is_released_so(magazine, chief):
    article = magazine.article(live=False)
    workflow = Workflow.objects.create(name="Relecture")
    step = GroupApprovalTask.objects.create(name="Lire")
    WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=1)
    workflow.start(article, chief).current_task_state.approve(user=chief)
    ready = article.latest_revision
    edit(article, title="Plus tard")
    issue = magazine.issue(article, live=False)
    assert issue.entries.get().release_revision == ready


def test_contents_in_the_making_follow_the_draft(magazine):
    first, second, third = (magazine.article(live=False) for _ in range(3))
    issue = magazine.issue(first, second, live=False)
    draft = type(issue).objects.get(pk=issue.pk).get_latest_revision_as_object()
    kept = next(entry for entry in draft.entries.all() if entry.article_id == second.pk)
    draft.entries.set([IssueEntry(article_id=third.pk), kept])
    draft.save_revision()
    rows = IssueEntry.objects.filter(issue=issue).values_list("article_id", "position")
    assert sorted(rows, key=lambda row: row[1]) == [(second.pk, 1), (third.pk, 2)]


def test_contents_of_a_released_issue_wait_for_its_publication(made, magazine):
    release(made)
    issue = type(made).objects.get(pk=made.pk)
    issue.entries.set(list(issue.entries.all())[:1])
    issue.save_revision()
    assert IssueEntry.objects.filter(issue=made).count() == 3


def test_a_draft_of_the_contents_keeps_what_was_chosen_meanwhile(made):
    stale = type(made).objects.get(pk=made.pk)
    list(stale.entries.all())
    stale.entries.set(list(stale.entries.all()))
    article = articles_of(made)[0]
    revision = edit(article, title="Choisie entre-temps")
    mark_ready(article, revision)
    stale.save_revision()
    assert article.issue_entries.get().release_revision == revision


def test_autosave_never_writes_over_a_chosen_text(made, chief):
    article = articles_of(made)[0]
    draft = article.get_latest_revision_as_object()
    chosen = article.latest_revision
    Revision.objects.filter(pk=chosen.pk).update(user=chief)
    chosen.refresh_from_db()
    draft.title = "Saisie en cours"
    saved = draft.save_revision(user=chief, overwrite_revision=chosen)
    assert saved.pk != chosen.pk
    chosen.refresh_from_db()
    assert json.loads(json.dumps(chosen.content))["title"] == "Queue"


def test_a_release_settles_what_was_refused(made):
    RefusedRelease.objects.create(page=made.page_ptr, revision=made.latest_revision, reason="…")
    release(made)
    assert not RefusedRelease.objects.exists()
