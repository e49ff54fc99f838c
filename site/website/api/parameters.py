"""Read what a caller asks of a list, within bounds, and cut the list into leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest
from pydantic import BaseModel, Field

from magazine.search.query import HITS_A_LEAF, MOST_HITS_A_LEAF
from website.api.problems import RepeatedParameterError, UnknownParameterError
from website.api.schemas import Kind

LARGEST_NUMBER = 2**31 - 1
Slug = Annotated[str, Field(pattern=r"^[-\w]+$", max_length=255)]


class Leaf(BaseModel):
    """Which part of a list is wanted."""

    limit: int = Field(20, ge=1, le=100, description="How many at once.")
    offset: int = Field(0, ge=0, le=10_000, description="How many to pass over.")


class ArticleQuestion(Leaf):
    """Which articles are wanted; several conditions are all to be met."""

    kind: Kind | None = Field(None, description="One of the four kinds.")
    section: Slug | None = Field(None, description="Slug of a section.")
    topic: Slug | None = Field(None, description="Slug of a topic.")
    issue: int | None = Field(
        None, ge=1, le=LARGEST_NUMBER, description="Number of a released issue."
    )
    contributor: Slug | None = Field(
        None, description="Slug of somebody who signs, whatever the role."
    )
    slug: Slug | None = Field(
        None, description="The article's own; two sections may each have one of that name."
    )


class SearchQuestion(BaseModel):
    """What is searched for; several values of one filter are joined by *or*, filters by *and*."""

    q: str = Field("", description="Words, “phrases”, and -words that are left out.")
    kind: list[str] = Field([], description="Any of the four kinds.")
    issue: list[str] = Field([], description="Numbers of released issues.")
    section: list[str] = Field([], description="Slugs of sections.")
    topic: list[str] = Field([], description="Slugs of topics.")
    person: list[str] = Field([], description="Who signs or answers: a value of the facet.")
    organisation: list[str] = Field([], description="Slugs of organisations.")
    sector: list[str] = Field([], description="Values of the facet.")
    year: list[str] = Field([], description="Years of publication.")
    sort: str = Field("", description="`relevance` (by default), `newest` or `oldest`.")
    cursor: str = Field("", description="From `next` of the leaf before; good for this question.")
    limit: int = Field(HITS_A_LEAF, ge=1, le=MOST_HITS_A_LEAF, description="How many at once.")


def refuse_unknown(
    request: HttpRequest, known: Collection[str] = (), repeatable: Collection[str] = ()
) -> None:
    """Raise an error for a parameter that isn't known, or that is given twice and may not be."""
    for name, values in request.GET.lists():
        if name not in known:
            raise UnknownParameterError(name, known)
        if len(values) > 1 and name not in repeatable:
            raise RepeatedParameterError(name)


@dataclass(frozen=True)
class Neighbours:
    """The addresses of the leaves before and after, None at the ends."""

    previous: str | None
    next: str | None


def neighbours(address: str, asked: Leaf, count: int) -> Neighbours:
    """Return where a list of `count` goes on, at the same `address` with the same conditions."""
    conditions = asked.model_dump(exclude_none=True)
    before, after = asked.offset - asked.limit, asked.offset + asked.limit
    furthest = Leaf.model_fields["offset"].metadata[-1].le
    return Neighbours(
        previous=_at(address, conditions, max(0, before)) if asked.offset else None,
        next=_at(address, conditions, after) if after < count and after <= furthest else None,
    )


def _at(address: str, conditions: Mapping[str, object], offset: int) -> str:
    asked = {**conditions, "offset": offset}
    return f"{address}?{urlencode(dict(sorted(asked.items())))}"
