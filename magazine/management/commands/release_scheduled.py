"""Release what is due, take offline what has expired; as a service, daily clear out old things."""

import datetime as dt
import logging
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from magazine.comment_keeping import forget_comments
from magazine.comment_mail import catch_up
from magazine.letter_sending import recover
from magazine.scheduler import run_due
from magazine.search.asked import forget_old_questions
from magazine.search.tasks import reconcile
from magazine.subscribing import forget_the_unconfirmed
from magazine.trash import empty_trash

logger = logging.getLogger(__name__)


def _seconds(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= 3600:
        raise ArgumentTypeError("give seconds from 1 to 3600")
    return int(written)


class Command(BaseCommand):
    """`manage.py release_scheduled` once, for cron; `--every 30` for a service that stays."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument(
            "--every", type=_seconds, metavar="SECONDS", help="go on, with a pause of so many"
        )

    def handle(self, **options: Any) -> None:
        """Run one round, or round after round until the process is ended."""
        if not options["every"]:
            self._round()
            return
        cleared: dt.date | None = None
        while True:
            close_old_connections()
            try:
                self._round()
                catch_up()
                if cleared != timezone.localdate():
                    empty_trash()
                    forget_old_questions()
                    forget_comments()
                    forget_the_unconfirmed()
                    reconcile.enqueue()
                    cleared = timezone.localdate()
            except Error:
                logger.exception("The database could not be asked; trying again.")
            time.sleep(options["every"])

    def _round(self) -> None:
        done = run_due()
        recover()
        if done.released or done.expired or done.refused:
            self.stdout.write(
                f"released {len(done.released)}, expired {len(done.expired)}, "
                f"refused {len(done.refused)}"
            )
            self.stdout.flush()
