"""Measure how long an article takes to read, and list its crossheads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from pydantic import BaseModel

from magazine.rendering import Heading, anchored
from website.api import schemas
from website.api.texts import plain
from website.pages import reading_minutes

# Strings that no reader reads.
SILENT = {"id", "type", "url", "anchor", "alt", "licence", "style", "width", "extension"}


def headings_of(shown: Iterable[Any]) -> list[schemas.Heading]:
    """Return the crossheads among the blocks, anchored as on the article's page."""
    headings: list[Heading] = []
    for child in shown:
        if child.block_type == "crosshead":
            headings.append(anchored(child.value["text"], headings))
    return [
        schemas.Heading(text=plain(heading.text), anchor=heading.anchor) for heading in headings
    ]


def reading_time(standfirst: str, body: Iterable[BaseModel]) -> schemas.ReadingTime:
    """Return minutes and signs of a standfirst and typed blocks, captions included."""
    words = [standfirst, *_texts([block.model_dump() for block in body])]
    text = " ".join(" ".join(words).split())
    return schemas.ReadingTime(minutes=reading_minutes(text), signs=len(text))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for item in part:
            yield from _texts(item)
    elif isinstance(part, dict):
        for name, value in part.items():
            if name.endswith("html"):
                yield from _texts(_without_tags(value))
            elif name not in SILENT:
                yield from _texts(value)


def _without_tags(html: str | list[str]) -> str:
    pieces = [html] if isinstance(html, str) else html
    return unescape(strip_tags(" ".join(pieces)))
