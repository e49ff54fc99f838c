"""Walk an article field by field: what stands there, where, and how an editor calls the place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import RichText

from magazine.channels import ON_PAPER, ON_THE_WEB
from magazine.footnotes import NOTE
from magazine.models import Article

TEXT_FIELDS = ("title", "kicker", "standfirst", "lead_caption", "lead_alt")
TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)
# Where one paragraph, item or line of rich text ends.
END_OF_LINE = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>|<hr\s*/?>")
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Leaf:
    """One field of an article, or of a block of its body, that holds no others.

    `path` is the content path of Wagtail's comments, `kind` names the field whichever block it
    stands in (`title`, `paragraph.text`), `name` is for people. `block` is None for a field
    of the article itself.
    """

    path: str
    kind: str
    name: str
    value: Any
    on_paper: bool
    on_the_web: bool
    block: blocks.Block | None = None

    @property
    def is_text(self) -> bool:
        """Tell whether readers read it."""
        return self.block is None or isinstance(self.block, TEXT_BLOCKS)

    @property
    def source(self) -> str:
        """Return the text as it is kept: plain, or HTML where it is rich."""
        value = self.value
        return str(value.source if isinstance(value, RichText) else value or "")

    @property
    def is_rich(self) -> bool:
        """Tell whether the text is HTML."""
        return isinstance(self.value, RichText)

    @property
    def text(self) -> str:
        """Return the text as read, one line a paragraph, its footnotes last."""
        if not self.is_rich:
            return self.source
        notes = [note["text"] for note in NOTE.finditer(self.source)]
        html = "<br>".join([NOTE.sub("", self.source), *notes])
        return unescape(TAG.sub("", END_OF_LINE.sub("\n", html)))


def leaves(article: Article) -> Iterator[Leaf]:
    """Yield every field that readers see something of, in the order of the desk."""
    on_paper, on_the_web = article.channel in ON_PAPER, article.channel in ON_THE_WEB
    for field in TEXT_FIELDS:
        name = str(article._meta.get_field(field).verbose_name)
        if field.startswith("lead_"):
            name = f"{article._meta.get_field('lead_picture').verbose_name} · {name}"
        value = getattr(article, field)
        yield Leaf(field, field, _capital(name), value, on_paper, on_the_web)
    for path, name, child in numbered(article):
        channel = child.value.get("channel") or ON_PAPER[0]
        for leaf in _within(child.block, child.value, path, child.block_type, name):
            yield Leaf(
                *leaf[:4],
                on_paper=on_paper and channel in ON_PAPER,
                on_the_web=on_the_web and channel in ON_THE_WEB,
                block=leaf[4],
            )


def texts(article: Article) -> Iterator[Leaf]:
    """Yield the fields that hold a text, empty ones left out."""
    return (leaf for leaf in leaves(article) if leaf.is_text and leaf.text.strip())


def numbered(article: Article) -> Iterator[tuple[str, str, Any]]:
    """Yield each block of the body with its path and its name, such as “Paragraph 3”."""
    seen: Counter[str] = Counter()
    for child in article.body:
        seen[child.block_type] += 1
        name = f"{child.block.label} {seen[child.block_type]}"
        yield f"body.{child.id}", name, child


Found = tuple[str, str, str, Any, blocks.Block]


def _within(block: blocks.Block, value: Any, path: str, kind: str, name: str) -> Iterator[Found]:
    if isinstance(block, blocks.StructBlock):
        inner = [child for child in block.child_blocks if child != "channel"]
        for child in inner:
            field = block.child_blocks[child]
            own = name if len(inner) == 1 else f"{name} · {field.label}"
            yield from _within(field, value.get(child), f"{path}.{child}", f"{kind}.{child}", own)
    elif isinstance(block, blocks.ListBlock):
        for number, item in enumerate(value.bound_blocks, start=1):
            yield from _within(
                block.child_block, item.value, f"{path}.{item.id}", kind, f"{name} {number}"
            )
    elif isinstance(block, TypedTableBlock):
        cells = blocks.CharBlock()
        for text in _cells(value):
            yield path, kind, name, text, cells
    else:
        yield path, kind, name, value, block


def _cells(table: Any) -> Iterator[str]:
    yield table.caption or ""
    yield from (column["heading"] for column in table.columns)
    for row in table.rows:
        yield from (str(cell.value or "") for cell in row)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
