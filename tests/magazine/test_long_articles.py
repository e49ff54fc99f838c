"""A long article is opened, saved, published and shown like any other; a save stays cheap."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from magazine.models import Feature
from tests.factories import PictureFactory
from tests.large_articles import posted_article

# What one save of an article of 60 blocks, 8 of them pictures, may ask of the database.
QUERIES_OF_A_SAVE = 90
# Wagtail's chooser asks for a picture when the form is read, compared and cleaned.
QUERIES_OF_A_PICTURE = 3


@pytest.fixture
def desk(client, db):
    client.force_login(get_user_model().objects.create_superuser("ines", "i@guichet.example", "x"))
    return client


def made(desk, magazine, count):
    address = reverse("wagtailadmin_pages:add", args=["magazine", "feature", magazine.section.pk])
    picture = PictureFactory()
    response = desk.post(address, posted_article(count, picture))
    assert response.status_code == 302
    return Feature.objects.get(), picture


def test_two_hundred_blocks_are_opened_saved_published_and_shown(desk, client, magazine):
    article, picture = made(desk, magazine, 200)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert "Bloc 199" not in desk.get(edit).content.decode()  # a pull quote stands there
    assert "Bloc 196" in desk.get(edit).content.decode()
    form = posted_article(200, picture, mark=" relu") | {"action-publish": "1"}
    assert desk.post(edit, form).status_code == 302
    article.refresh_from_db()
    assert (article.live, len(article.body)) == (True, 200)
    client.logout()
    page = client.get("/entretiens/la-file-est-un-pacte/").content.decode()
    assert "Bloc 196 relu" in page
    told = client.get(f"/api/v1/articles/{article.pk}/")
    assert told.status_code == 200
    assert len(told.json()["body"]) == 200


def test_a_save_asks_the_database_for_little_and_for_more_text_nothing_more(
    desk, magazine, django_assert_max_num_queries
):
    article, picture = made(desk, magazine, 60)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    desk.post(edit, posted_article(60, picture, mark=" lu"))
    with django_assert_max_num_queries(QUERIES_OF_A_SAVE) as few:
        desk.post(edit, posted_article(60, picture, mark=" relu"))
    more_pictures = posted_article(120, picture, mark=" relu")
    with django_assert_max_num_queries(len(few) + 8 * QUERIES_OF_A_PICTURE):
        desk.post(edit, more_pictures)
    article.refresh_from_db()
    assert len(article.get_latest_revision_as_object().body) == 120


def test_a_save_that_ends_in_a_mistake_keeps_every_block(desk, magazine):
    article, picture = made(desk, magazine, 60)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    page = desk.post(edit, posted_article(60, picture, mark=" relu", title=""))
    assert page.status_code == 200
    assert "Bloc 57 relu" in page.content.decode()
