"""Describe what the API answers: articles, issues, and what they are made of.

The promise of `/api/v1/`: fields may be added, none is taken away or changes its meaning.
A text is always a string, empty where there is none; an object or a date is null instead.
Plain texts and HTML are typeset for French already; HTML is safe to insert as it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["interview", "case_study", "opinion", "feature"]
Folio = Annotated[int, Field(ge=1)]


class Answer(BaseModel):
    """What every part of an answer shares; a string under an attribute is its description."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class Source(Answer):
    """One size of a picture, in pixels."""

    url: str
    width: int
    height: int
    type: str
    """Media type, such as `image/webp`."""


class Picture(Answer):
    """A picture with its words; `width` and `height` are the original's, in pixels."""

    alt: str
    """What the picture shows; empty where it adds nothing to the text."""
    caption: str
    credit: str
    """To be shown beside the picture."""
    licence: str
    width: int
    height: int
    sources: list[Source]
    """Narrowest first; empty where the file can't be read."""


class Section(Answer):
    """A department of the magazine."""

    slug: str
    title: str
    mark: str
    """The letter that opens the section's tickets."""
    url: str


class Topic(Answer):
    """A subject that articles of any section share."""

    slug: str
    title: str
    url: str


class Organisation(Answer):
    """A company, institution or association that an article speaks of."""

    slug: str
    name: str
    sector: str
    url: str


class Contributor(Answer):
    """Somebody who signs."""

    slug: str
    name: str
    role: str
    url: str
    portrait: Picture | None


class Byline(Answer):
    """Who did what, in the order in which the article names them."""

    role: Literal["text", "interview", "photographs", "illustration", "translation"]
    role_label: str
    contributor: Contributor


class Paid(Answer):
    """Somebody paid for this text: show `label` and `advertiser` ahead of the title."""

    mention: Literal["publicite", "communique"]
    label: str
    advertiser: str


class PlaceInIssue(Answer):
    """Where the article stands in the newest released issue that holds it."""

    number: int
    title: str
    url: str
    api_url: str
    position: int | None
    ticket: str
    """Section mark, issue and position, such as `B 703`."""
    first_folio: Folio | None
    """First printed page; null until the paper edition is final."""
    last_folio: Folio | None


class ArticleSummary(Answer):
    """An article as lists show it."""

    id: int
    kind: Kind
    kind_label: str
    paid: Paid | None
    """Not null: show it ahead of the title, and mark links `rel=sponsored`."""
    title: str
    kicker: str
    standfirst: str
    slug: str
    url: str
    """The article's page for readers."""
    short_url: str
    """The address that is printed on paper; it leads to `url`."""
    api_url: str
    """The whole article, here."""
    section: Section | None
    issue: PlaceInIssue | None
    bylines: list[Byline]
    topics: list[Topic]
    published_at: dt.datetime | None
    """The date that readers see."""
    updated_at: dt.datetime | None
    edition_label: str
    lead_picture: Picture | None


class Person(Answer):
    """Somebody who answers in an interview."""

    name: str
    role: str
    organisation: Organisation | None


class Figure(Answer):
    """A number, as written, and what it counts."""

    value: str
    label: str


class CaseStudy(Answer):
    """The facts of a case study."""

    organisation: Organisation | None
    sector: str
    challenge: str
    figures: list[Figure]


class Opinion(Answer):
    """How an opinion is headed."""

    genre: Literal["editorial", "op_ed", "column"]
    genre_label: str


class Provenance(Answer):
    """Where a republished text first stood."""

    title: str
    place: str
    date: dt.date | None
    url: str
    canonical: bool
    """True: a page that shows the article names `url` as its canonical address."""


class ReadingTime(Answer):
    """How long the text is: minutes at 230 words each, signs with their spaces.

    Standfirst and running text; captions, pull quotes, figures, tables and notes don't count.
    """

    minutes: int
    signs: int


class Correction(Answer):
    """What was wrong in the article as it was published, to be shown with it."""

    date: dt.date
    wrong: str
    text: str
    """What is right."""


class CorrectedArticle(Answer):
    """The article that a correction speaks of."""

    id: int
    title: str
    url: str
    api_url: str


class Erratum(Correction):
    """A correction that this issue printed, of what an earlier issue had printed."""

    article: CorrectedArticle


class Heading(Answer):
    """A crosshead, and the anchor that leads to it on the article's page."""

    text: str
    anchor: str


class Footnote(Answer):
    """A note to the text, called from the HTML of a block."""

    id: str
    """Stays the same from one version of the article to the next."""
    number: int
    html: str
    """Inline HTML: italics, superscripts, links."""


class IssueSummary(Answer):
    """A released issue as lists show it."""

    number: int
    title: str
    url: str
    api_url: str
    cover_date_label: str
    on_sale_date: dt.date | None
    cover: Picture | None
    cover_lines: list[str]
    inks: Inks


class Inks(Answer):
    """The two inks of an issue, written `#RRGGBB`."""

    dark: str
    bright: str


class IssueEntry(Answer):
    """An article's place in an issue."""

    position: int | None
    ticket: str
    section: Section | None
    first_folio: Folio | None
    last_folio: Folio | None
    article: ArticleSummary


class DigitalEdition(Answer):
    """The issue as one file: an accessible PDF (PDF/UA-1), its pages as printed."""

    url: str
    size: int
    """In bytes."""
    pages: int
    sha256: str
    """The digest of the file, in hexadecimal signs; it changes with the file."""


class Issue(IssueSummary):
    """A released issue, with what readers may see of it in the order of the paper edition."""

    introduction: str
    """HTML."""
    entries: list[IssueEntry]
    errata: list[Erratum]
    """The corrections in the erratum box of the paper edition, the oldest first."""
    digital_edition: DigitalEdition | None
    """Null until it is made, and while readers may not have all that it holds."""


class ArticleList(Answer):
    """Some of the articles that were asked for, newest first."""

    count: int
    """How many there are in all."""
    next: str | None
    previous: str | None
    results: list[ArticleSummary]


class IssueList(Answer):
    """Some of the released issues, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[IssueSummary]


class Index(Answer):
    """Where everything is."""

    title: str
    version: str
    issues: str
    articles: str
    search: str
    openapi: str
    documentation: str


class Problem(Answer):
    """What went wrong, as RFC 9457 has it; served as `application/problem+json`."""

    type: str
    """A name that doesn't change, such as `urn:couture:problem:unknown-parameter`."""
    title: str
    status: int
    detail: str
