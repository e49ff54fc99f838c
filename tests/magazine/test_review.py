"""A private address shows one draft until it ends, and keeps what its guest remarks."""

import datetime as dt
import hashlib

import pytest
from django.core import mail
from django.utils import timezone

from magazine.models import Remark, ReviewLink
from magazine.review import (
    MOST_REMARKS,
    ReviewError,
    TooManyRemarks,
    find_review,
    open_review,
    remark,
    revoke,
    settle,
    show_newest,
)
from magazine.review_mail import tell_of_remark
from magazine.review_places import places_of
from magazine.trash import throw_away
from tests.factories import FeatureFactory, block, paragraphs


@pytest.fixture
def draft(magazine):
    return magazine.article(title="Le pacte", live=False)


@pytest.fixture
def editor(admin_user):
    return admin_user


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""

    class Clock:
        now = timezone.now()

        def move(self, **by):
            self.now += dt.timedelta(**by)

    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    return standing


def test_only_the_digest_of_the_key_is_kept(draft, editor):
    link, key = open_review(draft, "Agnès", editor)
    assert len(key) == 43
    assert link.key_digest == hashlib.sha256(key.encode()).hexdigest()
    kept = ReviewLink.objects.filter(pk=link.pk).values().get()
    assert key not in str(kept)
    assert find_review(key) == link


def test_no_two_keys_are_alike(draft, editor):
    assert open_review(draft, "A", editor)[1] != open_review(draft, "A", editor)[1]


def test_an_address_lives_to_the_second(draft, editor, clock):
    _link, key = open_review(draft, "Agnès", editor, days=1)
    clock.move(days=1, seconds=-1)
    assert find_review(key)
    clock.move(seconds=1)
    assert find_review(key) is None


def test_a_revoked_address_is_closed_at_once_and_keeps_its_remarks(draft, editor):
    link, key = open_review(draft, "Agnès", editor)
    remark(link, "Une remarque.")
    revoke(link, editor)
    assert find_review(key) is None
    assert Remark.objects.of_article(draft).count() == 1
    with pytest.raises(ReviewError):
        remark(link, "Une autre.")
    with pytest.raises(ReviewError):
        show_newest(link, editor)


@pytest.mark.parametrize("key", ["", "x", "é", "\x00", "\ud800", "a" * 5000])
def test_a_guessed_key_opens_nothing(draft, editor, key):
    open_review(draft, "Agnès", editor)
    assert find_review(key) is None


def test_the_digest_itself_is_no_key(draft, editor):
    link, _key = open_review(draft, "Agnès", editor)
    assert find_review(link.key_digest) is None


def test_the_address_of_a_trashed_article_is_closed(draft, editor):
    _link, key = open_review(draft, "Agnès", editor)
    throw_away(draft, by=editor)
    ReviewLink.objects.update(revoked_at=None)
    assert find_review(key) is None
    with pytest.raises(ReviewError):
        open_review(draft, "Agnès", editor)


def test_a_revision_of_another_article_is_never_shown(magazine, draft, editor):
    link, key = open_review(draft, "Agnès", editor)
    other = magazine.article(live=False)
    ReviewLink.objects.filter(pk=link.pk).update(revision=other.latest_revision)
    assert find_review(key) is None


def test_the_guest_sees_the_chosen_draft_until_it_is_renewed(draft, editor):
    link, key = open_review(draft, "Agnès", editor)
    draft.title = "Le nouveau pacte"
    draft.save_revision()
    assert find_review(key).revision.as_object().title == "Le pacte"
    assert find_review(key).is_behind
    show_newest(link, editor)
    assert find_review(key).revision.as_object().title == "Le nouveau pacte"
    assert not find_review(key).is_behind


def test_autosave_never_writes_over_what_a_guest_is_reading(draft, editor):
    revision = draft.save_revision(user=editor)
    _link, key = open_review(draft, "Agnès", editor)
    draft.title = "En train de changer"
    again = draft.save_revision(user=editor, overwrite_revision=revision)
    assert again.pk != revision.pk
    assert find_review(key).revision.as_object().title == "Le pacte"


def test_autosave_writes_over_what_nobody_is_shown_any_more(draft, editor):
    revision = draft.save_revision(user=editor)
    revoke(open_review(draft, "Agnès", editor)[0], editor)
    again = draft.save_revision(user=editor, overwrite_revision=revision)
    assert again.pk == revision.pk


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
def test_days_stay_within_their_limits(draft, editor, days):
    with pytest.raises(ReviewError):
        open_review(draft, "Agnès", editor, days=days)


