"""Measure the readers' search on articles of 900 words: index, disk, milliseconds an answer.

Usage: bench/search.py [--engine NAME …] [--sizes 2000 20000] [--runs 3] [--readers 8]

Everything is in a folder of its own under var/bench-search and made once a size. Articles are
rows copied in the database, their texts come from search_corpus.py and go into the index alone:
so an answer is whole (`answering.search`: pins, synonyms, changes, the check against the database,
passages, facets), and only the making of documents from articles is left out of the time to index.
Every kind of question is asked 40 times a run, in turns with the others; the table gives the
median of the runs' p50 and p95, on the clock and of this process's processor time (where they
differ much, the machine was busy with something else, or a server was at work). The last lines:
so many readers at once, while one article is written four times a second.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench-search"
TIMES = 40
SAMPLE = 1000
SECONDS_OF_READERS = 15
PAUSE = 0.25


@dataclass(frozen=True)
class Wait:
    """What somebody waited, in milliseconds: on the clock, and of the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Waits:
    """Half of the answers took no more than `half`, 95 in 100 no more than `most`."""

    half: Wait
    most: Wait

    def __str__(self) -> str:
        return (
            f"p50 {self.half.clock:6.1f} ms, p95 {self.most.clock:6.1f} ms"
            f"   (processor {self.half.processor:6.1f}, {self.most.processor:6.1f})"
        )


def set_up(size: int) -> None:
    """Prepare Django on a database of so many articles."""
    folder = FOLDER / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "website.settings",
        "SEARCH_INDEX": f"bench-{size}",
        "DEBUG": "yes",
    }
    sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bench")]
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    # Django keeps every query where DEBUG is on: that would be measured too.
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    from magazine.models import Article, SearchChange

    if Article.objects.count() != size:
        _copy_articles(size)
    SearchChange.objects.all().delete()


def _copy_articles(size: int) -> None:
    """Make one article and copy its rows: readers may see every one."""
    from django.db import connection, transaction

    from tests.factories import Magazine, paragraphs

    article = Magazine().article(title="Modèle", body=paragraphs("Modèle."))
    with transaction.atomic(), connection.cursor() as cursor:
        for table, own in (("wagtailcore_page", "id"), ("magazine_article", "page_ptr_id")):
            described = connection.introspection.get_table_description(cursor, table)
            names = [column.name for column in described]
            cursor.execute(f"SELECT * FROM {table} WHERE {own} = %s", [article.pk])  # noqa: S608
            row = dict(zip(names, cursor.fetchone(), strict=True))
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608
                [
                    list(_renamed(row, own, article.pk + place, article).values())
                    for place in range(1, size)
                ],
            )


def _renamed(row: dict[str, Any], own: str, pk: int, article: Any) -> dict[str, Any]:
    changed = row | {own: pk}
    if "path" in row:
        path = article.path[:-4] + article._int2str(pk).rjust(4, "0")  # noqa: SLF001
        slug = f"article-{pk}"
        changed |= {"path": path, "slug": slug, "url_path": f"{row['url_path']}{pk}/"}
        changed |= {"translation_key": f"{pk:032x}"}
    return changed


def index_all(engine: str, size: int) -> tuple[float, Any, Any]:
    """Make an index anew; return its seconds, the corpus and a reader of it."""
    from search_corpus import Corpus
    from search_questions import Reader

    from magazine.models import Article
    from magazine.search.engines.base import Seen
    from magazine.search.upkeep import index_called

    first = Article.objects.order_by("pk").values_list("pk", flat=True)[0]
    corpus = Corpus()
    documents = list(corpus.documents(size, first))
    start = time.perf_counter()
    index_called(engine).rebuild(documents, Seen())
    seconds = time.perf_counter() - start
    reader = Reader(documents[:SAMPLE], corpus.pairs)
    return seconds, documents, reader


def megabytes(engine: str) -> str:
    """Return how much an index takes on the disk."""
    if engine == "embedded":
        from magazine.search.engines.embedded.generations import current_path

        path = current_path()
        return f"{path.stat().st_size / 1e6:.0f}" if path else "?"
    from django.conf import settings

    from magazine.search.engines.elasticsearch.connection import client

    kept = client(60).indices.stats(index=settings.SEARCH_INDEX, metric="store")
    return f"{kept['_all']['primaries']['store']['size_in_bytes'] / 1e6:.0f}"


