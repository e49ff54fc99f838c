"""Let the desk's templates name the fanzine."""

from typing import Any

from django import template

from magazine.desk.branding import nameplate

register = template.Library()


@register.simple_tag(takes_context=True, name="nameplate")
def show_nameplate(context: dict[str, Any]) -> str:
    """Return the fanzine's title."""
    return nameplate(context.get("request"))
