"""The embedded index's files: many processes, killed writers, full disks, versions, ways back."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from magazine.search.engines.base import EngineError, Seen
from magazine.search.engines.embedded import generations, schema
from magazine.search.engines.embedded.engine import EmbeddedEngine
from magazine.search.engines.embedded.index import EmbeddedIndex
from magazine.search.turns import turn
from tests.magazine.search_documents import document, ids

WORKER = Path(__file__).with_name("search_worker.py")


@pytest.fixture
def index():
    made = EmbeddedIndex()
    made.rebuild([document(1, "guichet"), document(2, "file")], Seen())
    return made


@pytest.fixture
def worker(settings):
    def start(*arguments):
        return subprocess.Popen(
            [sys.executable, str(WORKER), str(settings.DATA_DIR), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    return start


def files():
    return sorted(path.name for path in generations.folder().glob("readers-*.sqlite3"))


def test_four_writers_and_readers_at_once_make_no_error(index, worker):
    writers = [worker("write", 100 * n, 50) for n in range(1, 5)]
    readers = [worker("read", 60) for _n in range(2)]
    assert [each.wait(120) for each in (*writers, *readers)] == [0] * 6
    expected = {1, 2, *(100 * n + m for n in range(1, 5) for m in range(50))}
    assert set(index.digests()) == expected
    assert index.seen().numbers == expected - {1, 2}


def test_a_writer_killed_in_the_middle_leaves_all_or_nothing(index, worker):
    before = index.digests()
    child = worker("apply", 1, 400)
    assert child.stdout.readline() == "started\n"
    child.kill()
    is_done = "applied" in child.communicate()[0]
    assert index.digests() == before or is_done
    assert ids("guichet") == [1]
    index.apply([document(3, "guichet")], [])
    assert set(ids("guichet")) == {1, 3}


def test_a_transaction_that_was_never_ended_is_as_if_it_never_was(index):
    if not (child := os.fork()):
        from magazine.search.engines.embedded.connections import writing

        with writing() as db:
            db.execute("DELETE FROM articles")
            db.execute("DELETE FROM postings")
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert ids("guichet") == [1]
    assert set(index.digests()) == {1, 2}


def test_making_anew_and_being_killed_leaves_the_old_one_and_no_rubbish(index, worker):
    child = worker("rebuild", 2000)
    assert child.stdout.readline() == "started\n"
    child.kill()
    child.wait()
    assert set(index.digests()) == {1, 2}
    index.rebuild([document(5, "gare")], Seen())
    assert set(index.digests()) == {5}
    assert len(files()) == 2


def test_two_who_make_it_anew_take_turns(index):
    with turn(generations.CHANGING), pytest.raises(EngineError, match="Un autre processus"):
        index.rebuild([document(9, "gare")], Seen())
    assert set(index.digests()) == {1, 2}


def test_on_a_full_disk_nothing_is_lost(index, worker):
    child = worker("full")
    assert "refused 2" in child.communicate()[0]
    assert child.returncode == 0
    assert set(index.digests()) == {1, 2}
    assert ids("guichet") == [1]
    index.apply([document(3, "guichet")], [])
    assert set(ids("guichet")) == {1, 3}
    assert len(files()) == 1


def test_a_file_that_is_being_written_for_long_is_an_engine_error(index, monkeypatch):
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    other = schema.connect(generations.current_path())
    other.execute("BEGIN IMMEDIATE")
    failed = []

    def write():
        try:
            EmbeddedIndex().apply([document(3, "gare")], [])
        except EngineError as error:
            failed.append(str(error))

    # A thread of its own opens a connection of its own, with the short patience.
    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert "locked" in failed[0]
    assert ids("guichet") == [1]
    other.close()


def test_a_broken_file_is_laid_aside_and_can_be_made_again(index):
    EmbeddedIndex().rebuild([document(n, "guichet " * 200) for n in range(1, 80)], Seen())
    path = generations.current_path()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(EngineError, match="endommagé"):
        EmbeddedIndex().apply([document(1, "gare")], [2, 3])
    assert not EmbeddedIndex().exists()
    EmbeddedIndex().rebuild([document(1, "guichet")], Seen())
    assert ids("guichet") == [1]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_none_of_ours_is_no_index(index, content):
    path = generations.current_path()
    generations.point_to(generations.Generations("readers-x.sqlite3", path.name))
    (generations.folder() / "readers-x.sqlite3").write_bytes(content)
    assert not EmbeddedIndex().exists()
    EmbeddedIndex().rebuild([document(1, "guichet")], Seen())
    assert EmbeddedIndex().exists()


def test_an_index_of_another_version_has_to_be_made_again(index, monkeypatch, worker):
    monkeypatch.setattr(schema, "SCHEMA", 10_000)
    index.rebuild([document(1, "guichet")], Seen())
    assert index.exists()
    with pytest.raises(EngineError, match="d’une autre version"):
        index.go_back()
    # A process of this version, beside ours of the other one.
    assert worker("read", 1).wait(60) == 1
    assert worker("rebuild", 1).wait(60) == 0
    assert worker("read", 1).wait(60) == 0


def test_one_can_go_back_and_forth_and_only_one_old_file_is_kept(index):
    index.apply([], [], [7])
    index.rebuild([document(8, "gare")], Seen(5, frozenset({9})))
    assert index.seen() == Seen(5, frozenset({9}))
    index.go_back()
    assert (set(index.digests()), index.seen()) == ({1, 2}, Seen(0, frozenset({7})))
    assert ids("guichet") == [1]
    index.go_back()
    assert (set(index.digests()), ids("gare")) == ({8}, [8])
    index.rebuild([], Seen())
    assert (len(files()), ids("gare")) == (2, [])


def test_there_is_nothing_before_the_first_one(index):
    with pytest.raises(EngineError, match="précédent"):
        index.go_back()


def test_what_was_seen_is_said_in_one_number_once_it_is_settled(index):
    index.apply([], [], [1, 2, 3, 7])
    index.settle(3)
    assert index.seen() == Seen(3, frozenset({7}))
    index.settle(2)
    assert index.seen() == Seen(3, frozenset({7}))


def test_a_write_that_fails_changes_nothing(index):
    def documents():
        yield document(3, "gare")
        raise ValueError

    with pytest.raises(ValueError):
        index.apply(documents(), [1], [4])
    assert set(index.digests()) == {1, 2}
    assert index.seen().numbers == frozenset()


def test_readers_see_what_another_process_wrote_or_swapped(index, worker):
    assert ids("mot3") == []
    assert worker("write", 50, 1).wait(60) == 0
    assert ids("mot3") == [50]
    assert worker("rebuild", 2).wait(60) == 0
    assert set(ids("mot3")) == {1, 2}


def test_a_child_never_uses_its_parents_connection(index):
    assert ids("guichet") == [1]
    if not (child := os.fork()):
        try:
            EmbeddedIndex().apply([document(3, "guichet")], [])
            os._exit(0 if set(ids("guichet")) == {1, 3} else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    assert set(ids("guichet")) == {1, 3}


def test_threads_read_whole_states_while_another_writes(index):
    failed, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                found = ids("guichet")
                texts = EmbeddedEngine().texts(found)
                if not set(found) <= {1, *range(10, 40)} or len(texts) < len(found) - 1:
                    failed.append(found)
            except Exception as error:
                failed.append(error)

    threads = [threading.Thread(target=read) for _n in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10, 40):
        index.apply([document(number, "guichet", facets={"topic": [f"t{number}"]})], [])
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(ids("guichet")) == 31
