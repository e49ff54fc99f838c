"""What is kept of readers' questions: sums by the day, nothing about anybody, two years at most."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion

from magazine.models import FollowedHit, QuestionDay
from magazine.search.asked import countable, forget_old_questions

READER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0"}


def ask(client, address, **headers):
    response = client.get(address, headers={**READER, **headers})
    assert response.status_code == 200


def follow(client, question, article, **headers):
    response = client.post(
        "/recherche/suivi", {"q": question, "article": article}, headers={**READER, **headers}
    )
    assert (response.status_code, response.content) == (204, b"")
    assert not response.cookies


def asked():
    return dict(QueryDailyHits.objects.values_list("query__query_string", "hits"))


def test_a_question_is_counted_however_it_is_written(client, magazine):
    magazine.article(title="La file")
    for address in ("/recherche/?q=File", "/recherche/?q=%20file%20", "/recherche/?q=LA++FILE"):
        ask(client, address)
    assert asked() == {"file": 2, "la file": 1}
    assert not QuestionDay.objects.exists()


def test_what_found_nothing_is_counted_apart(client, magazine):
    for _ in range(2):
        ask(client, "/recherche/?q=girafe")
    [day] = QuestionDay.objects.all()
    assert (str(day.query), day.found_nothing, day.date) == ("girafe", 2, timezone.localdate())


def test_what_may_be_about_somebody_is_not_kept(client, magazine):
    for question in (
        *("ines@guichet.example", "06 12 34 56 78", "dossier 123456", "attendre " * 10, ""),
        *("٠١٢٣٤٥",),
    ):
        assert countable(question) == "", question
        ask(client, f"/recherche/?q={question}")
    assert countable("issue 7, 2026") == "issue 7, 2026"
    assert not Query.objects.exists()


def test_further_leaves_filters_programs_editors_and_browsers_in_advance_do_not_count(
    client, magazine
):
    magazine.article(title="La file")
    ask(client, "/recherche/?q=file&kind=feature")
    ask(client, "/recherche/?q=file&sort=newest")
    ask(client, "/recherche/?q=file", **{"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    ask(client, "/recherche/?q=file", **{"user-agent": ""})
    ask(client, "/recherche/?q=file", **{"sec-purpose": "prefetch;prerender"})
    client.head("/recherche/?q=file", headers=READER)
    client.get("/api/v1/search/?q=file", headers=READER)
    client.cookies["sessionid"] = "x"
    ask(client, "/recherche/?q=file")
    assert not Query.objects.exists()


def test_a_count_that_fails_takes_no_answer_away(client, magazine, monkeypatch):
    def fail(*args):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Query, "add_hit", fail)
    ask(client, "/recherche/?q=file")
    assert not Query.objects.exists()


def test_an_article_that_was_opened_is_counted_for_its_question(client, magazine):
    article = magazine.article(title="La file")
    for _ in range(2):
        ask(client, "/recherche/?q=file")
    for _ in range(5):
        follow(client, "File", article.pk)
    [hit] = FollowedHit.objects.all()
    assert (str(hit.query), hit.article_id, hit.times) == ("file", article.pk, 2)


def test_nothing_is_counted_for_what_nobody_asked_or_may_see(client, magazine):
    article = magazine.article(title="La file")
    draft = magazine.article(title="Brouillon", live=False)
    follow(client, "file", article.pk)
    ask(client, "/recherche/?q=file")
    for key in (draft.pk, 0, -1, "x", "", "9" * 30, "1\x00"):
        follow(client, "file", key)
    follow(client, "autre", article.pk)
    follow(client, "file\x00", "\x00")
    follow(client, "file", article.pk, **{"sec-fetch-site": "cross-site"})
    follow(client, "file", article.pk, **{"user-agent": "curl/8"})
    QueryDailyHits.objects.update(date=timezone.localdate() - dt.timedelta(days=2))
    follow(client, "file", article.pk)
    assert not FollowedHit.objects.exists()
    assert client.get("/recherche/suivi").status_code == 405


def test_after_25_months_nothing_is_left_but_what_editors_pinned(magazine):
    article = magazine.article()
    today = timezone.localdate()
    for text, days in (("ancien", 761), ("récent", 700), ("épinglé", 800)):
        query, date = Query.get(text), today - dt.timedelta(days=days)
        query.add_hit(date)
        QuestionDay.objects.create(query=query, date=date, found_nothing=1)
        FollowedHit.objects.create(query=query, article=article.article_ptr, date=date, times=1)
    SearchPromotion.objects.create(query=Query.get("épinglé"), page=article.page_ptr)
    forget_old_questions()
    assert set(Query.objects.values_list("query_string", flat=True)) == {"récent", "épinglé"}
    assert asked() == {"récent": 1}
    for model in (QuestionDay, FollowedHit):
        assert [str(each.query) for each in model.objects.all()] == ["récent"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_count_is_only_ever_sent(client, method):
    assert getattr(client, method)("/recherche/suivi").status_code == 405
