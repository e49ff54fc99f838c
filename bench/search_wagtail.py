"""Measure Wagtail's own search (the desk's database backend) on the texts of search.py.

Usage: bench/search_wagtail.py [--sizes 2000] [--runs 3] [--readers 8]

As if a site used it for its readers: `Article.objects.live().search(…)`, with the whole body among
its `search_fields` (which the desk leaves out). The questions are those of search.py; an answer is
the first ten articles and their number. Wagtail has neither passages, nor several facets at once,
nor words spelled nearly: questions with facets aren't asked, a slip finds nothing. On PostgreSQL,
which DATABASE_URL names, its French dictionary is set; else on SQLite, where a word costs with the
square of the articles that hold it: there only 2,000 articles are taken, and a kind of question is
asked five times, in one run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from search_clock import TIMES, Stopwatch, Wait, measure, measure_crowd
from search_magazine import documents, reader_of, sample, set_up

LARGEST_ON_SQLITE = 2000
TIMES_ON_SQLITE = 5
CHUNK = 1000
HITS = 10
WITHOUT = frozenset({"two words, facets", "facets alone"})
PHRASE = re.compile(r"« ([^»]*) »")


def index_whole_texts(size: int, *, is_postgres: bool) -> tuple[float, float]:
    """Have Wagtail index every article with its whole text; return seconds and MB."""
    from django.conf import settings
    from django.db import connection
    from modelsearch.index import FilterField, SearchField
    from wagtail.search.backends import get_search_backend

    from magazine.models import Article

    if is_postgres:
        settings.MODELSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "french"
    own = [SearchField("whole_text"), FilterField("first_published_at")]
    Article.search_fields = [*Article.search_fields, *own]
    backend = get_search_backend()
    rebuilder = backend.rebuilder_class(backend.get_index_for_model(Article))
    index = rebuilder.start()
    index.add_model(Article)
    before = _megabytes(connection)
    seconds = 0.0
    for objects in _chunks(size):
        start = time.perf_counter()
        index.add_items(Article, objects)
        seconds += time.perf_counter() - start
    start = time.perf_counter()
    rebuilder.finish()
    if is_postgres:
        # What its own upkeep does in the minutes after.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    seconds += time.perf_counter() - start
    return seconds, _megabytes(connection) - before


def _chunks(size: int) -> Iterator[list[Any]]:
    from magazine.models import Article

    texts = documents(size)
    last = 0
    while chunk := list(islice(texts, CHUNK)):
        articles = Article.objects.filter(pk__gt=last).order_by("pk")[: len(chunk)]
        objects = [_with_text(article, text) for article, text in zip(articles, chunk, strict=True)]
        yield objects
        last = objects[-1].pk


def _with_text(article: Any, document: Any) -> Any:
    article.title, article.standfirst = document.title, document.standfirst
    article.whole_text = "\n".join(each.text for each in document.passages)
    return article


def _megabytes(connection: Any) -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return float(cursor.fetchone()[0]) / 1e6
        values = []
        for name in ("page_count", "freelist_count", "page_size"):
            cursor.execute(f"PRAGMA {name}")
            values.append(int(cursor.fetchone()[0]))
        pages, free, size = values
        return (pages - free) * size / 1e6


def answer(question: Any) -> Wait:
    """Return what a reader waits for ten articles and the number of them all."""
    from wagtail.search.utils import parse_query_string

    from magazine.models import Article

    articles = Article.objects.live()
    if question.sort:
        articles = articles.order_by("-first_published_at")
    start = HITS if question.goes_on else 0
    watch = Stopwatch()
    _filters, query = parse_query_string(PHRASE.sub(r'"\1"', question.text), operator="and")
    found = articles.search(query, order_by_relevance=not question.sort)
    list(found[start : start + HITS])
    found.count()
    return watch.wait()


def report(size: int, runs: int, readers: int, *, is_postgres: bool) -> None:
    """Measure one size, and print it."""
    from wagtail.search.backends import get_search_backend

    from magazine.models import Article

    seconds, megabytes = index_whole_texts(size, is_postgres=is_postgres)
    reader, known = reader_of(size), sample(size)
    kinds = [name for name in reader.kinds() if name not in WITHOUT]

    def write_one(number: int) -> None:
        document = known[number % len(known)]
        article = _with_text(Article.objects.get(pk=document.article_id), document)
        get_search_backend().get_index_for_model(Article).add_items(Article, [article])

    write = sys.stdout.write
    where = "PostgreSQL" if is_postgres else "SQLite"
    write(
        f"\nWagtail on {where}, {size} articles: indexed in {seconds:.1f} s, {megabytes:.0f} MB\n"
    )
    times, runs = (TIMES, runs) if is_postgres else (TIMES_ON_SQLITE, 1)
    for name, taken in measure(answer, reader, runs, kinds, times).items():
        write(f"  {name:<24} {taken}\n")
    reading, writing = measure_crowd(answer, write_one, reader, kinds, readers)
    write(f"  {readers} readers at once        {reading}\n")
    write(f"  a write meanwhile        {writing}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure each size in a process and, on PostgreSQL, in a database of its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--readers", type=int, default=8)
    chosen = parser.parse_args()
    given = os.environ.get("DATABASE_URL", "")
    is_postgres = given.startswith("postgres")
    for size in chosen.sizes:
        if not is_postgres and size > LARGEST_ON_SQLITE:
            sys.stdout.write(f"\nWagtail on SQLite, {size} articles: not measured (quadratic)\n")
            continue
        child = multiprocessing.get_context("spawn").Process(
            target=_measured, args=(size, chosen, given if is_postgres else "")
        )
        child.start()
        child.join()
        if child.exitcode:
            sys.exit(child.exitcode)


def _measured(size: int, chosen: argparse.Namespace, given: str) -> None:
    set_up(size, _made(given, f"bench_{size}") if given else "")
    report(size, chosen.runs, chosen.readers, is_postgres=bool(given))


def _made(url: str, name: str) -> str:
    """Make a database on the server of an address; return its address."""
    import psycopg

    with psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


if __name__ == "__main__":
    main()
