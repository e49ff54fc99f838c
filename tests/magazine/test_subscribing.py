"""Who asks for the letter confirms by mail, leaves in one step, and is then unknown."""

import datetime as dt
from email import policy
from email.parser import BytesParser

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from magazine.mail_address import AddressError, read_address
from magazine.models import Subscriber
from magazine.subscriber_mail import tell
from magazine.subscribing import (
    StaleLink,
    SubscribingError,
    TooManyAsk,
    add_by_hand,
    ask,
    confirm,
    confirm_key,
    digest_of,
    erase,
    forget_the_unconfirmed,
    leave,
)

State = Subscriber.State
INES = "ines@guichet.example"


@pytest.fixture
def clock(monkeypatch):
    """A clock that is moved by hand; it also dates signatures."""

    class Clock:
        now = timezone.now()

        def move(self, **by):
            self.now += dt.timedelta(**by)

    standing = Clock()
    monkeypatch.setattr(timezone, "now", lambda: standing.now)
    monkeypatch.setattr("django.core.signing.time.time", lambda: standing.now.timestamp())
    return standing


@pytest.fixture
def asked(magazine):
    ask(INES)
    return Subscriber.objects.get()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ines@Guichet.Example ", "ines@guichet.example"),
        ("i.n+lettre@guichet.example", "i.n+lettre@guichet.example"),
        ("ines@épicerie.example", "ines@xn--picerie-9xa.example"),
    ],
)
def test_each_mailbox_has_one_form(typed, kept):
    assert read_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ines",
        "ines@",
        "@guichet.example",
        "ines@guichet.example\nBcc: tous@guichet.example",
        "ines@guichet.example\r\nSubject: x",
        "ines\n@guichet.example",
        "ines@guichet.example,autre@guichet.example",
        "Inès <ines@guichet.example>",
        '"ines\x0b"@guichet.example',
        "ıneſ@guichet.example",
        "ines@guichet.example\u202e",
        "\u202eines@guichet.example",
        "ines\x00@guichet.example",
        f"{'i' * 65}@guichet.example",
        f"ines@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.example",
        "i" * 1_000_000,
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(AddressError):
        read_address(typed)


