"""Hand the magazine's lesser pages what they show: archive, issue, paper, statements."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils import formats
from wagtail.models import Page

from magazine.models import Issue, PaperPage, PastIssue, PrivacyNotice
from website import digital, kept_of_readers, paper, shelf
from website.digital import Leaves

register = template.Library()


@register.simple_tag
def years_of_issues() -> list[shelf.Year]:
    """`{% years_of_issues as years %}`: every issue that readers may see, by year."""
    return shelf.years_of_issues()


@register.simple_tag
def counters_of(issue: Issue) -> list[shelf.Counter]:
    """`{% counters_of page as counters %}`: an issue's contents by section."""
    return shelf.counters_of(issue)


@register.simple_tag
def past_counters_of(issue: PastIssue) -> list[shelf.Counter]:
    """`{% past_counters_of page as counters %}`: an older issue's contents by section."""
    return shelf.past_counters_of(issue)


@register.simple_tag
def neighbours_of(issue: Issue | PastIssue) -> dict[str, Any]:
    """`{% neighbours_of page as beside %}`: `beside.before`, `beside.after`."""
    before, after = shelf.neighbours_of(issue)
    return {"before": before, "after": after}


@register.simple_tag
def leaves_of(issue: Issue | PastIssue, download: digital.Download | None) -> Leaves | None:
    """`{% leaves_of page download as leaves %}`: its pages to look at, if they are drawn."""
    return digital.leaves_of(issue, download.sha256) if download else None


@register.simple_tag
def paper_counter(page: PaperPage) -> paper.Counter:
    """`{% paper_counter page as counter %}`: offers, covers and shops."""
    return paper.counter_of(page)


@register.simple_tag
def all_that_is_kept(page: PrivacyNotice) -> list[kept_of_readers.KeptFor]:
    """`{% all_that_is_kept page as groups %}`: what is kept of readers, and how long."""
    return kept_of_readers.all_that_is_kept(page)


@register.simple_tag
def cookies_set() -> list[kept_of_readers.Kept]:
    """`{% cookies_set as cookies %}`: the cookies that the site may set."""
    return kept_of_readers.cookies()


@register.filter
def euros(price: Decimal) -> str:
    """Write a price as one says it: `9 €`, `9,50 €`."""
    places = 0 if price == price.to_integral_value() else 2
    return f"{formats.number_format(price, places)} €"


@register.filter
def host(address: str) -> str:
    """Write of an address what tells readers where it leads: `point-virgule.example`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def without_scheme(address: str) -> str:
    """Write an address as one says it: `inescarpentier.example/textes`."""
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


@register.filter
def is_current(page: Page, current: Any) -> bool:
    """Tell whether a link leads to the page that is shown: `{% if door|is_current:page %}`."""
    return getattr(current, "pk", None) == page.pk
