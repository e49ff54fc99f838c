"""Corrections: told to readers at once, kept whatever becomes of drafts, printed once."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from magazine.correcting import CorrectionError, correct, reword, withdraw
from magazine.models import Correction
from magazine.release import Printed, record_printing

TODAY = dt.date(2026, 11, 20)
WORDS = {"date": TODAY, "wrong": "Agnès a 40 ans.", "text": "Elle en a 41."}


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chef", "chef@guichet.example", "x")


def printed(magazine, article, number, first_folio=8):
    issue = magazine.issue(article, number=number)
    entry = issue.entries.get()
    record_printing(issue, [Printed(entry.pk, article.live_revision_id, first_folio, first_folio)])
    return issue


def test_a_correction_survives_drafts_reverts_and_their_publication(magazine, chief):
    article = magazine.article()
    before = article.latest_revision
    correction = correct(article, by=chief, **WORDS)
    before.publish()
    article.specific.save_revision().publish()
    assert list(article.corrections.all()) == [correction]


def test_the_article_counts_as_changed(magazine, chief):
    article = magazine.article()
    then = article.last_published_at
    correct(article, by=chief, **WORDS)
    article.refresh_from_db()
    assert article.last_published_at > then


@pytest.mark.parametrize(
    "words",
    [
        {"wrong": "  "},
        {"text": ""},
        {"text": "x" * 1201},
        {"date": timezone.localdate() + dt.timedelta(days=2)},
    ],
)
def test_words_that_are_missing_or_too_long_are_refused(magazine, chief, words):
    with pytest.raises(CorrectionError):
        correct(magazine.article(), by=chief, **{**WORDS, **words})
    assert not Correction.objects.exists()


def test_only_what_readers_saw_is_corrected_and_only_by_who_may_publish(magazine, chief):
    stranger = get_user_model().objects.create_user("lea", "l@guichet.example", "x")
    with pytest.raises(CorrectionError):
        correct(magazine.article(live=False), by=chief, **WORDS)
    with pytest.raises(CorrectionError):
        correct(magazine.article(), by=stranger, **WORDS)


def test_the_next_issue_gathers_what_earlier_ones_printed(magazine, chief):
    article, loose = magazine.article(), magazine.article()
    seventh = printed(magazine, article, 7)
    correction = correct(article, by=chief, **WORDS)
    correct(loose, by=chief, **WORDS)
    eighth = magazine.issue(magazine.article(), number=8, live=False)
    assert list(Correction.objects.for_erratum_of(eighth)) == [correction]
    assert not Correction.objects.for_erratum_of(seventh)
    record_printing(eighth, [], errata=[correction.pk])
    assert list(Correction.objects.for_erratum_of(eighth)) == [correction]
    ninth = magazine.issue(magazine.article(), number=9, live=False)
    assert not Correction.objects.for_erratum_of(ninth)


def test_what_an_issue_printed_is_neither_reworded_nor_withdrawn(magazine, chief):
    article = magazine.article()
    printed(magazine, article, 7)
    correction = correct(article, by=chief, **WORDS)
    reword(correction, by=chief, **{**WORDS, "text": "Elle en a 42."})
    eighth = magazine.issue(magazine.article(), number=8)
    record_printing(eighth, [], errata=[correction.pk])
    with pytest.raises(CorrectionError, match="8"):
        reword(correction, by=chief, **WORDS)
    with pytest.raises(CorrectionError, match="8"):
        withdraw(correction, chief)
    assert Correction.objects.get().text == "Elle en a 42."


def test_printing_again_without_it_sets_a_correction_free(magazine, chief):
    article = magazine.article()
    printed(magazine, article, 7)
    correction = correct(article, by=chief, **WORDS)
    eighth = magazine.issue(magazine.article(), number=8)
    record_printing(eighth, [], errata=[correction.pk])
    record_printing(eighth, [], errata=[])
    withdraw(correction, chief)
    assert not Correction.objects.exists()


def test_the_desk_publishes_rewords_and_withdraws(client, magazine, chief):
    client.force_login(chief)
    article = magazine.article(title="La file")
    address = reverse("corrections", args=[article.pk])
    assert "La file" in client.get(address).content.decode()
    client.post(address, {**WORDS, "date": "2026-11-20"})
    correction = Correction.objects.get()
    one = reverse("correction", args=[article.pk, correction.pk])
    client.post(one, {**WORDS, "date": "2026-11-20", "text": "Elle en a 43."})
    assert Correction.objects.get().text == "Elle en a 43."
    client.post(one, {"withdraw": "yes"})
    assert not Correction.objects.exists()


def test_the_desk_loses_nothing_of_what_it_refuses(client, magazine, chief):
    client.force_login(chief)
    address = reverse("corrections", args=[magazine.article().pk])
    page = client.post(address, {"date": "", "wrong": "Agnès a 40 ans.", "text": ""})
    assert page.status_code == 200
    assert "Agnès a 40 ans." in page.content.decode()


def test_who_may_not_publish_finds_no_corrections(client, magazine, chief):
    article = magazine.article()
    correction = correct(article, by=chief, **WORDS)
    client.force_login(get_user_model().objects.create_user("lea", "l@guichet.example", "x"))
    other = magazine.article()
    for address in (
        reverse("corrections", args=[article.pk]),
        reverse("correction", args=[article.pk, correction.pk]),
    ):
        assert client.get(address).status_code in {302, 404}
    client.force_login(chief)
    assert client.get(reverse("correction", args=[other.pk, correction.pk])).status_code == 404
