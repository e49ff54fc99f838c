"""Order a press file, and see to it that one worker makes it, once: claimed, told of, called off.

The queue only wakes a worker. A build's own row says who works on it, so any message may be lost
or come twice; times are those of the database's clock.
"""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from print.build_tasks import make_press_file
from print.builds import BuildError, build
from print.heartbeat import CalledOffError, Heartbeat, LeaseLostError
from print.models import Edition, PressBuild, PressFile
from print.models.jobs import LATE_AFTER

ATTEMPTS = 3
State = PressBuild.State
logger = logging.getLogger(__name__)


class JobError(Exception):
    """A press file that can't be ordered; the message says why."""


def ask_for(edition: Edition, by: AbstractBaseUser | None, final: bool = False) -> PressBuild:
    """Order a press file; where one is being made already, return its build.

    Raises JobError for a final file that nobody has seen a faultless proof of, or that has to
    wait for the proof in the making.
    """
    with transaction.atomic():
        # Two orders at once wait for each other here.
        Edition.objects.select_for_update().get(pk=edition.pk)
        there = edition.builds.open().first()
        if there and final and not there.is_final:
            raise JobError(_("A proof is being made: look at it first."))
        if there:
            return there
        if final:
            _refuse_unseen(edition)
        ordered = PressBuild.objects.create(edition=edition, by=by, is_final=final)
        transaction.on_commit(lambda: _wake(ordered.pk))
    return ordered


def claim(build_id: int) -> uuid.UUID | None:
    """Take a build that nobody works on; return the lease, None where there is nothing to do.

    After three attempts it has failed, since each has cost a worker.
    """
    with transaction.atomic():
        free = PressBuild.objects.to_be_claimed().select_for_update()
        found = free.filter(pk=build_id).first()
        if found is None:
            return None
        if found.is_called_off:
            _close(found, State.CANCELLED)
            return None
        if found.attempt >= ATTEMPTS:
            _close(found, State.FAILED, _given_up())
            return None
        lease = uuid.uuid4()
        PressBuild.objects.filter(pk=build_id).update(
            state=State.RUNNING,
            lease=lease,
            attempt=F("attempt") + 1,
            beat_at=Now(),
            step="",
            done=0,
            total=0,
        )
    return lease


def run(build_id: int) -> None:
    """Make the press file of a build, unless another worker does or did."""
    lease = claim(build_id)
    if lease is None:
        return
    job = PressBuild.objects.select_related("edition__issue", "edition__profile").get(pk=build_id)
    try:
        with translation.override(_language_of(job.by)), Heartbeat(build_id, lease) as heart:
            made = build(job.edition, final=job.is_final, tell=heart.tell)
    except CalledOffError:
        _end(job, lease, State.CANCELLED)
    except LeaseLostError:
        logger.warning("Build %s went on elsewhere.", build_id)
    except BuildError as error:
        _end(job, lease, State.FAILED, str(error))
    except Exception:
        logger.exception("Build %s broke off.", build_id)
        _try_again(job, lease)
    else:
        _end(job, lease, State.DONE, press_file=made)


def call_off(job: PressBuild, by: AbstractBaseUser) -> bool:
    """Call a build off; a running one stops at its next step. Tell whether there was one to stop.

    What is stored by then stays: a press file is a fact.
    """
    with transaction.atomic():
        found = PressBuild.objects.select_for_update().open().filter(pk=job.pk).first()
        if found is None:
            return False
        logger.info("Build %s is called off by user %s.", found.pk, by.pk)
        found.is_called_off = True
        found.save(update_fields=["is_called_off"])
        if found.state == State.WAITING:
            _close(found, State.CANCELLED)
    return True


def recover() -> int:
    """Order again what waits too long or has lost its worker; return how many."""
    overdue = list(PressBuild.objects.overdue().values_list("pk", flat=True))
    for pk in overdue:
        _wake(pk)
    return len(overdue)


def wake_if_overdue(job: PressBuild) -> None:
    """Order a build again that somebody waits for in vain, at most once in half a minute."""
    if not PressBuild.objects.overdue().filter(pk=job.pk).exists():
        return
    if cache.add(f"press-woken:{job.pk}", True, LATE_AFTER.total_seconds()):
        _wake(job.pk)


def _wake(build_id: int) -> None:
    make_press_file.enqueue(build_id)


def _refuse_unseen(edition: Edition) -> None:
    last = edition.press_files.first()
    if last is None:
        raise JobError(_("Make a proof first, and look at it."))
    if last.errors:
        raise JobError(
            _("Preflight finds %(errors)s errors in the last proof: mend them, make a new proof.")
            % {"errors": last.errors}
        )


def _given_up() -> str:
    return _(
        "It broke off three times without a word, so it isn’t tried again. "
        "The log of the worker says more; a machine with too little memory is the usual cause."
    )


def _try_again(job: PressBuild, lease: uuid.UUID) -> None:
    """Put a build that broke off back into the queue, or give it up."""
    with transaction.atomic():
        ours = PressBuild.objects.select_for_update().filter(pk=job.pk, lease=lease)
        found = ours.open().first()
        if found is None:
            return
        if found.attempt >= ATTEMPTS:
            _close(found, State.FAILED, _given_up())
            return
        PressBuild.objects.filter(pk=job.pk).update(state=State.WAITING, lease=None)
        transaction.on_commit(lambda: _wake(job.pk))


def _language_of(user: AbstractBaseUser | None) -> str:
    """Return the language in which somebody is told what went wrong."""
    if user is None:
        return settings.LANGUAGE_CODE
    return UserProfile.get_for_user(user).get_preferred_language()


def _end(
    job: PressBuild,
    lease: uuid.UUID,
    state: str,
    message: str = "",
    press_file: PressFile | None = None,
) -> None:
    with transaction.atomic():
        ours = PressBuild.objects.select_for_update().filter(pk=job.pk, lease=lease)
        found = ours.open().first()
        if found:
            found.press_file = press_file
            _close(found, state, message)


def _close(job: PressBuild, state: str, message: str = "") -> None:
    PressBuild.objects.filter(pk=job.pk).update(
        state=state, message=message, press_file=job.press_file, lease=None, ended_at=Now()
    )
