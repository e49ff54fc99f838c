"""Keep the embedded index true: apply changes, make it anew beside the old one, go back."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from magazine.search.engines.base import EngineError, Seen
from magazine.search.engines.embedded import postings
from magazine.search.engines.embedded.connections import errors, is_there, reading, writing
from magazine.search.engines.embedded.generations import (
    CHANGING,
    Generations,
    folder,
    generations,
    new_path,
    point_to,
    sweep,
)
from magazine.search.engines.embedded.schema import COLUMNS, connect, create, stamp, value_of
from magazine.search.engines.embedded.terms import Words, pack_shown, taken_apart
from magazine.search.nearness import is_offered
from magazine.search.texts import ArticleDocument
from magazine.search.turns import turn

NO_WORDS = Words((), (), ())


@dataclass(frozen=True)
class _Entry:
    """A document as it goes into the tables."""

    document: ArticleDocument
    words: Words
    held: Mapping[str, float]

    @classmethod
    def of(cls, document: ArticleDocument) -> _Entry:
        return cls(document, *taken_apart(document))


class EmbeddedIndex:
    """Each machine's own index, in files under DATA_DIR."""

    name = "embedded"

    def exists(self) -> bool:
        """Tell whether there is an index, made by this version."""
        return is_there()

    def apply(
        self, documents: Iterable[ArticleDocument], gone: Iterable[int], numbers: Iterable[int] = ()
    ) -> None:
        """Put documents in the place of what is known of them, forget those gone; all or none."""
        entries = [_Entry.of(document) for document in documents]
        with writing() as db:
            sequence = int(value_of(db, "sequence")) + 1
            for article_id in gone:
                _take_out(db, article_id, sequence)
            for entry in entries:
                _put(db, entry, sequence)
            db.execute("UPDATE meta SET value = ? WHERE key = 'sequence'", [sequence])
            db.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ([each] for each in numbers))

    def digests(self) -> Mapping[int, str]:
        """Return the digest of every document that is kept, by article."""
        find = "SELECT article_id, digest FROM articles WHERE article_id IS NOT NULL"
        with reading() as db:
            return dict(db.execute(find).fetchall())

    def seen(self) -> Seen:
        """Return which changes have been applied."""
        with reading() as db:
            numbers = frozenset(row[0] for row in db.execute("SELECT number FROM seen"))
            return Seen(int(value_of(db, "floor")), numbers)

    def settle(self, floor: int) -> None:
        """Note that every change up to a number has been applied, which says it in fewer bytes."""
        with writing() as db:
            db.execute("DELETE FROM seen WHERE number <= ?", [floor])
            db.execute("UPDATE meta SET value = max(value, ?) WHERE key = 'floor'", [floor])

    def rebuild(self, documents: Iterable[ArticleDocument], seen: Seen) -> int:
        """Make a new index beside the old one, swap, keep the old one; return how many it holds.

        Raises EngineError, after two seconds, where another process does the same.
        """
        with errors(), turn(CHANGING):
            sweep()
            path = new_path()
            try:
                held = _make(path, documents, seen)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
            before = generations()
            point_to(Generations(path.name, before.current or before.previous))
            sweep()
        return held

    def go_back(self) -> None:
        """Swap with the index that was in use before. Raises EngineError where there is none."""
        with errors(), turn(CHANGING):
            now = generations()
            if not now.previous or not (folder() / now.previous).exists():
                raise EngineError(_("There is no earlier embedded index to go back to."))
            db = connect(folder() / now.previous)
            made_by = value_of(db, "stamp")
            db.close()
            if made_by != stamp():
                raise EngineError(_("The earlier embedded index is of another version."))
            point_to(Generations(now.previous, now.current))


def _make(path: Path, documents: Iterable[ArticleDocument], seen: Seen) -> int:
    with closing(create(path)) as db:
        db.execute("BEGIN")
        held = _fill(db, documents)
        db.execute("UPDATE meta SET value = ? WHERE key = 'floor'", [seen.floor])
        db.executemany("INSERT INTO seen VALUES (?)", ([each] for each in seen.numbers))
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")
    with path.open("rb") as file:
        os.fsync(file)
    return held


