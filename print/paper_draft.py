"""Put one draft on the sheet where it will stand: its newest issue's, or else the usual one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import Revision

from magazine.models import Article, Issue, IssueEntry, Section
from magazine.previews import PagePicture
from print import furniture
from print.checks import edition_of
from print.composition import Matter, compose_article, compose_overlay
from print.flatplan import Placed
from print.inputs import Manuscript, digest_of, key_of, read_matter
from print.models import Edition, Placement, PressProfile, PrintedPlacement
from print.page_pictures import PPI, draw_pages
from print.remedies import Remedied, gettext_noop
from print.sheet import Side, side_of
from print.typesetter import Limits, typeset

UNKNOWN = "00"
Opens = Placement.Opens


class NoSheet(Remedied):
    """There is nothing to set the draft on; `remedy` says what to make."""


@dataclass(frozen=True)
class PaperDraft:
    """A draft on its sheet: what it is set with, the side it opens on, its first folio or 0.

    `digest` covers all of it: same digest, same pages.
    """

    edition: Edition
    matter: Matter
    placement: Placement
    manuscript: Manuscript
    side: Side
    first_folio: int
    digest: str

    @property
    def place(self) -> str:
        """Return where it stands, for people: “n° 7 · Fanzine A4”."""
        if self.edition.issue.pk is None:
            return _("in no issue yet · %(profile)s") % {"profile": self.edition.profile.name}
        return _("no. %(number)s · %(profile)s") % {
            "number": self.edition.issue.number,
            "profile": self.edition.profile.name,
        }


def read_paper_draft(article: Article, revision: Revision) -> PaperDraft:
    """Return the draft on its sheet. Raises NoSheet, IccError, PictureError."""
    entry = _newest_entry(article)
    edition = _edition_for(entry.issue)
    section = entry.section or Section.objects.parent_of(article).first()
    if section is None:
        raise NoSheet(gettext_noop("The article stands in no section: move it into one."))
    matter = read_matter(edition)
    placement = _placement(edition, entry)
    manuscript = Manuscript(entry, section, revision, article)
    side, folio = _opening(edition, placement)
    content = digest_of(edition, matter, [placement], {key_of(placement): manuscript})
    digest = hashlib.sha256(f"{content} {side} {folio} {PPI}".encode()).hexdigest()
    return PaperDraft(edition, matter, placement, manuscript, side, folio, digest)


def set_paper_draft(draft: PaperDraft) -> list[tuple[PagePicture, bytes]]:
    """Set the draft in type and draw its pages. Raises TypesetError, PictureError and the like."""
    limits = Limits(
        seconds=settings.PRESS_RENDER_SECONDS,
        cpu_seconds=settings.PRESS_RENDER_SECONDS,
        memory_mb=settings.PRESS_RENDER_MEGABYTES,
    )
    manuscript, key = draft.manuscript, key_of(draft.placement)
    make = compose_article(draft.matter, manuscript.article, manuscript.entry, manuscript.section)
    pages = typeset(make(draft.side), limits)
    # Unknown folios are set as the trade writes them; the side alone has to be right.
    first = draft.first_folio or (2 if draft.side == "verso" else 3)
    run = Placed(key, Placement.Kind.ARTICLE, first, first + pages.pages - 1)
    folios = furniture.folios([run], {key: manuscript})
    if not draft.first_folio:
        folios = [folio | {"folio": UNKNOWN} for folio in folios]
    overlay = typeset(compose_overlay(draft.matter, folios), limits)
    pictures = draw_pages(pages.pdf, overlay.pdf, draft.matter.sheet.bleed_mm, limits)
    return [
        (_picture(number, folio, data), data)
        for number, (folio, data) in enumerate(zip(folios, pictures, strict=True), start=1)
    ]


def _picture(number: int, folio: dict, png: bytes) -> PagePicture:
    # PNG begins with its signature, then IHDR: width and height in four bytes each.
    width, height = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    return PagePicture(number, str(folio["folio"]), folio["side"], width, height)


def _newest_entry(article: Article) -> IssueEntry:
    """Return the article's place in its newest issue, or a place in one that isn't made yet."""
    entries = IssueEntry.objects.filter(article_id=article.pk).select_related("issue", "section")
    found = entries.order_by("-issue__number").first()
    if found:
        return found
    last = Issue.objects.aggregate(last=Max("number"))["last"] or 0
    return IssueEntry(
        issue=Issue(number=last + 1, cover_date_label="…"),
        article_id=article.pk,
        position=0,
    )


def _edition_for(issue: Issue) -> Edition:
    edition = edition_of(issue) if issue.pk else None
    if edition:
        return edition
    last = Edition.objects.filter(is_principal=True).order_by("-issue__number").first()
    profile = last.profile if last else PressProfile.objects.printed().first()
    if profile is None:
        raise NoSheet(gettext_noop("There is no press profile: make one first."))
    return Edition(issue=issue, profile=profile)


def _placement(edition: Edition, entry: IssueEntry) -> Placement:
    placed = Placement.objects.filter(edition_id=edition.pk, entry_id=entry.pk)
    found = placed.first() if edition.pk and entry.pk else None
    return found or Placement(edition=edition, kind=Placement.Kind.ARTICLE, entry=entry)


def _opening(edition: Edition, placement: Placement) -> tuple[Side, int]:
    """Return the side and folio on which the draft opens: as in the last press file, if any."""
    last = None
    if edition.pk and placement.entry_id:
        printed = PrintedPlacement.objects.filter(
            press_file__edition=edition, entry_id=placement.entry_id
        )
        last = printed.order_by("-press_file__created_at", "-press_file_id").first()
    if placement.opens != Opens.ANY and (
        last is None or side_of(last.first_folio) != placement.opens
    ):
        return placement.opens, 0
    return (side_of(last.first_folio), last.first_folio) if last else ("recto", 0)
