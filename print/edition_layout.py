"""Set all placements of an edition in type, adverts among them, and plan its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from print import furniture
from print.adverts import file_of, shown_on_screen
from print.composition import compose_article, compose_page, expected_pages, prepared_file
from print.flatplan import ADVERT, BACK, COVER, WHITE, ExtentRule, Flatplan
from print.inputs import key_of
from print.layout import Layout, LayoutError, Setting, lay_out
from print.models import Advert, Edition, Placement
from print.press_overlay import AdvertOnPage
from print.press_parts import Part
from print.profile_rules import space_mm
from print.remedies import gettext_noop
from print.sheet import Side, side_of
from print.typesetter import TypesetJob, typeset
from print.work import Step, Work

Kind = Placement.Kind
CONTENTS_PAGES = 2
FLATPLAN_KINDS = {
    Kind.COVER: COVER,
    Kind.BACK_COVER: BACK,
    Kind.BLANK: WHITE,
    Kind.ADVERT: ADVERT,
}
# How many quarters of a page a space takes.
QUARTERS = {Advert.Space.FULL: 4, Advert.Space.HALF: 2, Advert.Space.QUARTER: 1}


@dataclass(frozen=True)
class AdvertSpace:
    """An advert in its place on a page of adverts: rows and columns from the top left."""

    advert: Advert
    row: int
    column: int


def lay_out_edition(work: Work, workers: int) -> Layout:
    """Return the flatplan and pages of an edition. Raises LayoutError, FlatplanError and others."""
    profile = work.edition.printed.profile
    settled = lay_out(
        list(_counted(work, list(_settings(work)))),
        compose_page(work.matter, Kind.FILLER),
        ExtentRule(profile.extent_multiple, profile.least_extent, profile.most_extent),
        work.limits,
        workers,
        _sides_before(work.edition),
    )
    # The contents name folios, which are known only now.
    if not any(each.kind == Kind.CONTENTS for each in work.placements):
        return settled
    run = settled.flatplan.entry(Kind.CONTENTS)
    rows = furniture.contents_rows(settled.flatplan.entries, work.shown)
    pages = typeset(compose_page(work.matter, Kind.CONTENTS, rows=rows)(run.opens), work.limits)
    if pages.pages != run.pages:
        raise LayoutError(
            gettext_noop("The contents don't fit their pages: shorten titles or standfirsts.")
        )
    return Layout(settled.flatplan, {**settled.pages, run.key: pages})


def adverts_on_pages(work: Work, flatplan: Flatplan) -> list[AdvertOnPage]:
    """Return where each supplied PDF stands, once the folios are known."""
    profile = work.edition.printed.profile
    found = []
    for placement, spaces in shared_pages(work.placements):
        if not spaces:
            continue
        folio = flatplan.entry(key_of(placement)).first
        for each in spaces:
            if each.advert.is_pdf:
                box = space_mm(each.advert.space, profile, side_of(folio), each.row, each.column)
                part = Part(str(each.advert), file_of(each.advert))
                found.append(AdvertOnPage(part, folio, box, each.advert.space == Advert.Space.FULL))
    return found


def _counted(work: Work, settings: Sequence[Setting]) -> Iterator[Setting]:
    """Tell of each placement as it goes to the typesetter; some go twice, when they turn sides."""
    begun: set[str] = set()

    def told(setting: Setting) -> Callable[[Side], TypesetJob]:
        def make(side: Side) -> TypesetJob:
            begun.add(setting.key)
            work.tell(Step.TYPE, len(begun), len(settings))
            return setting.make(side)

        return make

    for setting in settings:
        yield Setting(
            setting.key,
            setting.label,
            setting.kind,
            told(setting),
            setting.opens,
            setting.expected_pages,
        )


def _settings(work: Work) -> Iterator[Setting]:
    for placement, spaces in shared_pages(work.placements):
        yield _advert_page(work, placement, spaces) if spaces else _setting(work, placement)


def shared_pages(
    placements: Iterable[Placement],
) -> list[tuple[Placement, list[AdvertSpace]]]:
    """Gather adverts that follow one another on shared pages; anything else stands alone."""
    pages: list[tuple[Placement, list[AdvertSpace]]] = []
    taken = 4
    for placement in placements:
        advert = placement.advert
        if advert is None:
            pages.append((placement, []))
            taken = 4
            continue
        size = QUARTERS[Advert.Space(advert.space)]
        start = taken + taken % 2 if size == 2 else taken
        if start + size > 4 or placement.opens != Placement.Opens.ANY:
            pages.append((placement, []))
            start = 0
        pages[-1][1].append(AdvertSpace(advert, row=start // 2, column=start % 2))
        taken = start + size
    return pages


def _advert_page(work: Work, placement: Placement, spaces: Sequence[AdvertSpace]) -> Setting:
    profile = work.edition.printed.profile

    def make(side: Side) -> TypesetJob:
        shown, media = [], {}
        for at, each in enumerate(spaces):
            left, top, width, height = space_mm(
                each.advert.space, profile, side, each.row, each.column
            )
            bleed = work.matter.sheet.bleed_mm if each.advert.space == Advert.Space.FULL else 0
            name = ""
            if picture := _picture_of(work, each.advert, width + 2 * bleed):
                name = f"adverts/{at}"
                media[name] = picture
            shown.append(
                {
                    "src": name,
                    "alt": each.advert.alt_text,
                    "left_mm": left - bleed,
                    "top_mm": top - bleed,
                    "width_mm": width + 2 * bleed,
                    "height_mm": height + 2 * bleed,
                }
            )
        return compose_page(work.matter, "advert", media, spaces=shown)(side)

    return Setting(key_of(placement), placement.title, ADVERT, make, placement.opens)


def _picture_of(work: Work, advert: Advert, width_mm: float) -> Path | None:
    """Return the picture that is set with the page; a PDF goes on it later, as it is."""
    if work.matter.is_digital:
        return shown_on_screen(advert, work.matter, width_mm)
    if advert.is_pdf:
        return None
    return prepared_file(file_of(advert), work.matter, width_mm)


def _setting(work: Work, placement: Placement) -> Setting:
    key = key_of(placement)
    manuscript = work.manuscripts.get(key)
    if manuscript:
        make = compose_article(
            work.matter, manuscript.article, manuscript.entry, manuscript.section
        )
        return Setting(
            key,
            manuscript.article.title,
            placement.kind,
            make,
            placement.opens,
            expected_pages(manuscript.article, work.matter.sheet),
        )
    own: dict[str, Any] = {}
    if placement.kind == Kind.CONTENTS:
        own["rows"] = furniture.contents_rows((), work.shown)
    if placement.kind == Kind.COLOPHON:
        own["contributors"] = furniture.contributors(work.manuscripts)
        own["errata"] = work.matter.errata
    return Setting(
        key,
        _(Kind(placement.kind).label),
        FLATPLAN_KINDS.get(Kind(placement.kind), placement.kind),
        compose_page(work.matter, placement.kind, **own),
        placement.opens,
        CONTENTS_PAGES if placement.kind == Kind.CONTENTS else 1,
    )


def _sides_before(edition: Edition) -> dict[str, Side]:
    """Return the side on which each placement opened in the edition's last press file."""
    last = edition.press_files.first()
    rows = last.printed.all() if last else []
    return {
        f"{row.kind}-{row.entry_id}" if row.entry_id else row.kind: side_of(row.first_folio)
        for row in rows
    }
