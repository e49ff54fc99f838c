"""The verbs of leafing through an issue: draw the pages of its PDF once, find what isn't drawn."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from magazine.models import DigitalEdition, DrawnLeaves, IssueFile
from magazine.pdf_work import PdfWorkError
from magazine.pdf_work import draw as draw_in_child
from magazine.shown import changed

logger = logging.getLogger(__name__)


def draw(sha256: str) -> DrawnLeaves | None:
    """Draw the pages of the stored PDF of that digest, unless they are drawn.

    None where no issue has it any more, or where it can't be drawn: then readers have the PDF.
    """
    drawn = DrawnLeaves.objects.filter(sha256=sha256).first()
    stored = _stored(sha256)
    if drawn or stored is None:
        return drawn
    press = storages["press"]
    with tempfile.TemporaryDirectory(prefix="leaves-") as name:
        folder = Path(name)
        try:
            with press.open(stored, "rb") as kept:
                (folder / "issue.pdf").write_bytes(kept.read())
            pages = draw_in_child(folder / "issue.pdf", folder, settings.PRESS_RENDER_MEGABYTES)
        except (OSError, PdfWorkError):
            logger.exception("the pages of %s could not be drawn", stored)
            return None
        for number, sizes in enumerate(pages, start=1):
            for size in sizes:
                wanted = DrawnLeaves.name_of(sha256, number, int(size["width"]))
                # A job that was stopped half-way has left some: they are the same.
                press.delete(wanted)
                data = (folder / f"{number}-{size['width']}.webp").read_bytes()
                press.save(wanted, ContentFile(data))
    drawn = DrawnLeaves.objects.update_or_create(sha256=sha256, defaults={"pages": pages})[0]
    changed("issues")
    _drop_what_is_left_over()
    return drawn


def draw_missing() -> int:
    """Draw every stored issue whose pages aren't drawn; return how many were."""
    drawn = DrawnLeaves.objects.values("sha256")
    missing = [
        *DigitalEdition.objects.exclude(sha256__in=drawn).values_list("sha256", flat=True),
        *IssueFile.objects.exclude(sha256__in=drawn).values_list("sha256", flat=True),
    ]
    return sum(draw(sha256) is not None for sha256 in missing)


def _drop_what_is_left_over() -> None:
    """Forget the pages of PDFs that another one took the place of."""
    left = DrawnLeaves.objects.exclude(sha256__in=DigitalEdition.objects.values("sha256"))
    for drawn in left.exclude(sha256__in=IssueFile.objects.values("sha256")):
        for number, sizes in enumerate(drawn.pages, start=1):
            for size in sizes:
                storages["press"].delete(drawn.name_of(drawn.sha256, number, size["width"]))
        drawn.delete()


def _stored(sha256: str) -> str | None:
    for kept in (DigitalEdition, IssueFile):
        found = kept.objects.filter(sha256=sha256).values_list("name", flat=True).first()
        if found:
            return found
    return None
