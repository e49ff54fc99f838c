"""Lay out the file that the embedded engine answers from.

`stems` is a full-text index with positions, asked for phrases; `beginnings` one of names, titles
and subjects, asked while somebody types. Words are ranked from `postings` instead: FTS5's own
ranking looks at every match on its own, 40 ms and more for a word that half of 20,000 articles
hold, and gives nothing for one that more than half of them hold.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from magazine.search import ranking
from magazine.search.texts import VERSION as TEXTS_VERSION

SCHEMA = 2
BUSY_SECONDS = 2.0
# Kept as they are: the analysis has made the words already. Figures hold points and commas, and a
# point by itself stands between passages, so that no phrase runs across.
WORDS_AS_THEY_ARE = """tokenize="ascii tokenchars '.,'" """
COLUMNS = {
    "stems": ("title", "standfirst", "people", "subjects", "headings", "body"),
    "beginnings": ("title", "people", "subjects"),
}
TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE articles (
    slot INTEGER PRIMARY KEY, article_id INTEGER UNIQUE, digest TEXT, day INTEGER, facets TEXT,
    sequence INTEGER NOT NULL
);
CREATE INDEX free_slots ON articles (slot) WHERE article_id IS NULL;
CREATE INDEX articles_by_sequence ON articles (sequence);
CREATE TABLE texts (slot INTEGER PRIMARY KEY, shown BLOB NOT NULL, words BLOB NOT NULL);
CREATE TABLE postings (
    term TEXT, block INTEGER, entries BLOB NOT NULL, PRIMARY KEY (term, block)
) WITHOUT ROWID;
CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY, articles INTEGER NOT NULL, sequence INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX vocabulary_by_sequence ON vocabulary (sequence);
CREATE TABLE seen (number INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE stems USING fts5 (
    {", ".join(COLUMNS["stems"])},
    content='', columnsize=0, {WORDS_AS_THEY_ARE}
);
CREATE VIRTUAL TABLE beginnings USING fts5 (
    {", ".join(COLUMNS["beginnings"])},
    content='', columnsize=0, detail=column, prefix='1 2 3', {WORDS_AS_THEY_ARE}
);
"""


def stamp() -> str:
    """Return what an index has to be made by; weights are part of what postings hold."""
    weights = [getattr(ranking, name) for name in sorted(dir(ranking)) if name.isupper()]
    return f"{TEXTS_VERSION}.{SCHEMA}.{hashlib.sha256(repr(weights).encode()).hexdigest()[:8]}"


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to a file that must be there; transactions are begun by hand."""
    db = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA cache_size = -16384")
    return db


def create(path: Path) -> sqlite3.Connection:
    """Return a connection to a new, empty file that nobody else knows: it needs no journal."""
    path.touch(exist_ok=False)
    db = connect(path)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -262144")
    db.executescript(TABLES)
    db.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("stamp", stamp()), ("sequence", 0), ("floor", 0)]
    )
    return db


def value_of(db: sqlite3.Connection, key: str) -> str | int:
    """Return a value that the file notes of itself."""
    [value] = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return value
