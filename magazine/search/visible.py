"""Ask the database which of the articles that an engine found readers may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from magazine.models import Article
from magazine.search.changes import record
from magazine.search.engines.base import Found
from magazine.search.plan import Plan

# What isn't public any more is taken out and the engine asked again: so often at most.
MOST_TRIES = 4


def gone_among(article_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the articles that readers may not see any more."""
    wanted = set(article_ids)
    public = Article.objects.for_readers().filter(pk__in=wanted)
    return frozenset(wanted.difference(public.values_list("pk", flat=True)))


def found_public(
    plan: Plan,
    find: Callable[[Plan], tuple[Found, Plan]],
    late: Callable[[], frozenset[int]] = frozenset,
) -> tuple[Found, Plan]:
    """Return what `find` finds for a plan, without what readers may not see, and the plan it used.

    What shouldn't have been found is noted as a change, and left out of the next try; so is what
    changed meanwhile, of which `late` tells. After the last try the total is smaller by what was
    taken out.
    """
    for _try in range(MOST_TRIES):
        found, used = find(plan)
        gone = gone_among(hit.article_id for hit in found.hits)
        record(gone)
        also = late() - plan.without
        if not gone and not also:
            break
        plan = replace(plan, without=plan.without | gone | also)
    kept = tuple(hit for hit in found.hits if hit.article_id not in gone)
    return replace(found, hits=kept, total=found.total - len(gone)), used
