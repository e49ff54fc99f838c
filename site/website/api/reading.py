"""Measure how long an article takes to read, and list its crossheads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from magazine.length import length_of_blocks
from magazine.rendering import Heading, anchored
from website.api import schemas
from website.api.texts import plain


def headings_of(shown: Sequence[Any]) -> list[schemas.Heading]:
    """Return the crossheads among the blocks, anchored as on the article's page."""
    headings: list[Heading] = []
    for child in shown:
        if child.block_type == "crosshead":
            headings.append(anchored(child.value["text"], headings))
    return [
        schemas.Heading(text=plain(heading.text), anchor=heading.anchor) for heading in headings
    ]


def reading_time(standfirst: str, shown: Sequence[Any]) -> schemas.ReadingTime:
    """Return the minutes and signs of a standfirst and the blocks that the web shows."""
    length = length_of_blocks(standfirst, shown)
    return schemas.ReadingTime(minutes=length.minutes, signs=length.signs)
