"""Releases whose moment has come: once each, whatever else fails."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from magazine.models import Feature, RefusedRelease
from magazine.release import mark_ready
from magazine.roles import EDITOR_IN_CHIEF
from magazine.schedule import ScheduleError, house_moment, schedule, unschedule
from magazine.scheduler import run_due

LATER = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def checks(monkeypatch):
    """No editors' checks: they have their own tests."""
    monkeypatch.setattr("magazine.checks.registry._registered", {})


@pytest.fixture
def chief(db):
    user = get_user_model().objects.create_superuser("chef", "chef@guichet.example", "x")
    user.groups.add(Group.objects.get_or_create(name=EDITOR_IN_CHIEF)[0])
    return user


def at_its_hour():
    """One round of the scheduler, when everything scheduled here is due."""
    return run_due(timezone.now() + 2 * LATER)


def due(page):
    """Schedule a page without asking anybody, an hour from now."""
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() + LATER
    revision.save()
    return page


def states(*pages):
    return [Page.objects.get(pk=page.pk).live for page in pages]


def test_a_loose_article_goes_live_at_its_hour_and_not_before(magazine, chief):
    article = magazine.article(live=False)
    schedule(article, timezone.now() + LATER, chief)
    article.refresh_from_db()
    assert article.status_string == "programmée" or article.approved_schedule
    run_due()
    assert states(article) == [False]
    assert at_its_hour().released == (article.pk,)
    assert states(article) == [True]
    assert at_its_hour().released == ()
    assert PageLogEntry.objects.filter(action="wagtail.publish.scheduled").count() == 1


def test_a_schedule_shows_where_wagtail_shows_schedules(magazine, chief):
    issue = magazine.issue(magazine.article(), live=False)
    at = timezone.now() + LATER
    schedule(issue, at, chief)
    page = Page.objects.get(pk=issue.pk)
    assert (page.scheduled_revision.approved_go_live_at, page.go_live_at) == (at, at)
    unschedule(issue, chief)
    page = Page.objects.get(pk=issue.pk)
    assert (page.scheduled_revision, page.go_live_at) == (None, None)
    with pytest.raises(ScheduleError):
        unschedule(issue, chief)


def test_a_scheduled_issue_goes_live_as_a_whole(magazine, chief):
    articles = [magazine.article(live=False) for _ in range(3)]
    issue = magazine.issue(*articles, live=False)
    schedule(issue, timezone.now() + LATER, chief)
    for article in articles:
        mark_ready(article, article.latest_revision)
    assert at_its_hour().released == (issue.pk,)
    assert states(issue, *articles) == [True] * 4


def test_one_article_that_is_not_ready_holds_the_scheduled_issue(magazine, chief):
    ready, unready = magazine.article(live=False), magazine.article(live=False, title="Inachevé")
    issue = due(magazine.issue(ready, unready, number=7, live=False))
    mark_ready(ready, ready.latest_revision)
    assert at_its_hour().refused == (issue.pk,)
    assert states(issue, ready, unready) == [False] * 3
    assert "Inachevé" in RefusedRelease.objects.get().reason
    [letter] = mail.outbox
    assert letter.to == ["chef@guichet.example"]
    assert "Inachevé" in letter.body
    assert f"/issues/{issue.pk}/parution/" in letter.body
    # Once mended, it goes live by itself; nobody is written to twice.
    at_its_hour()
    assert len(mail.outbox) == 1
    mark_ready(unready, unready.latest_revision)
    assert at_its_hour().released == (issue.pk,)
    assert not RefusedRelease.objects.exists()


def break_json(article):
    Revision.objects.filter(pk=article.latest_revision_id).update(content={"title": 3, "body": "["})


def break_slug(article):
    other = Feature.objects.child_of(article.get_parent()).exclude(pk=article.pk).first()
    content = {**article.latest_revision.content, "slug": other.slug}
    Revision.objects.filter(pk=article.latest_revision_id).update(content=content)


def break_place(article):
    Page.objects.filter(pk=article.pk).update(path="00019999ZZZZ", depth=3)


def break_rules(article):
    content = {**article.latest_revision.content, "advertiser": "Cadence", "paid_mention": ""}
    Revision.objects.filter(pk=article.latest_revision_id).update(content=content)


@pytest.mark.parametrize("poison", [break_json, break_slug, break_place, break_rules])
def test_an_article_that_cannot_be_published_stops_no_other(magazine, chief, poison):
    before, bad, after = (due(magazine.article(live=False)) for _ in range(3))
    poison(bad)
    done = at_its_hour()
    assert done.released == (before.pk, after.pk)
    assert done.refused == (bad.pk,)
    assert states(before, bad, after) == [True, False, True]
    assert RefusedRelease.objects.get().reason
    assert len(mail.outbox) == 1


