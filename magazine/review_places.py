"""Name the places of a draft on which a guest can remark: each block that the web shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.blocks import ChoiceBlock

from magazine.models import Article
from magazine.rendering import shown_blocks
from magazine.typography import typeset

LABEL_WORDS = 60
HEAD = "head"


@dataclass(frozen=True)
class Place:
    """A part of the text: its code in the form, its block, and how people call it."""

    code: str
    label: str
    block_id: str = ""


def places_of(article: Article) -> list[Place]:
    """Return the title's place, then one for each block of the web, numbered from 1."""
    places = [Place(HEAD, _("Title and standfirst"))]
    blocks = [block for block in shown_blocks(article, "web") if not _is_lost(block)]
    for number, block in enumerate(blocks, start=1):
        words = " ".join(" ".join(_words(block)).split())
        shown = Truncator(typeset(words)).chars(LABEL_WORDS) if words else block.block.label
        places.append(Place(str(number), f"§ {number} · {shown}", block.id or ""))
    return places


def _words(block: Any) -> Iterator[str]:
    for part in block.value.bound_blocks.values():
        # A choice (channel, width, style) says its label, which nobody reads in the text.
        if not isinstance(part.block, ChoiceBlock):
            for text in part.block.get_searchable_content(part.value):
                yield strip_tags(str(text))


def _is_lost(block: Any) -> bool:
    """Tell whether the web leaves a block out because its picture or document was deleted."""
    lost_with = {"picture": "image", "document": "document"}.get(block.block_type)
    return bool(lost_with) and block.value[lost_with] is None
