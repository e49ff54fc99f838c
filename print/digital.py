"""Finish laid-out pages as the digital edition: one tagged PDF/UA-1 for readers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from magazine.digital import MadeEdition, keep_digital_edition
from magazine.typography import typeset as french
from print import furniture
from print.composition import compose_overlay
from print.finishing import Finished, title_of
from print.flatplan import Placed
from print.inputs import date_of
from print.layout import Layout
from print.models import Placement, PressFile
from print.press import PressFile as Assembled
from print.tagged import DigitalSpec, TaggedPart, join_tagged
from print.typesetter import typeset
from print.whole_file import write_whole
from print.work import Step, Work

Kind = Placement.Kind
# Adverts, blanks and pages for notes are turned over, not looked for.
MARKED = (Kind.COVER, Kind.CONTENTS, Kind.COLOPHON, Kind.BACK_COVER)


def finish_digital(work: Work, laid: Layout, folder: Path) -> Finished:
    """Join the tagged pages into one file. Raises DigitalError, TypesetError."""
    work.tell(Step.PRESS, 0, 0)
    shown = work.shown
    runs = [
        run for run in laid.flatplan.entries if run.key in shown or run.key not in work.manuscripts
    ]
    overlay = typeset(compose_overlay(work.matter, furniture.folios(runs, shown)), work.limits)
    spec = DigitalSpec(title_of(work), settings.LANGUAGE_CODE, date_of(work.matter.issue))
    data = join_tagged([_part(work, laid, run) for run in runs], overlay.pdf, spec)
    work.tell(Step.STORE, 0, 0)
    path = folder / "press.pdf"
    write_whole(path, data)
    made = Assembled(
        pdf=None,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=overlay.pages,
        seconds={},
    )
    return Finished(path, made, None, (), ())


def hand_to_magazine(made: PressFile, work: Work) -> None:
    """Give the file to the issue, with the texts that it holds."""
    keep_digital_edition(
        made.edition.issue,
        MadeEdition(made.name, made.size, made.pages, made.sha256),
        {manuscript.entry.article_id: manuscript.revision for manuscript in work.shown.values()},
    )


def _part(work: Work, laid: Layout, run: Placed) -> TaggedPart:
    manuscript, title, section = work.shown.get(run.key), "", ""
    if manuscript:
        title = french(manuscript.article.title)
        section = french(manuscript.section.title)
    elif run.key in MARKED:
        title = _(Kind(run.key).label)
    return TaggedPart(
        run.key,
        laid.pages[run.key].pdf,
        title,
        run.first,
        section,
        holds_contents=run.key == Kind.CONTENTS,
    )
