"""Offer a picture in the sizes that the site itself shows."""

from magazine import models
from magazine.picture_sizes import made_sizes, specs_of
from website.api import schemas
from website.api.texts import absolute, plain

IN_LISTS, IN_FULL, PORTRAIT = "api-list", "api-full", "portrait"


def serialise_picture(
    picture: models.Picture | None,
    base_url: str,
    *,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    sizes: str = IN_FULL,
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


def _sources(picture: models.Picture, base_url: str, sizes: str) -> list[schemas.Source]:
    """Return one source a width, of those that are made."""
    renditions = made_sizes(picture, specs_of(picture, sizes, ["webp"])).values()
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