def answer(question: Any, engine: str) -> Wait:
    """Return what a reader waits for an answer; of a second page, for that alone."""
    from magazine.search.answering import search
    from magazine.search.query import read_query

    def ask(cursor: str = "") -> Any:
        query = read_query(question.text, question.facets, sort=question.sort, cursor=cursor)
        return search(query, engine)

    before = ask().cursor if question.goes_on else ""
    start, busy = time.perf_counter(), time.process_time()
    ask(before)
    return _since(start, busy)


def _since(start: float, busy: float) -> Wait:
    return Wait((time.perf_counter() - start) * 1000, (time.process_time() - busy) * 1000)


def waits(times: Sequence[Wait]) -> Waits:
    """Return what half, and 95 in 100, don't exceed."""

    def at(part: float) -> Wait:
        place = min(int(len(times) * part), len(times) - 1)
        return Wait(
            sorted(each.clock for each in times)[place],
            sorted(each.processor for each in times)[place],
        )

    return Waits(at(0.5), at(0.95))


def median_of(runs: Sequence[Waits]) -> Waits:
    """Return the medians of several runs."""

    def median(some: list[Wait]) -> Wait:
        return Wait(
            statistics.median(each.clock for each in some),
            statistics.median(each.processor for each in some),
        )

    return Waits(median([each.half for each in runs]), median([each.most for each in runs]))


def measure(engine: str, reader: Any, runs: int) -> dict[str, Waits]:
    """Return what readers wait by kind of question, and of all: medians of the runs."""
    for _name, question in reader.each(2):
        answer(question, engine)
    seen: defaultdict[str, list[Waits]] = defaultdict(list)
    for _run in range(runs):
        times: defaultdict[str, list[Wait]] = defaultdict(list)
        for name, question in reader.each(TIMES):
            times[name].append(answer(question, engine))
        times["all"] = [each for some in list(times.values()) for each in some]
        for name, some in times.items():
            seen[name].append(waits(some))
    return {name: median_of(rows) for name, rows in seen.items()}


def _read_on(engine: str, reader: Any, until: float, answers: Any) -> None:
    from django.db import connections

    connections.close_all()
    times = []
    while time.monotonic() < until:
        for _name, question in reader.each(1):
            times.append(answer(question, engine))
    answers.put(times)


def measure_crowd(engine: str, reader: Any, documents: Any, readers: int) -> tuple[Waits, Waits]:
    """Return what readers wait who ask at once, and what the writes meanwhile take."""
    from django.db import connections

    from magazine.search.upkeep import index_called

    connections.close_all()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    until = time.monotonic() + SECONDS_OF_READERS
    crowd = [
        context.Process(target=_read_on, args=(engine, reader, until, answers))
        for _reader in range(readers)
    ]
    for process in crowd:
        process.start()
    writes = []
    while time.monotonic() < until:
        start, busy = time.perf_counter(), time.process_time()
        index_called(engine).apply([documents[len(writes)]], [])
        writes.append(_since(start, busy))
        time.sleep(PAUSE)
    times = [each for _process in crowd for each in answers.get()]
    for process in crowd:
        process.join()
    return waits(times), waits(writes)


def report(engine: str, size: int, runs: int, readers: int) -> None:
    """Measure one engine at one size, and print it."""
    seconds, documents, reader = index_all(engine, size)
    write = sys.stdout.write
    write(f"\n{engine}, {size} articles: indexed in {seconds:.1f} s, {megabytes(engine)} MB\n")
    for name, taken in measure(engine, reader, runs).items():
        write(f"  {name:<24} {taken}\n")
    reading, writing = measure_crowd(engine, reader, documents, readers)
    write(f"  {readers} readers at once        {reading}\n")
    write(f"  a write meanwhile        {writing}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure each size in a process of its own, so that no size finds the memory of another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", action="append", choices=["embedded", "elasticsearch"])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--readers", type=int, default=8)
    chosen = parser.parse_args()
    for size in chosen.sizes:
        for engine in chosen.engine or ["embedded"]:
            child = multiprocessing.get_context("spawn").Process(
                target=_measured, args=(engine, size, chosen.runs, chosen.readers)
            )
            child.start()
            child.join()
            if child.exitcode:
                sys.exit(child.exitcode)


def _measured(engine: str, size: int, runs: int, readers: int) -> None:
    set_up(size)
    report(engine, size, runs, readers)


if __name__ == "__main__":
    main()
