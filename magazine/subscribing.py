"""The verbs of those who take the letter: ask, confirm, leave, add by hand, erase, forget."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from magazine.letter_tasks import tell_subscriber
from magazine.mail_address import AddressError, read_address
from magazine.models import LetterDelivery, Subscriber
from magazine.models.letters import CONFIRM_WITHIN, LEFT_FOR

# To be changed with the sentence that readers agree to (templates/website/letter/consent.html).
CONSENT = "2026-11"
KEY_BYTES, KEY = 32, re.compile(r"[\w-]{43}", re.ASCII)
CONFIRM_SALT = "magazine.letter.confirm"
# One address is written to three times before it confirms, ten minutes apart; all in an hour.
TELL_AGAIN, MOST_TIMES = dt.timedelta(minutes=10), 3
KNOWN_AGAIN = dt.timedelta(days=1)
MOST_AN_HOUR = 200

State = Subscriber.State


class SubscribingError(Exception):
    """Somebody can't be taken in or let go so; the message says why."""


class TooManyAsk(SubscribingError):
    """More people ask for the letter within an hour than a small magazine has."""


class StaleLink(SubscribingError):
    """The link in a mail is unknown, or its time is over."""


def digest_of(mail: str) -> str:
    """Return what is kept of an address that left: an HMAC by the secret key."""
    return salted_hmac("magazine.letter.subscriber", mail, algorithm="sha256").hexdigest()


def confirm_key(subscriber: Subscriber) -> str:
    """Return the key of the confirming link: signed, dated, good for seven days."""
    return signing.TimestampSigner(salt=CONFIRM_SALT, sep=".").sign(subscriber.key)


def ask(typed: str) -> None:
    """Take in that somebody wants the letter, and have them asked by mail whether it was them.

    The same whatever is known of the address. Raises SubscribingError for what is no address,
    TooManyAsk past 200 new ones in an hour.
    """
    try:
        mail = read_address(typed)
    except AddressError as error:
        raise SubscribingError(str(error)) from error
    now = timezone.now()
    with transaction.atomic():
        if Subscriber.objects.filter(asked_at__gt=now - dt.timedelta(hours=1)).count() >= (
            MOST_AN_HOUR
        ):
            raise TooManyAsk(_("Very many people ask for the letter just now: try in an hour."))
        asked = {"mail": mail, "asked_at": now, "consent": CONSENT}
        subscriber, is_new = Subscriber.objects.select_for_update().get_or_create(
            digest=digest_of(mail),
            defaults={**asked, "key": secrets.token_urlsafe(KEY_BYTES)},
        )
        if subscriber.state == State.LEFT:
            _set(subscriber, **asked, state=State.ASKED)
        elif subscriber.state == State.ASKED and not is_new:
            _set(subscriber, asked_at=now, consent=CONSENT)
        if _may_be_told(subscriber, now):
            _tell(subscriber, now)


@transaction.atomic
def confirm(key: str) -> Subscriber:
    """Take somebody in who followed their link; again is no harm. Raises StaleLink."""
    subscriber = find_asked(key)
    if subscriber.state == State.ASKED:
        _set(subscriber, state=State.CONFIRMED, confirmed_at=timezone.now(), told_times=0)
    return subscriber


def find_asked(key: str) -> Subscriber:
    """Return who may confirm with that key. Raises StaleLink; also for one that left since."""
    stale = StaleLink(_("This link isn’t good any more."))
    try:
        lasting = signing.TimestampSigner(salt=CONFIRM_SALT, sep=".").unsign(
            key, max_age=CONFIRM_WITHIN
        )
    except signing.BadSignature as error:
        raise stale from error
    subscriber = Subscriber.objects.with_mail().filter(key=lasting).first()
    if subscriber is None:
        raise stale
    return subscriber


def find_leaving(key: str) -> Subscriber:
    """Return whose key it is, also of one that left already. Raises StaleLink."""
    subscriber = Subscriber.objects.filter(key=key).first() if KEY.fullmatch(key) else None
    if subscriber is None:
        raise StaleLink(_("This link isn’t good any more."))
    return subscriber


