"""Check what paper sends its readers to: films that end, documents that the site doesn't have."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from magazine.channels import ON_THE_WEB
from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.models import Article, Issue

FILM_ENDS = "film_ends"
LOST_DOCUMENT = "lost_document"


def check_films(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the films that end: before the day of sale readers never get them, later they do."""
    on_sale = issue.on_sale_date if issue else None
    today = timezone.localdate()
    day = on_sale or today
    for path, name, child in places.numbered(article):
        end = child.value.get("available_until") if child.block_type == "embed" else None
        if end is None:
            continue
        facts = {"title": child.value.get("title") or name, "day": date_format(end)}
        if end < day:
            message = _("“%(title)s” can be seen until %(day)s only, before the day of sale.")
            remedy = _(
                "Readers get a sentence instead, and the paper no code: ask for a longer "
                "time, or take the block out."
            )
        elif end < today:
            message = _("“%(title)s” could be seen until %(day)s.")
            remedy = _("Readers of the web now get a sentence instead; the paper keeps its code.")
        else:
            message = _("“%(title)s” can be seen until %(day)s.")
            remedy = _(
                "After that day readers of the web get a sentence; the paper keeps its code."
            )
        yield Finding(
            code=FILM_ENDS,
            severity=Severity.ADVISORY,
            message=message % facts,
            remedy=remedy,
            place=f"{path}.available_until",
            subject=subject_of(path, end),
            place_name=name,
        )


def check_documents(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the documents that paper names an address for where the site shows none."""
    for path, name, child in places.numbered(article):
        on_the_web = article.is_on_the_web and child.value.get("channel") in ON_THE_WEB
        if child.block_type == "document" and not on_the_web:
            yield Finding(
                code=LOST_DOCUMENT,
                severity=Severity.BLOCKING,
                message=_("The paper sends readers to the site for this document; it isn’t there."),
                remedy=_("Let the block and its article appear everywhere, or take the block out."),
                place=f"{path}.document",
                subject=subject_of(path, "paper only"),
                place_name=name,
            )
