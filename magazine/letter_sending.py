"""Send a letter in batches, by any number of workers that may be killed, to nobody twice.

A delivery's row is claimed, and that committed, before its mail is handed over; what became of it
is committed after. A worker that dies in between leaves a row of which nobody can know whether the
server took the mail: it is never sent again, and told as “unknown”. So nobody gets a letter twice,
and of one killed worker at most one reader may miss it.
"""

from __future__ import annotations

import logging
import smtplib
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from magazine.letter_mail import LetterMail
from magazine.letter_tasks import send_batch
from magazine.models import Letter, LetterDelivery, Subscriber

logger = logging.getLogger(__name__)
BATCH = 50
# So many faults one after another are the mail server's: the letter pauses.
TROUBLES = 5
# A busy server says “later”: the scheduler tries again, two minutes after the last word.
ATTEMPTS = 5
# A server that says nothing for so long has hung up.
SERVER_SECONDS = 30

State = LetterDelivery.State


@dataclass
class Troubles:
    """The faults since the last mail that went out, and what the last one said."""

    in_a_row: int = 0
    last: str = ""
    taken: set[int] = field(default_factory=set)

    def add(self, error: Exception) -> None:
        """Count one more."""
        self.in_a_row += 1
        self.last = told(error)


def send_some(letter_id: int) -> int:
    """Send at most one batch of a letter and order the next; return how many went out.

    Ends the letter where nobody waits any more, pauses it after five faults in a row.
    """
    letter = Letter.objects.under_way().select_related("issue").filter(pk=letter_id).first()
    if letter is None:
        return 0
    mail, troubles, sent = LetterMail(letter), Troubles(), 0
    connection = get_connection(timeout=SERVER_SECONDS)
    try:
        for _number in range(BATCH):
            delivery = _claim(letter_id, troubles)
            if delivery is None:
                break
            sent += _hand_over(delivery, mail, connection, troubles)
            if troubles.in_a_row >= TROUBLES:
                pause(letter_id, troubles.last)
                return sent
    finally:
        _hang_up(connection)
    fresh = LetterDelivery.objects.waiting().filter(letter_id=letter_id, attempts=0)
    if not _end(letter_id) and fresh.exists():
        send_batch.enqueue(letter_id)
    return sent


def recover() -> int:
    """Order again the letters that lost their worker; return how many. For the scheduler."""
    LetterDelivery.objects.handed_too_long().update(
        state=State.DOUBTFUL, at=Now(), error="the worker was lost"
    )
    forsaken = list(Letter.objects.forsaken().values_list("pk", flat=True))
    for pk in forsaken:
        if not _end(pk):
            send_batch.enqueue(pk)
    return len(forsaken)


def pause(letter_id: int, reason: str) -> None:
    """Stop a letter because of the mail server, and keep what it said."""
    logger.error("Letter %s pauses: %s", letter_id, reason)
    Letter.objects.under_way().filter(pk=letter_id).update(
        state=Letter.State.STOPPED, message=reason
    )


def told(error: Exception) -> str:
    """Return an error in one line, with the server's own words."""
    code, words = _answer_of(error)
    text = f"{code} {words}" if code else f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:240]


def _answer_of(error: Exception) -> tuple[int, str]:
    """Return the code and the words of a server's answer; 0 where it gave none."""
    code, words = 0, b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (0, b""))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    return code, words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)


def _claim(letter_id: int, troubles: Troubles) -> LetterDelivery | None:
    """Take the next reader; committed before anything is handed over. None: nobody waits."""
    waiting = LetterDelivery.objects.waiting().filter(
        letter_id=letter_id, letter__state=Letter.State.SENDING
    )
    while True:
        next_one = waiting.exclude(pk__in=troubles.taken).order_by("attempts", "pk").first()
        if next_one is None:
            return None
        with transaction.atomic():
            mine = waiting.filter(pk=next_one.pk).update(
                state=State.HANDING, at=Now(), attempts=F("attempts") + 1
            )
        if not mine:
            continue  # Another worker has it.
        reader = Subscriber.objects.confirmed().filter(pk=next_one.subscriber_id).first()
        if reader is None:
            LetterDelivery.objects.filter(pk=next_one.pk).delete()
            continue
        next_one.subscriber, next_one.attempts = reader, next_one.attempts + 1
        return next_one


def _hand_over(
    delivery: LetterDelivery, mail: LetterMail, connection: Any, troubles: Troubles
) -> bool:
    """Hand one mail to the server, and write down what became of it; tell whether it went out."""
    troubles.taken.add(delivery.pk)
    try:
        message = mail.to(delivery.subscriber, delivery.pk)
        message.message()
    except Exception as error:
        logger.exception("Letter %s can't be written for one reader.", delivery.letter_id)
        _note(delivery, State.FAILED, told(error))
        troubles.add(error)
        return False
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        # Nothing was handed over: who waited goes on waiting, and nobody else is tried.
        _note(delivery, State.WAITING, told(error), attempts=delivery.attempts - 1)
        troubles.in_a_row, troubles.last = TROUBLES, told(error)
        return False
    try:
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        for_good = _answer_of(error)[0] >= 500 or delivery.attempts >= ATTEMPTS
        _note(delivery, State.FAILED if for_good else State.WAITING, told(error))
        troubles.add(error)
    except Exception as error:
        # The line broke after the mail was begun: the server may have it.
        logger.warning("Letter %s: one mail may not have arrived.", delivery.letter_id)
        _note(delivery, State.DOUBTFUL, told(error))
        troubles.add(error)
    else:
        _note(delivery, State.SENT, "")
        troubles.in_a_row = 0
        return True
    _hang_up(connection)
    return False


def _note(delivery: LetterDelivery, state: str, error: str, **fields: int) -> None:
    LetterDelivery.objects.filter(pk=delivery.pk, state=State.HANDING).update(
        state=state, error=error[:240], at=Now(), **fields
    )


def _hang_up(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.info("The mail server hung up first.")


def _end(letter_id: int) -> bool:
    """Call a letter sent where nobody waits and nothing is being handed over."""
    open_ones = Q(state=State.WAITING) | Q(state=State.HANDING)
    with transaction.atomic():
        letter = Letter.objects.under_way().select_for_update().filter(pk=letter_id).first()
        if letter is None:
            return True
        if letter.deliveries.filter(open_ones).exists():
            return False
        Letter.objects.filter(pk=letter_id).update(state=Letter.State.SENT, sent_at=Now())
    return True
