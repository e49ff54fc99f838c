"""Render every page that readers may see once, so that no reader waits for a picture."""

from typing import Any

from django.core.management import BaseCommand

from website.preparing import every_address, prepare


class Command(BaseCommand):
    """`manage.py prepare_pages`: quick where there is nothing left to make."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Prepare all, and say how many pages that was."""
        self.stdout.write(f"{prepare(every_address())} pages prepared")
