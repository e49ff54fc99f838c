"""Hand templates what their page shows, and a few ways to write it."""

import datetime as dt
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import formats, timezone

from magazine.models import Article, Correction, Home, Issue, Publication, Section
from website import digital, pages
from website.addresses import in_full
from website.colophon import Line, colophon_of
from website.digital import Download
from website.inks import Inks

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: RequestContext) -> pages.Frame:
    """`{% page_frame as frame %}`: the title, its counters, the current issue."""
    return pages.frame_of(context["request"])


@register.simple_tag
def inks_for(issue: Issue | None) -> Inks:
    """`{% inks_for issue as inks %}`: an issue's colours, the house's where there is none."""
    return pages.inks_of(issue or None)


@register.simple_tag
def front_page_of(home: Home | None, issue: Issue | None) -> pages.FrontPage:
    """`{% front_page_of page issue as front %}`: the home page's ranks."""
    return pages.front_page(home, issue)


@register.simple_tag
def colophon_lines(publication: Publication | None) -> list[list[Line]]:
    """`{% colophon_lines publication as groups %}`: what the law has a periodical say of itself."""
    return colophon_of(publication)


@register.simple_tag(takes_context=True)
def articles_in(context: RequestContext, section: Section) -> dict[str, Any]:
    """`{% articles_in section as shelf %}`: `shelf.leaf`, `shelf.rows`, by the address's page."""
    articles = Article.objects.for_readers().in_section(section).newest_first()
    leaf, rows = pages.leaf_of(articles, context["request"].GET.get("page"))
    return {"leaf": leaf, "rows": rows}


@register.simple_tag
def reading_of(article: Article) -> pages.Reading:
    """`{% reading_of page as reading %}`: body, ticket, topics and neighbours; made once."""
    reading = getattr(article, "_reading", None)
    if reading is None:
        reading = article._reading = pages.reading_of(article)  # noqa: SLF001
    return reading


@register.simple_tag
def errata_of(issue: Issue) -> list[Correction]:
    """`{% errata_of page as errata %}`: the erratum box of the paper edition."""
    return list(Correction.objects.printed_by(issue))


@register.simple_tag
def download_of(issue: Issue) -> Download | None:
    """`{% download_of page as download %}`: the issue as a file, None where there is none."""
    return digital.download_of(issue)


@register.filter
def full_address(address: str) -> str:
    """Write an address with the site's host: `{{ page.url|full_address }}`."""
    return in_full(address) if address else ""


@register.filter
def day(moment: dt.date | dt.datetime | None) -> str:
    """Write a date in words, the first of a month as an ordinal (“1er décembre 2026”)."""
    if moment is None:
        return ""
    date = timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment
    written = formats.date_format(date, "j F Y")
    return written.replace("1 ", "1er ", 1) if date.day == 1 else written


@register.filter
def hour(moment: dt.datetime | None) -> str:
    """Write an hour as French papers do (“9 h 30”, “7 h”)."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"
