"""The release on the desk: the page, its buttons, and every other way to publish an issue."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from magazine.models import Issue, IssueEntry, RefusedRelease
from magazine.release import mark_ready
from magazine.release_plan import dry_run


@pytest.fixture(autouse=True)
def checks(monkeypatch):
    """No editors' checks: they have their own tests."""
    monkeypatch.setattr("magazine.checks.registry._registered", {})


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chef", "chef@guichet.example", "x")


@pytest.fixture
def desk(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def made(magazine):
    articles = [magazine.article(live=False, title=title) for title in ("Queue", "Ticket")]
    issue = magazine.issue(*articles, number=7, live=False)
    for article in articles:
        mark_ready(article, article.latest_revision)
    return issue


def address(issue):
    return reverse("release_issue", args=[issue.pk])


def live(issue):
    return Page.objects.get(pk=issue.pk).live


def form_of(issue, *articles, **fields):
    return nested_form_data(
        {
            "title": "L'attente",
            "slug": "l-attente",
            "number": str(issue.number if issue else 12),
            "cover_date_label": "Mi-novembre 2026",
            "introduction": rich_text(""),
            "ink_dark": "#0B5A4A",
            "ink_bright": "#FF4F7B",
            "entries": inline_formset(
                [{"article": article.pk, "section": ""} for article in articles]
            ),
            "comments": inline_formset([]),
            **fields,
        }
    )


def test_the_page_shows_each_article_and_what_holds_it_back(desk, made, magazine):
    unready = magazine.article(live=False, title="Inachevé")
    IssueEntry.objects.create(issue=made, article=unready.article_ptr, position=3)
    page = desk.get(address(made)).content.decode()
    for title in ("Queue", "Ticket", "Inachevé"):
        assert title in page
    assert 'value="release"' not in page
    assert reverse("wagtailadmin_pages:edit", args=[unready.pk]) in page


def test_the_button_releases_once_it_is_confirmed(desk, made, chief):
    expected = dry_run(made, chief).fingerprint
    assert expected in desk.get(address(made)).content.decode()
    desk.post(address(made), {"verb": "release", "expected": expected})
    assert not live(made)
    form = {"verb": "release", "expected": expected, "confirmed": "yes"}
    assert desk.post(address(made), form).status_code == 302
    assert live(made)
    again = desk.post(address(made), form)
    assert again.status_code == 200
    assert live(made)


def test_a_plan_looked_at_too_long_ago_is_not_released(desk, made):
    form = {"verb": "release", "expected": "of-yesterday", "confirmed": "yes"}
    assert desk.post(address(made), form).status_code == 200
    assert not live(made)


def test_it_is_scheduled_and_unscheduled(desk, made):
    day = timezone.localdate() + dt.timedelta(days=3)
    form = {"verb": "schedule", "day": day.isoformat(), "hour": "07:00"}
    assert desk.post(address(made), form).status_code == 302
    issue = Issue.objects.get(pk=made.pk)
    assert timezone.localtime(issue.scheduled_revision.approved_go_live_at).hour == 7
    assert "07:00" in desk.get(address(made)).content.decode()
    desk.post(address(made), {"verb": "unschedule"})
    assert Issue.objects.get(pk=made.pk).scheduled_revision is None


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("2027-03-28", "02:30"),
        ("2027-10-31", "02:30"),
        ("2020-01-01", "07:00"),
        ("", ""),
        ("x", "y"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_and_kept_in_the_form(desk, made, day, hour):
    response = desk.post(address(made), {"verb": "schedule", "day": day, "hour": hour})
    assert response.status_code == 200
    assert f'value="{hour}"' in response.content.decode() or not hour
    assert Issue.objects.get(pk=made.pk).scheduled_revision is None


def test_another_text_is_chosen(desk, made):
    entry = made.entries.first()
    draft = entry.article.specific.get_latest_revision_as_object()
    draft.title = "Queue, autrement"
    later = draft.save_revision()
    form = {"verb": "choose", "entry": entry.pk, "revision": later.pk}
    desk.post(address(made), form)
    entry.refresh_from_db()
    assert entry.release_revision == later


@pytest.mark.parametrize(
    "form",
    [
        {"verb": "choose", "entry": "99999", "revision": "1"},
        {"verb": "choose", "entry": "x", "revision": "²"},
        {"verb": "burn"},
        {},
    ],
)
def test_forged_forms_answer_404(desk, made, form):
    assert desk.post(address(made), form).status_code == 404


def test_who_may_not_release_finds_nothing(client, made):
    user = get_user_model().objects.create_user("lea", "l@guichet.example", "x")
    client.force_login(user)
    response = client.get(address(made))
    assert response.status_code in {302, 404}
    assert "Queue" not in response.content.decode()
    assert client.post(address(made), {"verb": "release", "confirmed": "yes"}).status_code != 200
    assert not live(made)


def test_the_menu_offers_the_release_instead_of_publication(desk, made, magazine):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[made.pk])).content.decode()
    assert "action-publish" not in page
    assert address(made) in page
    new = reverse("wagtailadmin_pages:add", args=["magazine", "issue", magazine.archive.pk])
    assert "action-publish" not in desk.get(new).content.decode()
    released = magazine.issue(number=9)
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[released.pk])).content.decode()
    assert "action-publish" in page


