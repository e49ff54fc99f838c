"""List the sizes in which readers get pictures, and make them where they are asked for by a job.

Every template, feed and the API ask for these and no others, so the job makes what they ask for.
A reader's request makes none: what isn't there yet is replaced by what is, and ordered.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from django.core.cache import cache
from django.db import transaction
from django.db.models import prefetch_related_objects
from wagtail.images.models import Filter
from wagtail.models import Page

from magazine.models import Contributor, Picture, PictureRendition
from magazine.shown import changed, thing

# The best first; browsers take the first that they know.
FORMATS = ("avif", "webp", "jpeg")
# AVIF takes five times as long as the two others together: it is made when all else is there.
QUICK, SLOW = ("webp", "jpeg"), ("avif",)
# 750: the whole width of a telephone, in its own dots.
WIDTHS = (480, 750, 960, 1600)
SQUARES = ("fill-192x192", "fill-384x384")
# What a template, a feed or the API asks for, by name.
USES: Mapping[str, tuple[str, ...]] = {
    "full": tuple(f"width-{width}" for width in WIDTHS),
    "list": tuple(f"width-{width}" for width in WIDTHS[:3]),
    # The API promised these.
    "api-full": ("width-480", "width-960", "width-1600"),
    "api-list": ("width-480", "width-960"),
    "portrait": SQUARES,
}
# Seconds for which a picture that was ordered isn't ordered again.
ORDERED = 300

logger = logging.getLogger(__name__)


def specs_of(picture: Picture, use: str, formats: Iterable[str] = FORMATS) -> list[str]:
    """Return the filters for a use, by format, then size; none is larger than the picture twice."""
    sizes = []
    for size in USES[use]:
        sizes.append(size)
        if size.startswith("width-") and int(size.removeprefix("width-")) >= picture.width:
            break
    return [f"{size}|format-{each}" for each in formats for size in sizes]


def made_sizes(picture: Picture, specs: Iterable[str]) -> dict[str, PictureRendition]:
    """Return those of the sizes that are made, by what was asked; the others are ordered.

    A width greater than the picture's own is given by the size that holds all of it.
    """
    wanted = {spec: Filter(_held_by(picture, spec)) for spec in specs}
    found = picture.find_existing_renditions(*wanted.values())
    if len(found) < len(wanted):
        order_sizes([picture.pk])
    return {spec: found[each] for spec, each in wanted.items() if each in found}


def _held_by(picture: Picture, spec: str) -> str:
    size, _bar, made_as = spec.partition("|")
    if not size.startswith("width-"):
        return spec
    whole = next((width for width in WIDTHS if width >= picture.width), WIDTHS[-1])
    return f"width-{min(whole, int(size.removeprefix('width-')))}|{made_as}"


def fetch_sizes(pictures: Iterable[Picture | None]) -> None:
    """Fetch the sizes made so far of all these pictures, in one query."""
    prefetch_related_objects([picture for picture in pictures if picture], "renditions")


def order_sizes(picture_ids: Iterable[int]) -> None:
    """Have a job make the sizes that are missing, once the transaction is through."""
    from magazine.picture_tasks import make_sizes

    for pk in set(picture_ids):
        if cache.add(f"sizes-ordered:{pk}", True, ORDERED):
            transaction.on_commit(lambda pk=pk: make_sizes.enqueue(pk), robust=True)


def make_missing_sizes(picture: Picture, formats: Iterable[str] = FORMATS) -> int:
    """Make every size that readers may be offered of a picture; return how many were missing."""
    formats = list(formats)
    uses = ["full"]
    if Contributor.objects.filter(portrait=picture).exists():
        uses.append("portrait")
    wanted = [Filter(spec) for use in uses for spec in specs_of(picture, use, formats)]
    there = picture.find_existing_renditions(*wanted)
    missing = [each.spec for each in wanted if each not in there]
    if missing:
        picture.get_renditions(*missing)
        changed(thing(picture))
    return len(missing)


def pictures_of(page: Page) -> set[int]:
    """Return the ids of the pictures that a page shows: its own, its text's, its people's."""
    found = set()
    for field in page._meta.get_fields():
        if field.is_relation and field.many_to_one and field.related_model is Picture:
            found.add(getattr(page, field.attname))
        if hasattr(field, "extract_references"):
            references = field.extract_references(field.value_from_object(page))
            found |= {int(pk) for model, pk, *_path in references if model is Picture}
    if hasattr(page, "bylines"):
        found |= set(page.bylines.values_list("contributor__portrait", flat=True))
    return found - {None}
