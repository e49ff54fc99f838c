"""The judged set: articles of `data/judged` and of the demo, questions, and what deserves a place.

A grade is 3 for an article about exactly that, 2 where it treats it at length, 1 where it helps.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from magazine.demo import loader
from magazine.models import (
    Article,
    Contributor,
    Home,
    Issue,
    IssueArchive,
    IssueEntry,
    Organisation,
    Picture,
    SynonymSet,
    Topic,
)
from magazine.search.answering import search
from magazine.search.query import read_query

JUDGED = Path(__file__).parent / "data" / "judged"


@dataclass(frozen=True)
class Question:
    """What a reader asks, and what they ought to get, by slug.

    `seen` were among the first ten of an engine, were judged, and deserve no grade.
    """

    text: str
    about: str
    grades: Mapping[str, int]
    first: tuple[str, ...]
    top: tuple[str, ...]
    never: tuple[str, ...]
    seen: tuple[str, ...]


class OnePicture(dict):
    """Every picture of the demo's content, by name: all of them the same."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture

    def __missing__(self, name: str) -> Picture:
        return self.picture

    def get(self, name: str, default: Any = None) -> Any:
        return self.picture if name else default


def read(name: str) -> dict[str, Any]:
    """Return a TOML file of the set."""
    return tomllib.loads((JUDGED / name).read_text(encoding="utf-8"))


def questions(name: str) -> list[Question]:
    """Return the questions of a file, in its order."""
    return [
        Question(
            text=row["text"],
            about=row["about"],
            grades=row.get("grades", {}),
            first=tuple(row.get("first", ())),
            top=tuple(row.get("top", ())),
            never=tuple(row.get("never", ())),
            seen=tuple(row.get("seen", ())),
        )
        for row in read(name)["questions"]
    ]


def ranking(text: str, engine: str, places: int = 10) -> list[str]:
    """Return the slugs of the first articles that an engine finds."""
    results = search(read_query(text, size=places), engine)
    slugs = dict(Article.objects.values_list("pk", "slug"))
    return [slugs[hit.article_id] for hit in results.hits]


@transaction.atomic
def load_judged(picture: Picture) -> None:
    """Put the demo magazine and the judged articles, with their synonyms, into the database."""
    pictures = OnePicture(picture)
    loader.load_magazine(pictures)
    for row in read("topics.toml")["topics"]:
        Topic.objects.create(**{**row, "synonyms": "\n".join(row["synonyms"])})
    for file in sorted(JUDGED.glob("people-*.toml")):
        people = tomllib.loads(file.read_text(encoding="utf-8"))
        for row in people["organisations"]:
            Organisation.objects.create(**row)
        for row in people["contributors"]:
            row = {name: value for name, value in row.items() if name != "portrait"}
            house = Organisation.objects.filter(slug=row.pop("organisation", "")).first()
            Contributor.objects.create(**row, organisation=house)
    SynonymSet.objects.all().delete()
    for terms in read("synonyms.toml")["sets"]:
        SynonymSet.objects.create(terms="\n".join(terms))
    _load_articles(pictures)


def ndcg(slugs: Sequence[str], grades: Mapping[str, int], places: int = 10) -> float:
    """Return the normalised discounted cumulative gain of a ranking (gain 2^grade - 1)."""
    best = _gain(sorted(grades.values(), reverse=True)[:places])
    return _gain([grades.get(slug, 0) for slug in slugs[:places]]) / best if best else 1.0


def missed(question: Question, slugs: Sequence[str]) -> list[str]:
    """Return, in words, what must be so and isn't in a ranking."""
    wrong = [f"{slug} isn't first" for slug in question.first if slugs[:1] != [slug]]
    wrong += [f"{slug} isn't in the first three" for slug in question.top if slug not in slugs[:3]]
    wrong += [f"{slug} is in the first ten" for slug in question.never if slug in slugs[:10]]
    return wrong


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def _load_articles(pictures: OnePicture) -> None:
    home, archive = Home.objects.get(), IssueArchive.objects.get()
    written = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted((JUDGED / "articles").glob("*.toml"))
    ]
    for number in sorted({row["issue"] for row in written}):
        issue = archive.add_child(
            instance=Issue(
                number=number,
                title=f"Numéro {number}",
                slug=f"n{number}",
                cover_date_label=str(2022 + number),
            )
        )
        for position, row in enumerate((r for r in written if r["issue"] == number), start=1):
            article = loader._article(home, row, pictures)
            first, last = row.get("folios", (None, None))
            IssueEntry.objects.create(
                issue=issue,
                article=Article.objects.get(pk=article.pk),
                position=position,
                first_folio=first,
                last_folio=last,
            )
        issue.save_revision().publish()
