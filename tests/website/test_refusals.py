"""Whatever scanners try is refused in the site's clothes, and asks the database for little."""

import pytest
from django.test import Client

ODD = ["/.env", "/wp-login.php", "/%ff", "/%00", "/entretiens/%c3%28/", "/a/../etc/passwd"]


@pytest.mark.parametrize("address", ODD)
def test_scanners_get_a_page_of_the_site(magazine, address, django_assert_max_num_queries):
    # What a process asks once in its life isn't counted, whichever test comes first.
    Client().get("/rien/")
    with django_assert_max_num_queries(12):
        response = Client().get(address)
    assert response.status_code == 404
    assert "Guichet" in response.content.decode()


@pytest.mark.parametrize("address", ["/", "/entretiens/", "/mentions-legales/", "/sujets/file/"])
def test_pages_are_for_reading(magazine, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        response = Client(enforce_csrf_checks=True).post(address, {"x": "1"})
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert "<h1" in response.content.decode()


def test_too_many_parameters_are_refused_without_a_question(magazine, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/recherche/?" + "&".join(f"a{n}=1" for n in range(10_001)))
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_an_unknown_host_is_refused_without_a_question(db, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["guichet.example"]
    with django_assert_num_queries(0):
        response = Client(SERVER_NAME="evil.example").get("/")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_a_form_without_token_is_refused_in_words(db, django_assert_num_queries):
    client = Client(enforce_csrf_checks=True)
    with django_assert_num_queries(0):
        response = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


def test_a_giant_query_changes_nothing(magazine):
    assert Client().get("/?" + "x" * 100_000).status_code == 200
