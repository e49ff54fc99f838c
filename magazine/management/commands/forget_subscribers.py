"""`manage.py forget_subscribers`: forget who never confirmed, and what is left of who left."""

from typing import Any

from django.core.management.base import BaseCommand

from magazine.subscribing import forget_the_unconfirmed


class Command(BaseCommand):
    """Run it once a day where no `release_scheduled --every` does."""

    help = "Erase addresses that weren't confirmed within seven days, digests after three years."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"addresses erased: {forget_the_unconfirmed()}")
