"""The planning board's pages: as laid out once there is a press file, else as expected."""

import pytest

from magazine.desk.board_rows import read_rows
from magazine.desk.board_table import Choice, Table
from magazine.models import Article, PlannedPiece
from magazine.planning import plan_article
from print.editions import open_edition
from print.models import PressFile, PressProfile, PrintedPlacement
from tests.factories import paragraphs

LONG = "Une file est un pacte. " * 230


@pytest.fixture
def issue(magazine):
    """An issue in the making: a long article, one for the web alone, one without a text."""
    return magazine.issue(
        magazine.article(title="Long", live=False, body=paragraphs(LONG)),
        magazine.article(title="Web", live=False, body=paragraphs(LONG), channel="web"),
        magazine.article(title="Vide", live=False, standfirst="", body=[]),
        number=8,
        live=False,
    )


def pages(issue):
    """What the board says of each row, with its note, and in all."""
    table = Table(issue, read_rows(issue), Choice())
    at = [column.code for column in table.columns].index("paper")
    cells = [line.cells[at].cell for line in table.lines]
    return [cell.text for cell in cells], table.totals.cells[at].cell.text, cells[0].note


def test_pages_are_expected_from_the_signs_until_there_is_a_press_file(issue):
    assert pages(issue)[:2] == (["3", "", ""], "3")


def test_the_last_press_file_of_the_principal_edition_tells(issue):
    edition = open_edition(issue, PressProfile.objects.first())
    long, _web, empty = issue.entries.order_by("position")
    for extent in (2, 4):
        made = PressFile.objects.create(
            edition=edition,
            inputs_digest=str(extent),
            sha256="",
            name="",
            pages=8,
            size=1,
            seconds=1,
        )
        for entry, first, last in ((long, 3, 2 + extent), (empty, 20, 20)):
            PrintedPlacement.objects.create(
                press_file=made, kind="article", entry=entry, first_folio=first, last_folio=last
            )
    piece = plan_article(issue, Article.objects.get(title="Long"))
    PlannedPiece.objects.filter(pk=piece.pk).update(planned_pages="2.50")
    shown, total, note = pages(issue)
    assert (shown, total) == (["4", "", "1"], "5")
    assert note.startswith("+1,5")
