"""Pages compared with pictures kept in the tree, in both lights and two widths."""

import io

import pytest
from PIL import Image

from magazine.models import Article, Issue, Picture
from magazine.picture_sizes import make_missing_sizes
from tests.pictures import assert_looks_like

LOOKS = [
    ("home", "/", 1280, False),
    ("home-narrow-dark", "/", 360, True),
    ("issue", "/numeros/numero-7/", 1280, False),
    ("interview", "La file est un pacte", 1280, False),
    ("interview-narrow-dark", "La file est un pacte", 360, True),
    ("not-found", "/nulle-part/", 1280, False),
]


@pytest.fixture
def on_one_day(issue):
    """The same dates at every run, and the sizes of pictures that a worker would have made."""
    for picture in Picture.objects.all():
        make_missing_sizes(picture, ["webp"])
    Article.objects.update(published_at="2026-11-16T08:30:00Z")
    return Issue.objects.get(pk=issue.pk)


@pytest.mark.parametrize(("name", "place", "width", "dark"), LOOKS)
def test_the_page_looks_as_it_was_signed_off(reader, on_one_day, name, place, width, dark):
    if not place.startswith("/"):
        place = Article.objects.get(title=place).url
    page = reader(place, width=width, dark=dark, reduced_motion="reduce")
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.evaluate("document.querySelectorAll('img').forEach(i => { i.loading = 'eager' })")
    page.wait_for_function("[...document.images].every(i => i.complete)")
    drawn = Image.open(io.BytesIO(page.screenshot()))
    assert_looks_like(drawn, f"web-{name}")
