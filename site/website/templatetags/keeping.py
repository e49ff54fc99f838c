"""Let a template keep a piece of a page, until something that it shows changes."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

register = template.Library()


class KeptPiece(template.Node):
    """A part of a template, rendered once for each page."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Context) -> SafeString:
        """Return the piece; only of pages that are kept whole: drafts and previews never are."""
        pieces = getattr(context.get("request"), "kept_pieces", None)
        if pieces is None:
            return self.nodelist.render(context)
        return pieces.piece(self.name, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptPiece:
    """`{% kept main %}…{% endkept %}`: nothing inside may be shown to one reader alone.

    Variables set inside are gone outside, and readers' comments have to stay outside. The name
    tells the piece from others of the same page.
    """
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptPiece(nodelist, name)
