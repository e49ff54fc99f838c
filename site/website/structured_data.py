"""Describe an article to machines, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import get_language

from magazine.length import WORD
from magazine.models import Article, Byline, Contributor, Organisation
from magazine.typography import typeset
from website.addresses import in_full
from website.lists import AUTHORS
from website.pages import Frame, Reading
from website.structured_house import (
    crumbs,
    filled,
    image_of,
    issue_in_short,
    periodical,
    publisher,
    type_of,
)


def article_graph(
    article: Article, reading: Reading, frame: Frame, images: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the article, and the way to it; `images` are ImageObjects."""
    issue, section = reading.issue, reading.row.section
    way = [(section.title, section.get_url())] if section else []
    if issue is None:
        part_of = periodical(frame.publication)
    else:
        part_of = issue_in_short(issue, frame.publication)
    return [
        filled(
            {
                "@type": type_of(article),
                **_texts(article, reading),
                **_people(article, reading),
                **_dates(article),
                **_printed(reading),
                **_origin(article),
                "image": images,
                "isPartOf": part_of,
                "publisher": publisher(frame.publication),
                "copyrightHolder": publisher(frame.publication),
                "copyrightYear": article.shown_date.year if article.shown_date else None,
                "isAccessibleForFree": True,
                "correction": _corrections(reading),
                "about": _about(article),
            }
        ),
        crumbs(frame, [*way, (article.title, article.get_url())]),
    ]


def _texts(article: Article, reading: Reading) -> dict[str, Any]:
    address = in_full(article.get_url() or "")
    section = reading.row.section
    return {
        "@id": f"{address}#article",
        "headline": typeset(article.title),
        "description": typeset(article.standfirst),
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": get_language(),
        "articleSection": typeset(section.title) if section else "",
        "keywords": [typeset(topic.title) for topic in reading.topics],
        "wordCount": len(WORD.findall(strip_tags(reading.body.html))),
    }


def _people(article: Article, reading: Reading) -> dict[str, Any]:
    authors: dict[int, Contributor] = {}
    others: dict[str, list[dict[str, Any]]] = {"translator": [], "contributor": []}
    for byline in reading.bylines:
        person = byline.contributor
        if byline.role in AUTHORS:
            authors[person.pk] = person
        elif byline.role == Byline.Role.TRANSLATION:
            others["translator"].append(person_of(person))
        else:
            role = {"@type": "Role", "roleName": str(byline.get_role_display())}
            others["contributor"].append(role | {"contributor": person_of(person)})
    told: dict[str, Any] = {"author": [person_of(person) for person in authors.values()], **others}
    if article.is_paid:
        told["sponsor"] = {"@type": "Organization", "name": typeset(article.advertiser)}
    return told


def _dates(article: Article) -> dict[str, Any]:
    changed = article.last_published_at
    return {
        "datePublished": article.shown_date.isoformat() if article.shown_date else "",
        "dateModified": changed.isoformat() if changed else "",
    }


def _printed(reading: Reading) -> dict[str, Any]:
    """Return the printed pages, once the press has recorded them."""
    entry = reading.row.entry
    if entry is None or entry.first_folio is None:
        return {}
    first, last = entry.first_folio, entry.last_folio
    return {
        "pageStart": first,
        "pageEnd": last,
        "pagination": str(first) if first == last else f"{first}-{last}",
    }


def _origin(article: Article) -> dict[str, Any]:
    if not (article.provenance_title or article.provenance_url):
        return {}
    place, day = article.provenance_place, article.provenance_date
    work = {
        "@type": "CreativeWork",
        "name": typeset(article.provenance_title),
        "url": article.provenance_url,
        "datePublished": day.isoformat() if day else "",
        "locationCreated": {"@type": "Place", "name": typeset(place)} if place else None,
    }
    return {"isBasedOn": filled(work)}


def _corrections(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "@type": "CorrectionComment",
            "datePublished": correction.date.isoformat(),
            "text": typeset(f"{correction.wrong} {correction.text}"),
        }
        for correction in reading.corrections
    ]


def _about(article: Article) -> dict[str, Any] | None:
    """Return the organisation of a case study."""
    organisation = getattr(article, "organisation", None)
    return organisation_of(organisation) if organisation else None


def person_of(person: Contributor) -> dict[str, Any]:
    """Return somebody who signs, as others refer to them."""
    return filled(
        {
            "@type": "Person",
            "name": typeset(person.name),
            "jobTitle": typeset(person.role),
            "url": in_full(person.get_absolute_url()),
        }
    )


def person_graph(person: Contributor, frame: Frame) -> list[dict[str, Any]]:
    """Return the page of somebody who signs, and the way to it."""
    address = in_full(person.get_absolute_url())
    organisation = person.organisation
    whole = person_of(person) | {
        "@id": f"{address}#person",
        "description": typeset(person.bio),
        "email": person.mail,
        "image": image_of(person.portrait),
        "sameAs": [person.url] if person.url else [],
        "affiliation": organisation_of(organisation) if organisation else None,
    }
    page = {
        "@type": "ProfilePage",
        "url": address,
        "name": typeset(person.name),
        "inLanguage": get_language(),
        "mainEntity": filled(whole),
    }
    return [page, crumbs(frame, [(person.name, person.get_absolute_url())])]


def organisation_of(organisation: Organisation) -> dict[str, Any]:
    """Return an organisation that articles speak of, as others refer to it."""
    return filled(
        {
            "@type": "Organization",
            "name": typeset(organisation.name),
            "url": organisation.url or in_full(organisation.get_absolute_url()),
        }
    )


def organisation_graph(organisation: Organisation, frame: Frame) -> list[dict[str, Any]]:
    """Return an organisation with what is known of it, and the way to its page."""
    address = in_full(organisation.get_absolute_url())
    whole = organisation_of(organisation) | {
        "@id": f"{address}#organisation",
        "description": typeset(organisation.description),
        "mainEntityOfPage": address,
    }
    way = crumbs(frame, [(organisation.name, organisation.get_absolute_url())])
    return [filled(whole), way]
