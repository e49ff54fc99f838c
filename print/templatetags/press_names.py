"""Keep names whole: those who sign, those who speak, and the houses they speak for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from magazine.models import Article

register = template.Library()

TAG = re.compile(r"(<[^>]*>)")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Shorter words aren't divided anyway (hyphenate-limit-chars in article.css).
DIVIDED_FROM = 6


@register.filter
def names_kept_whole(html: str, article: Article) -> SafeString:
    """Let no name of an article's people and houses be divided at the end of a line."""
    words = {
        word
        for name in _names(article)
        for word in WORD.findall(name)
        if len(word) >= DIVIDED_FROM and word[0].isupper()
    }
    if not words:
        return mark_safe(html)  # noqa: S308
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    named = re.compile(rf"(?<!\w)(?:{known})(?!\w)")
    parts = [
        part if part.startswith("<") else named.sub(r'<span class="name">\g<0></span>', part)
        for part in TAG.split(html)
    ]
    return mark_safe("".join(parts))  # noqa: S308


def _names(article: Article) -> Iterable[str]:
    for byline in article.bylines.all():
        yield byline.contributor.name
    people = getattr(article, "people", None)
    for person in people.all() if people else ():
        yield person.name
        if person.organisation:
            yield person.organisation.name
    if getattr(article, "organisation", None):
        yield article.organisation.name
