"""Show a picture in the sizes that are made; a template never makes one."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import Picture as FormattedSizes

from magazine.models import Picture, PictureRendition
from magazine.picture_sizes import USES, made_sizes, specs_of

register = template.Library()

IN_FEEDS = "width-960|format-webp"
# What every browser shows.
KNOWN = (".webp", ".jpg", ".jpeg", ".png", ".gif")
# An empty drawing, for the moments in which no size of a picture is made yet.
NOTHING = "magazine/empty.svg"


@register.simple_tag
def picture(image: Picture | None, use: str, **attributes: Any) -> SafeString | str:
    """`{% picture image "full" alt=… sizes=… %}`: AVIF, WebP and JPEG; width and height stated.

    `use` is one of `magazine.picture_sizes.USES`. Those there are stand in for those missing.
    """
    if image is None:
        return ""
    sizes = made_sizes(image, specs_of(image, use))
    attributes = {"alt": "", **{name: value for name, value in attributes.items() if value != ""}}
    if sizes:
        return SafeString(FormattedSizes(sizes, attributes).__html__())
    return _stand_in(image, use, attributes)


@register.simple_tag
def feed_picture(image: Picture | None, alt: str = "") -> SafeString | str:
    """`{% feed_picture image alt=alt %}`: one size for feeds, nothing until there is any."""
    if image is None:
        return ""
    drawn = made_sizes(image, [IN_FEEDS]).get(IN_FEEDS) or _largest(image)
    return drawn.img_tag({"alt": alt}) if drawn else ""


def _stand_in(image: Picture, use: str, attributes: dict[str, Any]) -> SafeString:
    """Return the largest other size of the picture, or an empty place of its proportions."""
    width, height = _proportions(image, use)
    best = _largest(image)
    attributes = {name: value for name, value in attributes.items() if name != "sizes"}
    source = best.url if best else static(NOTHING)
    drawn = {"src": source, "width": width, "height": height, **attributes}
    return format_html("<picture><img{}></picture>", flatatt(drawn))


def _proportions(image: Picture, use: str) -> tuple[int, int]:
    """Return width and height, in pixels, of a use's largest size."""
    largest = USES[use][-1]
    if largest.startswith("fill-"):
        width, height = largest.removeprefix("fill-").split("x")
        return int(width), int(height)
    width = min(image.width, int(largest.removeprefix("width-")))
    return width, max(1, round(image.height * width / image.width))


def _largest(image: Picture) -> PictureRendition | None:
    made = [each for each in image.renditions.all() if each.file.name.lower().endswith(KNOWN)]
    return max(made, key=lambda each: each.width, default=None)
