"""Build an edition's press file: gathered, set, finished, stored, recorded."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from magazine.release import Printed, record_printing
from print.digital import finish_digital, hand_to_magazine
from print.edition_layout import lay_out_edition
from print.editions import EditionError
from print.finishing import Finished, finish
from print.flatplan import Placed
from print.inputs import UnsavedArticle, key_of
from print.models import Edition, Placement, PressFile, PressSupplement, PrintedPlacement
from print.preflight.telling import as_data
from print.remedies import Phrase, Remedied
from print.work import Tell, Work, gather, tell_nobody

Kind = Placement.Kind


class BuildError(Exception):
    """A press file can't be made; the message is one line that says why and what to do."""


def build(
    edition: Edition, *, final: bool = False, again: bool = False, tell: Tell = tell_nobody
) -> PressFile:
    """Return the edition's press file, made anew only if its inputs changed or `again` asks.

    `final` writes the folios and revisions of the principal edition to the issue's entries; a
    file that preflight finds errors in can't be final. `tell` learns of each step, and may raise
    to call the build off. Raises BuildError; then nothing is stored.
    """
    try:
        work = gather(edition, tell)
        found = edition.press_files.filter(inputs_digest=work.digest).first()
        if found is None or again or not _is_there(found):
            # Paper speaks the magazine's language, whatever the editor's.
            with translation.override(settings.LANGUAGE_CODE):
                found = _make(work)
    except Remedied as error:
        raise BuildError(in_words(error)) from error
    except (UnsavedArticle, EditionError) as error:
        raise BuildError(str(error)) from error
    if final:
        _record_final(found, work)
    if edition.profile.is_digital:
        hand_to_magazine(found, work)
    return found


def in_words(phrase: Phrase) -> str:
    """Return a phrase of the pure cores in the caller's language, in one line."""
    facts = {
        name: in_words(fact) if isinstance(fact, Phrase) else fact
        for name, fact in phrase.facts.items()
    }
    return " ".join((_(phrase.template) % facts).splitlines())


def _is_there(made: PressFile) -> bool:
    names = [made.name, *made.supplements.values_list("name", flat=True)]
    return all(storages["press"].exists(name) for name in names)


def _make(work: Work) -> PressFile:
    start = time.perf_counter()
    laid = lay_out_edition(work, settings.PRESS_WORKERS)
    with tempfile.TemporaryDirectory(prefix="press-") as name:
        finishing = finish_digital if work.edition.profile.is_digital else finish
        finished = finishing(work, laid, Path(name))
        _store_files(work, finished)
        return _store(work, finished, laid.flatplan.entries, time.perf_counter() - start)


def _folder(work: Work, sha256: str) -> str:
    return f"n{work.matter.issue.number}/{work.edition.profile.slug}/{sha256}"


def _store_files(work: Work, finished: Finished) -> None:
    """Put the file into the press storage, with its supplements and the pictures of its pages."""
    folder = _folder(work, finished.made.sha256)
    _keep(f"{folder}.pdf", finished.path)
    for each in finished.supplements:
        _keep(f"{folder}/{each.sha256}.pdf", each.path)
    for picture in sorted(
        [*finished.path.parent.glob("*.jpg"), *finished.path.parent.glob("*.png")]
    ):
        _keep(f"{folder}/{picture.name}", picture)


def _keep(name: str, path: Path) -> None:
    storage = storages["press"]
    if not storage.exists(name):
        with path.open("rb") as file:
            storage.save(name, File(file))


@transaction.atomic
def _store(work: Work, finished: Finished, runs: Sequence[Placed], seconds: float) -> PressFile:
    made, verdict = finished.made, finished.verdict
    folder = _folder(work, made.sha256)
    stored, _new = PressFile.objects.update_or_create(
        edition=work.edition,
        inputs_digest=work.digest,
        defaults={
            "sha256": made.sha256,
            "name": f"{folder}.pdf",
            "pages": made.pages,
            "size": made.size,
            "seconds": round(seconds, 2),
            "errors": verdict.errors if verdict else None,
            "warnings": verdict.warnings if verdict else None,
            "report": as_data(verdict) | {"facts": list(finished.pages)} if verdict else {},
        },
    )
    stored.supplements.all().delete()
    PressSupplement.objects.bulk_create(
        PressSupplement(
            press_file=stored,
            role=each.role,
            ink=each.ink,
            name=f"{folder}/{each.sha256}.pdf",
            sha256=each.sha256,
            size=each.size,
        )
        for each in finished.supplements
    )
    _store_placements(work, stored, runs)
    return stored


def _store_placements(work: Work, stored: PressFile, runs: Sequence[Placed]) -> None:
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


@transaction.atomic
def _record_final(press_file: PressFile, work: Work) -> None:
    """Mark the file as final, and tell the magazine the folios if readers see this edition's."""
    if press_file.errors:
        raise BuildError(
            _("Preflight finds %(errors)s errors in the file: mend them before it is final.")
            % {"errors": press_file.errors}
        )
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
