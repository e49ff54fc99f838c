"""Gather what one build of an edition works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from print.composition import Matter
from print.editions import EditionError, align_placements
from print.inputs import Manuscript, digest_of, key_of, read_manuscript, read_matter
from print.models import Edition, Placement, PressBuild
from print.typesetter import Limits

Step = PressBuild.Step
# Told of each step, with how much of it is done; may raise to call the build off.
Tell = Callable[[str, int, int], None]


def tell_nobody(step: str, done: int, total: int) -> None:
    """Take note of nothing."""


@dataclass(frozen=True)
class Work:
    """One edition on its way: what it holds, and the digest of all of it."""

    edition: Edition
    matter: Matter
    placements: Sequence[Placement]
    manuscripts: dict[str, Manuscript]
    digest: str
    limits: Limits
    tell: Tell = tell_nobody

    @property
    def shown(self) -> dict[str, Manuscript]:
        """The articles that the edition shows: the digital one none that is for paper only.

        Those keep their pages in the plan, so that the folios are those of the printed edition.
        """
        return {
            key: manuscript
            for key, manuscript in self.manuscripts.items()
            if not self.edition.profile.is_digital or _is_for_screens(manuscript)
        }


def gather(edition: Edition, tell: Tell = tell_nobody) -> Work:
    """Return the work on an edition. Raises EditionError, UnsavedArticle, IccError.

    The digital edition shows the placements of the printed one.
    """
    tell(Step.TEXTS, 0, 0)
    printed = edition.printed
    placements = [each for each in align_placements(printed) if not each.is_left_out]
    matter = read_matter(edition)
    manuscripts = {
        key_of(placement): read_manuscript(placement.entry)
        for placement in placements
        if placement.entry
    }
    if not manuscripts:
        raise EditionError(_left_out(edition))
    if matter.is_digital:
        matter = replace(matter, parts=_addresses(manuscripts))
    return Work(
        edition=edition,
        matter=matter,
        placements=placements,
        manuscripts=manuscripts,
        digest=digest_of(edition, matter, placements, manuscripts),
        limits=Limits(
            seconds=settings.PRESS_RENDER_SECONDS,
            cpu_seconds=settings.PRESS_RENDER_SECONDS,
            memory_mb=settings.PRESS_RENDER_MEGABYTES,
        ),
        tell=tell,
    )


def _addresses(manuscripts: dict[str, Manuscript]) -> dict[str, str]:
    """Return the keys of the articles by their addresses on the site, the long and the short."""
    parts = {}
    for key, manuscript in manuscripts.items():
        article = manuscript.entry.article
        if _is_for_screens(manuscript):
            parts[urlsplit(article.get_url() or "").path] = key
            parts[f"/a/{article.pk}/"] = parts[f"/a/{article.pk}"] = key
    return parts


def _is_for_screens(manuscript: Manuscript) -> bool:
    """Whether neither the text to print nor the article as it is now is for paper only."""
    return manuscript.article.is_on_the_web and manuscript.entry.article.is_on_the_web


def _left_out(edition: Edition) -> str:
    return _("All articles of “%(edition)s” are left out: take one in again.") % {
        "edition": edition
    }
