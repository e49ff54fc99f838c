"""Turn an article's body into HTML for one medium, typeset, with its headings and its notes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from magazine.channels import ON_PAPER, ON_THE_WEB
from magazine.footnotes import (
    Footnote,
    NoteCounter,
    bare_call,
    linked_call,
    printed_call,
)
from magazine.models.articles import Article

CHANNELS = {"web": ON_THE_WEB, "feed": ON_THE_WEB, "print": ON_PAPER}
# Wagtail's editor finds blocks again by it; readers have no use for it.
EDITORS_KEY = re.compile(r' data-block-key="[^"]*"')
LINK = re.compile(r"<a (?=[^>]*href=[\"']https?:)")
SPONSORED = '<a rel="sponsored" '
CALLS = {"web": linked_call, "feed": bare_call, "print": printed_call}
FIRST_TAG = re.compile(r"<[a-z][\w-]*(?=[\s>])(?![^>]*\sid=)")
# The anchors of the notes and of their calls.
TAKEN_ANCHOR = re.compile(r"notes|(?:note|renvoi)-\d+")


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
    notes: tuple[Footnote, ...] = ()


def shown_blocks(article: Article, medium: str) -> list[Any]:
    """Return the blocks of the body whose channel lets `medium` show them."""
    return [block for block in article.body if block.value["channel"] in CHANNELS[medium]]


def anchors_of(blocks: Iterable[Any]) -> list[str]:
    """Return the id that each block has on the site; a new one has none before it is saved.

    A crosshead is named after its words, any other block after its lasting id.
    """
    headings: list[Heading] = []
    anchors = []
    for block in blocks:
        if block.block_type == "crosshead":
            headings.append(anchored(block.value["text"], headings))
            anchors.append(headings[-1].anchor)
        else:
            anchors.append(f"bloc-{block.id[:8]}" if block.id else "")
    return anchors


def render_body(article: Article, medium: str, **context: Any) -> RenderedBody:
    """Render the body for `web`, `feed` or `print`; `context` reaches every block's template.

    The notes that the medium shows are numbered in the order of the text. On paper they stand
    inside the HTML, where the typesetter finds them.
    """
    headings: list[Heading] = []
    parts: list[str] = []
    spoken = ""
    shown = shown_blocks(article, medium)
    for block, anchor in zip(shown, anchors_of(shown), strict=True):
        own = {"medium": medium, "article": article, **context}
        if block.block_type == "crosshead":
            headings.append(Heading(block.value["text"], anchor))
            own["anchor"] = anchor
        if block.block_type == "question_answer":
            own["speaker_changes"] = block.value["speaker"] != spoken
            spoken = block.value["speaker"]
        html = block.render(own)
        if medium == "web" and anchor:
            html = FIRST_TAG.sub(rf'\g<0> id="{anchor}"', html, count=1)
        parts.append(html)
    counter = NoteCounter(CALLS[medium])
    html = counter.typeset(EDITORS_KEY.sub("", "\n".join(parts)))
    notes = tuple(counter.notes)
    if article.is_paid:
        html = LINK.sub(SPONSORED, html)
        notes = tuple(replace(note, html=LINK.sub(SPONSORED, note.html)) for note in notes)
    return RenderedBody(html=mark_safe(html), headings=tuple(headings), notes=notes)  # noqa: S308


def anchored(text: str, before: list[Heading]) -> Heading:
    """Return a crosshead with an anchor that none of those before it has."""
    anchor = slugify(text) or "section"
    taken = {heading.anchor for heading in before}
    number = 2
    unique = anchor
    while unique in taken or TAKEN_ANCHOR.fullmatch(unique):
        unique = f"{anchor}-{number}"
        number += 1
    return Heading(text=text, anchor=unique)
