"""`manage.py forget_comments`: forget what readers were promised not to be kept."""

from typing import Any

from django.core.management.base import BaseCommand

from magazine.comment_keeping import forget_comments


class Command(BaseCommand):
    """Run it once a day where no `release_scheduled --every` does."""

    help = "Delete refused comments after three months, forget mail addresses after a year."

    def handle(self, *args: Any, **options: Any) -> None:
        done = forget_comments()
        self.stdout.write(
            f"comments deleted: {done.comments}, mail addresses forgotten: {done.mails}, "
            f"digests of network addresses forgotten: {done.addresses}"
        )
