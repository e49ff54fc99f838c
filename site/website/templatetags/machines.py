"""Write into the head of a page what machines read there."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from website.heads import head_for
from website.pages import Reading

register = template.Library()

LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@register.inclusion_tag("website/pieces/machines.html", takes_context=True)
def machines_of(
    context: RequestContext, thing: Any, reading: Reading | None = None
) -> dict[str, Any]:
    """`{% machines_of page %}`: canonical address, feeds, sharing, JSON-LD of whatever is shown.

    `thing` is a page of the tree, a contributor, a topic or an organisation; an article's comes
    with its reading. A guest's page of a draft is without it.
    """
    head = head_for(thing, context["request"], reading)
    return {"head": head, "data": _script(head.data)}


@register.simple_tag
def locale_of(language: str) -> str:
    """`{% locale_of language %}`: a language as Open Graph writes it, with its country."""
    return LOCALES.get(language, language)


def _script(data: Any) -> SafeString:
    # `json_script` writes <, > and & as \u003C…: no text can end the element.
    script = json_script(data).replace("application/json", "application/ld+json", 1)
    return mark_safe(script)  # noqa: S308
