"""Say what the pages around the articles show: contents, colophon, folios and running heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from magazine.models import Article, Contributor
from print.digital_links import part_address
from print.flatplan import ADVERT, BACK, BLANK, COVER, WHITE, Placed
from print.inputs import Manuscript
from print.layout import FILLER
from print.sheet import side_of

WITHOUT_FOLIO = {COVER, BACK, FILLER, BLANK, WHITE, ADVERT}
Manuscripts = Mapping[str, Manuscript]


def contents_rows(runs: Sequence[Placed], manuscripts: Manuscripts) -> list[dict[str, Any]]:
    """Return what the contents say of each article; folios are 0 until `runs` knows them."""
    placed = {run.key: (run.first, run.last) for run in runs}
    rows = []
    for key, manuscript in manuscripts.items():
        first, last = placed.get(key, (0, 0))
        rows.append(
            {
                "entry": manuscript.entry,
                "article": manuscript.article,
                "section": manuscript.section,
                "bylines": list(manuscript.article.bylines.all()),
                "first_folio": first,
                "last_folio": last,
                "address": part_address(key),
            }
        )
    return rows


def contributors(manuscripts: Manuscripts) -> list[Contributor]:
    """Return everybody who signs something in the edition, by name."""
    people = {
        byline.contributor_id: byline.contributor
        for manuscript in manuscripts.values()
        for byline in manuscript.article.bylines.all()
    }
    return sorted(people.values(), key=lambda person: person.name)


def folios(runs: Sequence[Placed], manuscripts: Manuscripts) -> list[dict[str, Any]]:
    """Return, page by page, the folio and running head that the overlay shows."""
    return [_folio(folio, run, manuscripts.get(run.key)) for run in runs for folio in run.folios]


def _mention(article: Article) -> str:
    """Return what every page of a paid text says of it, such as “Communiqué Atelier Cadence”."""
    if not article.is_paid:
        return ""
    return f"{article.get_paid_mention_display()} {article.advertiser}"


def _folio(folio: int, run: Placed, manuscript: Manuscript | None) -> dict[str, Any]:
    shown = {
        "folio": folio,
        "side": side_of(folio),
        "shown": run.kind not in WITHOUT_FOLIO,
        "opening": folio == run.first,
        "head": "",
        "paid": "",
        "section": "",
        "section_mark": "",
        "ticket": "",
    }
    if manuscript is None:
        return shown
    return shown | {
        "head": manuscript.article.running_head,
        "paid": _mention(manuscript.article),
        "section": manuscript.section.title,
        "section_mark": manuscript.section.mark or "",
        "ticket": manuscript.entry.ticket,
    }
