"""Draw the pictures by which pages are shared: those that are missing or out of date, or all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from website.sharing import draw_all


class Command(BaseCommand):
    """`manage.py sharing_pictures`; `--all` draws even what is up to date."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --all."""
        parser.add_argument("--all", action="store_true", help="draw even what is up to date")

    def handle(self, **options: Any) -> None:
        """Draw them, and say how many that was."""
        self.stdout.write(f"{draw_all(anew=options['all'])} pictures drawn")
