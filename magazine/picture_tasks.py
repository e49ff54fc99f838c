"""Jobs for pictures: each takes ids, calls one step, and keeps its import path for ever."""

import logging

from django.core.cache import cache
from django_tasks import task

from magazine.models import Picture
from magazine.picture_sizes import QUICK, SLOW, make_missing_sizes

logger = logging.getLogger(__name__)


@task()
def make_sizes(picture_id: int) -> None:
    """Make the sizes of a picture that readers may ask for, the slow format in a later job."""
    if _made(picture_id, QUICK):
        make_slow_sizes.enqueue(picture_id)


@task(priority=-50)
def make_slow_sizes(picture_id: int) -> None:
    """Make the sizes in the format that takes long."""
    if _made(picture_id, SLOW):
        cache.delete(f"sizes-ordered:{picture_id}")


def _made(picture_id: int, formats: tuple[str, ...]) -> bool:
    """Make what is missing; a broken file is noted in the log, and tried again when asked for."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return False
    try:
        make_missing_sizes(picture, formats)
    except Exception:  # Pillow raises whatever the bytes drive it to
        logger.exception("picture %s can't be resized: look at its file", picture_id)
        return False
    return True