@transaction.atomic
def leave(key: str) -> None:
    """Let somebody go at once, and erase their address; again is no harm. Raises StaleLink.

    The address's digest stays for three years, so that nobody adds it again by hand.
    """
    subscriber = find_leaving(key)
    if subscriber.state != State.LEFT:
        LetterDelivery.objects.waiting().filter(subscriber=subscriber).delete()
        _let_go(subscriber, timezone.now())


@transaction.atomic
def add_by_hand(typed: str, note: str, by: AbstractBaseUser) -> Subscriber:
    """Take somebody in who agreed elsewhere, as the note says; they are told by mail.

    Raises SubscribingError without a note, for what is no address, for one that is on the list,
    and for one that left: only its owner can come back.
    """
    note = " ".join(note.split())
    if not note:
        raise SubscribingError(_("Say how and when they agreed: the law asks for it."))
    try:
        mail = read_address(typed)
    except AddressError as error:
        raise SubscribingError(str(error)) from error
    now = timezone.now()
    known = Subscriber.objects.select_for_update().filter(digest=digest_of(mail)).first()
    if known and known.state == State.LEFT:
        raise SubscribingError(
            _("This address has left the letter: only its owner can come back, by the site’s form.")
        )
    if known and known.state == State.CONFIRMED:
        raise SubscribingError(_("This address takes the letter already."))
    subscriber = known or Subscriber(
        mail=mail, digest=digest_of(mail), key=secrets.token_urlsafe(KEY_BYTES), asked_at=now
    )
    subscriber.state, subscriber.confirmed_at = State.CONFIRMED, now
    subscriber.consent, subscriber.note, subscriber.added_by = CONSENT, note[:240], by
    subscriber.save()
    log(instance=subscriber, action="magazine.add_subscriber", user=by)
    _tell(subscriber, now)
    return subscriber


@transaction.atomic
def erase(subscriber: Subscriber, by: AbstractBaseUser) -> None:
    """Erase everything that is kept of somebody, the digest too. Letters keep a bare count."""
    LetterDelivery.objects.waiting().filter(subscriber=subscriber).delete()
    log(instance=subscriber, action="magazine.erase_subscriber", user=by)
    subscriber.delete()


@transaction.atomic
def forget_the_unconfirmed(now: dt.datetime | None = None) -> int:
    """Forget who didn't confirm within seven days, and digests older than three years.

    Return how many addresses were erased. Who had left before, and asked again, has left again.
    """
    now = now or timezone.now()
    late = Subscriber.objects.never_confirmed(now)
    came_back = list(late.exclude(left_at=None).select_for_update())
    for subscriber in came_back:
        _let_go(subscriber, subscriber.left_at or now)
    erased, _rows = late.filter(left_at=None).delete()
    Subscriber.objects.filter(state=State.LEFT, left_at__lte=now - LEFT_FOR).delete()
    return len(came_back) + erased


def _let_go(subscriber: Subscriber, at: dt.datetime) -> None:
    _set(
        subscriber,
        state=State.LEFT,
        mail=None,
        left_at=at,
        note="",
        added_by=None,
        told_at=None,
        told_times=0,
    )


def _may_be_told(subscriber: Subscriber, now: dt.datetime) -> bool:
    if subscriber.told_at is None:
        return True
    if subscriber.state == State.CONFIRMED:
        return now - subscriber.told_at > KNOWN_AGAIN
    return subscriber.told_times < MOST_TIMES and now - subscriber.told_at > TELL_AGAIN


def _tell(subscriber: Subscriber, now: dt.datetime) -> None:
    _set(subscriber, told_at=now, told_times=subscriber.told_times + 1)
    transaction.on_commit(lambda: tell_subscriber.enqueue(subscriber.pk))


def _set(subscriber: Subscriber, **fields: object) -> None:
    for name, value in fields.items():
        setattr(subscriber, name, value)
    subscriber.save(update_fields=list(fields))
