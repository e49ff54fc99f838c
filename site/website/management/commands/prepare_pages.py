"""Make every size of the pictures that readers may see, so that no page waits for a job."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from magazine.picture_sizes import FORMATS, QUICK
from website.preparing import prepare_everything


class Command(BaseCommand):
    """`manage.py prepare_pages`: quick where there is nothing left to make."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to leave the slow format to the jobs that publishing ordered."""
        parser.add_argument("--quick", action="store_true", help="WebP and JPEG alone")

    def handle(self, **options: Any) -> None:
        """Make what is missing, and say how many sizes that was."""
        made = prepare_everything(QUICK if options["quick"] else FORMATS)
        self.stdout.write(f"{made} sizes of pictures made")
