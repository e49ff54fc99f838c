"""Reading queries and showing what they found, for any text."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from magazine.search.query import SearchQuery, fold, read_query
from magazine.search.results import snippet_of

MARK = re.compile(r"</?mark>")


def test_query_is_folded_and_bounded():
    assert read_query("  L'Été,   l'œuvre ") == SearchQuery(
        text="L'Été, l'œuvre", words=("l", "ete", "oeuvre"), leaf=1
    )
    assert len(read_query(" ".join(f"mot{n}" for n in range(30))).words) == 8
    assert read_query("x", "3").leaf == 3


@given(st.text(max_size=400), st.text(max_size=12))
def test_any_strings_make_a_query(text, leaf):
    query = read_query(text, leaf)
    assert len(query.text) <= 200
    assert len(query.words) <= 8
    assert "\x00" not in query.text
    assert query.leaf >= 1


@given(st.text(alphabet="aàÀbcœŒ éE'-<>&\"", max_size=600), st.text(alphabet="abcoe", max_size=4))
def test_snippet_is_a_marked_escaped_piece_of_the_text(text, word):
    shown = snippet_of(text, (fold(word),) if word else ())
    bare = MARK.sub("", shown)
    assert "<" not in bare.replace("<sup>", "").replace("</sup>", "")
    assert shown.count("<mark>") == shown.count("</mark>")
    assert len(unescape(bare)) < 400


def test_marks_stand_on_whole_words():
    assert snippet_of("Les clients de l'été réclament.", ("reclam", "ete")) == (
        "Les clients de l’<mark>été</mark> <mark>réclament</mark>."
    )
