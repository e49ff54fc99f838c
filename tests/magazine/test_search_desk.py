"""What editors see and do of the search: readers' questions, pinned articles, synonyms."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query

from magazine.models import FollowedHit, QuestionDay, SynonymSet
from magazine.search.answering import search
from magazine.search.query import read_query
from magazine.synonym_terms import SynonymError, read_terms
from tests.factories import paragraphs
from tests.magazine.desk_world import member

REPORT = "/admin/recherches/"
ADD = "/admin/snippets/magazine/synonymset/add/"


@pytest.fixture
def editor(client, magazine):
    """A logged-in editor."""
    client.force_login(member("editor", "louise"))
    return client


@pytest.fixture
def questions(magazine):
    """A question of today that opened an article, one in vain, one of last winter."""
    article = magazine.article(title="La file est un pacte").article_ptr
    today = timezone.localdate()
    for text, hits, days in (("file", 3, 0), ("=girafe()", 2, 5), ("neige", 1, 100)):
        for _ in range(hits):
            Query.get(text).add_hit(today - dt.timedelta(days=days))
    FollowedHit.objects.create(query=Query.get("file"), article=article, date=today, times=2)
    QuestionDay.objects.create(
        query=Query.get("=girafe()"), date=today - dt.timedelta(days=5), found_nothing=2
    )


def rows(response):
    return [
        (each.query_string, each.asked, each.in_vain, each.opened, each.article)
        for each in response.context["object_list"]
    ]


def test_the_report_tells_what_is_asked_in_vain_and_opened(editor, questions):
    response = editor.get(REPORT)
    assert rows(response) == [
        ("file", 3, 0, 2, "La file est un pacte"),
        ("=girafe()", 2, 2, 0, ""),
    ]
    page = response.content.decode()
    assert reverse("wagtailsearchpromotions:edit", args=[Query.get("file").pk]) in page
    assert f"{ADD}?terms=file" in page


def test_the_report_covers_the_period_that_is_chosen(editor, questions):
    assert len(rows(editor.get(REPORT, {"period": "90"}))) == 2
    assert ("neige", 1, 0, 0, "") in rows(editor.get(REPORT, {"period": "365"}))
    assert len(rows(editor.get(REPORT, {"period": "all"}))) == 2


def test_the_report_shows_only_what_found_nothing(editor, questions):
    assert [row[0] for row in rows(editor.get(REPORT, {"in_vain": "1"}))] == ["=girafe()"]


def test_the_report_goes_into_a_spreadsheet_that_runs_no_words_of_readers(editor, questions):
    answer = b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content)
    lines = list(csv.reader(io.StringIO(answer.decode())))
    assert lines[1:] == [
        ["file", "3", "0", "2", "La file est un pacte"],
        ["'=girafe()", "2", "2", "0", ""],
    ]
    answer = b"".join(editor.get(REPORT, {"export": "xlsx"}).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(answer)).active
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s", "s"]


@pytest.mark.parametrize("role", ["contributor", "production"])
def test_others_have_no_report_and_no_way_to_it(client, magazine, role):
    client.force_login(member(role))
    assert client.get(REPORT).status_code == 404
    home = client.get("/admin/").content.decode()
    assert REPORT not in home
    assert "searchpicks" not in home
    assert "synonymset" not in home


def test_one_report_of_questions_stands_in_the_menu(client, magazine):
    client.force_login(member("superuser"))
    home = client.get("/admin/").content.decode()
    assert REPORT in home
    assert "search-terms" not in home


def test_an_editor_pins_an_article_to_a_question_of_the_report(editor, questions, magazine):
    chosen = magazine.article(title="Autre chose", body=paragraphs("Sans le mot."))
    query = Query.get("file")
    address = reverse("wagtailsearchpromotions:edit", args=[query.pk])
    assert editor.get(address).status_code == 200
    posted = {
        "query_string": "file",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": str(chosen.pk),
        "editors_picks-0-ORDER": "1",
        "editors_picks-0-DELETE": "",
    }
    assert editor.post(address, posted).status_code == 302
    found = search(read_query("File"))
    assert (found.hits[0].article_id, found.hits[0].is_pinned) == (chosen.pk, True)


@pytest.mark.parametrize(
    "address", ["", "add/", "queries/chooser/", "queries/chooser/results/", "reports/search-terms/"]
)
def test_what_readers_ask_is_shown_to_none_but_editors(client, questions, magazine, address):
    for role in ("contributor", "production", "printer"):
        client.force_login(member(role, role))
        response = client.get(f"/admin/searchpicks/{address}", follow=True)
        assert "girafe" not in response.content.decode(), role
    client.force_login(member("editor", "louise"))
    chosen = client.get("/admin/searchpicks/queries/chooser/results/")
    assert "girafe" in chosen.content.decode()


def test_an_editor_adds_a_synonym_for_a_question(editor, magazine):
    article = magazine.article(title="Le perroquet du standard")
    assert not search(read_query("jacquot")).hits
    form = editor.get(ADD, {"terms": "jacquot"})
    assert "jacquot" in form.context["form"]["terms"].value()
    response = editor.post(ADD, {"terms": "  jacquot \r\n\r\nperroquet  gris\r\nperroquet"})
    assert response.status_code == 302
    made = SynonymSet.objects.get(terms__startswith="jacquot")
    assert made.lines == ("jacquot", "perroquet gris", "perroquet")
    assert [hit.article_id for hit in search(read_query("jacquot")).hits] == [article.pk]


@pytest.mark.parametrize(
    "terms",
    [
        *(
            "seul",
            "file\nFiles",
            "file\nfile",
            "x" * 81 + "\nfile",
            "un deux trois quatre cinq six\nfile",
        ),
        *("de la\nfile", "...\nfile", "\n".join(f"mot{number}" for number in range(13))),
    ],
)
def test_a_set_that_can_not_be_used_is_refused_with_its_reason(editor, magazine, terms):
    before = SynonymSet.objects.count()
    with pytest.raises(SynonymError) as refused:
        read_terms(terms)
    response = editor.post(ADD, {"terms": terms})
    assert response.status_code == 200
    assert response.context["form"].errors["terms"] == list(refused.value.problems)
    assert SynonymSet.objects.count() == before


def test_a_term_of_another_set_is_warned_of(editor, magazine):
    SynonymSet.objects.create(terms="perroquet\njacquot")
    response = editor.post(ADD, {"terms": "perroquets\nara"}, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert any("perroquets" in each and "jacquot" in each for each in said)


def test_the_house_begins_with_synonyms(db):
    sets = [each.lines for each in SynonymSet.objects.all()]
    assert ("CX", "expérience client", "relation client") in sets
    for lines in sets:
        assert read_terms("\n".join(lines)) == lines
