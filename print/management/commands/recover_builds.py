"""Order builds of press files again that wait too long or have lost their worker."""

from typing import Any

from django.core.management import BaseCommand

from print.jobs import recover


class Command(BaseCommand):
    """`manage.py recover_builds`, for cron; says how many were ordered again."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        """Look once."""
        self.stdout.write(str(recover()))
