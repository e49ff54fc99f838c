"""Hold articles to be searched without a database, and ask an engine what readers ask."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from magazine.search.engines import engine_called
from magazine.search.engines.base import Found, Seen
from magazine.search.plan import Plan, plan_of, relaxed, synonyms_of, with_nearly
from magazine.search.query import Cursor, SearchQuery, read_query
from magazine.search.texts import ArticleDocument, Passage
from magazine.search.upkeep import index_called

TODAY = dt.date(2026, 11, 16)
NO_FACETS: dict[str, tuple[tuple[str, str], ...]] = {}


def article(article_id: int, title: str, *body: str, **fields: Any) -> ArticleDocument:
    """An article to be searched; what isn't said of it is empty."""
    empty = ArticleDocument(
        article_id=article_id,
        title=title,
        kicker="",
        standfirst="",
        people=(),
        organisations=(),
        subjects=(),
        passages=tuple(Passage("paragraph", text, f"b{n}") for n, text in enumerate(body)),
        facets=NO_FACETS,
        published=dt.date(2024, 1, 1),
        issue=None,
        first_folio=None,
        last_folio=None,
        signs=0,
    )
    return replace(empty, **fields)


@dataclass(frozen=True)
class Shelf:
    """An engine by its name, and what was put into its index."""

    engine: str

    def fill(self, articles: Iterable[ArticleDocument]) -> None:
        """Make the index anew."""
        index_called(self.engine).rebuild(articles, Seen())

    def apply(self, articles: Iterable[ArticleDocument], gone: Iterable[int] = ()) -> None:
        """Bring the index up to date."""
        index_called(self.engine).apply(articles, gone)

    def plan(self, query: SearchQuery, synonyms: Iterable[tuple[str, ...]] = (), **changes) -> Plan:
        """What an engine is asked for a question."""
        return replace(plan_of(query, synonyms_of(list(synonyms)), TODAY), **changes)

    def ask(self, text: str, *, synonyms: Iterable[tuple[str, ...]] = (), **asked: Any) -> Found:
        """What the engine finds for a question."""
        return self.find(self.plan(read_query(text, **asked), synonyms))

    def find(self, plan: Plan) -> Found:
        """What the engine finds for a plan."""
        return engine_called(self.engine).find(plan)

    def ids(self, text: str, **asked: Any) -> list[int]:
        """The articles that a question finds, in their order."""
        if not read_query(text, asked.get("facets")).asks_something:
            return []
        return [hit.article_id for hit in self.ask(text, **asked).hits]

    def most_of(self, text: str) -> list[int]:
        """The articles that hold most of a question, in their order."""
        plan = relaxed(self.plan(read_query(text)))
        assert plan is not None
        return [hit.article_id for hit in self.find(plan).hits]

    def nearly(self, text: str) -> dict[str, tuple[str, ...]]:
        """The words that are offered for those that nothing holds."""
        words = [clause.words[0] for clause in read_query(text).clauses]
        return dict(engine_called(self.engine).nearly(words))

    def mended(self, text: str) -> list[int]:
        """The articles that are found with the words that are nearly those asked for."""
        plan = with_nearly(self.plan(read_query(text)), self.nearly(text))
        return [hit.article_id for hit in self.find(plan).hits]

    def leaves(self, text: str, size: int, **asked: Any) -> list[list[int]]:
        """The articles of each leaf, from the first to the last."""
        plan = self.plan(read_query(text, size=size, **asked))
        leaves: list[list[int]] = []
        while True:
            found = self.find(plan)
            leaves.append([hit.article_id for hit in found.hits])
            if found.is_last:
                return leaves
            last = found.hits[-1]
            place = Cursor(last.value, last.article_id, plan.day, plan.needed)
            plan = replace(plan, cursor=place)
