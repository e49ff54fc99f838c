"""Keep the list of articles whose document may have changed: written with the change itself.

Every engine applies the list in its own time, and leaves out of its answers what it has not
applied yet. A number may become visible after higher ones, when its transaction took longer:
so an engine remembers which numbers it has seen, not how far it got.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from magazine.models import SearchChange

# Longer than any transaction is left open; what is older is seen by all who look.
LONGEST_TRANSACTION = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=30)
# A job that nobody's save asked for is ordered once in so many seconds.
ORDERED = "search:ordered"
ORDERED_SECONDS = 50


def record(article_ids: Iterable[int]) -> None:
    """Note, in the transaction that is open, that articles may have changed; a job is asked for."""
    rows = [SearchChange(article_id=pk) for pk in dict.fromkeys(article_ids)]
    if not rows:
        return
    SearchChange.objects.bulk_create(rows, batch_size=500)
    if not any(_order in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(_order, robust=True)


def order(wait: float = 0.0) -> None:
    """Have every index brought up to date by a job, after so many seconds.

    Of those who order it in the same minute, the first one does.
    """
    from magazine.search.tasks import bring_up_to_date

    if cache.add(ORDERED, 1, ORDERED_SECONDS):
        at = timezone.now() + dt.timedelta(seconds=wait)
        bring_up_to_date.using(run_after=at).enqueue()


def _order() -> None:
    from magazine.search.tasks import bring_up_to_date

    bring_up_to_date.enqueue()


def changes_after(number: int) -> list[tuple[int, int]]:
    """Return number and article of every change with a higher number, in order."""
    rows = SearchChange.objects.filter(pk__gt=number).order_by("pk")
    return list(rows.values_list("pk", "article_id"))


def settled_number() -> int:
    """Return the highest number below which nothing can appear any more."""
    settled = SearchChange.objects.filter(at__lt=timezone.now() - LONGEST_TRANSACTION)
    return settled.order_by("-pk").values_list("pk", flat=True).first() or 0


def lowest_number() -> int:
    """Return the lowest number that is kept: an index that is behind it must be made again."""
    return SearchChange.objects.order_by("pk").values_list("pk", flat=True).first() or 0


def forget_old() -> int:
    """Delete what every engine had time enough to apply; return how many."""
    old = SearchChange.objects.filter(at__lt=timezone.now() - KEPT)
    return old.delete()[0]
