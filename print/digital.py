"""Finish laid-out pages as the digital edition: one tagged PDF/UA-1 for readers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

from print import furniture
from print.composition import compose_overlay
from print.finishing import Finished, title_of
from print.inputs import date_of
from print.layout import Layout
from print.press import PressFile as Assembled
from print.tagged import DigitalSpec, TaggedPart, join_tagged
from print.typesetter import typeset
from print.whole_file import write_whole
from print.work import Step, Work


def finish_digital(work: Work, laid: Layout, folder: Path) -> Finished:
    """Join the tagged pages into one file. Raises DigitalError, TypesetError."""
    work.tell(Step.PRESS, 0, 0)
    runs = laid.flatplan.entries
    overlay = typeset(
        compose_overlay(work.matter, furniture.folios(runs, work.manuscripts)), work.limits
    )
    titles = {key: manuscript.article.title for key, manuscript in work.manuscripts.items()}
    parts = [
        TaggedPart(run.key, laid.pages[run.key].pdf, titles.get(run.key, ""), run.first)
        for run in runs
    ]
    spec = DigitalSpec(title_of(work), settings.LANGUAGE_CODE, date_of(work.matter.issue))
    data = join_tagged(parts, overlay.pdf, spec)
    work.tell(Step.STORE, 0, 0)
    path = folder / "press.pdf"
    write_whole(path, data)
    made = Assembled(
        pdf=None,
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=laid.flatplan.total,
        seconds={},
    )
    return Finished(path, made, None, (), ())
