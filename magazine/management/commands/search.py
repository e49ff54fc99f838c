"""Ask the search as a reader does, and print what a reader would get."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from collections import defaultdict
from html import unescape
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from magazine.models import Article
from magazine.search.answering import search
from magazine.search.engines import EMBEDDED, SERVER
from magazine.search.engines.base import EngineError
from magazine.search.query import HITS_A_LEAF, QueryError, Sort, read_query
from magazine.search.results import SearchHit, SearchResults

MARK = re.compile(r"</?mark>")
TAG = re.compile(r"<[^>]*>")
BOLD, PLAIN = "\033[1m", "\033[22m"


class Command(BaseCommand):
    """`manage.py search "la question" [--facet kind=interview …] [--engine …] [--json]`."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("question")
        parser.add_argument("--facet", action="append", default=[], metavar="NAME=VALUE")
        parser.add_argument("--sort", default="", help=", ".join(Sort))
        parser.add_argument("--engine", choices=[EMBEDDED, SERVER], default="")
        parser.add_argument("--size", type=int, default=HITS_A_LEAF)
        parser.add_argument("--cursor", default="", help="as printed under the page before")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        """Ask, and print the answer; a question that can't be read is an error with its reason."""
        try:
            query = read_query(
                options["question"],
                _facets(options["facet"]),
                sort=options["sort"],
                cursor=options["cursor"],
                size=options["size"],
            )
            results = search(query, options["engine"])
        except (QueryError, EngineError) as error:
            raise CommandError(str(error)) from error
        articles = Article.objects.in_bulk([hit.article_id for hit in results.hits])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(results, articles), ensure_ascii=False))
        else:
            self._print(results, articles)

    def _print(self, results: SearchResults, articles: dict[int, Article]) -> None:
        found = ngettext("%(count)d article", "%(count)d articles", results.total)
        self.stdout.write(
            f"{found % {'count': results.total}} · {results.engine} · {results.milliseconds} ms"
        )
        if results.is_fallback:
            self.stdout.write(_("The first engine doesn’t answer: this one stands in for it."))
        if results.behind:
            self.stdout.write(_("Changes not applied yet: %(count)d.") % {"count": results.behind})
        if results.needed < results.asked:
            self.stdout.write(
                _("Articles that hold at least %(needed)d of %(asked)d words are shown.")
                % {"needed": results.needed, "asked": results.asked}
            )
        if results.suggestion:
            self.stdout.write(_("Did you mean: %(text)s") % {"text": results.suggestion})
        for place, hit in enumerate(results.hits, start=1):
            slug = articles[hit.article_id].slug if hit.article_id in articles else ""
            self.stdout.write(f"\n{place:>3}  {self._shown(hit.title)}")
            self.stdout.write(f"     {hit.article_id} · {slug} · {_worth(hit)}")
            for passage in hit.passages:
                self.stdout.write(f"     {self._shown(passage.html)}  {passage.fragment}")
        for facet in results.facets:
            values = "; ".join(
                f"{'[x] ' if each.is_chosen else ''}{each.label} ({each.count})"
                for each in facet.values
            )
            self.stdout.write(f"\n{facet.name}: {values}")
        if results.cursor:
            self.stdout.write(f"\n--cursor {results.cursor}")

    def _shown(self, html: str) -> str:
        """Return HTML as plain text, what was found in bold where the terminal can."""
        if self.style.SUCCESS("x") != "x":
            html = html.replace("<mark>", BOLD).replace("</mark>", PLAIN)
        return unescape(TAG.sub("", html))


def _facets(given: list[str]) -> dict[str, list[str]]:
    facets: defaultdict[str, list[str]] = defaultdict(list)
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise CommandError(_("Write a filter as NAME=VALUE, not “%(text)s”.") % {"text": each})
        facets[name].append(value)
    return facets


def _worth(hit: SearchHit) -> str:
    return _("pinned") if hit.is_pinned else f"{hit.score:g}"


def _as_json(results: SearchResults, articles: dict[int, Article]) -> dict[str, Any]:
    """Return an answer as JSON takes it; titles and passages are HTML with `<mark>`."""
    return {
        "question": results.query.text,
        "total": results.total,
        "hits": [
            {
                "id": hit.article_id,
                "slug": articles[hit.article_id].slug if hit.article_id in articles else "",
                "title": hit.title,
                "score": hit.score,
                "pinned": hit.is_pinned,
                "passages": [
                    {"html": each.html, "kind": each.kind, "fragment": each.fragment}
                    for each in hit.passages
                ],
            }
            for hit in results.hits
        ],
        "facets": {
            facet.name: [
                {
                    "value": each.value,
                    "label": each.label,
                    "count": each.count,
                    "chosen": each.is_chosen,
                }
                for each in facet.values
            ]
            for facet in results.facets
        },
        "suggestion": results.suggestion,
        "nearly": {each.typed: each.used for each in results.nearly},
        "asked": results.asked,
        "needed": results.needed,
        "cursor": results.cursor,
        "engine": results.engine,
        "fallback": results.is_fallback,
        "behind": results.behind,
        "milliseconds": results.milliseconds,
    }
