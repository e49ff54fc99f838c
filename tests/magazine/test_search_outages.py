"""The search server fails in every way: saves go through, readers are answered, all is mended."""

import logging
import os
import signal
import subprocess
import time

import pytest

from magazine.models import Feature
from magazine.search.answering import search
from magazine.search.engines import wake_server
from magazine.search.engines.base import EngineError
from magazine.search.engines.elasticsearch.connection import client
from magazine.search.query import read_query
from magazine.search.upkeep import behind, bring_up_to_date, check, index_called, rebuild, reconcile
from magazine.search.watching import states
from tests.factories import paragraphs
from tests.magazine.search_far_end import FAR_ENDS, far_end, seconds
from tests.search_server import ROOT, SECONDS_TO_START

SERVER = "elasticsearch"
# Two seconds for the server, the rest for a busy machine.
AT_MOST = 5.0


class World:
    """A magazine on the guichet, and what happens to it while the server is unwell."""

    def __init__(self, magazine):
        self.magazine = magazine
        self.published = 0

    def publish(self):
        """Publish one more article on the guichet."""
        self.published += 1
        return self.magazine.article(
            title=f"Guichet {self.published}", body=paragraphs("On y attend encore.")
        )

    def is_answered_by(self, name):
        """Every article that is public is found, whichever engine answers."""
        results = search(read_query("guichet"))
        assert (results.engine, results.total) == (name, self.published)
        assert results.is_fallback == (name == "embedded")

    def goes_on(self):
        """A save goes through, its job gives up soon, and readers find all that is public."""
        assert seconds(self.publish) < AT_MOST
        wake_server()
        assert seconds(bring_up_to_date) < AT_MOST
        assert behind(SERVER)
        wake_server()
        assert seconds(lambda: self.is_answered_by("embedded")) < AT_MOST

    def is_mended(self):
        """All that the server missed is brought to it, and readers are answered from there."""
        bring_up_to_date()
        assert check(SERVER).is_good
        assert reconcile(SERVER).articles == ()
        self.is_answered_by(SERVER)


@pytest.fixture
def world(magazine):
    made = World(magazine)
    made.publish()
    return made


@pytest.mark.parametrize("answer", FAR_ENDS.values(), ids=FAR_ENDS)
def test_a_far_end_that_gives_no_answer(world, settings, answer, caplog):
    with far_end(answer) as address, caplog.at_level(logging.WARNING):
        settings.SEARCH_URL = address
        world.goes_on()
        with pytest.raises(EngineError) as refusal:
            rebuild(SERVER)
    said = caplog.text + str(refusal.value)
    assert "http://127.0.0.1:" in said
    assert "same" not in said


@pytest.mark.parametrize(
    "address", ["guichet", "ftp://127.0.0.1", "http://", "http://[", "http://a:b"]
)
def test_an_address_that_is_none(world, settings, address):
    settings.SEARCH_URL = address
    world.goes_on()


def test_a_real_server_that_hangs_comes_back_and_dies(world, settings):
    command = [ROOT / "tools/search-server", "run", "--", "bash", "-c", "echo $SEARCH_URL; read"]
    tool = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        settings.SEARCH_URL = tool.stdout.readline().strip()
        assert settings.SEARCH_URL, "No search server; try it by hand: make search-server"
        server = int((ROOT / f"var/search-server/run.{tool.pid}/pid").read_text())
        world.is_mended()
        os.kill(server, signal.SIGSTOP)
        wake_server()
        for _known in range(2):
            started = time.monotonic()
            assert next(iter(states())) == "elasticsearch, doesn't answer"
            assert time.monotonic() - started < 1.5
        world.goes_on()
        os.kill(server, signal.SIGCONT)
        client(SECONDS_TO_START).cluster.health()
        wake_server()
        world.is_mended()
        os.kill(server, signal.SIGKILL)
        world.goes_on()
    finally:
        tool.communicate("\n", 60)


def test_a_server_that_lost_all_it_had(world, search_server, settings):
    world.is_mended()
    settings.SEARCH_INDEX = f"{settings.SEARCH_INDEX}-anew"
    wake_server()
    world.is_answered_by("embedded")
    wake_server()
    world.publish()
    world.is_mended()


