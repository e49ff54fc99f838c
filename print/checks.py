"""Check what an article will be on paper: pictures sharp enough, every sign in our fonts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.channels import ON_PAPER
from magazine.checks import Finding, Severity, places, register, subject_of
from magazine.checks.pictures import pictures_of
from magazine.checks.signs import is_seen, signs_of, unknown_signs
from magazine.models import Article, Issue, IssueEntry, Section
from magazine.typography import typeset
from print.composition import FONTS, placed_widths
from print.inputs import read_matter
from print.models import Edition
from print.pictures import MM_PER_INCH

SMALL_PICTURE = "small_picture"
UNKNOWN_ON_PAPER = "unknown_on_paper"
# Under this share of the profile's resolution a picture shows its pixels.
HALF = 0.5
# What print/styles sets in the serif; everything else is in the grotesque.
RUNNING_TEXT = frozenset(
    {"paragraph.text", "list.items", "question_answer.answer", "sidebar.text", "editors_note.text"}
)
SERIF, GROTESQUE = "source-serif-4", "bricolage-grotesque"
FAMILIES = {SERIF: "Source Serif 4", GROTESQUE: "Bricolage Grotesque"}


def register_checks() -> None:
    """Register the checks that only the press can make."""
    register(SMALL_PICTURE, gettext_lazy("Resolution on paper"), check_resolution)
    register(UNKNOWN_ON_PAPER, gettext_lazy("Signs on paper"), check_signs)


def check_resolution(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the pictures too small for the width at which the principal edition places them."""
    edition = edition_of(issue) if issue else None
    if edition is None or article.channel not in ON_PAPER:
        return
    entry = IssueEntry.objects.filter(issue=issue, article_id=article.pk).first()
    entry = entry or IssueEntry(issue=issue, article=article)
    section = entry.section or Section.objects.parent_of(article).get()
    matter = read_matter(edition)
    widths = placed_widths(matter, article, entry, section)
    wanted = matter.sheet.picture_ppi
    told: set[int] = set()
    for shown in pictures_of(article):
        picture, width = shown.picture, widths.get(shown.picture.pk)
        if width is None or picture.pk in told:
            continue
        told.add(picture.pk)
        ppi = picture.width / (width / MM_PER_INCH)
        if round(ppi) >= wanted:
            continue
        yield Finding(
            code=SMALL_PICTURE,
            severity=Severity.BLOCKING if ppi < wanted * HALF else Severity.ADVISORY,
            message=_(
                "“%(title)s” is %(pixels)d pixels wide: printed %(width)d mm wide it has "
                "%(ppi)d pixels per inch instead of %(wanted)d."
            )
            % {
                "title": picture.title,
                "pixels": picture.width,
                "width": round(width),
                "ppi": round(ppi),
                "wanted": wanted,
            },
            remedy=_("Take a file at least %(pixels)d pixels wide, or place it smaller.")
            % {"pixels": round(width / MM_PER_INCH * wanted)},
            place=shown.path,
            subject=subject_of(shown.path, picture.pk, picture.width, round(width)),
            place_name=shown.name,
        )


def edition_of(issue: Issue) -> Edition | None:
    """Return the issue's principal edition, else one on the profile of the last principal one."""
    principal = Edition.objects.filter(is_principal=True).select_related("profile")
    own = principal.filter(issue=issue).first()
    if own is None and (last := principal.order_by("-issue__number").first()):
        own = Edition(issue=issue, profile=last.profile)
    return own


def check_signs(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the signs that the face they are printed in doesn't have."""
    for leaf in places.texts(article):
        if not (leaf.on_paper and is_seen(leaf.kind)):
            continue
        family = SERIF if leaf.kind in RUNNING_TEXT else GROTESQUE
        unknown = unknown_signs(typeset(leaf.text), signs_in(family))
        if unknown:
            yield Finding(
                code=UNKNOWN_ON_PAPER,
                severity=Severity.BLOCKING,
                message=_("%(family)s, in which this is printed, has no %(signs)s.")
                % {"family": FAMILIES[family], "signs": " ".join(unknown)},
                remedy=_("Write it in other signs: on paper there would be a hole."),
                place=leaf.path,
                subject=subject_of(leaf.path, *unknown),
                place_name=leaf.name,
            )


@cache
def signs_in(family: str) -> frozenset[int]:
    """Return the code points that all faces of a family have."""
    return frozenset.intersection(*map(signs_of, sorted((FONTS / family).glob("*.ttf"))))
