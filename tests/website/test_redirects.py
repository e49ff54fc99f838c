"""A move or a new address leaves a redirect that readers may follow, and that tells no secret."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from magazine.trash import throw_away
from tests.factories import SectionFactory


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do something as a request does it, with what follows its commit."""

    def do(verb, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **kwargs)

    return do


@pytest.fixture
def article(magazine):
    return magazine.article(title="La file est un pacte", slug="la-file")


def rename(page, slug):
    page = Page.objects.get(pk=page.pk).specific
    page.slug = slug
    page.save_revision().publish()


def move(page, section):
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=section.pk), pos="last-child")


def leads(client, address):
    response = client.get(address)
    return response.headers.get("Location", response.status_code)


def test_a_new_slug_is_followed(client, article, commit):
    commit(rename, article, "un-pacte")
    assert leads(client, "/entretiens/la-file/") == "/entretiens/un-pacte/"
    assert leads(client, "/entretiens/la-file") == "/entretiens/un-pacte/"
    assert leads(client, "/entretiens/la-file/?utm=x") == "/entretiens/un-pacte/"
    assert client.get("/entretiens/un-pacte/").status_code == 200


def test_so_are_moves_one_after_another(client, article, magazine, commit):
    first = SectionFactory(parent=magazine.home, slug="premiere")
    second = SectionFactory(parent=magazine.home, slug="seconde")
    commit(move, article, first)
    commit(rename, article, "un-pacte")
    commit(move, article, second)
    for former in ("/entretiens/la-file/", "/premiere/la-file/", "/premiere/un-pacte/"):
        assert leads(client, former) == "/seconde/un-pacte/"


def test_a_section_takes_its_articles_along(client, article, magazine, commit):
    commit(rename, magazine.section, "conversations")
    assert leads(client, "/entretiens/") == "/conversations/"
    assert leads(client, "/entretiens/la-file/") == "/conversations/la-file/"


def test_an_issue_and_the_shelf_leave_one_too(client, article, magazine, commit):
    issue = magazine.issue(article, number=7)
    commit(rename, issue, "l-attente")
    assert leads(client, "/numeros/numero-7/") == "/numeros/l-attente/"
    commit(rename, magazine.archive, "tous-les-numeros")
    for former in ("/numeros/numero-7/", "/numeros/l-attente/"):
        assert leads(client, former) == "/tous-les-numeros/l-attente/"


def test_moving_back_leads_in_no_circle(client, article, commit):
    commit(rename, article, "un-pacte")
    commit(rename, article, "la-file")
    assert leads(client, "/entretiens/la-file/") == 200
    assert leads(client, "/entretiens/un-pacte/") == "/entretiens/la-file/"
    Page.objects.get(pk=article.pk).unpublish()
    assert leads(client, "/entretiens/la-file/") == 404
    assert leads(client, "/entretiens/un-pacte/") == 404


def test_a_circle_made_by_hand_ends(client, magazine):
    Redirect.add_redirect("/ici", "/ici/", site=magazine.site)
    assert leads(client, "/ici/") == 404


def test_an_address_taken_by_another_article_is_that_ones(client, article, magazine, commit):
    commit(rename, article, "un-pacte")
    magazine.article(title="Autre", slug="la-file")
    assert "Autre" in client.get("/entretiens/la-file/").content.decode()


def test_the_short_address_and_the_api_follow(client, article, magazine, commit):
    commit(rename, article, "un-pacte")
    commit(move, article, SectionFactory(parent=magazine.home, slug="ailleurs"))
    assert leads(client, f"/a/{article.pk}/").endswith("/ailleurs/un-pacte/")
    told = client.get(f"/api/v1/articles/{article.pk}/").json()
    assert "/ailleurs/un-pacte/" in str(told)


@pytest.mark.parametrize("how", ["unpublished", "thrown away", "private", "on paper"])
def test_no_redirect_names_what_readers_may_not_see(
    client, article, commit, how, django_user_model
):
    commit(rename, article, "le-secret-de-la-file")
    page = Page.objects.get(pk=article.pk).specific
    if how == "unpublished":
        page.unpublish()
    elif how == "thrown away":
        throw_away(page, by=django_user_model.objects.create_superuser("ines"))
    elif how == "private":
        page.view_restrictions.create(restriction_type="login")
    else:
        page.channel = "print"
        page.save_revision().publish()
    response = client.get("/entretiens/la-file/")
    assert response.status_code == 404
    assert "secret" not in response.content.decode()


def test_a_drafts_new_address_is_not_known_before_it_is_published(client, article, commit):
    article.slug = "le-secret"
    commit(article.save_revision)
    assert leads(client, "/entretiens/la-file/") == 200
    assert leads(client, "/entretiens/le-secret/") == 404