def _fill(db: sqlite3.Connection, documents: Iterable[ArticleDocument]) -> int:
    """Put documents into empty tables, block by block of the postings; return how many."""
    vocabulary: Counter[str] = Counter()
    remaining = iter(documents)
    slot = block = 0
    while chunk := list(islice(remaining, postings.BLOCK)):
        terms: defaultdict[str, bytearray] = defaultdict(bytearray)
        for document in chunk:
            entry = _Entry.of(document)
            _write_article(db, slot, entry, 0)
            vocabulary.update(filter(is_offered, entry.words.exact))
            for term, held in entry.held.items():
                terms[term] += postings.ENTRY.pack(slot % postings.BLOCK, held)
            slot += 1
        postings.write(db, ((term, block, bytes(terms[term])) for term in sorted(terms)))
        block += 1
    rows = ((word, articles, 0) for word, articles in sorted(vocabulary.items()))
    db.executemany("INSERT INTO vocabulary VALUES (?, ?, ?)", rows)
    for table in ("stems", "beginnings"):
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
    return slot


def _put(db: sqlite3.Connection, entry: _Entry, sequence: int) -> None:
    """Put a document in the place of what is known of it, or into a free slot."""
    find = "SELECT slot FROM articles WHERE article_id = ?"
    known = db.execute(find, [entry.document.article_id]).fetchone()
    if known:
        [slot] = known
        old = _forget(db, slot)
    else:
        slot, old = _free_slot(db), NO_WORDS
    postings.replace(db, slot, old.terms, entry.held)
    _recount(db, old, entry.words, sequence)
    _write_article(db, slot, entry, sequence)


def _take_out(db: sqlite3.Connection, article_id: int, sequence: int) -> None:
    find = "SELECT slot FROM articles WHERE article_id = ?"
    known = db.execute(find, [article_id]).fetchone()
    if known is None:
        return
    [slot] = known
    old = _forget(db, slot)
    postings.replace(db, slot, old.terms, {})
    _recount(db, old, NO_WORDS, sequence)
    db.execute(
        "UPDATE articles SET article_id = NULL, digest = NULL, day = NULL, facets = NULL,"
        " sequence = ? WHERE slot = ?",
        [sequence, slot],
    )


def _free_slot(db: sqlite3.Connection) -> int:
    free = "SELECT slot FROM articles WHERE article_id IS NULL ORDER BY slot LIMIT 1"
    row = db.execute(free).fetchone()
    if row:
        return row[0]
    return db.execute("SELECT coalesce(max(slot) + 1, 0) FROM articles").fetchone()[0]


def _forget(db: sqlite3.Connection, slot: int) -> Words:
    """Take an article out of the full-text tables; return the words that it had."""
    [packed] = db.execute("SELECT words FROM texts WHERE slot = ?", [slot]).fetchone()
    old = Words.unpacked(packed)
    for table, columns in (("stems", old.stems), ("beginnings", old.beginnings)):
        _write_words(db, table, slot, columns, is_deleted=True)
    db.execute("DELETE FROM texts WHERE slot = ?", [slot])
    return old


def _write_article(db: sqlite3.Connection, slot: int, entry: _Entry, sequence: int) -> None:
    document, words = entry.document, entry.words
    day = document.published.toordinal() if document.published else None
    facets = json.dumps(dict(document.facets), ensure_ascii=False)
    db.execute(
        "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?, ?)",
        [slot, document.article_id, document.digest, day, facets, sequence],
    )
    db.execute("INSERT INTO texts VALUES (?, ?, ?)", [slot, pack_shown(document), words.packed()])
    for table, columns in (("stems", words.stems), ("beginnings", words.beginnings)):
        _write_words(db, table, slot, columns)


def _write_words(
    db: sqlite3.Connection,
    table: str,
    slot: int,
    columns: tuple[str, ...],
    *,
    is_deleted: bool = False,
) -> None:
    """Write an article's row of a full-text table, or take it out by the same words."""
    names = ", ".join(COLUMNS[table])
    marks = ", ".join("?" * (len(columns) + 1))
    command, mark = (f"{table}, ", "'delete', ") if is_deleted else ("", "")
    db.execute(
        f"INSERT INTO {table} ({command}rowid, {names}) VALUES ({mark}{marks})",  # noqa: S608
        [slot, *columns],
    )


def _recount(db: sqlite3.Connection, old: Words, new: Words, sequence: int) -> None:
    """Count again how many articles hold the words that an article got or lost."""
    before, after = (set(filter(is_offered, words.exact)) for words in (old, new))
    for step, words in ((-1, before - after), (1, after - before)):
        db.executemany(
            "INSERT INTO vocabulary VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE"
            " SET articles = articles + excluded.articles, sequence = excluded.sequence",
            ([word, step, sequence] for word in sorted(words)),
        )
