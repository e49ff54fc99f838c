"""Gather all that a press file depends on, and digest it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Site

from magazine.links import pages_for_readers
from magazine.models import Article, Issue, IssueEntry, Publication, Section
from print import composition
from print.errata import read_errata
from print.inks import Inks
from print.models import Edition, Placement, PressProfile
from print.output_profile import OutputProfile, read_output_profile
from print.sheet import css_ink

PRINTED_OF_ISSUE = (
    *("title", "number", "cover_date_label", "on_sale_date", "price", "print_run"),
    *("legal_deposit", "introduction", "cover_alt", "cover_lines", "ink_dark", "ink_bright"),
)
PRESS = Path(__file__).resolve().parent
TEXT_RULES = ("rendering.py", "footnotes.py", "typography.py", "typography_rules.py")
SETTING = {".py", ".html", ".css", ".ttf", ".icc"}


class UnsavedArticle(Exception):
    """An article has no revision that could be printed."""


@dataclass(frozen=True)
class Manuscript:
    """One article as it goes to press: its place, its revision, and the text of that revision."""

    entry: IssueEntry
    section: Section
    revision: Revision
    article: Article


def key_of(placement: Placement) -> str:
    """Return the name under which the flatplan knows a placement."""
    if placement.entry_id:
        return f"{placement.kind}-{placement.entry_id}"
    if placement.kind in (Placement.Kind.ADVERT, Placement.Kind.BLANK):
        return f"{placement.kind}-{placement.position}"
    return placement.kind


def read_manuscript(entry: IssueEntry) -> Manuscript:
    """Return the article at the revision to print. Raises UnsavedArticle.

    That is the one chosen for release, else the live one, else the latest draft.
    """
    article = entry.article.specific
    revision = entry.release_revision or article.live_revision or article.latest_revision
    if revision is None:
        raise UnsavedArticle(
            _("“%(title)s” was never saved as a revision: open it in the admin and save it.")
            % {"title": article.title}
        )
    section = entry.section or Section.objects.parent_of(article).get()
    return Manuscript(entry, section, revision, revision.as_object())


def read_matter(edition: Edition) -> composition.Matter:
    """Return what the edition's placements share. Raises IccError.

    The digital edition is set on the sheet of the printed one, without bleed: so its pages are
    those of the printed one.
    """
    profile, printed = edition.profile, edition.printed.profile
    inks = read_output_profile(Path(printed.icc_path))
    site = edition.issue.get_site() or Site.objects.get(is_default_site=True)
    return composition.Matter(
        issue=edition.issue,
        publication=Publication.for_site(site),
        sheet=replace(
            printed.sheet,
            bleed_mm=0 if profile.is_digital else printed.bleed_mm,
            picture_ppi=profile.picture_ppi,
        ),
        profile=inks,
        colours=_colours(edition, inks),
        prepared=Path(settings.DATA_DIR) / "prepared-pictures",
        ink_limit=printed.ink_limit,
        cover_design=edition.printed.cover_design,
        is_digital=profile.is_digital,
        # A draft can be tried on an issue that isn't made yet.
        errata=read_errata(edition.issue) if edition.issue.pk else (),
    )


def _colours(edition: Edition, profile: OutputProfile) -> composition.Colours:
    """Return the page's colours: the issue's two, in place of which a press may have spot inks."""
    spots = edition.printed.profile.spot_colours
    dark, bright = edition.issue.ink_dark, edition.issue.ink_bright
    if "dark" in spots:
        dark = spots["dark"][1]
    if "bright" in spots:
        bright = spots["bright"][1]
    elif edition.printed.profile.inks == PressProfile.Inks.SPOTS:
        bright = dark
    if edition.profile.is_digital:
        return composition.Colours(dark, bright, black="#000000", paper="#ffffff")
    inks = Inks(profile, edition.printed.profile.ink_limit)
    return composition.Colours(css_ink(dark, inks), css_ink(bright, inks))


def date_of(issue: Issue) -> dt.datetime:
    """Return the date of the content: the day of sale, else the issue's first save."""
    if issue.on_sale_date:
        return dt.datetime.combine(issue.on_sale_date, dt.time(), tzinfo=dt.UTC)
    return issue.latest_revision_created_at or dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def digest_of(
    edition: Edition,
    matter: composition.Matter,
    placements: Sequence[Placement],
    manuscripts: Mapping[str, Manuscript],
) -> str:
    """Return the sha256 of all that the file depends on: texts, pictures, profile, our own code."""
    facts: dict[str, Any] = {
        "issue": [str(getattr(matter.issue, name)) for name in PRINTED_OF_ISSUE],
        "cover": composition.digest_of_picture(matter.issue.cover) if matter.issue.cover else "",
        "publication": _facts_of(matter.publication),
        "profile": _facts_of(edition.profile),
        "sheet": _facts_of(edition.printed.profile),
        "cover_design": matter.cover_design,
        "errata": [asdict(erratum) for erratum in matter.errata],
        "icc": matter.profile.sha256,
        "base_url": settings.BASE_URL,
        "language": settings.LANGUAGE_CODE,
        "placements": [
            (
                placement.kind,
                placement.opens,
                _entry_facts(manuscripts.get(key_of(placement))),
                _facts_of(placement.advert) if placement.advert else [],
            )
            for placement in placements
        ],
        "house": _house_digest(),
    }
    if matter.is_digital:
        facts["links"] = [sorted(matter.parts.items()), _linked_pages(manuscripts)]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def _facts_of(row: models.Model) -> dict[str, str]:
    return {field.attname: str(field.value_from_object(row)) for field in row._meta.concrete_fields}


def _entry_facts(manuscript: Manuscript | None) -> list[Any]:
    if manuscript is None:
        return []
    entry, article = manuscript.entry, manuscript.article
    people = [byline.contributor for byline in article.bylines.all()]
    pictures = composition.pictures_of(article)
    return [
        entry.pk,
        entry.ticket,
        manuscript.revision.pk,
        manuscript.revision.content,
        [(person.name, person.role, person.bio, person.portrait_id) for person in people],
        [
            (picture.pk, composition.digest_of_picture(picture), picture.credit)
            for picture in pictures
        ],
    ]


def _linked_pages(manuscripts: Mapping[str, Manuscript]) -> list[tuple[int, str | None]]:
    """Return where links to pages of the site lead: nowhere until readers may see the page."""
    linked = {
        int(pk)
        for manuscript in manuscripts.values()
        for model, pk, *_path in manuscript.article.body.stream_block.extract_references(
            manuscript.article.body
        )
        if issubclass(model, Page)
    }
    return sorted((pk, page.get_url()) for pk, page in pages_for_readers(linked).items())


def _house_digest() -> str:
    """Return the digest of templates, words, styles, fonts and code: what changes the setting."""
    roots = (PRESS, PRESS.parent / "templates" / "print", PRESS.parent / "fonts")
    files = [PRESS.parent / "magazine" / name for name in TEXT_RULES]
    files += (PRESS.parent / "locale").glob("*/LC_MESSAGES/django.po")
    for root in roots:
        files += [
            path
            for path in root.rglob("*")
            if path.suffix in SETTING and "migrations" not in path.parts
        ]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