def test_mail_that_fails_stops_nothing_and_is_tried_again(magazine, chief, monkeypatch, settings):
    bad, good = due(magazine.article(live=False)), due(magazine.article(live=False))
    break_json(bad)
    settings.EMAIL_BACKEND = "tests.magazine.no_such_backend.EmailBackend"
    assert at_its_hour().released == (good.pk,)
    assert RefusedRelease.objects.get().told_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    at_its_hour()
    assert len(mail.outbox) == 1


def test_an_article_of_an_issue_in_the_making_does_not_go_live_by_its_own_schedule(magazine, chief):
    article = magazine.article(live=False)
    issue = magazine.issue(article, number=8, live=False)
    due(article)
    assert at_its_hour().refused == (article.pk,)
    assert "8" in RefusedRelease.objects.get().reason
    article.latest_revision.publish(user=chief)
    assert states(issue, article) == [False, True]


def test_its_own_schedule_is_refused_in_words(magazine, chief):
    article = magazine.article(live=False, title="La file")
    magazine.issue(article, number=8, live=False)
    with pytest.raises(ScheduleError, match="La file"):
        schedule(article, timezone.now() + LATER, chief)


def test_what_has_expired_goes_offline_once(magazine):
    article = magazine.article()
    Page.objects.filter(pk=article.pk).update(expire_at=timezone.now() + LATER)
    assert at_its_hour().expired == (article.pk,)
    page = Page.objects.get(pk=article.pk)
    assert (page.live, page.expired) == (False, True)
    assert at_its_hour().expired == ()


def test_a_schedule_that_was_taken_back_meanwhile_is_not_obeyed(magazine, chief, monkeypatch):
    issue = due(magazine.issue(magazine.article(), live=False))
    monkeypatch.setattr(
        "magazine.scheduler._due", lambda now: [(issue.latest_revision_id, issue.pk)]
    )
    unschedule(issue, chief)
    assert at_its_hour().released == ()
    assert states(issue) == [False]


def test_a_schedule_whose_page_is_gone_is_forgotten(magazine):
    article = due(magazine.article(live=False))
    revision = article.latest_revision
    Revision.objects.filter(pk=revision.pk).update(object_id="999999")
    assert at_its_hour() == run_due()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("name", ["release_scheduled", "publish_scheduled"])
def test_both_commands_release_what_is_due(magazine, name):
    article = due(magazine.article(live=False))
    Revision.objects.update(approved_go_live_at=timezone.now() - LATER)
    call_command(name)
    assert states(article) == [True]


def on_the_clock(*parts):
    return dt.datetime(*parts)  # noqa: DTZ001  a clock on the wall knows no zone


@pytest.mark.parametrize(
    ("local", "hour"),
    [
        ((2027, 3, 28, 2, 30), "02:30"),
        ((2027, 10, 31, 2, 30), "02:30"),
        ((2027, 3, 28, 2, 0), "02:00"),
    ],
)
def test_an_hour_that_the_clocks_skip_or_show_twice_is_refused(local, hour):
    with pytest.raises(ScheduleError, match=hour):
        house_moment(on_the_clock(*local))


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2027, 3, 28, 1, 59), (2027, 3, 28, 0, 59)),
        ((2027, 3, 28, 3, 0), (2027, 3, 28, 1, 0)),
        ((2027, 7, 1, 7, 0), (2027, 7, 1, 5, 0)),
        ((2027, 10, 31, 3, 0), (2027, 10, 31, 2, 0)),
    ],
)
def test_any_other_hour_is_a_moment(local, utc):
    assert house_moment(on_the_clock(*local)) == dt.datetime(*utc, tzinfo=dt.UTC)


def test_a_moment_gone_by_and_a_released_issue_are_refused(magazine, chief):
    issue = magazine.issue(magazine.article(), live=False)
    with pytest.raises(ScheduleError):
        schedule(issue, timezone.now() - LATER, chief)
    with pytest.raises(ScheduleError):
        schedule(magazine.issue(magazine.article()), timezone.now() + LATER, chief)


def test_somebody_who_may_not_release_may_not_schedule(magazine):
    stranger = get_user_model().objects.create_user("lea", "l@guichet.example", "x")
    with pytest.raises(ScheduleError):
        schedule(magazine.issue(magazine.article(), live=False), timezone.now() + LATER, stranger)
