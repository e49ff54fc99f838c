"""List the blocks that a body is made of, in the order in which the desk offers them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from magazine.blocks.figures import KeyFigures, TablePart
from magazine.blocks.links import DocumentPart, Embed
from magazine.blocks.pictures import Gallery, PicturePart
from magazine.blocks.quotes import PullQuote, QuestionAnswer
from magazine.blocks.text import Crosshead, EditorsNote, ListPart, Paragraph, Sidebar

TEXT = _("Text")
PICTURES = _("Pictures")
ASIDE = _("Beside the text")


class BodyBlock(blocks.StreamBlock):
    """The body of an article, block by block."""

    paragraph = Paragraph(group=TEXT)
    crosshead = Crosshead(group=TEXT)
    question_answer = QuestionAnswer(group=TEXT)
    list = ListPart(group=TEXT)
    picture = PicturePart(group=PICTURES)
    gallery = Gallery(group=PICTURES)
    pull_quote = PullQuote(group=ASIDE)
    key_figures = KeyFigures(group=ASIDE)
    table = TablePart(group=ASIDE)
    sidebar = Sidebar(group=ASIDE)
    embed = Embed(group=ASIDE)
    document = DocumentPart(group=ASIDE)
    editors_note = EditorsNote(group=ASIDE)

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        """Return what is kept; every block is read first, so that none skips its cleaning."""
        list(value or ())  # a lazy stream hands unread blocks on as they came
        return super().get_prep_value(value)