def test_an_index_that_is_deleted_or_whose_name_somebody_else_took(world, search_server, settings):
    world.is_mended()
    name = settings.SEARCH_INDEX
    for take_its_name in (False, True):
        server = client(30)
        server.indices.delete(index=f"{name}-*")
        if take_its_name:
            server.index(index=name, document={"title": "Guichet"}, refresh=True)
        world.publish()
        world.is_answered_by("embedded")
        wake_server()
        world.is_mended()


def test_an_index_whose_mapping_was_changed(world, search_server, settings):
    world.is_mended()
    meta = {"version": "of somebody else"}
    client(30).indices.put_mapping(index=settings.SEARCH_INDEX, meta=meta)
    assert not index_called(SERVER).exists()
    world.publish()
    world.is_mended()


def test_a_disk_that_is_full(world, search_server, settings):
    world.is_mended()
    put_setting(settings.SEARCH_INDEX, "index.blocks.read_only_allow_delete", True)
    world.publish()
    bring_up_to_date()
    results = search(read_query("guichet"), SERVER)
    assert (results.total, results.behind) == (world.published - 1, 1)
    put_setting(settings.SEARCH_INDEX, "index.blocks.read_only_allow_delete", None)
    world.is_mended()


def test_an_index_that_is_red(world, search_server, settings, monkeypatch):
    world.is_mended()
    alias, server = settings.SEARCH_INDEX, client(30)
    [(name, kept)] = server.indices.get(index=alias).body.items()
    # Its disk is gone: no machine has the only copy.
    red = f"{name[:-6]}999999"
    own = {name: kept["settings"]["index"][name] for name in ("analysis", "similarity")}
    server.indices.create(
        index=red,
        mappings=kept["mappings"],
        settings=own | {"routing.allocation.enable": "none"},
        wait_for_active_shards="0",
    )
    server.indices.update_aliases(
        actions=[{"add": {"index": red, "alias": alias}}, {"remove_index": {"index": name}}]
    )
    with monkeypatch.context() as as_for_readers:
        for waits in ("connection.READ", "index.SAVE_SECONDS"):
            as_for_readers.setattr(f"magazine.search.engines.elasticsearch.{waits}", 2.0)
        world.goes_on()
    put_setting(red, "index.routing.allocation.enable", None)
    server.cluster.health(index=red, wait_for_status="yellow")
    wake_server()
    assert reconcile(SERVER).missing
    world.is_mended()


def put_setting(index, setting, value):
    client(30).indices.put_settings(index=index, settings={setting: value})


def test_what_is_missing_stale_or_surplus_is_found_and_mended(world, search_server, settings):
    first, second = world.publish(), world.publish()
    world.is_mended()
    name, server = settings.SEARCH_INDEX, client(30)
    shown = server.get(index=name, id=str(second.pk))["_source"]
    server.delete(index=name, id=str(first.pk))
    server.index(
        index=name, id=str(second.pk), document=shown | {"digest": "x", "article_id": second.pk}
    )
    stranger = {"digest": "y", "article_id": 999_999, "title": "Guichet"}
    server.index(index=name, id="999999", document=stranger, refresh=True)
    found = check(SERVER).differences
    assert (found.missing, found.stale, found.surplus) == ((first.pk,), (second.pk,), (999_999,))
    assert reconcile(SERVER) == found
    world.is_mended()


def test_the_index_before_is_kept_for_return_and_brought_up_to_date(world, search_server, settings):
    world.is_mended()
    rebuild(SERVER)
    rebuild(SERVER)
    kept = client(30).indices.get_alias(index=f"{settings.SEARCH_INDEX}-*").body
    assert sorted(alias for each in kept.values() for alias in each["aliases"]) == [
        settings.SEARCH_INDEX,
        f"{settings.SEARCH_INDEX}-previous",
    ]
    Feature.objects.get(slug=world.publish().slug).unpublish()
    world.published -= 1
    world.publish()
    world.is_mended()
    index_called(SERVER).go_back()
    assert check(SERVER).differences.missing
    reconcile(SERVER)
    world.is_mended()
