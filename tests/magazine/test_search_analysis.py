"""The server takes French apart as we do: the same words, the same stems."""

import re
import tomllib
import unicodedata
from html import unescape

import pytest

from magazine.search.analysis import words_of
from magazine.search.engines.elasticsearch.analysis import EXACT, STEMS
from magazine.search.engines.elasticsearch.connection import client
from magazine.search.upkeep import index_called
from tests.search_server import ROOT
from tests.search_shelf import Shelf

TAG = re.compile(r"<[^>]*>")
# A server's tokens are counted; each piece stays below its limit.
PIECE = 30_000
HARD = (
    "L’été dernier, 1 234 567,89 € et 3,5 % — U.S.A., c.-à-d. S.N.C.F. aujourd'hui presqu'île",
    "l'«œuvre» Æsop Straße ﬁn 12 345 6789 2024 100 10.000 1.2.3 16h30 3e 4G n°7",
    "l'1,5 d'O'Connor O’Brien JUSQU’À l'ŒUVRE rock'n'roll '' 'bonjour' l' l'' d'l'eau",
    "Đorđe Łukasz Øyvind Ñandú çà señor x² A.B. C.D e.g. x_y #tag @me a/b c-d",
    f"{'a' * 70} {'é' * 61} grand'mère quelqu'un entr'acte",
    "1\u202f200 1\u00a0200 1\u2009200 12 34 🙂emoji😀 日本語 текст \u200bzero\u200bwidth",
)


def texts():
    """All that is written in the judged articles."""
    for path in sorted((ROOT / "tests/data/judged/articles").glob("*.toml")):
        yield from _strings(tomllib.loads(path.read_text()))


def _strings(value):
    if isinstance(value, str):
        yield unescape(TAG.sub(" ", value))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def pieces():
    """Texts, many at once."""
    held = []
    for text in (*HARD, *texts()):
        held.append(unicodedata.normalize("NFC", text))
        if sum(map(len, held)) > PIECE:
            yield "\n".join(held)
            held = []
    yield "\n".join(held)


@pytest.mark.parametrize(("analyser", "form"), [(EXACT, "exact"), (STEMS, "stem")])
def test_words_and_stems_are_the_same_on_the_server(search_server, settings, analyser, form):
    Shelf("elasticsearch").fill([])
    assert index_called("elasticsearch").exists()
    differing = {}
    for piece in pieces():
        answer = client(60).indices.analyze(
            index=settings.SEARCH_INDEX, analyzer=analyser, text=piece
        )
        tokens = [token["token"] for token in answer["tokens"]]
        words = [getattr(word, form) for word in words_of(piece)]
        assert len(tokens) == len(words)
        differing |= {w: t for w, t in zip(words, tokens, strict=True) if w != t}
    assert differing == {}
