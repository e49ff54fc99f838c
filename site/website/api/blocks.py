"""Describe the body of an article: one type of block each, told apart by `type`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from website.api.schemas import (
    Answer,
    ArticleSummary,
    CaseStudy,
    Correction,
    Figure,
    Footnote,
    Heading,
    Opinion,
    Person,
    Picture,
    Provenance,
    ReadingTime,
)


class Block(Answer):
    """What every block has."""

    id: str
    """Stays the same from one version of the article to the next."""


class ParagraphBlock(Block):
    """Running text, one paragraph or several."""

    type: Literal["paragraph"]
    html: str


class CrossheadBlock(Block):
    """A heading inside the text; `anchor` as in the article's `contents`."""

    type: Literal["crosshead"]
    text: str
    anchor: str


class QuestionAnswerBlock(Block):
    """One question and its answer; `speaker` is named where several people answer."""

    type: Literal["question_answer"]
    question: str
    speaker: str
    answer_html: str


class ListBlock(Block):
    """A list, its items in HTML."""

    type: Literal["list"]
    style: Literal["bullets", "numbers"]
    items_html: list[str]


class PictureBlock(Block):
    """One picture in the text."""

    type: Literal["picture"]
    picture: Picture
    width: Literal["column", "wide", "full"]


class GalleryBlock(Block):
    """Pictures shown together."""

    type: Literal["gallery"]
    title: str
    pictures: list[Picture]


class PullQuoteBlock(Block):
    """A sentence set large; the quotation marks are yours to add."""

    type: Literal["pull_quote"]
    quote: str
    author: str
    role: str


class KeyFiguresBlock(Block):
    """A few numbers set large, with their source."""

    type: Literal["key_figures"]
    title: str
    figures: list[Figure]
    source: str


class TableBlock(Block):
    """A table with one row of headings; the first cell of a row heads it."""

    type: Literal["table"]
    caption: str
    columns: list[str]
    rows: list[list[str]]


class SidebarBlock(Block):
    """A short text in a box."""

    type: Literal["sidebar"]
    title: str
    html: str


class EmbedBlock(Block):
    """A film or a sound that another site keeps; load nothing of it before the reader asks."""

    type: Literal["embed"]
    url: str | None
    """Null once `available_until` has passed."""
    host: str
    title: str
    caption: str
    still: Picture | None
    available_until: dt.date | None


class DocumentBlock(Block):
    """A file to download; `size` in bytes, null where it isn't known."""

    type: Literal["document"]
    url: str
    title: str
    description: str
    extension: str
    size: int | None


class EditorsNoteBlock(Block):
    """A note that the newsroom adds to somebody's text."""

    type: Literal["editors_note"]
    html: str


BodyBlock = Annotated[
    ParagraphBlock
    | CrossheadBlock
    | QuestionAnswerBlock
    | ListBlock
    | PictureBlock
    | GalleryBlock
    | PullQuoteBlock
    | KeyFiguresBlock
    | TableBlock
    | SidebarBlock
    | EmbedBlock
    | DocumentBlock
    | EditorsNoteBlock,
    Field(discriminator="type"),
]


class Article(ArticleSummary):
    """A whole article."""

    people: list[Person]
    """Those who answer; interviews only."""
    case_study: CaseStudy | None
    """Case studies only."""
    opinion: Opinion | None
    """Opinions only."""
    provenance: Provenance | None
    reading_time: ReadingTime
    show_contents: bool
    """True where the editors want `contents` to be shown above the text."""
    contents: list[Heading]
    body: list[BodyBlock]
    footnotes: list[Footnote]
    """In the order of the text, whose HTML calls each by `href="#note-<number>"`."""
    corrections: list[Correction]
    """The newest first; show them with the text."""
    comments: int
    """How many comments of readers are shown under it on the site."""
