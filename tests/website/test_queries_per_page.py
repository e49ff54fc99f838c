"""A page asks the database a fixed number of questions, however much there is to show."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.test import Client

from magazine.shown import EVERYTHING
from tests.factories import ContributorFactory, PictureFactory, TopicFactory
from tests.website.keeping_site import kept
from website.keeping import forget, key_of
from website.purging import page_name

ARTICLE = "/entretiens/article-0/"


@pytest.fixture
def issue(magazine, settings):
    """An issue of eighteen articles, each signed, illustrated and filed under one topic."""
    somebody = ContributorFactory(slug="ines")
    topic = TopicFactory(slug="telephone")
    articles = [
        magazine.article(
            slug=f"article-{number}", by=somebody, about=[topic], lead_picture=PictureFactory()
        )
        for number in range(18)
    ]
    with kept(settings):
        yield magazine.issue(*articles, number=7, slug="l-attente")


# Asked for when nothing at all is kept; and when the page alone was let go.
BOUNDS = [
    ("/", 24, 8),
    ("/entretiens/", 22, 8),
    ("/numeros/l-attente/", 32, 14),
    ("/numeros/", 20, 16),
    ("/signatures/ines/", 22, 18),
    ("/sujets/telephone/", 22, 18),
    ("/flux.atom", 24, 24),
    (ARTICLE, 38, 12),
]


@pytest.mark.parametrize(("address", "first", "again"), BOUNDS)
def test_questions_are_bounded(issue, django_assert_max_num_queries, address, first, again):
    Client().get("/mentions-legales/")
    ContentType.objects.clear_cache()
    forget({EVERYTHING})
    with django_assert_max_num_queries(first):
        assert Client().get(address).status_code == 200
    drop(address)
    with django_assert_max_num_queries(again):
        assert Client().get(address).status_code == 200
    with django_assert_max_num_queries(0):
        assert Client().get(address).status_code == 200


def test_the_search_is_made_for_each_reader_in_few_questions(issue, django_assert_max_num_queries):
    Client().get("/recherche/?q=article")
    with django_assert_max_num_queries(38):
        assert Client().get("/recherche/?q=article").status_code == 200


def drop(address):
    """Let go of the page, and of nothing that it was made of."""
    cache.delete(key_of(page_name(f"http://testserver{address}")))
