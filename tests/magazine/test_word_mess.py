"""Word's mess is taken out of rich text on the server too, whichever way the text came in."""

from pathlib import Path

from magazine.sanitising import clean_html

WORD = (Path(__file__).parents[1] / "data" / "word-paste.html").read_text()


def test_a_word_file_keeps_its_text_and_loses_its_mess():
    lines = [line for line in clean_html(WORD).splitlines() if line.strip()]
    assert lines == [
        "<p>L’attente, c’est <b>long</b>&nbsp;: on y <i>revient</i> chaque matin.[1]</p>",
        "<p>Agnès Morel dit&nbsp;:   «&nbsp;On attend&nbsp;».</p>",
        "<p>Premier point</p>",
        '<p>Second point, avec un <a href="https://exemple.fr/regles">lien</a></p>',
        "<br/><hr/>",
        "<p>[1] Une note de bas de page.</p>",
    ]


def test_what_was_typed_so_stays():
    for text in (
        "<p>o tempora</p>",
        "<p>· un point</p>",
        '<p><a href="#ancre">une ancre</a></p>',
        "<p>50&nbsp;%</p>",
        "<p><s>barré</s></p>",
    ):
        assert clean_html(text) == text
