"""The flatplan: folios, blanks and spreads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from print.flatplan import Extent, ExtentRule, FlatplanError, Placed, Spread, plan, side

COVER = Extent("cover", "cover", 1)
BACK = Extent("back", "back", 1)


def test_blanks_bring_the_issue_to_a_multiple_of_four_before_the_back_cover():
    flatplan = plan([COVER, Extent("a", "article", 3), BACK])
    assert flatplan.entries == (
        Placed("cover", "cover", 1, 1),
        Placed("a", "article", 2, 4),
        Placed("blank-5", "blank", 5, 5),
        Placed("blank-6", "blank", 6, 6),
        Placed("blank-7", "blank", 7, 7),
        Placed("back", "back", 8, 8),
    )
    assert flatplan.total == 8
    assert flatplan.spreads == (
        Spread(None, 1),
        Spread(2, 3),
        Spread(4, 5),
        Spread(6, 7),
        Spread(8, None),
    )


def test_an_entry_that_opens_on_a_recto_waits_for_one():
    flatplan = plan([COVER, Extent("a", "article", 2, "recto"), BACK])
    assert flatplan.entry("a").folios == range(3, 5)
    assert flatplan.entry("a").opens == "recto"
    assert flatplan.at(2).kind == "blank"


def test_a_full_issue_gets_no_blank():
    flatplan = plan([COVER, Extent("a", "article", 6), BACK])
    assert (flatplan.total, flatplan.blanks) == (8, ())


def test_an_insert_without_cover_ends_with_its_blanks():
    flatplan = plan([Extent("a", "article", 3)], ExtentRule(multiple=2, least=2))
    assert [entry.key for entry in flatplan.entries] == ["a", "blank-4"]


def test_the_least_extent_is_reached():
    assert plan([COVER, Extent("a", "article", 1), BACK], ExtentRule(least=24)).total == 24


@pytest.mark.parametrize(
    ("placements", "rule", "remedy"),
    [
        ([], None, "the issue has no articles: add at least one to its contents"),
        ([COVER, BACK], None, "the issue has no articles: add at least one to its contents"),
        (
            [Extent("a", "article", 0)],
            None,
            "a has 0 pages: typeset it first",
        ),
        (
            [Extent("a", "article", 1), Extent("a", "article", 1)],
            None,
            "a is placed twice: take one out",
        ),
        (
            [Extent("a", "article", 1), COVER],
            None,
            "cover is a cover and not the first entry: move it to the front",
        ),
        (
            [BACK, Extent("a", "article", 1)],
            None,
            "back is a back cover and not the last entry: move it to the end",
        ),
        (
            [Extent("a", "article", 30)],
            ExtentRule(most=24),
            "the issue needs 32 pages and the profile allows 24: take an article out or cut one",
        ),
        (
            [Extent("a", "article", 2), Extent("back", "back", 1, "recto")],
            None,
            (
                "back must open on a recto and falls on folio 4: "
                "give it an odd number of pages, or let it open anywhere"
            ),
        ),
    ],
)
def test_entries_that_make_no_issue_are_refused_in_one_line(placements, rule, remedy):
    with pytest.raises(FlatplanError) as error:
        plan(placements, rule)
    assert error.value.remedy == remedy


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(["any", "recto", "verso"])),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from([1, 2, 4, 8]),
    st.booleans(),
)
def test_every_folio_belongs_to_one_entry_and_entries_keep_their_order(extents, multiple, bound):
    articles = [
        Extent(f"a{at}", "article", pages, opens) for at, (pages, opens) in enumerate(extents)
    ]
    placements = [COVER, *articles, BACK] if bound else articles
    flatplan = plan(placements, ExtentRule(multiple=multiple, least=1))
    folios = [folio for entry in flatplan.entries for folio in entry.folios]
    assert folios == list(range(1, flatplan.total + 1))
    assert flatplan.total % multiple == 0
    kept = [entry.key for entry in flatplan.entries if entry.kind != "blank"]
    assert kept == [entry.key for entry in placements]
    for extent in articles:
        entry = flatplan.entry(extent.key)
        assert entry.pages == extent.pages
        assert extent.opens in ("any", side(entry.first))
