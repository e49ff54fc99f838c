"""Find the articles that editors pinned to a question (Wagtail's search promotions)."""

from __future__ import annotations

from wagtail.contrib.search_promotions.models import Query

from magazine.models import Article

MOST_PINS = 5


def pinned_for(text: str) -> tuple[int, ...]:
    """Return the articles pinned to this question that readers may see, in the editors' order."""
    if not text:
        return ()
    promotions = Query.objects.filter(query_string=text.lower()).values_list(
        "editors_picks__page_id", flat=True
    )
    chosen = [pk for pk in promotions.order_by("editors_picks__sort_order") if pk][:MOST_PINS]
    if not chosen:
        return ()
    public = Article.objects.for_readers().filter(pk__in=chosen)
    seen = set(public.values_list("pk", flat=True))
    return tuple(pk for pk in chosen if pk in seen)
