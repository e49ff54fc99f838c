"""Give tests a real search server: one a run, shared by all its workers, an index name for each."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from magazine.search.engines import wake_server
from magazine.search.engines.elasticsearch.connection import client

ROOT = Path(__file__).resolve().parents[1]
# Handed on under another name: what tests start by itself must not search there.
GIVEN = os.environ.pop("SEARCH_URL", "") or os.environ.get("TESTS_SEARCH_URL", "")
os.environ["TESTS_SEARCH_URL"] = GIVEN
# The first start fetches 71 MB; on a busy machine every start takes a while.
SECONDS_TO_START = 600


def address_of(kind: str) -> str:
    """The address of a server that lives as long as this run; if none starts, the test fails."""
    done = subprocess.run(
        [ROOT / "tools/search-server", f"--{kind}", "beside", str(_run_of_tests())],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_START,
    )
    if done.returncode:
        pytest.fail(f"No search server; try it by hand: make search-server\n{done.stderr}")
    return done.stdout.strip()


def _run_of_tests() -> int:
    """The process that all workers of a run, or all runs of tools/test, have in common."""
    given = os.environ.get("TESTS_RUN")
    if given:
        return int(given)
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def own_name() -> str:
    """The name of an index that nobody else uses."""
    return f"test-{os.getpid()}-{uuid4().hex[:8]}"


def forget(server: Elasticsearch, name: str) -> None:
    """Delete all that a test left on a server."""
    found = server.indices.get_alias(index=f"{name}*", ignore_unavailable=True).body
    for index in found:
        server.indices.delete(index=index, ignore_unavailable=True)


@contextmanager
def set_up(settings, address: str) -> Iterator[None]:
    """Search on a server, in an index of one's own."""
    settings.SEARCH_URL = address
    settings.SEARCH_INDEX = own_name()
    wake_server()
    try:
        yield
    finally:
        settings.SEARCH_URL = address
        forget(client(20), settings.SEARCH_INDEX)
        wake_server()


@pytest.fixture(scope="session")
def search_server_address() -> str:
    """The address of a real server: SEARCH_URL where it is given, else one that is started here."""
    return GIVEN or address_of("opensearch")


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a server on a busy machine as long as no reader would."""
    monkeypatch.setattr("magazine.search.engines.elasticsearch.connection.READ", 30.0)
    monkeypatch.setattr("magazine.search.engines.elasticsearch.index.SAVE_SECONDS", 30.0)


@pytest.fixture
def search_server(settings, patient: None, search_server_address: str) -> Iterator[str]:
    """Search on a real server while the test runs; return its address."""
    with set_up(settings, search_server_address):
        yield search_server_address
