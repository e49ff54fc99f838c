"""Finish laid-out pages as the files that a printer takes: press file, plates, cover, spreads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.utils.translation import gettext as _

from print import flatplan, furniture
from print.composition import FONTS, compose_overlay
from print.edition_layout import adverts_on_pages
from print.imposition import cover_sheet, impose, saddle_stitch, spine_mm
from print.inputs import date_of
from print.layout import Layout
from print.marks import MarkSpec
from print.models import PressProfile, PressSupplement
from print.plates import plates
from print.preflight.findings import Verdict
from print.preflight.guarded import examine_file
from print.press import PressFile as Assembled
from print.press import PressSpec, assemble
from print.press_parts import Part, PressError
from print.profile_rules import rules_of, spot_job
from print.remedies import gettext_noop
from print.typesetter import typeset
from print.whole_file import write_whole
from print.work import Step, Work

Role = PressSupplement.Role
SLUG_FONT = FONTS / "bricolage-grotesque" / "BricolageGrotesque_400Regular.ttf"
# The cover's own pages: outside and inside, front and back.
COVER_PAGES = 4


@dataclass(frozen=True)
class Supplement:
    """A file that goes with the press file, in the folder of the build."""

    role: str
    ink: str
    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Finished:
    """The file in the folder of the build, what preflight says of it, and what goes with it.

    `pages` are the boxes of each page in points, for marking places; pictures of the pages and of
    their ink lie in the folder.
    """

    path: Path
    made: Assembled
    verdict: Verdict | None
    pages: tuple[dict[str, Any], ...]
    supplements: tuple[Supplement, ...]


def finish(work: Work, laid: Layout, folder: Path) -> Finished:
    """Assemble the pages for the profile's press, examine the file, and make what goes with it.

    Raises PressError, ColourError, TypesetError, ImpositionError and the like.
    """
    profile = work.edition.profile
    work.tell(Step.PRESS, 0, 0)
    runs = laid.flatplan.entries
    overlay = typeset(
        compose_overlay(work.matter, furniture.folios(runs, work.manuscripts)), work.limits
    )
    path = folder / "press.pdf"
    made = assemble(
        [Part(run.key, laid.pages[run.key].pdf) for run in runs],
        overlay.pdf,
        _spec(work, laid),
        path,
    )
    work.tell(Step.PREFLIGHT, 0, 0)
    white = frozenset(folio for run in runs if run.kind == flatplan.WHITE for folio in run.folios)
    rules = rules_of(profile).with_limits(white_pages=white)
    examined = examine_file(path, rules, icc=Path(profile.icc_path), pictures=folder)
    if profile.variant == PressProfile.Variant.X1A:
        _refuse_transparency(examined.verdict)
    work.tell(Step.STORE, 0, 0)
    return Finished(
        path,
        made,
        examined.verdict,
        examined.pages,
        tuple(_supplements(work, path, made.pages, folder)),
    )


def _slug(work: Work) -> tuple[tuple[str, ...], ...]:
    """The words of the slug line: what it is, and what it was made for and from."""
    return ((title_of(work), "p. {page}"), (work.edition.profile.name, work.digest[:8]))


def _spec(work: Work, laid: Layout) -> PressSpec:
    profile, matter = work.edition.profile, work.matter
    title = title_of(work)
    return PressSpec(
        trim_width_mm=profile.trim_width_mm,
        trim_height_mm=profile.trim_height_mm,
        bleed_mm=profile.bleed_mm,
        profile=matter.profile,
        title=title,
        dated=date_of(matter.issue),
        condition=profile.output_condition,
        condition_info=profile.output_condition_info,
        pages_multiple=profile.extent_multiple,
        inputs=work.digest,
        standard="pdf-x-1a" if profile.variant == PressProfile.Variant.X1A else "pdf-x-4",
        ink_limit=profile.ink_limit,
        spots=spot_job(profile),
        adverts=adverts_on_pages(work, laid.flatplan),
        marks=profile.marks,
        slug=_slug(work),
        slug_font=SLUG_FONT,
    )


def title_of(work: Work) -> str:
    """Return what the file calls itself."""
    return _("%(title)s no. %(number)s") % {
        "title": work.matter.publication.title,
        "number": work.matter.issue.number,
    }


def _refuse_transparency(verdict: Verdict) -> None:
    pages = sorted({each.spot.page for each in verdict.findings if each.rule == "X1A-TRANSPARENCY"})
    if pages:
        raise PressError(
            gettext_noop(
                "something is transparent on page %(pages)s, which PDF/X-1a can’t hold: "
                "choose PDF/X-4 in the press profile, or take it out"
            ),
            pages=", ".join(str(page) for page in pages),
        )


def _supplements(work: Work, path: Path, pages: int, folder: Path) -> Iterator[Supplement]:
    profile = work.edition.profile
    marks = MarkSpec(profile.marks, profile.bleed_mm, _slug(work), SLUG_FONT)
    caliper = float(profile.caliper_mm or 0)
    apart = profile.cover == PressProfile.Cover.APART
    inside = path
    if apart:
        inside = folder / "inside.pdf"
        write_whole(inside, _inside(path))
        yield _described(Role.INSIDE, "", inside)
    if profile.binding == PressProfile.Binding.PERFECT:
        spine = spine_mm(pages - COVER_PAGES if apart else pages, caliper)
        yield _written(Role.COVER, "", cover_sheet(path, spine, marks), folder)
    elif apart:
        yield _written(Role.COVER, "", cover_sheet(path, 0, marks), folder)
    if profile.binding == PressProfile.Binding.SADDLE and pages % COVER_PAGES == 0:
        inner = pages - COVER_PAGES if apart else pages
        if inner:
            first = COVER_PAGES // 2 + 1 if apart else 1
            spreads = impose(inside, saddle_stitch(inner, caliper), marks, first)
            yield _written(Role.SPREADS, "", spreads, folder)
    if profile.inks == PressProfile.Inks.SPOTS:
        names = tuple(name for name, _colour in profile.spot_colours.values())
        for ink, data in plates(path, names).items():
            yield _written(Role.PLATE, ink, data, folder)


def _inside(path: Path) -> bytes:
    """The pages between the covers, from the third to the last but two."""
    with pikepdf.Pdf.open(path) as pdf:
        del pdf.pages[-COVER_PAGES // 2 :]
        del pdf.pages[: COVER_PAGES // 2]
        pdf.remove_unreferenced_resources()
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


def _written(role: str, ink: str, data: bytes, folder: Path) -> Supplement:
    path = folder / f"{role}-{len(list(folder.iterdir()))}.pdf"
    write_whole(path, data)
    return _described(role, ink, path)


def _described(role: str, ink: str, path: Path) -> Supplement:
    data = path.read_bytes()
    return Supplement(role, ink, path, hashlib.sha256(data).hexdigest(), len(data))
