"""Make what readers' pages are made of and publishing makes: sizes of pictures, drawn leaves."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from magazine.leafing import draw_missing
from magazine.picture_sizes import FORMATS, QUICK
from website.preparing import prepare_everything


class Command(BaseCommand):
    """`manage.py prepare_pages`: quick where there is nothing left to make."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to leave the slow format to the jobs that publishing ordered."""
        parser.add_argument("--quick", action="store_true", help="WebP and JPEG alone")

    def handle(self, **options: Any) -> None:
        """Make what is missing, and say how much that was."""
        made = prepare_everything(QUICK if options["quick"] else FORMATS)
        drawn = draw_missing()
        self.stdout.write(f"{made} sizes of pictures made, {drawn} issues drawn to leaf through")
