"""Describe an article to machines, in the words of schema.org."""

from typing import Any

from django.utils.translation import get_language

from magazine.models import Article, Byline
from magazine.typography import typeset
from website.addresses import in_full
from website.pages import Reading

AUTHORS = {Byline.Role.TEXT.value, Byline.Role.INTERVIEW.value}


def news_article(article: Article, reading: Reading, image: str = "") -> dict[str, Any]:
    """Return a NewsArticle, paid for an AdvertiserContentArticle; `image` is an address."""
    address = in_full(article.get_url() or "")
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "AdvertiserContentArticle" if article.is_paid else "NewsArticle",
        "headline": typeset(article.title),
        "description": typeset(article.standfirst),
        "inLanguage": get_language(),
        "mainEntityOfPage": address,
        "url": address,
        "author": [
            {
                "@type": "Person",
                "name": byline.contributor.name,
                "url": in_full(byline.contributor.get_absolute_url()),
            }
            for byline in reading.bylines
            if byline.role in AUTHORS
        ],
    }
    if image:
        data["image"] = [in_full(image)]
    if article.shown_date:
        data["datePublished"] = article.shown_date.isoformat()
    if article.last_published_at:
        data["dateModified"] = article.last_published_at.isoformat()
    data["correction"] = [
        {
            "@type": "CorrectionComment",
            "datePublished": correction.date.isoformat(),
            "text": typeset(f"{correction.wrong} {correction.text}"),
        }
        for correction in reading.corrections
    ]
    if reading.row.section:
        data["articleSection"] = reading.row.section.title
    if reading.issue:
        data["isPartOf"] = {
            "@type": "PublicationIssue",
            "issueNumber": str(reading.issue.number),
            "name": typeset(reading.issue.title),
            "url": in_full(reading.issue.get_url() or ""),
        }
    if article.is_paid:
        data["sponsor"] = {"@type": "Organization", "name": article.advertiser}
    return {name: value for name, value in data.items() if value}
