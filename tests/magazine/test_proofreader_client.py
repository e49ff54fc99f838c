"""What comes of asking LanguageTool, whatever it answers; and what the typographer tells."""

import json
import socket
import time

import pytest

from magazine.proofreading.languagetool import (
    CHARACTERS_AT_ONCE,
    LARGEST_ANSWER,
    ProofreaderError,
    check,
)
from magazine.proofreading.plain import plain_text
from magazine.proofreading.typographer import mends
from magazine.typography import typeset
from tests.magazine.proofreader_far_end import far_end, finding


def refused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def problem_of(**answer):
    with far_end(**answer) as (url, _asked), pytest.raises(ProofreaderError) as error:
        check(["Bonjour."], url=url, seconds=0.5)
    return error.value.problem


def test_nobody_at_the_address_means_away():
    with pytest.raises(ProofreaderError) as error:
        check(["Bonjour."], url=f"http://127.0.0.1:{refused_port()}")
    assert error.value.problem == "away"


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "ftp://127.0.0.1/", "http://"])
def test_only_a_web_address_is_asked(url):
    with pytest.raises(ProofreaderError) as error:
        check(["Bonjour."], url=url)
    assert error.value.problem == "away"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"status": 503}, "away"),
        ({"status": 400}, "refused"),
        ({"status": 302}, "refused"),
        ({"hang": 2.0}, "slow"),
        ({"body": b" " * 100, "drip": True}, "slow"),
        ({"body": b"<html>Bonjour"}, "unreadable"),
        ({"body": b"[" * 100_000}, "unreadable"),
        ({"body": b"\xff\xfe"}, "unreadable"),
        ({"body": b" " * (10 * 1024 * 1024)}, "unreadable"),
        ({"answer": ["matches"]}, "unreadable"),
        ({"answer": {"matches": 3}}, "unreadable"),
        ({"answer": {"matches": [{"offset": 0}]}}, "unreadable"),
        ({"answer": {"matches": [finding(500, 4)]}}, "unreadable"),
        ({"answer": {"matches": [finding("a", 4)]}}, "unreadable"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_failure_has_its_word(answer, problem):
    before = time.monotonic()
    assert problem_of(**answer) == problem
    assert time.monotonic() - before < 10


def test_a_finding_stands_in_its_own_text_beside_signs_that_java_counts_twice():
    with far_end({"matches": [finding(12, 5)]}) as (url, asked):
        (match,) = check(["😀 Oui.", "Non 😀 pas"], url=url)
    assert asked == ["😀 Oui.\n\nNon 😀 pas"]
    assert (match.text, match.offset, match.length) == (1, 3, 4)


def test_a_finding_that_reaches_over_two_texts_is_left_out():
    with far_end({"matches": [finding(2, 6)]}) as (url, _asked):
        assert check(["Oui.", "Non."], url=url) == ()


def test_long_texts_are_sent_in_parts_and_found_at_their_place():
    sentence = "La file est longue. "
    text = sentence * (CHARACTERS_AT_ONCE // 10)
    with far_end({"matches": [finding(3, 4)]}) as (url, asked):
        matches = check([text], url=url)
    assert "".join(asked) == text
    assert all(len(part) <= CHARACTERS_AT_ONCE for part in asked)
    assert [text[each.offset : each.offset + 4] for each in matches] == ["file"] * len(asked)


def test_an_answer_of_the_largest_size_is_read():
    body = json.dumps({"matches": []}).encode().ljust(LARGEST_ANSWER - 10)
    with far_end(body=body) as (url, _asked):
        assert check(["Bonjour."], url=url, seconds=20) == ()


def test_nothing_is_asked_about_nothing():
    with far_end() as (url, asked):
        assert check(["", "  "], url=url) == ()
    assert asked == []


def test_rich_text_is_read_by_paragraphs_and_its_notes_apart():
    plain = plain_text(
        '<p>Un mot <b>gras</b> <footnote id="a">Une <i>note</i>.</footnote>, puis&nbsp;suite.</p>'
        "<ul><li>un</li><li>deux<br/>trois</li></ul>"
    )
    assert plain.text == "Un mot gras, puis\xa0suite.\n\nun\n\ndeux\ntrois"
    assert plain.notes == ("Une note.",)


@pytest.mark.parametrize(
    ("text", "found", "shown", "rules"),
    [
        ("Il dit bonjour!", "bonjour!", "bonjour\u202f!", ("space_before_mark",)),
        ('Il dit "bonjour".', '"bonjour".', "«\xa0bonjour\xa0».", ("quotes",)),
        ("le coeur net", "coeur", "cœur", ("ligature",)),
        ("la 2ème fois", "2ème", "2e", ("ordinal",)),
        ("oui , non", "oui ,", "oui,", ("stray_space",)),
        ("oui - non", "- non", "–\xa0non", ("dash",)),
        ("à 50% près", "50%", "50\xa0%", ("space_of_number",)),
        ("«Ah»", "«Ah»", "«\xa0Ah\xa0»", ("space_in_quotes",)),
    ],
)
def test_the_typographer_tells_what_reads_differently(text, found, shown, rules):
    (mend,) = mends(text)
    assert text[mend.offset :].startswith(found)
    assert (mend.found, mend.shown, mend.rules) == (found, shown, rules)
    set_text = text[: mend.offset] + shown + text[mend.offset + len(found) :]
    assert typeset(text).replace("\xa0", " ") == set_text.replace("\xa0", " ")


def test_and_not_the_routine_of_every_line():
    assert mends("L'attente : un métier... dit-il ; « oui » ?\n\nFin.") == ()


def test_nor_where_it_would_touch_an_address():
    assert mends("Voir https://guichet.example/a?b=1:2 !") == ()
