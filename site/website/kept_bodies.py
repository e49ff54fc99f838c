"""Keep an article's body as readers see it, by all that enters it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from magazine.length import length_of_blocks
from magazine.models import Article
from magazine.rendering import RenderedBody, render_body, shown_blocks
from magazine.shown import note, thing
from website.keeping import kept_or_made


@dataclass(frozen=True)
class ReadBody:
    """A body, typeset, and how many minutes it takes to read with its standfirst."""

    body: RenderedBody
    minutes: int


def read_body(article: Article) -> ReadBody:
    """Return the article's body for the web, rendered at most once for each text that it had.

    The name holds the blocks as stored; pictures, documents and pages that they point at are
    noted, and the code is part of every name.
    """
    stored = json.dumps(
        [list(article.body.raw_data), article.standfirst, article.is_paid, article.channel],
        cls=DjangoJSONEncoder,
    )
    name = f"body {article.pk} {hashlib.sha256(stored.encode()).hexdigest()}"
    return kept_or_made(name, lambda: _read(article), fetches_all=True)


def _read(article: Article) -> ReadBody:
    # Somebody else may have fetched what the blocks point at: it is noted by name.
    pointed_at = Article._meta.get_field("body").extract_references(article.body)
    note(*(thing(model(pk=pk)) for model, pk, *_path in pointed_at))
    blocks = shown_blocks(article, "web")
    return ReadBody(
        render_body(article, "web"), length_of_blocks(article.standfirst, blocks).minutes
    )
