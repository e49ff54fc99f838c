"""`manage.py empty_trash`: delete for good what was thrown away more than thirty days ago."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from magazine.models.trash import KEPT_FOR
from magazine.trash import empty_trash


class Command(BaseCommand):
    """Empty the trash of what is too old; run it once a day."""

    help = "Delete for good what was thrown away more than thirty days ago."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT_FOR.days, help="days to keep (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        emptied = empty_trash(dt.timedelta(days=max(0, options["days"])))
        for title in emptied.deleted:
            self.stdout.write(f"deleted: {title}")
        for title in emptied.held:
            self.stderr.write(f"still held by something, kept: {title}")