@pytest.mark.parametrize("guest", ["", "   ", "\n"])
def test_an_address_is_for_somebody(draft, editor, guest):
    with pytest.raises(ReviewError):
        open_review(draft, guest, editor)


def test_an_article_that_was_never_saved_is_refused(magazine, editor):
    article = FeatureFactory(parent=magazine.section, live=False)
    with pytest.raises(ReviewError):
        open_review(article, "Agnès", editor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n ",
        "a" * 4001,
        "a" * 1_000_000,
        "nul \x00",
        "cloche \x07",
        "Dr \u202egnol",
        "\u2066x",
    ],
)
def test_a_remark_that_cannot_be_kept_is_refused_with_a_reason(draft, editor, text):
    link, _key = open_review(draft, "Agnès", editor)
    with pytest.raises(ReviewError) as refusal:
        remark(link, text)
    assert str(refusal.value)
    assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "text", ["a" * 4000, "Deux\n\nlignes", "مرحبا", "<script>alert(1)</script>"]
)
def test_any_other_remark_is_kept_as_it_was_written(draft, editor, text):
    link, _key = open_review(draft, "Agnès", editor)
    assert remark(link, f" {text}\r\n").text == text


def test_the_same_remark_sent_twice_is_kept_once(draft, editor):
    link, _key = open_review(draft, "Agnès", editor)
    assert remark(link, "Une remarque.") == remark(link, "Une remarque.")


def test_a_guest_who_writes_faster_than_people_do_has_to_wait(draft, editor, clock):
    link, _key = open_review(draft, "Agnès", editor)
    for number in range(10):
        remark(link, f"Remarque {number}")
    with pytest.raises(TooManyRemarks):
        remark(link, "Encore une.")
    clock.move(minutes=11)
    Remark.objects.update(created_at=clock.now - dt.timedelta(minutes=11))
    assert remark(link, "Encore une.").pk


def test_an_address_takes_so_many_remarks_and_no_more(draft, editor):
    link, _key = open_review(draft, "Agnès", editor)
    Remark.objects.bulk_create(Remark(link=link, text=str(n)) for n in range(MOST_REMARKS))
    Remark.objects.update(created_at=timezone.now() - dt.timedelta(days=1))
    with pytest.raises(TooManyRemarks):
        remark(link, "Une de trop.")


def test_a_remark_is_settled_and_opened_again(draft, editor):
    kept = remark(open_review(draft, "Agnès", editor)[0], "Une remarque.")
    settle(kept, editor)
    assert not Remark.objects.of_article(draft).unsettled()
    settle(kept, editor, done=False)
    assert Remark.objects.of_article(draft).unsettled().get() == kept


def test_places_are_the_blocks_of_the_web_in_order(magazine):
    article = magazine.article(
        body=[
            *paragraphs("Un premier."),
            *paragraphs("Sur papier seul.", channel="print"),
            block("crosshead", text="Un intertitre"),
        ]
    )
    places = places_of(article)
    assert [place.label for place in places[1:]] == ["§ 1 · Un premier.", "§ 2 · Un intertitre"]
    assert places[2].block_id == article.body[2].id


def test_the_maker_of_the_address_is_told_by_mail(draft, editor):
    editor.email = "inès@guichet.example"
    editor.save()
    link, key = open_review(draft, "Agnès\nBcc: all@example.com", editor)
    place = places_of(draft)[1]
    tell_of_remark.func(remark(link, "Deux hypothèses, pas deux thèses.", place).pk)
    [letter] = mail.outbox
    assert letter.to == [editor.email]
    assert "\n" not in letter.subject
    assert "Le pacte" in letter.subject
    assert "Deux hypothèses, pas deux thèses." in letter.body
    assert f"/admin/articles/{draft.pk}/relectures/" in letter.body
    assert key not in letter.body


def test_who_may_not_see_the_draft_any_more_is_told_nothing(draft, django_user_model):
    former = django_user_model.objects.create_user("ancien", email="a@example.com", password="x")
    link, _key = open_review(draft, "Agnès", former)
    tell_of_remark.func(remark(link, "Une remarque.").pk)
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_loses_no_remark(
    draft, editor, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "nowhere.Backend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    editor.email = "a@example.com"
    editor.save()
    link, _key = open_review(draft, "Agnès", editor)
    with django_capture_on_commit_callbacks(execute=True):
        remark(link, "Une remarque.")
    assert Remark.objects.of_article(draft).count() == 1