def test_a_forged_publication_saves_and_publishes_nothing(desk, made, magazine):
    article = magazine.article(live=False)
    form = form_of(made, article, **{"action-publish": "1"})
    desk.post(reverse("wagtailadmin_pages:edit", args=[made.pk]), form)
    assert not live(made)
    assert Issue.objects.get(pk=made.pk).get_latest_revision_as_object().title == "L'attente"
    new = reverse("wagtailadmin_pages:add", args=["magazine", "issue", magazine.archive.pk])
    desk.post(new, form_of(None, article, slug="nouveau", **{"action-publish": "1"}))
    assert not Issue.objects.get(number=12).live


def test_contents_edited_on_the_desk_reach_the_press_before_the_release(desk, made, magazine):
    queue, ticket = made.entries.all()
    new = magazine.article(live=False)
    rows = [
        {"id": ticket.pk, "article": ticket.article_id, "section": ""},
        {"id": queue.pk, "article": queue.article_id, "section": ""},
        {"article": new.pk, "section": ""},
    ]
    form = form_of(made, entries=inline_formset(rows, initial=2))
    assert desk.post(reverse("wagtailadmin_pages:edit", args=[made.pk]), form).status_code == 302
    stored = IssueEntry.objects.filter(issue=made).order_by("position")
    wanted = [(ticket.article_id, 1), (queue.article_id, 2), (new.pk, 3)]
    assert list(stored.values_list("article_id", "position")) == wanted
    # What was chosen for the press stays with its article.
    assert stored.first().release_revision_id == ticket.release_revision_id


@pytest.mark.parametrize("below", [False, True])
def test_bulk_publication_leaves_it_alone(desk, made, magazine, below):
    page = magazine.archive if below else made
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    form = {"include_descendants": "on"} if below else {}
    desk.post(f"{bulk}?id={page.pk}&next=/admin/", form)
    assert not live(made)


def test_nor_does_a_whole_section_take_its_articles_along(desk, made, magazine):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    form = {"include_descendants": "on"}
    desk.post(f"{bulk}?id={magazine.section.pk}&next=/admin/", form)
    assert not made.entries.first().article.live


def test_an_article_of_the_issue_takes_no_date_of_its_own(desk, made):
    article = made.entries.first().article.specific
    article.go_live_at = timezone.now() + dt.timedelta(days=2)
    article.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    desk.post(f"{bulk}?id={article.pk}&next=/admin/")
    assert not article.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_refusal_is_told_on_the_page_and_on_the_first_screen(desk, made):
    RefusedRelease.objects.create(page=made.page_ptr, reason="Ticket n'est pas prêt.")
    told = desk.get(reverse("wagtailadmin_pages:edit", args=[made.pk])).content.decode()
    assert "est pas prêt." in told
    assert "est pas prêt." in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_an_issue_is_not_copied(desk, made):
    desk.post(
        reverse("wagtailadmin_pages:copy", args=[made.pk]),
        {"new_title": "Copie", "new_slug": "copie", "new_parent_page": made.get_parent().pk},
    )
    assert Issue.objects.count() == 1


def test_an_article_entered_twice_is_told_of(desk, made, magazine):
    article = magazine.article(live=False)
    form = form_of(made, article, article)
    response = desk.post(reverse("wagtailadmin_pages:edit", args=[made.pk]), form)
    assert response.status_code == 200
    assert not IssueEntry.objects.filter(article_id=article.pk).exists()
