"""Gather what the page on getting the paper shows: offers, covers, shops, and its order form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from magazine.models import Issue, PaperOffer, PaperPage, PastIssue, PointOfSale

MAP = "https://www.openstreetmap.org/search"


@dataclass(frozen=True)
class Shop:
    """A point of sale, with a plain link to a map: nothing is loaded from there."""

    place: PointOfSale
    map_address: str


@dataclass(frozen=True)
class Town:
    """A town with its shops."""

    name: str
    shops: tuple[Shop, ...]


@dataclass(frozen=True)
class Region:
    """A department or country with its towns."""

    name: str
    towns: tuple[Town, ...]


@dataclass(frozen=True)
class BackIssue:
    """An offer of a back issue, with the issue where readers may see it."""

    offer: PaperOffer
    issue: Issue | PastIssue | None


@dataclass(frozen=True)
class Counter:
    """All that the page shows beside its own texts."""

    subscriptions: tuple[PaperOffer, ...]
    back_issues: tuple[BackIssue, ...]
    on_form: tuple[PaperOffer, ...]
    regions: tuple[Region, ...]
    shops: int


def counter_of(page: PaperPage) -> Counter:
    """Return the page's offers and the shops, in a fixed number of queries."""
    offers = sorted(page.offers.all(), key=lambda offer: offer.sort_order or 0)
    back = [offer for offer in offers if offer.kind == PaperOffer.Kind.BACK_ISSUE]
    issues = _issues_of(back)
    shops = list(PointOfSale.objects.for_readers())
    return Counter(
        subscriptions=tuple(o for o in offers if o.kind == PaperOffer.Kind.SUBSCRIPTION),
        back_issues=tuple(BackIssue(offer, issues.get(offer.issue_id)) for offer in back),
        on_form=tuple(o for o in offers if o.is_on_form and not o.is_sold_out),
        regions=_regions(shops),
        shops=len(shops),
    )


def _issues_of(offers: list[PaperOffer]) -> dict[int, Issue | PastIssue]:
    wanted = [offer.issue_id for offer in offers if offer.issue_id]
    if not wanted:
        return {}
    found: dict[int, Issue | PastIssue] = {}
    for model in (Issue, PastIssue):
        issues = model.objects.for_readers().filter(pk__in=wanted)
        for issue in issues.select_related("cover").prefetch_related("cover__renditions"):
            found[issue.pk] = issue
    return found


def _regions(shops: list[PointOfSale]) -> tuple[Region, ...]:
    return tuple(
        Region(
            region,
            tuple(
                Town(town, tuple(Shop(shop, _on_map(shop)) for shop in there))
                for town, there in groupby(held, key=lambda shop: shop.town)
            ),
        )
        for region, held in groupby(shops, key=lambda shop: shop.region)
    )


def _on_map(shop: PointOfSale) -> str:
    return f"{MAP}?{urlencode({'query': f'{shop.name}, {shop.whole_address}'})}"
