"""Count what readers ask, what finds nothing and what they follow, so that nobody is known by it.

Only sums are kept: of a question, by the day. What may be about somebody (an address, a number)
isn't kept at all.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.search.utils import normalise_query_string

from magazine.models import Article, FollowedHit, QuestionDay

logger = logging.getLogger(__name__)

LONGEST_KEPT = 80
MOST_FIGURES = 5
# A page of results may be open since yesterday evening.
STILL_OPEN = dt.timedelta(days=1)


def countable(text: str) -> str:
    """Return a question as it is counted, as Wagtail writes it; nothing where it isn't."""
    if "@" in text or len(text) > LONGEST_KEPT:
        return ""
    if sum(sign.isnumeric() for sign in text) > MOST_FIGURES:
        return ""
    return normalise_query_string(text)


def note_question(text: str, found: int) -> None:
    """Count a question that was answered, and whether in vain; a failure is only logged."""
    asked = countable(text)
    if not asked:
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            query = Query.get(asked)
            query.add_hit(today)
            if not found:
                QuestionDay.objects.get_or_create(query=query, date=today)
                QuestionDay.objects.filter(query=query, date=today).update(
                    found_nothing=F("found_nothing") + 1
                )
    except DatabaseError as error:
        logger.info("A question wasn't counted: %s", error)


def note_followed(text: str, article_id: int) -> None:
    """Count that somebody went from a question to an article; a failure is only logged.

    Only for a question of today or yesterday and an article that readers may see, and never more
    often than the question was asked.
    """
    asked = countable(text)
    if not asked:
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            hits = QueryDailyHits.objects.filter(
                query__query_string=asked, date__gte=today - STILL_OPEN
            )
            times = hits.aggregate(times=Sum("hits"))["times"] or 0
            article = Article.objects.for_readers().filter(pk=article_id).first()
            if not times or article is None:
                return
            row, _created = FollowedHit.objects.get_or_create(
                query=Query.get(asked), article=article, date=today
            )
            FollowedHit.objects.filter(pk=row.pk, times__lt=times).update(times=F("times") + 1)
    except DatabaseError as error:
        logger.info("A followed hit wasn't counted: %s", error)


def forget_old_questions() -> None:
    """Delete what was counted more than 25 months ago, and questions of which nothing is left."""
    oldest = timezone.localdate() - dt.timedelta(days=settings.WAGTAILSEARCH_HITS_MAX_AGE)
    for model in (QueryDailyHits, QuestionDay, FollowedHit):
        model.objects.filter(date__lt=oldest).delete()
    Query.garbage_collect()
