"""Build an edition's press file: placements set, planned, assembled, stored, recorded."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from magazine.release import Printed, record_printing
from print import furniture
from print.composition import (
    Matter,
    compose_article,
    compose_overlay,
    compose_page,
    expected_pages,
)
from print.editions import align_placements
from print.flatplan import BACK, COVER, ExtentRule, Placed
from print.inputs import (
    Manuscript,
    UnsavedArticle,
    date_of,
    digest_of,
    key_of,
    read_manuscript,
    read_matter,
)
from print.layout import Layout, LayoutError, Setting, lay_out
from print.models import Edition, Placement, PressFile, PrintedPlacement
from print.press import PressFile as Assembled
from print.press import PressSpec, assemble
from print.press_parts import Part
from print.remedies import Phrase, Remedied, gettext_noop
from print.sheet import Side, side_of
from print.typesetter import Limits, typeset

Kind = Placement.Kind
CONTENTS_PAGES = 2
FLATPLAN_KINDS = {Kind.COVER: COVER, Kind.BACK_COVER: BACK}


class BuildError(Exception):
    """A press file can't be made; the message is one line that says why and what to do."""


@dataclass(frozen=True)
class Build:
    """One edition on its way: what it holds, and the digest of all of it."""

    edition: Edition
    matter: Matter
    placements: Sequence[Placement]
    manuscripts: dict[str, Manuscript]
    digest: str
    limits: Limits


def build(edition: Edition, *, final: bool = False, again: bool = False) -> PressFile:
    """Return the edition's press file, made anew only if its inputs changed or `again` asks.

    `final` writes the folios and revisions of the principal edition to the issue's
    entries. Raises BuildError; then nothing is stored.
    """
    try:
        work = _prepare(edition)
        found = edition.press_files.filter(inputs_digest=work.digest).first()
        if found is None or again or not storages["press"].exists(found.name):
            # Paper speaks the magazine's language, whatever the editor's.
            with translation.override(settings.LANGUAGE_CODE):
                found = _make(work)
    except Remedied as error:
        raise BuildError(in_words(error)) from error
    except UnsavedArticle as error:
        raise BuildError(str(error)) from error
    if final:
        _record_final(found, work)
    return found


def in_words(phrase: Phrase) -> str:
    """Return a phrase of the pure cores in the caller's language, in one line."""
    facts = {
        name: in_words(fact) if isinstance(fact, Phrase) else fact
        for name, fact in phrase.facts.items()
    }
    return " ".join((_(phrase.template) % facts).splitlines())


def _prepare(edition: Edition) -> Build:
    placements = align_placements(edition)
    matter = read_matter(edition)
    manuscripts = {
        key_of(placement): read_manuscript(placement.entry)
        for placement in placements
        if placement.entry
    }
    return Build(
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
    )


def _make(work: Build) -> PressFile:
    start = time.perf_counter()
    laid = _laid_out(work)
    runs = laid.flatplan.entries
    folios = furniture.folios(runs, work.manuscripts)
    overlay = typeset(compose_overlay(work.matter, folios), work.limits)
    profile = work.edition.profile
    spec = PressSpec(
        trim_width_mm=profile.trim_width_mm,
        trim_height_mm=profile.trim_height_mm,
        bleed_mm=profile.bleed_mm,
        profile=work.matter.profile,
        title=_("%(title)s no. %(number)s")
        % {"title": work.matter.publication.title, "number": work.matter.issue.number},
        dated=date_of(work.matter.issue),
        condition=profile.output_condition,
        condition_info=profile.output_condition_info,
        pages_multiple=profile.extent_multiple,
        inputs=work.digest,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "press.pdf"
        made = assemble(
            [Part(run.key, laid.pages[run.key].pdf) for run in runs], overlay.pdf, spec, path
        )
        name = f"n{work.matter.issue.number}/{profile.slug}/{made.sha256}.pdf"
        if not storages["press"].exists(name):
            with path.open("rb") as file:
                storages["press"].save(name, File(file))
    return _store(work, name, made, runs, time.perf_counter() - start)


def _laid_out(work: Build) -> Layout:
    profile = work.edition.profile
    settled = lay_out(
        [_setting(work, placement) for placement in work.placements],
        compose_page(work.matter, Kind.FILLER),
        ExtentRule(multiple=profile.extent_multiple, least=profile.least_extent),
        work.limits,
        settings.PRESS_WORKERS,
        _sides_before(work.edition),
    )
    # The contents name folios, which are known only now.
    run = settled.flatplan.entry(Kind.CONTENTS)
    rows = furniture.contents_rows(settled.flatplan.entries, work.manuscripts)
    pages = typeset(compose_page(work.matter, Kind.CONTENTS, rows=rows)(run.opens), work.limits)
    if pages.pages != run.pages:
        raise LayoutError(
            gettext_noop("The contents don't fit their pages: shorten titles or standfirsts.")
        )
    return Layout(settled.flatplan, {**settled.pages, run.key: pages})


def _sides_before(edition: Edition) -> dict[str, Side]:
    """Return the side on which each placement opened in the edition's last press file."""
    last = edition.press_files.first()
    rows = last.printed.all() if last else []
    return {
        f"{row.kind}-{row.entry_id}" if row.entry_id else row.kind: side_of(row.first_folio)
        for row in rows
    }


def _setting(work: Build, placement: Placement) -> Setting:
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
        own["rows"] = furniture.contents_rows((), work.manuscripts)
    if placement.kind == Kind.COLOPHON:
        own["contributors"] = furniture.contributors(work.manuscripts)
        own["errata"] = work.matter.errata
    return Setting(
        key,
        Kind(placement.kind).label,
        FLATPLAN_KINDS.get(Kind(placement.kind), placement.kind),
        compose_page(work.matter, placement.kind, **own),
        placement.opens,
        CONTENTS_PAGES if placement.kind == Kind.CONTENTS else 1,
    )


@transaction.atomic
def _store(
    work: Build, name: str, made: Assembled, runs: Sequence[Placed], seconds: float
) -> PressFile:
    stored, _new = PressFile.objects.update_or_create(
        edition=work.edition,
        inputs_digest=work.digest,
        defaults={
            "sha256": made.sha256,
            "name": name,
            "pages": made.pages,
            "size": made.size,
            "seconds": round(seconds, 2),
        },
    )
    stored.printed.all().delete()
    kinds = {key_of(placement): placement.kind for placement in work.placements}
    PrintedPlacement.objects.bulk_create(
        PrintedPlacement(
            press_file=stored,
            kind=kinds.get(run.key, Kind.FILLER),
            entry=manuscript.entry if manuscript else None,
            revision=manuscript.revision if manuscript else None,
            first_folio=run.first,
            last_folio=run.last,
        )
        for run in runs
        for manuscript in [work.manuscripts.get(run.key)]
    )
    return stored


@transaction.atomic
def _record_final(press_file: PressFile, work: Build) -> None:
    """Mark the file as final, and tell the magazine the folios if readers see this edition's."""
    if not press_file.is_final:
        press_file.is_final = True
        press_file.save(update_fields=["is_final"])
    if not press_file.edition.is_principal:
        return
    record_printing(
        press_file.edition.issue,
        [
            Printed(row.entry_id, row.revision_id, row.first_folio, row.last_folio)
            for row in press_file.printed.filter(entry__isnull=False)
        ],
        [erratum.correction_id for erratum in work.matter.errata],
    )
