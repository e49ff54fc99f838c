"""Readers get AVIF, WebP and JPEG with their sides stated; none is made while they wait."""

import re

import pytest
from django.test import Client
from django_tasks import default_task_backend

from magazine.models import Picture, PictureRendition
from magazine.picture_sizes import SLOW, make_missing_sizes, pictures_of, specs_of
from magazine.picture_tasks import make_sizes, make_slow_sizes
from tests.factories import PictureFactory, picture_file
from tests.website.reading_magazine import fill
from website.preparing import prepare_everything
from website.tasks import prepare_page

TINY = (30, 20)


@pytest.fixture
def tiny(monkeypatch):
    """Pictures of thirty pixels, so that each size is drawn in no time."""
    monkeypatch.setattr(
        "tests.website.reading_magazine.PictureFactory",
        lambda **fields: PictureFactory(file=picture_file(TINY), **fields),
    )


@pytest.fixture
def no_encoding(monkeypatch):
    """Fail whatever would make a size."""

    def refuse(*_args, **_options):
        raise AssertionError("a reader's request makes a size of a picture")

    monkeypatch.setattr(Picture, "generate_rendition_file", refuse)


def pages(magazine):
    kinds, _issue = fill(magazine)
    articles = [f"/entretiens/{article.slug}/" for article in kinds.values()]
    return [
        *("/", "/numeros/", "/numeros/l-attente/", "/entretiens/", "/signatures/ines/"),
        *("/sujets/telephone/", "/recherche/?q=guichet", "/flux.atom", "/flux.json"),
        *("/api/v1/articles/", "/api/v1/issues/", "/sitemap.xml", "/mentions-legales/", "/rien/"),
        *articles,
    ]


def test_no_reader_s_request_makes_a_size(magazine, tiny, no_encoding):
    for address in pages(magazine):
        assert Client().get(address).status_code in {200, 404}, address
    assert not PictureRendition.objects.exists()


def test_what_the_job_makes_is_all_that_pages_ask_for(magazine, tiny, monkeypatch):
    addresses = pages(magazine)
    prepare_everything()
    ordered = []
    monkeypatch.setattr("magazine.picture_sizes.order_sizes", ordered.extend)
    for address in addresses:
        Client().get(address)
    assert not ordered


def test_publishing_orders_the_sizes_of_every_picture_of_the_page(magazine, tiny):
    kinds, _issue = fill(magazine)
    feature = kinds["feature"]
    assert pictures_of(feature) == {feature.lead_picture_id}
    prepare_page.call(feature.pk)
    formats = {each.filter_spec.split("-")[-1] for each in PictureRendition.objects.all()}
    assert formats == {"webp", "jpeg"}
    make_slow_sizes.call(feature.lead_picture_id)
    assert PictureRendition.objects.filter(filter_spec__endswith="avif").exists()


def test_a_missing_size_is_ordered_once(magazine, django_capture_on_commit_callbacks):
    magazine.article(slug="premier", lead_picture=PictureFactory())
    default_task_backend.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _reader in range(3):
            Client().get("/entretiens/premier/")
    names = [result.task.module_path for result in default_task_backend.results]
    assert names.count(make_sizes.module_path) == 1


def test_formats_and_sides_are_stated(magazine):
    picture = PictureFactory(file=picture_file((600, 400)))
    magazine.article(slug="premier", lead_picture=picture, lead_alt="Une horloge")
    make_missing_sizes(picture)
    html = Client().get("/entretiens/premier/").content.decode()
    drawn = re.search(r'<figure class="lead">.*?</picture>', html, re.DOTALL)[0]
    assert re.findall(r'type="image/(\w+)"', drawn) == ["avif", "webp"]
    assert re.search(r'<img[^>]*src="[^"]*\.jpg"[^>]*>', drawn)
    assert re.search(r'width="480"', drawn)
    assert re.search(r'height="320"', drawn)
    assert 'alt="Une horloge"' in drawn
    assert 'fetchpriority="high"' in drawn


def test_until_a_size_is_made_its_place_is_held(magazine):
    picture = PictureFactory(file=picture_file((600, 400)))
    magazine.article(slug="premier", lead_picture=picture, lead_alt="Une horloge")
    html = Client().get("/entretiens/premier/").content.decode()
    drawn = re.search(r'<figure class="lead">.*?</figure>', html, re.DOTALL)[0]
    for stated in ('width="600"', 'height="400"', 'alt="Une horloge"'):
        assert stated in drawn
    assert "original_images" not in html


def test_another_size_stands_in(magazine):
    picture = PictureFactory(file=picture_file((600, 400)))
    thumbnail = picture.get_rendition("max-165x165")
    magazine.article(slug="premier", lead_picture=picture)
    html = Client().get("/entretiens/premier/").content.decode()
    drawn = re.search(r'<figure class="lead">.*?</figure>', html, re.DOTALL)[0]
    assert thumbnail.url in drawn
    assert 'width="600"' in drawn


def test_no_size_is_larger_than_the_picture_twice(magazine):
    assert specs_of(Picture(width=600, height=400), "full", SLOW) == [
        "width-480|format-avif",
        "width-750|format-avif",
    ]
    assert len(specs_of(Picture(width=4000, height=3000), "full")) == 12


def test_a_broken_file_costs_itself_alone(magazine, caplog):
    picture = PictureFactory()
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(b"no picture")
    make_sizes.call(picture.pk)
    assert "look at its file" in caplog.text
