"""Offer a picture in the sizes that the site itself shows, so that each is made once."""

import logging
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from magazine import models
from website.api import schemas
from website.api.texts import absolute, plain

IN_LISTS = ("width-480|format-webp", "width-960|format-webp")
IN_FULL = (*IN_LISTS, "width-1600|format-webp")
PORTRAIT = ("fill-192x192|format-webp", "fill-384x384|format-webp")

logger = logging.getLogger(__name__)


def fetch_sizes(pictures: Iterable[models.Picture | None]) -> None:
    """Fetch the sizes made so far of all these pictures, in one query."""
    prefetch_related_objects([picture for picture in pictures if picture], "renditions")


def serialise_picture(
    picture: models.Picture | None,
    base_url: str,
    *,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    sizes: tuple[str, ...] = IN_FULL,
) -> schemas.Picture | None:
    """Return a picture; alternative text and credit default to its own."""
    if picture is None:
        return None
    return schemas.Picture(
        alt=plain(alt or picture.description),
        caption=plain(caption),
        credit=plain(credit or picture.credit),
        licence=plain(picture.licence),
        width=picture.width,
        height=picture.height,
        sources=_sources(picture, base_url, sizes),
    )


def _sources(
    picture: models.Picture, base_url: str, sizes: tuple[str, ...]
) -> list[schemas.Source]:
    """Return one source a width; a file that is gone or broken costs the sources alone."""
    try:
        renditions = picture.get_renditions(*sizes).values()
    except Exception:  # Pillow raises whatever the bytes drive it to
        logger.warning("picture %s can't be resized: look at its file", picture.pk, exc_info=True)
        return []
    by_width = {
        rendition.width: schemas.Source(
            url=absolute(rendition.url, base_url),
            width=rendition.width,
            height=rendition.height,
            type="image/webp",
        )
        for rendition in renditions
    }
    return [by_width[width] for width in sorted(by_width)]
