"""Order builds of press files again that wait too long or have lost their worker."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from print.jobs import recover


class Command(BaseCommand):
    """`manage.py recover_builds [--every SECONDS]`; for cron, or beside the worker."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--every", type=int, default=0, help="seconds between two looks")

    def handle(self, **options: Any) -> None:
        """Look once, or for ever."""
        while True:
            self.stdout.write(str(recover()))
            if not options["every"]:
                return
            time.sleep(options["every"])
