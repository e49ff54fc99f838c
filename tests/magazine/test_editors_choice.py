"""Editors choose articles for the home page, and are told of those that nobody sees there."""

import pytest
from django.urls import reverse

from tests.magazine.desk_world import member


@pytest.fixture
def save(client, magazine):
    """Save the home page's form with articles chosen, by the chief."""
    client.force_login(member("chief"))

    def post(*articles):
        form = {
            "title": "Guichet",
            "slug": magazine.home.slug,
            "choices-TOTAL_FORMS": str(len(articles)),
            "choices-INITIAL_FORMS": "0",
            "choices-MIN_NUM_FORMS": "0",
            "choices-MAX_NUM_FORMS": "4",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "1",
        }
        for place, article in enumerate(articles):
            form |= {f"choices-{place}-article": article.pk, f"choices-{place}-ORDER": place + 1}
        address = reverse("wagtailadmin_pages:edit", args=[magazine.home.pk])
        return client.post(address, form, follow=True).content.decode()

    return post


def test_choice_is_published_and_what_is_hidden_is_named(save, magazine):
    shown, hidden = magazine.article(title="La file"), magazine.article(title="Le pont", live=False)
    told = save(shown, hidden)
    assert [choice.article_id for choice in magazine.home.choices.all()] == [shown.pk, hidden.pk]
    warning = told.partition("Les lecteurs ne voient pas")[2][:80]
    assert "Le pont" in warning
    assert "La file" not in warning


def test_an_article_chosen_twice_is_refused_in_words(save, magazine):
    article = magazine.article()
    told = save(article, article)
    assert "Un article est choisi deux fois." in told
    assert not magazine.home.choices.exists()
