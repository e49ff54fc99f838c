"""Editions, and placements that follow the issue's contents."""

import pytest
from django.db import IntegrityError, transaction

from magazine.models import IssueEntry
from print.editions import (
    EditionError,
    align_placements,
    find_issue,
    find_profile,
    open_edition,
)
from print.models import Placement, PressProfile


def profile(slug="fanzine-a4"):
    return PressProfile.objects.get(slug=slug)


def kinds(edition):
    return [
        (row.kind, row.entry.article.title if row.entry else "") for row in edition.placements.all()
    ]


def test_the_first_edition_is_the_principal_one(magazine):
    issue = magazine.issue()
    first = open_edition(issue, profile())
    second = open_edition(issue, profile("encart-200x270"))
    assert (first.is_principal, second.is_principal) == (True, False)
    assert open_edition(issue, profile()) == first


def test_two_principal_editions_are_refused_by_the_database(magazine):
    issue = magazine.issue()
    open_edition(issue, profile())
    second = open_edition(issue, profile("encart-200x270"))
    with pytest.raises(IntegrityError), transaction.atomic():
        type(second).objects.filter(pk=second.pk).update(is_principal=True)


def test_cover_and_contents_come_first_colophon_and_back_cover_last(magazine):
    issue = magazine.issue(magazine.article(title="Un"), magazine.article(title="Deux"))
    edition = open_edition(issue, profile())
    align_placements(edition)
    assert kinds(edition) == [
        ("cover", ""),
        ("contents", ""),
        ("article", "Un"),
        ("article", "Deux"),
        ("colophon", ""),
        ("back_cover", ""),
    ]


def test_web_only_articles_take_no_page(magazine):
    issue = magazine.issue(
        magazine.article(title="Papier", channel="print"),
        magazine.article(title="Web", channel="web"),
    )
    edition = open_edition(issue, profile())
    align_placements(edition)
    assert [title for kind, title in kinds(edition) if kind == "article"] == ["Papier"]


def test_placements_follow_a_changed_order_and_keep_their_side(magazine):
    one, two = magazine.article(title="Un"), magazine.article(title="Deux")
    issue = magazine.issue(one, two)
    edition = open_edition(issue, profile())
    align_placements(edition)
    Placement.objects.filter(entry__article=two).update(opens="recto")
    IssueEntry.objects.filter(article=one).update(position=3)
    align_placements(edition)
    assert [title for kind, title in kinds(edition) if kind == "article"] == ["Deux", "Un"]
    assert edition.placements.get(entry__article=two).opens == "recto"


def test_an_issue_without_articles_is_refused_with_what_to_do(magazine):
    edition = open_edition(magazine.issue(number=7), profile())
    with pytest.raises(EditionError) as refusal:
        align_placements(edition)
    assert "7" in str(refusal.value)
    assert not edition.placements.exists()


@pytest.mark.parametrize("number", ["99", "x", "", "-1", "7 OR 1=1", "٧"])
def test_unknown_issue_is_named_with_those_there_are(magazine, number):
    magazine.issue(number=7)
    with pytest.raises(EditionError) as refusal:
        find_issue(number)
    assert str(refusal.value).endswith("7.")


def test_unknown_profile_is_named_with_those_there_are(db):
    with pytest.raises(EditionError) as refusal:
        find_profile("riso")
    assert "encart-200x270, fanzine-a4" in str(refusal.value)
