"""Name every text of an article: where it stands, what it is called, its words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from magazine.models import Article
from magazine.proofreading.plain import PARAGRAPH, plain_text

FIELDS = (
    "kicker",
    "title",
    "standfirst",
    "sector",
    "challenge",
    "lead_caption",
    "lead_alt",
    "short_title",
    "seo_title",
    "search_description",
)
# Relation of a kind, and the field of its rows that holds words.
ROWS = (("people", "role"), ("figures", "label"))
# Names of people and houses stand here: nothing that a proofreader could judge.
NAMES = frozenset(("credit", "author", "speaker"))


@dataclass(frozen=True)
class Text:
    """Words of an article: `place` is their content path, `label` says it to an editor."""

    place: str
    label: str
    words: str


def texts_of(article: Article) -> tuple[Text, ...]:
    """Return the texts of an article of any kind that hold words, in reading order.

    Labels are in the language that is active. A note under the text is a text of its own, at the
    place of the text that calls it.
    """
    specific = article.specific
    found = [*_fields(specific), *_rows(specific), *_body(specific)]
    return tuple(text for text in found if text.words.strip())


def digest_of(texts: tuple[Text, ...], *also: str) -> str:
    """Return a digest that changes when any word, or anything else that is given, does."""
    whole = hashlib.sha256()
    for part in (*also, *(part for text in texts for part in (text.place, text.words))):
        whole.update(part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def _fields(article: Any) -> Iterator[Text]:
    for name in FIELDS:
        if hasattr(article, name):
            label = article._meta.get_field(name).verbose_name
            yield Text(name, _capitalised(label), getattr(article, name))


def _rows(article: Any) -> Iterator[Text]:
    for relation, name in ROWS:
        if not hasattr(article, relation):
            continue
        for number, row in enumerate(getattr(article, relation).all(), start=1):
            label = f"{_capitalised(row._meta.verbose_name)} {number}"
            yield Text(relation, label, getattr(row, name))


def _body(article: Any) -> Iterator[Text]:
    numbers: Counter[str] = Counter()
    for bound in article.body:
        numbers[bound.block_type] += 1
        label = f"{bound.block.label} {numbers[bound.block_type]}"
        yield from _of_block(bound.block, bound.value, f"body.{bound.id}", label)


def _of_block(block: Any, value: Any, place: str, label: str) -> Iterator[Text]:
    """Yield the texts of a block of whatever build; choices, pictures and addresses hold none."""
    if value is None:
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            if name not in NAMES:
                yield from _of_block(
                    child, value.get(name), f"{place}.{name}", f"{label} · {child.label}"
                )
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(value.bound_blocks, start=1):
            yield from _of_block(
                block.child_block, item.value, f"{place}.{item.id}", f"{label} {number}"
            )
    elif isinstance(block, TypedTableBlock):
        yield Text(place, label, PARAGRAPH.join(_cells(value)))
    elif isinstance(block, blocks.RichTextBlock):
        plain = plain_text(value.source)
        yield Text(place, label, plain.text)
        for number, note in enumerate(plain.notes, start=1):
            yield Text(place, f"{label} · " + _("note %(number)d") % {"number": number}, note)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield Text(place, label, value)


def _cells(table: Any) -> Iterator[str]:
    for column in table.columns:
        if column.get("heading"):
            yield column["heading"]
    for row in table.rows:
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip():
                yield cell.value


def _capitalised(label: Any) -> str:
    words = str(label)
    return words[:1].upper() + words[1:]
