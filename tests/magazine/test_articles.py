"""Articles as editors save them and as lists find them."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import PageViewRestriction

from magazine.models import Article, Byline, Opinion
from tests.factories import (
    CaseStudyFactory,
    ContributorFactory,
    FeatureFactory,
    InterviewFactory,
    OpinionFactory,
    TopicFactory,
    paragraphs,
)


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_readers_lists_hold_only_what_is_public_on_the_web(magazine):
    seen = magazine.article(title="Vu")
    magazine.article(title="Seulement sur le web", channel="web")
    magazine.article(title="Brouillon", live=False)
    magazine.article(title="Papier", channel="print")
    private = magazine.article(title="Privé")
    make_private(private)
    magazine.article(title="Programmé", live=False, go_live_at="2099-01-01T08:00:00Z")
    titles = set(Article.objects.for_readers().values_list("title", flat=True))
    assert titles == {seen.title, "Seulement sur le web"}


def test_everything_under_a_private_section_is_private(magazine):
    magazine.article()
    make_private(magazine.section)
    assert not Article.objects.for_readers().exists()


@pytest.mark.parametrize(
    ("factory", "kind"),
    [
        (InterviewFactory, "interview"),
        (CaseStudyFactory, "case_study"),
        (OpinionFactory, "opinion"),
        (FeatureFactory, "feature"),
    ],
)
def test_a_list_knows_the_kind_without_fetching_it(
    magazine, django_assert_num_queries, factory, kind
):
    magazine.article(factory)
    article = Article.objects.select_related("content_type").get()
    with django_assert_num_queries(0):
        assert article.kind == kind


@pytest.mark.parametrize(
    "fields",
    [
        {"advertiser": "Atelier Cadence"},
        {"paid_mention": "communique"},
        {"advertiser": "Atelier Cadence", "paid_mention": "autre"},
    ],
)
def test_paid_article_without_advertiser_or_mention_cannot_be_published(magazine, fields):
    article = magazine.article(live=False)
    for name, value in fields.items():
        setattr(article, name, value)
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert set(refusal.value.message_dict) <= {"__all__", "paid_mention"}
    with pytest.raises(ValidationError):
        article.save_revision()


def test_the_database_itself_refuses_a_paid_article_without_mention(magazine):
    article = magazine.article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(advertiser="Atelier Cadence")


def test_paid_article_with_both_is_published(magazine):
    article = magazine.article(advertiser="Atelier Cadence", paid_mention="communique")
    assert (article.live, article.is_paid) == (True, True)


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [(Article, "channel", "radio"), (Opinion, "genre", "poem")],
)
def test_unknown_choices_are_refused_by_the_database(magazine, model, field, value):
    article = magazine.article(OpinionFactory)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=article.pk).update(**{field: value})


def test_nobody_signs_twice_for_the_same_role(magazine):
    author = ContributorFactory()
    article = magazine.article(by=author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Byline.objects.create(article=article.article_ptr, contributor=author, role="text")


def test_lists_by_topic_and_by_signature(magazine):
    topic, author = TopicFactory(), ContributorFactory()
    wanted = magazine.article(about=[topic], by=author)
    magazine.article()
    assert [a.pk for a in Article.objects.about(topic)] == [wanted.pk]
    assert [a.pk for a in Article.objects.signed_by(author)] == [wanted.pk]


def test_newest_first_goes_by_the_date_that_readers_see(magazine):
    old = magazine.article(published_at="2026-01-01T08:00:00Z")
    new = magazine.article(published_at="2026-11-16T08:00:00Z")
    assert [a.pk for a in Article.objects.newest_first()] == [new.pk, old.pk]


def test_a_date_left_empty_counts_as_the_day_of_publication(magazine):
    dated = magazine.article(published_at="2026-01-01T08:00:00Z")
    undated = magazine.article()
    assert [a.pk for a in Article.objects.newest_first()] == [undated.pk, dated.pk]


def test_raw_blocks_are_cleaned_even_if_nobody_read_them(magazine):
    dirty = {"channel": "everywhere", "text": "<p>Un<script>x()</script></p>"}
    article = magazine.article()
    article.body = json.dumps([{"type": "paragraph", "value": dirty}])
    article.save_revision().publish()
    article.refresh_from_db()
    assert article.body.raw_data[0]["value"]["text"] == "<p>Un</p>"
    assert "<script" not in json.dumps(article.latest_revision.content)


def test_text_is_stored_as_typed_and_cleaned_of_scripts(magazine):
    article = magazine.article(body=paragraphs("L'accueil : « oui » !<script>x()</script>"))
    stored = article.body.raw_data[0]["value"]["text"]
    assert stored == "<p>L'accueil : « oui » !</p>"
    revision = article.latest_revision.as_object()
    assert revision.body[0].value["text"].source == stored
