"""Measure the readers' search on articles of 900 words: index, disk, milliseconds an answer.

Usage: bench/search.py [--engine NAME …] [--sizes 2000 20000] [--runs 3] [--readers 8]
                       [--fill | --kept]

Everything is in a folder of its own under var/bench-search and made once a size
(`search_magazine.py`). An answer is whole (`answering.search`: pins, synonyms, changes, the check
against the database, passages, facets), and only the making of documents from articles is left out
of the time to index. Every kind of question is asked 40 times a run, in turns with the others; the
table gives the median of the runs' p50 and p95, on the clock and of this process's processor time
(where they differ much, the machine was busy with something else, or a server was at work). The
last lines: so many readers at once, while one article is written four times a second.

`--fill` only makes the index, `--kept` only measures one that was made so before: on a server, the
same one must go on running between the two.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import Any

from search_clock import Stopwatch, UnansweredError, Wait, measure, measure_crowd
from search_magazine import FOLDER, documents, reader_of, sample, set_up


def fill(engine: str, size: int) -> None:
    """Make an index anew, and note how long that took and what it takes on the disk."""
    from magazine.search.engines.base import Seen
    from magazine.search.upkeep import index_called

    # The file of the documents is written beforehand, where it lacks.
    texts = documents(size)
    first = next(texts)

    def each() -> Any:
        yield first
        yield from texts

    start = time.perf_counter()
    index_called(engine).rebuild(each(), Seen())
    seconds = time.perf_counter() - start
    note = {"seconds": seconds, "megabytes": megabytes(engine)}
    _note_of(engine, size).write_text(json.dumps(note))


def megabytes(engine: str) -> float:
    """Return how much an index takes on the disk."""
    if engine == "embedded":
        from magazine.search.engines.embedded.generations import current_path

        path = current_path()
        return path.stat().st_size / 1e6 if path else 0.0
    from django.conf import settings

    from magazine.search.engines.elasticsearch.connection import client

    kept = client(60).indices.stats(index=settings.SEARCH_INDEX, metric="store")
    return kept["_all"]["primaries"]["store"]["size_in_bytes"] / 1e6


def answer(question: Any, engine: str) -> Wait:
    """Return what a reader waits for an answer; of a second page, for that alone."""
    from magazine.search.answering import search
    from magazine.search.engines.base import EngineError
    from magazine.search.query import read_query

    def ask(cursor: str = "") -> Any:
        query = read_query(question.text, question.facets, sort=question.sort, cursor=cursor)
        try:
            return search(query, engine)
        except EngineError as error:
            raise UnansweredError from error

    before = ask().cursor if question.goes_on else ""
    watch = Stopwatch()
    ask(before)
    return watch.wait()


def report(engine: str, size: int, runs: int, readers: int) -> None:
    """Measure one engine at one size, and print it."""
    from magazine.search.engines.base import EngineError
    from magazine.search.upkeep import index_called

    if not index_called(engine).exists():
        sys.exit(f"There is no {engine} index of {size} articles: make it with --fill.")
    known, reader = sample(size), reader_of(size)
    kinds = reader.kinds()

    def ask(question: Any) -> Wait:
        return answer(question, engine)

    def write_one(number: int) -> None:
        try:
            index_called(engine).apply([known[number % len(known)]], [])
        except EngineError as error:
            raise UnansweredError from error

    write = sys.stdout.write
    note = json.loads(_note_of(engine, size).read_text())
    write(
        f"\n{engine}, {size} articles:"
        f" indexed in {note['seconds']:.1f} s, {note['megabytes']:.0f} MB\n"
    )
    for name, taken in measure(ask, reader, runs, kinds).items():
        write(f"  {name:<24} {taken}\n")
    reading, writing = measure_crowd(ask, write_one, reader, kinds, readers)
    write(f"  {readers} readers at once        {reading}\n")
    write(f"  a write meanwhile        {writing}\n")
    sys.stdout.flush()


def _note_of(engine: str, size: int) -> Path:
    return FOLDER / str(size) / f"{engine}.json"


def main() -> None:
    """Measure each size in a process of its own, so that no size finds the memory of another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", action="append", choices=["embedded", "elasticsearch"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--readers", type=int, default=8)
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--fill", action="store_true", help="make the index, measure nothing")
    only.add_argument("--kept", action="store_true", help="measure the index that is there")
    chosen = parser.parse_args()
    for size in chosen.sizes:
        for engine in chosen.engine or ["embedded"]:
            child = multiprocessing.get_context("spawn").Process(
                target=_measured, args=(engine, size, chosen)
            )
            child.start()
            child.join()
            if child.exitcode:
                sys.exit(child.exitcode)


def _measured(engine: str, size: int, chosen: argparse.Namespace) -> None:
    set_up(size)
    if not chosen.kept:
        fill(engine, size)
    if not chosen.fill:
        report(engine, size, chosen.runs, chosen.readers)


if __name__ == "__main__":
    main()
