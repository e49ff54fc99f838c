"""Browsers and caches are told what they may keep, and get 304 for what they have."""

import gzip
import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from tests.website.keeping_site import kept
from website import keeping, page_cache
from website.keeping import forget
from website.models import KeptAddress
from website.purging import purge

ADDRESS = "/entretiens/premier/"
FRONT = {"front": {"BACKEND": "wagtail.contrib.frontend_cache.backends.dummy.DummyBackend"}}


@pytest.fixture
def article(magazine, settings):
    with kept(settings):
        yield magazine.article(slug="premier")


def test_who_has_the_page_gets_no_second_copy(article):
    first = Client().get(ADDRESS)
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', first["ETag"])
    again = Client().get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    dated = Client().get(ADDRESS, headers={"If-Modified-Since": first["Last-Modified"]})
    assert dated.status_code == 304
    other = Client().get(ADDRESS, headers={"If-None-Match": 'W/"another"'})
    assert other.status_code == 200


def test_the_first_reader_may_have_it_too(article):
    tag = Client().get(ADDRESS)["ETag"]
    cache.clear()
    assert Client().get(ADDRESS, headers={"If-None-Match": tag}).status_code == 304
    assert Client().get(ADDRESS).status_code == 200


def test_head_tells_what_get_would(article):
    head, got = Client().head(ADDRESS), Client().get(ADDRESS)
    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert head[name] == got[name], name


def test_pages_are_packed_for_those_who_take_it(article):
    plain = Client().get(ADDRESS)
    packed = Client().get(ADDRESS, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in plain["Vary"]


def test_browsers_ask_each_time_and_differ_by_cookie(article):
    response = Client().get(ADDRESS)
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert "Cookie" in response["Vary"]


def test_a_page_made_again_without_change_keeps_its_date(article):
    first = Client().get(ADDRESS)
    forget({f"talk:{article.pk}"})
    again = Client().get(ADDRESS)
    assert (again["ETag"], again["Last-Modified"]) == (first["ETag"], first["Last-Modified"])


def test_a_page_that_changed_within_a_second_goes_without_date(article, monkeypatch):
    Client().get(ADDRESS)
    article.title = "Un autre"
    article.save_revision().publish()
    forget({f"page:{article.pk}"})
    monkeypatch.setattr(page_cache.time, "time", lambda: 0.0)
    response = Client().get(ADDRESS)
    assert "Un autre" in response.content.decode()
    assert not response.has_header("Last-Modified")


@pytest.mark.parametrize("address", ["/rien/", "/a/999/", "/a/{}/"])
def test_what_may_come_or_move_is_asked_for_each_time(article, address):
    response = Client().get(address.format(article.pk))
    assert response.status_code in {301, 404}
    assert "no-cache" in response["Cache-Control"]


def test_while_one_makes_a_page_others_wait_for_it(article, monkeypatch):
    response = Client().get(ADDRESS)
    name = page_cache.page_name(f"http://testserver{ADDRESS}")
    page = page_cache.look_up(name)[0]
    forget({f"page:{article.pk}"})
    others = SimpleNamespace(add=lambda *_args: False, get=lambda _name: True)
    monkeypatch.setattr(page_cache, "cache", others)
    asked = []

    def by_and_by(asked_name):
        asked.append(asked_name)
        return page, None

    monkeypatch.setattr(page_cache, "look_up", by_and_by)
    waited = Client().get(ADDRESS)
    assert asked == [name]
    assert waited.content == response.content


def test_who_waits_too_long_makes_the_page(article, monkeypatch):
    Client().get(ADDRESS)
    forget({f"page:{article.pk}"})
    monkeypatch.setattr(page_cache, "PATIENCE", 0.05)
    others = SimpleNamespace(add=lambda *_args: False, get=lambda _name: True)
    monkeypatch.setattr(page_cache, "cache", others)
    assert Client().get(ADDRESS).status_code == 200


def test_nobody_waits_for_a_page_that_was_found_to_be_gone(article, monkeypatch):
    Client().get(ADDRESS)
    article.unpublish()
    forget({f"page:{article.pk}"})
    looked = []
    monkeypatch.setattr(page_cache, "look_up", lambda name: looked.append(name) or (None, None))
    done = SimpleNamespace(add=lambda *_args: False, get=lambda _name: None)
    monkeypatch.setattr(page_cache, "cache", done)
    assert Client().get(ADDRESS).status_code == 404
    assert len(looked) == 1


def test_without_its_cache_the_site_goes_on(article, monkeypatch, caplog):
    def refuse(*_args, **_options):
        raise ConnectionError("no cache")

    gone = SimpleNamespace(get_many=refuse, get=refuse, set=refuse, add=refuse, delete=refuse)
    monkeypatch.setattr(keeping, "cache", gone)
    assert Client().get(ADDRESS).status_code == 200
    assert "nothing is kept" in caplog.text


@pytest.mark.parametrize("has_front", [False, True])
def test_a_cache_that_is_full_is_done_without(article, settings, monkeypatch, has_front):
    if has_front:
        settings.WAGTAILFRONTENDCACHE = FRONT

    def refuse(*_args, **_options):
        raise ConnectionError("out of memory")

    Client().get(ADDRESS)
    forget({f"page:{article.pk}"})
    with monkeypatch.context() as full:
        for name in ("set", "add", "delete"):
            full.setattr(cache, name, refuse)
        assert Client().get(ADDRESS).status_code == 200


@pytest.fixture
def front(article, settings):
    settings.WAGTAILFRONTENDCACHE = FRONT
    return article


def test_a_cache_in_front_may_keep_a_page_until_it_expires(front):
    said = Client().get(ADDRESS)["Cache-Control"]
    seconds = int(re.search(r"s-maxage=(\d+)", said)[1])
    assert "public" in said
    assert "max-age=0" in said
    assert 3590 <= seconds <= 3600


def test_a_cache_in_front_is_told_which_addresses_changed(front, magazine, monkeypatch):
    purged = []
    monkeypatch.setattr("website.purging.purge_urls_from_cache", purged.extend)
    magazine.article(slug="deuxieme")
    for address in (ADDRESS, "/entretiens/deuxieme/", "/entretiens/?page=1&utm=2"):
        Client().get(address)
    forget({f"page:{front.pk}"})
    assert purge() == 2
    assert sorted(purged) == [
        "http://testserver/entretiens/?page=1",
        "http://testserver/entretiens/premier/",
    ]
    assert [row.address for row in KeptAddress.objects.all()] == [
        "http://testserver/entretiens/deuxieme/"
    ]
