"""A page asks the database a fixed number of questions, however much there is to show."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache

from tests.factories import ContributorFactory, PictureFactory, TopicFactory


def grow(magazine, articles):
    """An issue of `articles`, each signed, illustrated and filed under one topic."""
    somebody = ContributorFactory(slug="ines")
    topic = TopicFactory(slug="telephone")
    magazine.issue(
        *(
            magazine.article(by=somebody, about=[topic], lead_picture=PictureFactory())
            for _ in range(articles)
        ),
        number=7,
        slug="l-attente",
    )


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 34),
        ("/entretiens/", 30),
        ("/numeros/l-attente/", 38),
        ("/numeros/", 24),
        ("/signatures/ines/", 24),
        ("/sujets/telephone/", 24),
        ("/recherche/?q=article", 38),
        ("/flux.atom", 24),
    ],
)
def test_queries_are_bounded(client, magazine, django_assert_max_num_queries, address, most):
    grow(magazine, 18)
    client.get(address)  # draws the pictures' sizes, once
    cache.clear()
    ContentType.objects.clear_cache()
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_an_article_costs_no_more_in_a_long_issue(client, magazine, django_assert_max_num_queries):
    grow(magazine, 18)
    address = f"/entretiens/{magazine.section.get_children().first().slug}/"
    client.get(address)
    with django_assert_max_num_queries(36):
        client.get(address)
