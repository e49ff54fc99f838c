"""Make the magazine that the search is measured on: rows in a database, texts in a file.

Articles are rows copied in the database; their texts come from `search_corpus.py`, are written into
a file once a size, and read from there one by one: 200,000 of them needn't be in memory.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search_questions import Reader

    from magazine.search.texts import ArticleDocument

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench-search"
SAMPLE = 1000


def set_up(size: int, database_url: str = "") -> None:
    """Prepare Django on a database of so many articles, by default a file of its own."""
    folder = FOLDER / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url or f"sqlite:///{folder}/bench.sqlite3",
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


def documents(size: int) -> Iterator[ArticleDocument]:
    """Return the documents of all articles, in the order of their ids."""
    with _texts(size).open("rb") as file:
        pickle.load(file)  # noqa: S301  written by us
        for _place in range(size):
            yield pickle.load(file)  # noqa: S301


def sample(size: int) -> list[ArticleDocument]:
    """Return the first thousand documents."""
    return list(islice(documents(size), SAMPLE))


def reader_of(size: int) -> Reader:
    """Return a reader who knows what the magazine is about."""
    from search_questions import Reader

    with _texts(size).open("rb") as file:
        _first, pairs = pickle.load(file)  # noqa: S301
    return Reader(sample(size), pairs)


def _texts(size: int) -> Path:
    """Return the file of the documents; it is written where it lacks."""
    from search_corpus import Corpus

    from magazine.models import Article

    first = Article.objects.order_by("pk").values_list("pk", flat=True)[0]
    path = FOLDER / str(size) / f"documents-{first}.pickle"
    if not path.exists():
        corpus = Corpus()
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            pickle.dump((first, corpus.pairs), file)
            for document in corpus.documents(size, first):
                pickle.dump(document, file)
        part.rename(path)
    return path


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
            columns = ", ".join(f'"{name}"' for name in names)
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                (
                    list(_renamed(row, own, article.pk + place, article).values())
                    for place in range(1, size)
                ),
            )


def _renamed(row: dict[str, Any], own: str, pk: int, article: Any) -> dict[str, Any]:
    changed = row | {own: pk}
    if "path" in row:
        path = article.path[:-4] + article._int2str(pk).rjust(4, "0")  # noqa: SLF001
        slug = f"article-{pk}"
        changed |= {"path": path, "slug": slug, "url_path": f"{row['url_path']}{pk}/"}
        changed |= {"translation_key": f"{pk:032x}"}
    return changed
