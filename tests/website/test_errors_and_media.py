"""What readers get when there is nothing to show, and how pictures are served."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.test import RequestFactory
from wagtail.documents import get_document_model

from tests.website.reading_magazine import parsed, shown_text
from website import views


def test_unknown_address_is_answered_in_the_site_s_clothes(client, magazine):
    response = client.get("/rien/")
    assert response.status_code == 404
    assert "Guichet" in shown_text(response)


@pytest.mark.parametrize(
    "address", ["/wp-login.php", "/.env", "/a/0/", "/a/999999999999999999999/", "/%00", "/é/%ff"]
)
def test_scanners_get_404(client, magazine, address):
    assert client.get(address).status_code == 404


def test_server_error_needs_no_database(django_db_blocker):
    with django_db_blocker.block():
        response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    parsed(response)


def test_unknown_address_without_database_is_still_answered(monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(views, "render", broken)
    assert views.not_found(RequestFactory().get("/rien/")).status_code == 404


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for folder in ("images", "original_images", "documents"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return tmp_path


@pytest.mark.parametrize("folder", ["images", "original_images"])
def test_pictures_may_only_be_shown(admin_client, media, folder):
    response = admin_client.get(f"/media/{folder}/a.svg")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "max-age" in response["Cache-Control"]


def test_originals_are_for_the_desk_alone(client, admin_client, magazine, media):
    assert client.get("/media/original_images/a.svg").status_code == 404
    assert "private" in admin_client.get("/media/original_images/a.svg")["Cache-Control"]
    assert client.get("/media/images/a.svg").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/media/documents/a.svg", "/media/images/", "/media/images/../documents/a.svg", "/media/"],
)
def test_nothing_else_of_the_folder_is_served(client, magazine, media, address):
    assert client.get(address).status_code == 404


def test_a_document_is_handed_out_as_it_is(client, magazine):
    made = get_document_model().objects.create(
        title="Le bingo", file=ContentFile(b"%PDF-1.7 bingo", name="bingo.pdf")
    )
    made.get_file_hash()
    answer = client.get(made.url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bingo"
    assert answer["ETag"] == f'"{made.file_hash}"'
    assert "Content-Encoding" not in answer
    assert client.get(f"/documents/{made.pk}/autre.pdf").status_code == 404
