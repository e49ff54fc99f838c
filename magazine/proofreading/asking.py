"""Ask for a reading when a text was saved; one job an article waits until it rests."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from magazine.models import Article, Proofreading
from magazine.proofreading.reading import REST, read

# A job that is this late died with its runner; another one is sent.
LOST = dt.timedelta(minutes=5)


@transaction.atomic
def ask_reading(article_id: int) -> None:
    """Note that the article is to be read; send a job, unless one is waiting already."""
    if not Article.objects.filter(pk=article_id).exists():
        return
    now = timezone.now()
    Proofreading.objects.get_or_create(pk=article_id)
    asked = Proofreading.objects.select_for_update().get(pk=article_id)
    is_waiting = asked.due_at is not None and asked.due_at > now - LOST
    asked.state, asked.asked_at = Proofreading.State.ASKED, now
    if not is_waiting:
        asked.due_at = now + REST
    asked.save(update_fields=["state", "asked_at", "due_at"])
    if not is_waiting:
        _send(article_id, asked.due_at)


def read_or_wait(article_id: int) -> None:
    """Read the article; if its text still moves, send a job for when it will have rested."""
    reading = read(article_id)
    if reading.again_at is not None:
        Proofreading.objects.filter(pk=article_id).update(due_at=reading.again_at)
        _send(article_id, reading.again_at)


def is_lost(proofreading: Proofreading) -> bool:
    """Tell whether the reading that was asked for is so late that nobody runs the jobs."""
    return (
        proofreading.state == Proofreading.State.ASKED
        and proofreading.due_at is not None
        and proofreading.due_at < timezone.now() - LOST
    )


def _send(article_id: int, at: dt.datetime) -> None:
    # The job calls this module: neither can wait for the other when both are loaded.
    from magazine.proofreading.tasks import read_article

    transaction.on_commit(lambda: read_article.using(run_after=at).enqueue(article_id))
