"""Let templates set text as French wants it."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from magazine.typography import typeset, typeset_html

register = template.Library()


@register.filter
def fr(value: object) -> SafeString:
    """Typeset a text, or a piece of safe HTML, for a page: `{{ title|fr }}`."""
    return mark_safe(typeset_html(conditional_escape(value)))  # noqa: S308


@register.filter
def fr_text(value: object) -> str:
    """Typeset a text for a place that takes no tags: `<title>`, an attribute."""
    return typeset(str(value))
