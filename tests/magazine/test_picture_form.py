"""Pictures that editors upload, sound and broken."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile
from wagtail.images.forms import get_image_form

from magazine.models import Picture
from tests.factories import picture_file


def upload(data, name="image.jpg"):
    form = get_image_form(Picture)(
        {"title": "Image", "collection": 1, "tags": ""},
        {"file": SimpleUploadedFile(name, data)},
    )
    form.is_valid()
    return form.errors.get("file", [])


def frames(count, side):
    buffer = io.BytesIO()
    first, *rest = [Image.new("RGB", (side, side), (4 * n, 0, 0)) for n in range(count)]
    first.save(buffer, "GIF", save_all=True, append_images=rest)
    return buffer.getvalue()


def test_a_sound_picture_is_taken(db):
    assert upload(picture_file().read()) == []


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_picture_cut_short_is_refused_with_a_sentence(db, kept):
    whole = picture_file(size=(1200, 900)).read()
    assert len(upload(whole[: int(len(whole) * kept)])) == 1


def test_an_animation_of_many_frames_is_refused(db):
    assert len(upload(frames(60, 16), "image.gif")) == 1


@pytest.mark.parametrize("data", [b"", b"GIF89a" + b"\0" * 35, b"not a picture"])
def test_what_is_no_picture_is_refused(db, data):
    assert len(upload(data, "image.gif")) == 1


def test_a_picture_cut_short_is_refused_even_where_pillow_was_told_to_be_lenient(db, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture_file(size=(1200, 900)).read()
    assert len(upload(whole[: len(whole) // 2])) == 1
