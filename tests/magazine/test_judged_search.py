"""The judged questions, asked of both engines: what must be found is found, and in good order."""

from statistics import mean

import pytest

from magazine.search.upkeep import rebuild
from tests.factories import PictureFactory
from tests.judged import load_judged, missed, ndcg, questions, ranking

ENOUGH = 0.90


def test_the_judged_questions_are_answered_well_by_both_engines(db, search_server):
    load_judged(PictureFactory())
    for engine in ("embedded", "elasticsearch"):
        rebuild(engine)
        answers_well(engine)


def answers_well(engine):
    """Assert that an engine finds all that must be found, in good order, and nothing unjudged."""
    asked = questions("questions.toml")
    assert len(asked) >= 60
    rankings = {question.text: ranking(question.text, engine) for question in asked}
    assert [q.text for q in asked if missed(q, rankings[q.text])] == []
    assert mean(ndcg(rankings[q.text], q.grades) for q in asked) >= ENOUGH
    judged = {q.text: {*q.grades, *q.seen} for q in asked}
    unjudged = {text: set(found) - judged[text] for text, found in rankings.items()}
    assert {text: found for text, found in unjudged.items() if found} == {}


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["a", "b"], 1.0), (["b", "a"], (1 + 7 / 1.584962500721156) / (7 + 1 / 1.584962500721156))],
)
def test_the_measure_is_the_usual_one(ranked, expected):
    assert ndcg(ranked, {"a": 3, "b": 1}) == pytest.approx(expected)
