"""Planned pieces stand between the articles of the contents, wherever they were put."""

import pytest

from magazine.planning_order import interleave, moved, stamp_of


@pytest.mark.parametrize(
    ("contents", "planned", "board"),
    [
        ("", [], ""),
        ("ABC", [], "ABC"),
        ("", [(3, "y"), (1, "x")], "xy"),
        ("ABC", [(2, "x")], "AxBC"),
        ("ABC", [(1, "x"), (5, "y")], "xABCy"),
        ("AB", [(9, "x")], "ABx"),
        ("AB", [(1, "x"), (1, "y")], "xyAB"),
        ("AB", [(0, "x")], "xAB"),
    ],
)
def test_contents_fill_the_places_between_planned_rows(contents, planned, board):
    assert "".join(interleave(list(contents), planned)) == board


@pytest.mark.parametrize(
    ("key", "before", "then"),
    [
        ("c", "a", "cab"),
        ("a", "c", "bac"),
        ("a", None, "bca"),
        ("b", "b", "abc"),
        ("c", None, "abc"),
    ],
)
def test_one_row_moves_and_the_others_keep_their_order(key, before, then):
    assert "".join(moved(list("abc"), key, before)) == then


@pytest.mark.parametrize(("key", "before"), [("x", "a"), ("a", "x"), ("x", None)])
def test_a_row_that_is_not_there_does_not_move(key, before):
    with pytest.raises(ValueError):
        moved(list("abc"), key, before)


def test_another_order_has_another_stamp():
    assert stamp_of(["a1", "p2"]) == stamp_of(["a1", "p2"])
    assert stamp_of(["a1", "p2"]) != stamp_of(["p2", "a1"])
