"""Turn an article's body into HTML for one medium, typeset, with its headings."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from magazine.channels import ON_PAPER, ON_THE_WEB
from magazine.models.articles import Article
from magazine.typography import typeset_html

CHANNELS = {"web": ON_THE_WEB, "feed": ON_THE_WEB, "print": ON_PAPER}
# Wagtail's editor finds blocks again by it; readers have no use for it.
EDITORS_KEY = re.compile(r' data-block-key="[^"]*"')
LINK = re.compile(r"<a (?=[^>]*href=[\"']https?:)")


@dataclass(frozen=True)
class Heading:
    """A crosshead: its text, and the anchor that leads to it."""

    text: str
    anchor: str


@dataclass(frozen=True)
class RenderedBody:
    """A body as one medium shows it."""

    html: SafeString
    headings: tuple[Heading, ...]


def shown_blocks(article: Article, medium: str) -> list[Any]:
    """Return the blocks of the body whose channel lets `medium` show them."""
    return [block for block in article.body if block.value["channel"] in CHANNELS[medium]]


def render_body(article: Article, medium: str, **context: Any) -> RenderedBody:
    """Render the body for `web`, `feed` or `print`; `context` reaches every block's template."""
    headings: list[Heading] = []
    parts: list[str] = []
    spoken = ""
    for block in shown_blocks(article, medium):
        own = {"medium": medium, "article": article, **context}
        if block.block_type == "crosshead":
            headings.append(anchored(block.value["text"], headings))
            own["anchor"] = headings[-1].anchor
        if block.block_type == "question_answer":
            own["speaker_changes"] = block.value["speaker"] != spoken
            spoken = block.value["speaker"]
        parts.append(block.render(own))
    html = typeset_html(EDITORS_KEY.sub("", "\n".join(parts)))
    if article.is_paid:
        html = LINK.sub('<a rel="sponsored" ', html)
    return RenderedBody(html=mark_safe(html), headings=tuple(headings))  # noqa: S308


def anchored(text: str, before: list[Heading]) -> Heading:
    """Return a crosshead with an anchor that none of those before it has."""
    anchor = slugify(text) or "section"
    taken = {heading.anchor for heading in before}
    number = 2
    unique = anchor
    while unique in taken:
        unique = f"{anchor}-{number}"
        number += 1
    return Heading(text=text, anchor=unique)
