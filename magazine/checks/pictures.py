"""Check each picture: alternative text, caption, credit, and that its rights last long enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.models import Article, Issue, Picture

MISSING_ALT = "missing_alt"
MISSING_CAPTION = "missing_caption"
MISSING_CREDIT = "missing_credit"
RIGHTS_EXPIRED = "rights_expired"
# Rights that end soon after the day of sale are worth a thought.
SOON = dt.timedelta(days=90)


@dataclass(frozen=True)
class PlacedPicture:
    """A picture as an article shows it: with its own words, or those of its file.

    `needs_words` is false for a still or a portrait, which stands beside the words that it is for.
    """

    picture: Picture
    path: str
    name: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    needs_words: bool = True
    alt_path: str = ""
    caption_path: str = ""


def pictures_of(article: Article) -> Iterator[PlacedPicture]:
    """Yield every picture that an article shows, the contributors' portraits too."""
    if article.lead_picture:
        yield PlacedPicture(
            article.lead_picture,
            path="lead_picture",
            name=_("Lead picture"),
            alt=article.lead_alt,
            caption=article.lead_caption,
            alt_path="lead_alt",
            caption_path="lead_caption",
        )
    for path, name, child in places.numbered(article):
        if child.block_type == "picture":
            yield from _captioned(child.value, path, name)
        elif child.block_type == "gallery":
            for number, item in enumerate(child.value["pictures"].bound_blocks, start=1):
                own = f"{name} · {number}"
                yield from _captioned(item.value, f"{path}.pictures.{item.id}", own)
        elif child.block_type == "embed" and child.value.get("still"):
            yield PlacedPicture(
                child.value["still"], path=f"{path}.still", name=name, needs_words=False
            )
    for byline in article.bylines.all():
        if byline.contributor.portrait:
            name = _("Portrait of %(name)s") % {"name": byline.contributor.name}
            yield PlacedPicture(
                byline.contributor.portrait, path="bylines", name=name, needs_words=False
            )


def _captioned(value: dict, path: str, name: str) -> Iterator[PlacedPicture]:
    if value.get("image"):
        yield PlacedPicture(
            value["image"],
            path=f"{path}.image",
            name=name,
            alt=value.get("alt_text") or "",
            caption=value.get("caption") or "",
            credit=value.get("credit") or "",
            alt_path=f"{path}.alt_text",
            caption_path=f"{path}.caption",
        )


def check_alt(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the pictures that somebody who can't see them learns nothing of."""
    for shown in pictures_of(article):
        if shown.needs_words and not (shown.alt.strip() or shown.picture.description.strip()):
            yield Finding(
                code=MISSING_ALT,
                severity=Severity.BLOCKING,
                message=_("The picture “%(title)s” has no alternative text.")
                % {"title": shown.picture.title},
                remedy=_("Say in one sentence what it shows, for those who can’t see it."),
                place=shown.alt_path,
                subject=subject_of(shown.alt_path, shown.picture.pk),
                place_name=shown.name,
            )


def check_caption(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the pictures without a caption."""
    for shown in pictures_of(article):
        if shown.needs_words and not shown.caption.strip():
            yield Finding(
                code=MISSING_CAPTION,
                severity=Severity.ADVISORY,
                message=_("The picture “%(title)s” has no caption.")
                % {"title": shown.picture.title},
                remedy=_("Write what the picture doesn’t say by itself: who, where, when."),
                place=shown.caption_path,
                subject=subject_of(shown.caption_path, shown.picture.pk),
                place_name=shown.name,
            )


def check_credit(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the pictures whose author isn't named: French law wants them to be (CPI L121-1)."""
    for shown in pictures_of(article):
        if shown.needs_words and not (shown.credit.strip() or shown.picture.credit.strip()):
            yield Finding(
                code=MISSING_CREDIT,
                severity=Severity.BLOCKING,
                message=_("The picture “%(title)s” has no credit.")
                % {"title": shown.picture.title},
                remedy=_("Name its author on the picture itself (“Edit” under it)."),
                place=shown.path,
                subject=subject_of(shown.path, shown.picture.pk),
                place_name=shown.name,
            )


def check_rights(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the pictures whose rights end before the day of sale, or soon after it."""
    on_sale = issue.on_sale_date if issue else None
    today = timezone.localdate()
    day = max(on_sale or today, today)
    for shown in pictures_of(article):
        end = shown.picture.rights_end
        if end is None or end >= day + SOON:
            continue
        facts = {"title": shown.picture.title, "day": date_format(end), "sale": date_format(day)}
        if end >= day:
            message = _("Rights to “%(title)s” end on %(day)s.")
            remedy = _("From then on it may not be shown: plan another picture for the web.")
        elif end < today:
            message = _("Rights to “%(title)s” ended on %(day)s.")
            remedy = _("Renew them and change the date on the picture, or take another picture.")
        else:
            message = _("Rights to “%(title)s” end on %(day)s, before the day of sale (%(sale)s).")
            remedy = _("Renew them and change the date on the picture, or take another picture.")
        yield Finding(
            code=RIGHTS_EXPIRED,
            severity=Severity.BLOCKING if end < day else Severity.ADVISORY,
            message=message % facts,
            remedy=remedy,
            place=shown.path,
            subject=subject_of(shown.path, shown.picture.pk, end),
            place_name=shown.name,
        )
