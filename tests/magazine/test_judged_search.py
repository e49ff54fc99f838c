"""The judged questions, asked of both engines: what must be found is found, and in good order."""

from statistics import mean

import pytest

from magazine.search.upkeep import rebuild
from tests.factories import PictureFactory
from tests.judged import load_judged, missed, ndcg, questions, ranking

ENOUGH = 0.90

pytestmark = pytest.mark.one_database


def test_both_engines_answer_the_judged_questions_well(db, search_server):
    load_judged(PictureFactory())
    asked = questions("questions.toml")
    assert len(asked) >= 60
    for engine in ("embedded", "elasticsearch"):
        rebuild(engine)
        rankings = {question.text: ranking(question.text, engine) for question in asked}
        wrong = {q.text: missed(q, rankings[q.text]) for q in asked}
        assert not any(wrong.values()), (engine, wrong)
        assert mean(ndcg(rankings[q.text], q.grades) for q in asked) >= ENOUGH, engine


def test_every_hit_among_the_first_ten_was_judged(db, search_server):
    load_judged(PictureFactory())
    for engine in ("embedded", "elasticsearch"):
        rebuild(engine)
        for question in questions("questions.toml"):
            judged = {*question.grades, *question.seen}
            assert set(ranking(question.text, engine)) <= judged, (engine, question.text)


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [(["a", "b"], 1.0), (["b", "a"], (1 + 7 / 1.584962500721156) / (7 + 1 / 1.584962500721156))],
)
def test_the_measure_is_the_usual_one(ranked, expected):
    assert ndcg(ranked, {"a": 3, "b": 1}) == pytest.approx(expected)
