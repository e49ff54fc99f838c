"""The memo of line breaks: faster, and not a byte different."""

import hashlib

import pytest

from print.typesetter_memo import WEASYPRINT_RELEASE, line_break_memo

pytestmark = pytest.mark.render

PARAGRAPH = (
    "<p>L'attente au guichet dure <em>toujours</em> plus longtemps que prévu, et l'on finit par "
    "connaître les numéros. <b>Prenez un ticket</b>, dit l'affiche ; personne ne lit l'affiche"
    "<span class=note>Sauf ceux qui attendent.</span>. Pourtant, la réclamation était légitime."
)
STYLE = """
@page { size: 120mm 160mm; margin: 12mm }
body { font: 9pt/12pt serif; columns: 2; column-gap: 4mm; hyphens: auto; text-align: justify }
p { margin: 0; text-indent: 1em; orphans: 2; widows: 2 } h2 { break-after: avoid }
.note { float: footnote }
"""


def rendered():
    import weasyprint

    body = (PARAGRAPH * 4 + "<h2>Un intertitre</h2>") * 4
    html = f"<html lang=fr><style>{STYLE}</style>{body}"
    return hashlib.sha256(weasyprint.HTML(string=html).write_pdf()).hexdigest()


def test_the_pages_are_the_same_bytes_with_and_without_the_memo():
    plain = rendered()
    with line_break_memo() as lines:
        assert rendered() == plain
    assert lines["known"] / lines["asked"] > 0.3


def test_the_memo_is_for_the_release_that_is_installed():
    import weasyprint

    assert weasyprint.__version__ == WEASYPRINT_RELEASE


def test_another_release_is_left_as_it_is(monkeypatch):
    import weasyprint
    from weasyprint.layout import inline

    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    original = inline.split_first_line
    with line_break_memo() as lines:
        assert inline.split_first_line is original
    assert lines == {"asked": 0, "known": 0}
