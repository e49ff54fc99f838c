"""Make the sizes of pictures that pages show, so that no reader finds one missing."""

import logging
from collections.abc import Iterable

from wagtail.models import Page

from magazine.models import Contributor, Picture
from magazine.picture_sizes import FORMATS, QUICK, make_missing_sizes, pictures_of
from magazine.picture_tasks import make_slow_sizes

logger = logging.getLogger(__name__)


def prepare(page: Page) -> int:
    """Make what is missing of the pictures of a page; return how many sizes that were.

    The slow format is left to jobs. A broken file is noted in the log and costs itself alone.
    """
    pictures = pictures_of(page)
    made = _make(pictures, QUICK)
    for pk in pictures:
        make_slow_sizes.enqueue(pk)
    return made


def prepare_everything(formats: Iterable[str] = FORMATS) -> int:
    """Do so for every page that is live and for everybody who signs, in all formats."""
    shown = {pk for page in Page.objects.live().specific().iterator() for pk in pictures_of(page)}
    shown |= set(Contributor.objects.exclude(portrait=None).values_list("portrait", flat=True))
    return sum(_make(shown, [each]) for each in reversed(list(formats)))


def _make(picture_ids: set[int], formats: Iterable[str]) -> int:
    made = 0
    for picture in Picture.objects.filter(pk__in=picture_ids).order_by("pk"):
        try:
            made += make_missing_sizes(picture, formats)
        except Exception:  # Pillow raises whatever the bytes drive it to
            logger.exception("picture %s can't be resized: look at its file", picture.pk)
    return made
