"""Read the rows of a planning board, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from wagtail.models import Revision

from magazine.desk.board_columns import in_pages
from magazine.desk.board_lengths import signs_of
from magazine.models import (
    Article,
    Byline,
    Contributor,
    Issue,
    IssueEntry,
    PieceKind,
    PlannedPiece,
    Section,
)
from magazine.models.trash import is_trashed
from magazine.planning import key_of_article, order_of
from magazine.stages import Stage, Standing, standings_of

UNWRITTEN = frozenset({Stage.PLANNED, Stage.COMMISSIONED})
WRITERS = frozenset({Byline.Role.TEXT, Byline.Role.INTERVIEW})


@dataclass(frozen=True)
class Row:
    """One line of the board: what was planned, and what has become of it.

    `late_days` counts from the day after the due date, as long as the text isn't
    written. Lengths are in signs, spaces included.
    """

    key: str
    place: int
    title: str
    kind: str
    section: Section | None
    authors: tuple[Contributor, ...]
    stage: Stage
    changed_since_ready: bool
    piece: PlannedPiece | None
    article: Article | None
    is_in_contents: bool
    signs: int | None
    late_days: int
    scheduled_at: dt.datetime | None

    @property
    def due_on(self) -> dt.date | None:
        """Return the day on which the text is due."""
        return self.piece.due_on if self.piece else None

    @property
    def planned_signs(self) -> int | None:
        """Return the length that was agreed on."""
        return self.piece.planned_signs if self.piece else None

    @property
    def planned_pages(self) -> Decimal | None:
        """Return the room that was agreed on, in pages."""
        return self.piece.planned_pages if self.piece else None

    @property
    def planned_pages_shown(self) -> str:
        """Return the same as the language writes it."""
        return in_pages(self.planned_pages)

    @property
    def signs_off(self) -> int | None:
        """Return by how many signs the text is longer than planned; shorter is negative."""
        if self.signs is None or self.planned_signs is None:
            return None
        return self.signs - self.planned_signs

    @property
    def is_trashed(self) -> bool:
        """Tell whether the article was thrown away since."""
        return self.article is not None and is_trashed(self.article)


def days_late(due_on: dt.date | None, stage: Stage, today: dt.date) -> int:
    """Return for how many days a text has been missing; 0 on the due date itself."""
    if due_on is None or stage not in UNWRITTEN:
        return 0
    return max(0, (today - due_on).days)


def read_rows(issue: Issue | None) -> list[Row]:
    """Return the rows of an issue's board or, without an issue, of the ideas, in order."""
    entries = IssueEntry.objects.filter(issue=issue).select_related("section") if issue else ()
    sections = {key_of_article(entry.article_id): entry.section for entry in entries}
    pieces = list(PlannedPiece.objects.on_board(issue).select_related("author", "section"))
    pks = {entry.article_id for entry in entries} | {piece.article_id for piece in pieces}
    articles = (
        Article.objects.select_related("latest_revision")
        .prefetch_related("bylines")
        .in_bulk(pks - {None})
    )
    facts = _Facts.read(articles)
    by_article = {piece.article_id: piece for piece in pieces}
    by_key = {f"p{piece.pk}": piece for piece in pieces}
    rows = []
    for place, key in enumerate(order_of(issue), start=1):
        piece = by_key.get(key) or by_article.get(int(key[1:]))
        article = articles.get(piece.article_id if piece else int(key[1:]))
        # A row that came or went between two queries is left to the next look.
        if piece or article:
            rows.append(facts.row(key, place, piece, article, sections))
    return rows


@dataclass(frozen=True)
class _Facts:
    """What is known of the articles of a board, by their ids; of sections, by their paths."""

    writers: Mapping[int, list[int]]
    sections: Mapping[str, Section]
    people: Mapping[int, Contributor]
    standings: Mapping[int, Standing]
    signs: Mapping[int, int]
    schedules: Mapping[int, dt.datetime]
    today: dt.date

    @classmethod
    def read(cls, articles: Mapping[int, Article]) -> _Facts:
        """Ask once for everything that all rows need."""
        writers = {pk: _writers_of(article) for pk, article in articles.items()}
        signing = {author for authors in writers.values() for author in authors}
        return cls(
            writers=writers,
            sections={section.path: section for section in Section.objects.all()},
            people=Contributor.objects.in_bulk(signing),
            standings=standings_of(articles.values()),
            signs=signs_of(articles.values()),
            schedules=_schedules_of(articles),
            today=timezone.localdate(),
        )

    def row(
        self,
        key: str,
        place: int,
        piece: PlannedPiece | None,
        article: Article | None,
        sections: Mapping[str, Section | None],
    ) -> Row:
        """Put together one row, of a piece, an article, or both."""
        pk = article.pk if article else None
        standing = self.standings.get(pk) or _standing_of(piece)
        return Row(
            key=key,
            place=place,
            title=article.draft_title if article else piece.title,
            kind=article.kind_label if article else PieceKind(piece.kind).label,
            section=sections.get(key) or self._section(piece, article),
            authors=self._authors(piece, pk),
            stage=standing.stage,
            changed_since_ready=standing.changed_since_ready,
            piece=piece,
            article=article,
            is_in_contents=key in sections,
            signs=self.signs.get(pk),
            late_days=days_late(piece.due_on if piece else None, standing.stage, self.today),
            scheduled_at=self.schedules.get(pk),
        )

    def _section(self, piece: PlannedPiece | None, article: Article | None) -> Section | None:
        if article:
            return self.sections.get(article.path[: -article.steplen])
        return piece.section

    def _authors(self, piece: PlannedPiece | None, pk: int | None) -> tuple[Contributor, ...]:
        signing = self.writers.get(pk, [])
        found = tuple(self.people[author] for author in signing if author in self.people)
        return found or ((piece.author,) if piece and piece.author else ())


def _standing_of(piece: PlannedPiece) -> Standing:
    """Return how far a piece is that has no article yet."""
    return Standing(Stage.COMMISSIONED if piece.commissioned_on else Stage.PLANNED)


def _writers_of(article: Article) -> list[int]:
    """Return who signs the text by the latest draft: unpublished changes live there alone."""
    revision = article.latest_revision
    if revision is None:
        signed = [(byline.role, byline.contributor_id) for byline in article.bylines.all()]
    else:
        bylines = revision.content.get("bylines", [])
        signed = [(byline["role"], byline["contributor"]) for byline in bylines]
    return list(dict.fromkeys(pk for role, pk in signed if role in WRITERS))


def _schedules_of(pks: Collection[int]) -> dict[int, dt.datetime]:
    """Return the moments at which articles are to go live by themselves."""
    scheduled = Revision.page_revisions.filter(
        object_id__in=[str(pk) for pk in pks], approved_go_live_at__isnull=False
    )
    return {
        int(object_id): moment
        for object_id, moment in scheduled.values_list("object_id", "approved_go_live_at")
    }
