"""Notes at the foot of the printed page: all there, under the text and never over it."""

import re

import pytest
import weasyprint

from print.composition import STYLES
from print.losses import first_covered, first_missing
from print.set_boxes import bottoms, page_boxes
from print.settling import NoteWithoutRoom, settle
from print.typesetter import TypesetError, TypesetJob, typeset
from print.typesetter_notes import leave_room_for_notes

TEXT = "L’attente est un métier : on y revient chaque matin et l’on compte les têtes. "
ACROSS = '<figure class="pull-quote across"><blockquote>On attend</blockquote></figure>'
PAGE = """<html lang="fr"{settings}><style>
@page {{ size: 120mm 150mm; margin: 10mm }}
:root {{ --line: 12.5pt; --gutter: 5mm }}
{styles}</style><body><div class="text columns-2">{body}</div></body></html>"""


def note(text: str = "Voir <i>Là</i>, page douze.") -> str:
    return f'<span class="footnote">{text}</span>'


def page(*pieces: str, settings: str = "") -> str:
    styles = (STYLES / "page.css").read_text() + (STYLES / "article.css").read_text()
    return PAGE.format(styles=styles, body="".join(pieces), settings=settings)


def settled(html: str):
    leave_room_for_notes()
    document = weasyprint.HTML(string=html)

    def render(root):
        document.wrapper_element = type(document.wrapper_element).from_html_root(
            root, content_language=None
        )
        return document.render()

    return document.etree_element, settle(document.etree_element, render)


def words_of(document) -> list[str]:
    return [re.sub(r"\s+", " ", "".join(_texts(box))) for box in page_boxes(document)]


def _texts(box):
    if getattr(box, "text", ""):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


PIECES = {
    "one run of columns": [f"<p>{TEXT * 3}mot{note()}. {TEXT * 12}</p>"] * 3,
    "above a piece that spans": [
        f"<p>{TEXT * 3}mot{note()}. {TEXT * 3}</p>",
        ACROSS,
        f"<p>{TEXT * 30}</p>",
    ],
    "above and below it": [
        f"<p>{TEXT * 3}mot{note()}. {TEXT * 3}</p>",
        ACROSS,
        f"<p>{TEXT * 4}mot{note()} {TEXT * 16}</p>",
    ],
    "in the spanning piece": [
        f"<p>{TEXT * 8}</p>",
        (
            '<aside class="sidebar across"><div class="slip"><div>T</div><div class="slip-text">'
            f"<p>{TEXT}mot{note()}</p></div></div></aside>"
        ),
        f"<p>{TEXT * 20}</p>",
    ],
    "in a list": [f'<ul class="list"><li><p>un{note()}</p></li><li><p>deux{note()}</p></li></ul>'],
    "as the last word": [f"<p>{TEXT * 3}fin{note()}</p>"],
    "many": [f"<p>{TEXT * 2}mot{note()} {TEXT}mot{note()} {TEXT}</p>"] * 12,
    "twenty in one paragraph": ["<p>" + " ".join(f"mot{note()}" for _ in range(20)) + "</p>"],
    "a long one": [f"<p>{TEXT * 3}mot{note(TEXT * 5)} {TEXT * 12}</p>"],
}


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES.keys())
def test_every_note_is_printed_and_none_over_the_text(pieces):
    root, document = settled(page(*pieces))
    assert first_missing(root, document) == ""
    assert first_covered(document) == ""
    for box in page_boxes(document):
        assert max(bottoms(box.children[0])) <= box.content_box_y() + box.height + 1
    written = "".join(words_of(document))
    assert written.count("page douze") == "".join(pieces).count("page douze")


def test_notes_are_numbered_in_the_order_of_the_text():
    _root, document = settled(page(*PIECES["above and below it"]))
    assert re.findall(r"mot(\d)", "".join(words_of(document))) == ["1", "2"]


def test_a_note_that_no_page_holds_is_named_to_the_editor():
    with pytest.raises(NoteWithoutRoom, match="attente est un métier"):
        settled(page(f"<p>mot{note(TEXT * 130)} {TEXT * 20}</p>", settings=' data-settings="tall"'))


def test_the_typesetter_says_what_to_do_about_it():
    html = page(f"<p>mot{note(TEXT * 130)} {TEXT * 20}</p>", settings=' data-settings="tall"')
    with pytest.raises(TypesetError, match="note"):
        typeset(TypesetJob(html=html))