def test_asking_keeps_the_address_unconfirmed_and_orders_one_mail(
    magazine, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as orders:
        ask(INES)
        ask(" INES@guichet.example")
    subscriber = Subscriber.objects.get()
    assert (subscriber.mail, subscriber.state, subscriber.confirmed_at) == (INES, State.ASKED, None)
    assert len(orders) == 1


def test_one_address_is_written_to_three_times_at_most(
    magazine, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as orders:
        for _again in range(6):
            ask(INES)
            clock.move(minutes=11)
    assert len(orders) == 3


def test_a_flood_of_addresses_is_held_up(magazine, monkeypatch, clock):
    monkeypatch.setattr("magazine.subscribing.MOST_AN_HOUR", 2)
    ask("a@guichet.example")
    ask("b@guichet.example")
    with pytest.raises(TooManyAsk):
        ask("c@guichet.example")
    clock.move(minutes=61)
    ask("c@guichet.example")


def test_the_confirming_link_takes_somebody_in_and_twice_is_no_harm(asked):
    key = confirm_key(asked)
    first = confirm(key)
    again = confirm(key)
    assert first.confirmed_at == again.confirmed_at
    assert Subscriber.objects.confirmed().get() == asked


def test_the_confirming_link_ends_after_seven_days(magazine, clock):
    ask(INES)
    key = confirm_key(Subscriber.objects.get())
    clock.move(days=7, seconds=2)
    with pytest.raises(StaleLink):
        confirm(key)


@pytest.mark.parametrize("key", ["", "x", "x.y.z", "é", "\x00", "a" * 5000])
def test_a_made_up_key_opens_nothing(asked, key):
    for verb in (confirm, leave):
        with pytest.raises(StaleLink):
            verb(key)


def test_the_key_of_leaving_doesn_t_confirm(asked):
    with pytest.raises(StaleLink):
        confirm(asked.key)


def test_leaving_erases_the_address_at_once_and_twice_is_no_harm(asked):
    confirm(confirm_key(asked))
    leave(asked.key)
    leave(asked.key)
    kept = Subscriber.objects.values().get()
    assert (kept["state"], kept["mail"], kept["digest"]) == ("left", None, digest_of(INES))
    assert INES not in str(kept)


def test_an_old_confirming_link_doesn_t_bring_back_who_left(asked):
    key = confirm_key(asked)
    confirm(key)
    leave(asked.key)
    with pytest.raises(StaleLink):
        confirm(key)


def test_who_left_can_come_back_by_themselves(asked):
    confirm(confirm_key(asked))
    leave(asked.key)
    ask(INES)
    back = Subscriber.objects.get()
    assert (back.mail, back.state) == (INES, State.ASKED)
    confirm(confirm_key(back))
    assert Subscriber.objects.confirmed().count() == 1


def test_what_isn_t_confirmed_is_forgotten_after_seven_days(magazine, clock):
    ask(INES)
    ask("stays@guichet.example")
    confirm(confirm_key(Subscriber.objects.get(mail="stays@guichet.example")))
    clock.move(days=6)
    assert forget_the_unconfirmed() == 0
    clock.move(days=1, seconds=1)
    assert forget_the_unconfirmed() == 1
    assert [each.mail for each in Subscriber.objects.all()] == ["stays@guichet.example"]


def test_who_left_asks_again_and_doesn_t_confirm_has_left_still(asked, clock):
    leave(asked.key)
    ask(INES)
    clock.move(days=8)
    assert forget_the_unconfirmed() == 1
    kept = Subscriber.objects.get()
    assert (kept.state, kept.mail) == (State.LEFT, None)
    clock.move(days=3 * 365 + 1)
    forget_the_unconfirmed()
    assert not Subscriber.objects.exists()


def test_adding_by_hand_wants_a_trace_and_never_brings_back_who_left(magazine, admin_user):
    with pytest.raises(SubscribingError):
        add_by_hand(INES, "  ", admin_user)
    added = add_by_hand(INES, "Liste du salon de Rennes", admin_user)
    assert (added.state, added.added_by) == (State.CONFIRMED, admin_user)
    with pytest.raises(SubscribingError):
        add_by_hand("INES@guichet.example", "Liste", admin_user)
    leave(added.key)
    with pytest.raises(SubscribingError):
        add_by_hand(INES, "Liste", admin_user)
    assert not Subscriber.objects.confirmed().exists()


def test_erasing_keeps_nothing_at_all(asked, admin_user):
    erase(asked, admin_user)
    assert not Subscriber.objects.exists()
    entries = list(ModelLogEntry.objects.values())
    assert entries
    assert "ines" not in str(entries)


def test_the_database_refuses_an_address_of_who_left(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.update(state=State.LEFT)


@pytest.mark.parametrize("how", ["asked", "known", "added"])
def test_each_is_told_in_both_forms_with_a_link_that_works(magazine, admin_user, how):
    if how == "added":
        subscriber = add_by_hand(INES, "Salon", admin_user)
    else:
        ask(INES)
        subscriber = Subscriber.objects.get()
    if how == "known":
        confirm(confirm_key(subscriber))
    assert tell(subscriber.pk)
    sent = BytesParser(policy=policy.default).parsebytes(mail.outbox[0].message().as_bytes())
    assert sent["To"] == INES
    assert sent["From"].addresses[0].display_name == "Guichet"
    assert sent.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in sent.iter_parts())
    way = "/lettre/confirmer/" if how == "asked" else f"/lettre/partir/{subscriber.key}/"
    assert way in text
    assert way in html
    assert '<html lang="fr">' in html


def test_who_left_before_the_job_ran_gets_no_mail(asked):
    leave(asked.key)
    assert not tell(asked.pk)
    assert mail.outbox == []
