"""Describe the magazine, its issues and its lists to machines, in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from magazine.models import Article, Issue, IssueEntry, PastIssue, Picture, Publication
from magazine.picture_sizes import made_sizes
from magazine.typography import typeset
from website.addresses import in_full

if TYPE_CHECKING:
    from website.pages import Frame
    from website.sharing import Drawn

# What all that read pictures for others know.
IN_FULL_SIZE = "width-1600|format-jpeg"
LOGO = 512


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is known: no empty text, no empty list."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def publisher(publication: Publication | None) -> dict[str, Any]:
    """Return who publishes."""
    told = publication
    icon = in_full(static("website/icons/icon-512.png"))
    return filled(
        {
            "@type": "NewsMediaOrganization",
            "@id": in_full("/#publisher"),
            "name": typeset((told and (told.publisher or told.title)) or _named(told)),
            "url": in_full("/"),
            "email": told.contact_mail if told else "",
            "logo": picture_object(icon, LOGO, LOGO),
        }
    )


def periodical(publication: Publication | None) -> dict[str, Any]:
    """Return the title, with its ISSN once it has one."""
    return filled(
        {
            "@type": "Periodical",
            "@id": in_full("/#periodical"),
            "name": typeset(_named(publication)),
            "url": in_full("/"),
            "issn": publication.issn if publication else "",
        }
    )


def issue_in_short(issue: Issue | PastIssue, publication: Publication | None) -> dict[str, Any]:
    """Return an issue, as its articles refer to it."""
    day = issue.on_sale_date
    return filled(
        {
            "@type": "PublicationIssue",
            "@id": in_full(f"{issue.get_url()}#issue"),
            "issueNumber": str(issue.number),
            "name": typeset(issue.title),
            "url": in_full(issue.get_url() or ""),
            "datePublished": day.isoformat() if day else "",
            "isPartOf": periodical(publication),
        }
    )


def issue_graph(
    issue: Issue | PastIssue, frame: Frame, images: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return an issue with its articles, and the way to it."""
    told = {
        "inLanguage": get_language(),
        "image": images,
        "publisher": publisher(frame.publication),
        "hasPart": _pieces(issue) if isinstance(issue, Issue) else [],
    }
    archive = frame.archive
    way = [(archive.title, archive.get_url())] if archive else []
    return [
        filled(issue_in_short(issue, frame.publication) | told),
        crumbs(frame, [*way, (issue.title, issue.get_url())]),
    ]


def _pieces(issue: Issue) -> list[dict[str, Any]]:
    entries = IssueEntry.objects.filter(issue=issue).for_readers().select_related("article")
    return [
        filled(
            {
                "@type": type_of(entry.article),
                "headline": typeset(entry.article.title),
                "url": in_full(entry.article.get_url() or ""),
                "pageStart": entry.first_folio,
                "pageEnd": entry.last_folio,
            }
        )
        for entry in entries.defer("article__body")
    ]


def type_of(article: Article) -> str:
    """Return the type of schema.org that says what an article is."""
    if article.is_paid:
        return "AdvertiserContentArticle"
    return "OpinionNewsArticle" if article.kind == "opinion" else "NewsArticle"


def website_graph(frame: Frame) -> list[dict[str, Any]]:
    """Return the site with its search, and the title that it belongs to."""
    publication = frame.publication
    search = f"{in_full(reverse('search'))}?q={{question}}"
    site = {
        "@type": "WebSite",
        "@id": in_full("/#site"),
        "url": in_full("/"),
        "name": typeset(_named(publication)),
        "description": typeset(publication.motto) if publication else "",
        "inLanguage": get_language(),
        "publisher": publisher(publication),
        "about": periodical(publication),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=question",
        },
    }
    return [filled(site)]


def list_graph(
    name: str, description: str, path: str, frame: Frame, kind: str = "CollectionPage"
) -> list[dict[str, Any]]:
    """Return a page that lists others, or another plain one, and the way to it."""
    page = {
        "@type": kind,
        "name": typeset(name),
        "description": typeset(description),
        "url": in_full(path),
        "inLanguage": get_language(),
        "isPartOf": {"@type": "WebSite", "@id": in_full("/#site"), "url": in_full("/")},
    }
    return [filled(page), crumbs(frame, [(name, path)])]


def crumbs(frame: Frame, way: list[tuple[str, str | None]]) -> dict[str, Any]:
    """Return the way from the home page to a page: names and paths, the page itself last."""
    steps = [(_named(frame.publication), "/"), *way]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": typeset(name),
                "item": in_full(path or "/"),
            }
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def image_of(picture: Picture | None) -> dict[str, Any] | None:
    """Return a picture as an ImageObject, None until its size for others is made."""
    size = made_sizes(picture, [IN_FULL_SIZE]).get(IN_FULL_SIZE) if picture else None
    if picture is None or size is None:
        return None
    told = {"caption": typeset(picture.description), "creditText": typeset(picture.credit)}
    return picture_object(in_full(size.url), size.width, size.height) | filled(told)


def drawn_image(drawn: Drawn) -> dict[str, Any]:
    """Return the drawn picture of a page as an ImageObject."""
    return picture_object(in_full(drawn.address), drawn.width, drawn.height)


def picture_object(address: str, width: int, height: int) -> dict[str, Any]:
    """Return an ImageObject; sides in pixels."""
    sides = {"width": _pixels(width), "height": _pixels(height)}
    return {"@type": "ImageObject", "url": address, **sides}


def _pixels(number: int) -> dict[str, Any]:
    """Return a length in pixels, which UN/CEFACT writes E37: schema.org knows no bare number."""
    return {"@type": "QuantitativeValue", "value": number, "unitCode": "E37"}


def _named(publication: Publication | None) -> str:
    return publication.title if publication else settings.WAGTAIL_SITE_NAME
