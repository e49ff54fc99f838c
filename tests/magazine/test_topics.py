"""Topics and their synonyms: kept in order, and merged without losing an article."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry

from magazine.models import Article, Topic
from magazine.topics import TopicError, articles_about, merge_topics, tidy_synonyms
from tests.factories import TopicFactory
from tests.magazine.desk_world import member


@pytest.fixture
def editor(client, magazine):
    """A logged-in editor."""
    client.force_login(member("editor", "louise"))
    return client


@pytest.fixture
def queue(db):
    return TopicFactory(title="File d'attente", slug="file-d-attente", synonyms="queue")


@pytest.fixture
def line(db):
    return TopicFactory(title="Queue leu leu", slug="queue-leu-leu", synonyms="QUEUE\nrang")


def titles(article):
    return [topic.title for topic in article.topics.all()]


def test_synonyms_are_kept_once_however_they_are_spelled():
    tidy = tidy_synonyms(
        ["Queue", " queue ", "", "FILE d’attente", "Cœur", "coeur"], "File d'attente"
    )
    assert tidy.kept == ("Queue", "Cœur")
    assert tidy.dropped == ("queue", "FILE d’attente", "coeur")


def test_every_article_has_the_topic_that_stays_once(magazine, queue, line):
    both = magazine.article(about=[queue, line])
    only = magazine.article(about=[line])
    other = magazine.article(about=[queue])
    merged = merge_topics(queue, [line], by=None)
    assert (merged.articles, merged.titles) == (2, ("Queue leu leu",))
    for article in (both, only, other):
        assert titles(Article.objects.get(pk=article.pk).specific) == ["File d'attente"]
    assert not Topic.objects.filter(title="Queue leu leu").exists()


def test_drafts_and_scheduled_and_older_versions_follow_and_stay_as_they_were(
    magazine, queue, line
):
    article = magazine.article(about=[line], title="Avant")
    first = article.latest_revision
    article.title = "Après"
    article.topics.set([queue, line])
    scheduled = article.save_revision(
        approved_go_live_at=timezone.now() + timezone.timedelta(days=1)
    )
    draft_only = magazine.article(live=False)
    draft_only.topics.set([line])
    draft_only.save_revision()
    dates = {each.pk: each.created_at for each in article.revisions.all()}
    merge_topics(queue, [line], by=None)
    for revision, title in ((first, "Avant"), (scheduled, "Après")):
        revision.refresh_from_db()
        assert revision.as_object().title == title
        assert titles(revision.as_object()) == ["File d'attente"]
    scheduled.publish()
    assert titles(Article.objects.get(pk=article.pk).specific) == ["File d'attente"]
    draft = Article.objects.get(pk=draft_only.pk).get_latest_revision_as_object()
    assert titles(draft) == ["File d'attente"]
    assert {each.pk: each.created_at for each in article.revisions.all()} == dates


def test_a_topic_whose_number_is_part_of_another_s_is_not_touched(magazine, queue):
    short = Topic.objects.create(pk=91, title="Court", slug="court")
    long = Topic.objects.create(pk=912, title="Long", slug="long")
    article = magazine.article(about=[long])
    assert articles_about([short]) == 0
    merge_topics(queue, [short], by=None)
    assert titles(article.get_latest_revision_as_object()) == ["Long"]


def test_a_count_takes_the_newest_draft_in_and_no_article_twice(magazine, queue, line):
    article = magazine.article(about=[queue])
    article.topics.set([line])
    article.save_revision()
    assert articles_about([line]) == 1
    assert articles_about([queue, line]) == 1


def test_titles_and_synonyms_become_synonyms(queue, line):
    merge_topics(queue, [line], by=None)
    queue.refresh_from_db()
    assert queue.synonyms.splitlines() == ["queue", "Queue leu leu", "rang"]


def test_the_old_addresses_lead_to_the_topic_that_stays(client, magazine, queue, line):
    magazine.article(about=[line])
    last = TopicFactory(title="Attente", slug="attente")
    old, older = line.get_absolute_url(), queue.get_absolute_url()
    merge_topics(queue, [line], by=None)
    assert client.get(old).headers["Location"] == queue.get_absolute_url()
    merge_topics(last, [queue], by=None)
    for address in (old, older):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (301, "/sujets/attente/")
    assert client.get("/sujets/attente/").status_code == 200


def test_a_topic_that_takes_an_address_back_is_not_led_away(client, magazine, queue, line):
    article = magazine.article(about=[line])
    merge_topics(queue, [line], by=None)
    again = TopicFactory(title="Rang", slug="queue-leu-leu")
    article.topics.set([again])
    article.save_revision().publish()
    merge_topics(again, [queue], by=None)
    assert not Redirect.objects.filter(old_path="/sujets/queue-leu-leu").exists()
    assert client.get("/sujets/queue-leu-leu/").status_code == 200


def test_what_cannot_be_merged_is_refused_and_nothing_changes(queue, line):
    gone = TopicFactory()
    Topic.objects.filter(pk=gone.pk).delete()
    for others in ([queue], [line, queue], [], [line, gone]):
        with pytest.raises(TopicError):
            merge_topics(queue, others, by=None)
    assert Topic.objects.filter(pk=line.pk).exists()


def test_nothing_is_moved_when_the_merge_breaks_down(magazine, queue, line, monkeypatch):
    article = magazine.article(about=[line])

    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Redirect, "add_redirect", break_down)
    with pytest.raises(RuntimeError):
        merge_topics(queue, [line], by=None)
    assert titles(Article.objects.get(pk=article.pk).specific) == ["Queue leu leu"]
    assert titles(article.get_latest_revision_as_object()) == ["Queue leu leu"]


def merging(*topics):
    numbers = "&".join(f"id={topic.pk}" for topic in topics)
    return reverse("wagtail_bulk_action", args=["magazine", "topic", "merge"]) + f"?{numbers}"


def test_an_editor_is_told_how_many_articles_move_and_merges(editor, magazine, queue, line):
    magazine.article(about=[line])
    magazine.article(about=[line, queue])
    page = editor.get(merging(queue, line)).content.decode()
    assert "2 articles" in page
    assert "/sujets/queue-leu-leu/" in page
    response = editor.post(merging(queue, line), {"into": queue.pk}, follow=True)
    assert "Queue leu leu" in response.content.decode()
    assert list(Topic.objects.values_list("title", flat=True)) == ["File d'attente"]
    entry = ModelLogEntry.objects.get(action="magazine.merge_topics")
    assert (entry.user.username, entry.data["titles"]) == ("louise", ["Queue leu leu"])


def test_the_one_that_stays_must_be_named(editor, queue, line):
    response = editor.post(merging(queue, line), {})
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert Topic.objects.count() == 2


def test_one_topic_alone_is_not_merged(editor, queue):
    response = editor.get(merging(queue), follow=True)
    assert response.redirect_chain or response.status_code == 200
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("role", ["contributor", "production"])
def test_others_may_not_merge_and_learn_of_no_topic(client, magazine, queue, line, role):
    client.force_login(member(role))
    for response in (
        client.get(merging(queue, line)),
        client.post(merging(queue, line), {"into": queue.pk}),
    ):
        assert response.status_code in (302, 404)
        assert queue.title not in response.content.decode()
    assert Topic.objects.count() == 2


def test_the_list_says_how_many_articles_each_has(editor, magazine, queue, line):
    magazine.article(about=[queue])
    magazine.article(about=[queue, line])
    page = editor.get(reverse("wagtailsnippets_magazine_topic:list")).content.decode()
    assert "QUEUE, rang" in page
    rows = Topic.snippet_viewset.get_queryset(None)
    assert {row.pk: row.number_of_articles for row in rows} == {queue.pk: 2, line.pk: 1}


def edit(editor, topic, **fields):
    form = {"title": topic.title, "slug": topic.slug, "description": "", "synonyms": "", **fields}
    address = reverse("wagtailsnippets_magazine_topic:edit", args=[topic.pk])
    return editor.post(address, form, follow=True)


def test_a_synonym_that_is_there_twice_is_left_out_and_named(editor, queue):
    page = edit(editor, queue, synonyms="Ticket\nticket\nNuméro").content.decode()
    queue.refresh_from_db()
    assert queue.synonyms.splitlines() == ["Ticket", "Numéro"]
    assert "ticket." in page


def test_a_synonym_that_is_a_topic_offers_to_merge_the_two(editor, queue, line):
    page = edit(editor, queue, synonyms="queue leu  LEU").content.decode()
    assert f"merge/?id={queue.pk}&amp;id={line.pk}" in page
    queue.refresh_from_db()
    assert queue.synonyms == "queue"


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"synonyms": "Rang"}, "Queue leu leu"),
        ({"title": "rang"}, "Queue leu leu"),
        ({"title": "queue LEU leu"}, "Queue leu leu"),
        ({"synonyms": "x" * 81}, "80"),
    ],
)
def test_a_word_that_belongs_to_another_topic_is_refused_in_words(
    editor, queue, line, fields, word
):
    page = edit(editor, queue, **fields).content.decode()
    assert word in page
    queue.refresh_from_db()
    assert (queue.title, queue.synonyms) == ("File d'attente", "queue")


def test_an_article_is_found_by_its_topics_and_their_synonyms(client, magazine, line):
    magazine.article(title="Le guichet douze", about=[line])
    for word in ("rang", "leu"):
        assert "Le guichet douze" in client.get(f"/recherche/?q={word}").content.decode()
