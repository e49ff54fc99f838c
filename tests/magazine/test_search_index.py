"""Keeping the embedded index true: changes applied, late ones too, what differs mended."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import default_task_backend
from wagtail.models import PageViewRestriction

from magazine.models import Article, SearchChange
from magazine.search import changes, tasks, upkeep
from magazine.search.answering import search
from magazine.search.document import documents_of
from magazine.search.engines.base import EngineError
from magazine.search.engines.embedded import connections
from magazine.search.engines.embedded.generations import current_path
from magazine.search.engines.embedded.index import EmbeddedIndex
from magazine.search.query import read_query
from magazine.search.turns import turn
from magazine.search.upkeep import Differences
from tests.factories import paragraphs

NOTHING = Differences((), (), ())


@pytest.fixture(autouse=True)
def embedded_only(settings):
    settings.SEARCH_URL = ""


@pytest.fixture
def articles(magazine):
    """Three articles about tourniquets, indexed."""
    made = [
        magazine.article(title=title, body=paragraphs("Le tourniquet de la gare."))
        for title in ("Premier", "Deuxième", "Troisième")
    ]
    upkeep.rebuild("embedded")
    return made


def found(text="tourniquet"):
    results = search(read_query(text))
    kinds = [
        value.count for facet in results.facets if facet.name == "kind" for value in facet.values
    ]
    return results.total, {hit.article_id for hit in results.hits}, sum(kinds)


def all_of(articles):
    return len(articles), {article.pk for article in articles}, len(articles)


def run(capsys, *arguments):
    """What a command prints, and whether it ended well."""
    try:
        call_command(*arguments)
    except CommandError as error:
        return capsys.readouterr().out, str(error)
    return capsys.readouterr().out, ""


def edit(article, **fields):
    for name, value in fields.items():
        setattr(article, name, value)
    article.save_revision().publish()


def test_a_new_an_edited_and_a_deleted_article_show_at_once(articles, magazine):
    assert found() == all_of(articles)
    articles.append(magazine.article(title="Quatrième", body=paragraphs("Un tourniquet.")))
    assert found() == all_of(articles)
    edit(articles[0], body=paragraphs("Une porte."))
    assert found() == all_of(articles[1:])
    assert found("porte")[0] == 1
    articles[1].delete()
    assert found() == all_of(articles[2:])


@pytest.mark.parametrize(
    "verb",
    [
        lambda article: article.unpublish(),
        lambda article: article.delete(),
        lambda article: PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.LOGIN
        ),
        lambda article: edit(article, channel="print"),
    ],
    ids=["unpublished", "deleted", "private", "on paper only"],
)
def test_what_readers_may_not_see_counts_nowhere(articles, verb):
    assert found() == all_of(articles)
    verb(articles[0])
    assert found() == all_of(articles[1:])
    assert search(read_query("premier")).total == 0


def test_a_draft_is_not_found(articles):
    articles[0].body = paragraphs("Un brouillon secret.")
    articles[0].save_revision()
    assert found("brouillon") == (0, set(), 0)
    assert found() == all_of(articles)


def test_what_could_not_be_applied_yet_is_left_out(articles, magazine):
    edit(articles[0], body=paragraphs("Un tourniquet neuf."))
    with turn("embedded"):
        assert found() == all_of(articles[1:])
        assert search(read_query("tourniquet")).behind == 1
    assert found() == all_of(articles)
    assert search(read_query("tourniquet")).behind == 0


def test_more_changes_than_a_reader_waits_for_are_left_to_the_job(articles, magazine, monkeypatch):
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    for article in articles:
        edit(article, standfirst="Neuf.")
    assert found() == all_of(articles[:2])
    upkeep.bring_up_to_date()
    assert found() == all_of(articles)


def test_a_number_that_becomes_visible_late_is_applied_too(articles):
    late = SearchChange.objects.create(article_id=articles[0].pk)
    number = late.pk
    late.delete()
    SearchChange.objects.create(article_id=articles[1].pk)
    upkeep.bring_up_to_date()
    Article.objects.filter(pk=articles[0].pk).update(title="Changé")
    SearchChange.objects.create(pk=number, article_id=articles[0].pk)
    assert upkeep.behind("embedded") == 1
    upkeep.bring_up_to_date()
    assert found("changé")[1] == {articles[0].pk}


def test_what_was_seen_is_settled_once_nothing_can_come_before_it(articles):
    for article in articles:
        edit(article, standfirst="Neuf.")
    SearchChange.objects.update(at=timezone.now() - dt.timedelta(hours=1))
    SearchChange.objects.create(article_id=articles[0].pk)
    upkeep.bring_up_to_date()
    seen = EmbeddedIndex().seen()
    assert seen.floor == changes.settled_number()
    assert len(seen.numbers) == 1


def test_a_machine_that_slept_longer_than_changes_are_kept_makes_its_index_anew(articles):
    old = [SearchChange.objects.create(article_id=each.pk) for each in articles]
    Article.objects.filter(pk=articles[0].pk).update(live=False)
    SearchChange.objects.filter(pk__lte=old[-1].pk).delete()
    SearchChange.objects.create(pk=old[-1].pk + 5, article_id=articles[1].pk)
    assert found() == all_of(articles[1:])
    assert EmbeddedIndex().seen().floor == old[-1].pk + 4


def test_reconciling_mends_what_is_missing_stale_and_surplus(articles, capsys):
    first, second, third = (article.pk for article in articles)
    [document] = documents_of([third])
    EmbeddedIndex().apply([], [first])
    Article.objects.filter(pk=second).update(title="Sans signal")
    Article.objects.filter(pk=third).update(live=False)
    out, error = run(capsys, "search_index", "check")
    assert "embedded" in error
    assert [line.split(": ")[1] for line in out.splitlines()[1:]] == [
        f"[{first}]",
        f"[{second}]",
        f"[{third}]",
    ]
    assert upkeep.reconcile("embedded") == Differences((first,), (second,), (third,))
    assert upkeep.check("embedded").is_good
    assert upkeep.reconcile("embedded") == NOTHING
    assert EmbeddedIndex().digests().keys() == {first, second}
    assert document.digest not in EmbeddedIndex().digests().values()


def test_a_check_changes_nothing_and_says_so_by_its_exit(articles, capsys):
    assert run(capsys, "search_index", "check", "--engine", "embedded")[1] == ""
    edit(articles[0], standfirst="Neuf.")
    behind = upkeep.behind("embedded")
    out, error = run(capsys, "search_index", "check")
    assert f"{behind} " in out
    assert error
    assert upkeep.behind("embedded") == behind


def test_a_check_without_an_index_says_so(magazine, capsys):
    out, error = run(capsys, "search_index", "check")
    assert out.startswith("embedded: ")
    assert error
    assert not EmbeddedIndex().exists()


def test_the_index_before_can_be_used_again_and_is_mended(articles, capsys, magazine):
    run(capsys, "search_index", "rebuild")
    articles.append(magazine.article(title="Quatrième", body=paragraphs("Un tourniquet.")))
    upkeep.bring_up_to_date()
    assert run(capsys, "search_index", "back")[1] == ""
    assert found() == all_of(articles)
    assert upkeep.check("embedded").is_good


def test_going_back_without_an_earlier_index_is_an_error(articles, capsys):
    assert "embedded" in run(capsys, "search_index", "back")[1]


def test_an_engine_that_is_not_set_up_is_an_error(db, capsys):
    assert "elasticsearch" in run(capsys, "search_index", "check", "--engine", "elasticsearch")[1]
    assert run(capsys, "search", "gare", "--engine", "elasticsearch")[1]


def test_a_large_magazine_waits_for_its_index_to_be_made(articles, monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(upkeep, "SMALL", 2)
    with pytest.raises(EngineError, match="rebuild"):
        found()
    upkeep.bring_up_to_date()
    assert found() == all_of(articles)


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("content", [b"", b"x" * 5000])
def test_a_file_that_was_spoilt_by_hand_is_made_anew_while_the_reader_waits(
    articles, is_open, content, monkeypatch
):
    assert found() == all_of(articles)
    with current_path().open("r+b") as file:
        file.truncate(0)
        file.write(content)
    if not is_open:
        monkeypatch.setattr(connections._mine, "open", None)
    assert found() == all_of(articles)


def test_a_reader_of_a_large_magazine_has_its_spoilt_file_made_by_a_job(articles, monkeypatch):
    ordered = []
    monkeypatch.setattr(upkeep, "SMALL", 2)
    monkeypatch.setattr(upkeep, "order", lambda: ordered.append(True))
    current_path().unlink()
    with pytest.raises(EngineError, match="rebuild"):
        found()
    assert ordered


def test_what_an_engine_missed_is_tried_again_by_itself(articles, settings, monkeypatch):
    times = []
    monkeypatch.setattr(tasks, "order", times.append)
    tasks.bring_up_to_date.func()
    assert times == []
    settings.SEARCH_URL = "http://127.0.0.1:9"
    tasks.bring_up_to_date.func()
    assert times == [tasks.AGAIN_AFTER]


def test_a_job_is_ordered_once_a_minute(db):
    default_task_backend.clear()
    cache.delete(changes.ORDERED)
    for _reader in range(3):
        changes.order(60)
    [job] = default_task_backend.results
    assert timezone.now() < job.task.run_after


def test_the_command_prints_what_a_reader_gets(articles, capsys):
    out, error = run(capsys, "search", "tourniquets gare", "--size", "2")
    assert error == ""
    assert "Premier" in out
    assert "<mark>" not in out
    cursor = out.split("--cursor ")[1].strip()
    rest = run(capsys, "search", "tourniquets gare", "--size", "2", "--cursor", cursor)[0]
    titles = [title for title in ("Premier", "Deuxième", "Troisième") if title in out]
    assert len(titles) == 2
    assert [t for t in ("Premier", "Deuxième", "Troisième") if t in rest] not in ([], titles)


def test_the_command_prints_json(articles, capsys):
    arguments = ("search", "tourniqet", "--json", "--facet", "kind=feature", "--sort", "newest")
    answer = json.loads(run(capsys, *arguments)[0])
    assert answer["total"] == 3
    assert answer["suggestion"] == "tourniquet"
    assert {hit["slug"] for hit in answer["hits"]} == {article.slug for article in articles}
    assert "<mark>tourniquet</mark>" in answer["hits"][0]["passages"][0]["html"]
    assert answer["facets"]["kind"] == [
        {"value": "feature", "label": "feature", "count": 3, "chosen": True}
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--facet", "kind"),
        ("--facet", "colour=red"),
        ("--size", "0"),
        ("--sort", "size"),
        ("--cursor", "forged"),
    ],
)
def test_a_question_that_cannot_be_read_ends_with_its_reason(db, capsys, arguments):
    assert run(capsys, "search", "gare", *arguments)[1]


def test_a_suggestion_leads_to_something_public_only(articles):
    for article in articles:
        article.unpublish()
    results = search(read_query("tourniqet"))
    assert (results.total, results.suggestion) == (0, "")
