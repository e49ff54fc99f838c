"""Adverts and press profiles in the admin: examined, refused in words, kept while in use."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from print.adverts import AdvertRefusedError
from print.arranging import add_advert
from print.desk import adverts as advert_desk
from print.editions import find_profile
from print.models import Advert, PressProfile
from tests.print.press_desk_world import (
    PDF,
    advert_for,
    picture,
    sit_down,
    small_edition,
    text,
)


@pytest.fixture
def edition(magazine):
    return small_edition(magazine)


@pytest.fixture
def chief(client):
    return sit_down(client, "chief")


@pytest.fixture
def examined(monkeypatch):
    """Stand in for the examination, which has its own tests: “bad” in a file is refused."""

    def receive(advert, file):
        data = file.read()
        file.seek(0)
        if b"bad" in data:
            raise AdvertRefusedError(["Its trim is wrong.", "A font is missing."])
        advert.sha256, advert.report = hashlib.sha256(data).hexdigest(), {"warnings": 0}

    monkeypatch.setattr(advert_desk, "receive", receive)


def supplied(profile, content=PDF, **fields):
    return {
        "title": "Prenez place", "advertiser": "Ravel", "profile": profile.pk, "space": "half",
        "alt_text": "Une chaise.", "file": ContentFile(content, name="advert.pdf"), **fields,
    }  # fmt: skip


def test_an_advert_comes_in_examined(edition, chief, examined):
    chief.post(reverse("advert:add"), supplied(edition.profile))
    advert = Advert.objects.get()
    assert advert.sha256 == hashlib.sha256(PDF).hexdigest()
    add_advert(edition, advert, 3)
    listed = text(chief.get(reverse("advert:index")))
    assert "Half page, across" in listed
    assert str(edition.profile) in listed
    form = text(chief.get(reverse("advert:edit", args=[advert.pk])))
    assert reverse("press:edition", args=[edition.pk]) in form
    file = chief.get(reverse("advert:file", args=[advert.pk]))
    assert b"".join(file.streaming_content) == PDF


def test_a_refused_advert_tells_every_reason_and_loses_nothing(edition, chief, examined):
    answer = chief.post(reverse("advert:add"), supplied(edition.profile, b"%PDF bad"))
    assert "Its trim is wrong." in text(answer)
    assert "A font is missing." in text(answer)
    assert 'value="Prenez place"' in text(answer)
    assert not Advert.objects.exists()


def test_another_file_another_space_are_examined_anew(edition, chief, examined):
    advert = advert_for(edition.profile)
    address = reverse("advert:edit", args=[advert.pk])
    answer = chief.post(address, supplied(edition.profile, b"%PDF bad"))
    assert "A font is missing." in text(answer)
    advert.refresh_from_db()
    assert advert.file.read() == PDF
    chief.post(address, supplied(edition.profile, b"%PDF other"))
    advert.refresh_from_db()
    assert advert.sha256 == hashlib.sha256(b"%PDF other").hexdigest()
    kept = {key: value for key, value in supplied(edition.profile).items() if key != "file"}
    chief.post(address, {**kept, "title": "Autre titre"})
    advert.refresh_from_db()
    assert (advert.title, advert.report) == ("Autre titre", {"warnings": 0})


def test_a_placed_advert_is_neither_deleted_nor_given_to_another_press(edition, chief, examined):
    advert = advert_for(edition.profile)
    add_advert(edition, advert, 3)
    for method in (chief.get, chief.post):
        answer = method(reverse("advert:delete", args=[advert.pk]), follow=True)
        assert "since it is placed in" in text(answer)
    other = find_profile("encart-200x270")
    answer = chief.post(reverse("advert:edit", args=[advert.pk]), supplied(other))
    assert "take it away there first" in text(answer)
    edition.placements.filter(advert=advert).delete()
    chief.post(reverse("advert:delete", args=[advert.pk]))
    assert not Advert.objects.exists()


def test_an_adverts_picture_is_for_those_who_may_see_the_press(edition, client, examined):
    advert = advert_for(edition.profile)
    advert.file.save("advert.jpg", ContentFile(picture(300, 200, "JPEG")))
    advert.sha256 = hashlib.sha256(advert.file.read()).hexdigest()
    advert.save()
    for name, paths in (("editor", 200), ("contributor", 404)):
        sit_down(client, name)
        for path in ("advert:picture", "advert:file"):
            assert client.get(reverse(path, args=[advert.pk])).status_code == paths


def test_the_form_of_an_advert_tells_the_sizes(edition, chief):
    form = text(chief.get(reverse("advert:add")))
    assert "210 × 297 mm, and 5 mm of bleed on each side" in form


def test_a_profile_shows_what_was_found_in_its_icc(edition, chief):
    form = text(chief.get(reverse("press_profile:edit", args=[edition.profile.pk])))
    assert "Most ink it lays down, measured" in form
    assert "prtr" in form


def test_a_wrong_icc_profile_is_refused_in_words(edition, chief):
    form = chief.get(reverse("press_profile:edit", args=[edition.profile.pk])).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if name != "icc"}
    posted["icc"] = ContentFile(b"not a profile", name="wrong.icc")
    address = reverse("press_profile:edit", args=[edition.profile.pk])
    answer = chief.post(address, posted)
    assert "wrong.icc is not an ICC profile" in text(answer)
    edition.profile.refresh_from_db()
    assert not edition.profile.icc


def test_a_sheet_without_room_for_text_is_refused_in_words(edition, chief):
    address = reverse("press_profile:edit", args=[edition.profile.pk])
    form = chief.get(address).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if name != "icc"}
    small = {"trim_width_mm": 90, "trim_height_mm": 90, "safety_mm": 20, "columns": 4}
    said = text(chief.post(address, posted | small))
    assert "Each column would be 15 mm wide, and text needs 35 mm" in said
    assert "A column would be 48 mm high, and text needs 89 mm" in said
    assert "Take 5 mm at most" in said
    said = text(chief.post(address, posted | small | {"columns": "beaucoup", "trim_width_mm": ""}))
    assert "Each column" not in said
    edition.profile.refresh_from_db()
    assert edition.profile.trim_width_mm != 90


def test_the_ready_made_profiles_have_room_for_text(db):
    for profile in PressProfile.objects.all():
        profile.full_clean()


def test_a_ready_made_profile_is_copied_and_one_in_use_is_kept(edition, chief):
    profile = edition.profile
    form = chief.get(reverse("press_profile:copy", args=[profile.pk])).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if name != "icc"}
    assert posted["slug"] == ""
    chief.post(reverse("press_profile:add"), {**posted, "slug": "mine"})
    assert PressProfile.objects.get(slug="mine").ink_limit == profile.ink_limit
    for method in (chief.get, chief.post):
        answer = method(reverse("press_profile:delete", args=[profile.pk]), follow=True)
        assert "is in use and stays" in text(answer)
    chief.post(reverse("press_profile:delete", args=[PressProfile.objects.get(slug="mine").pk]))
    assert not PressProfile.objects.filter(slug="mine").exists()
