"""What other processes do to an embedded index; started by the tests, killed by some.

Usage: search_worker.py DATA_DIR write FIRST COUNT | read COUNT | apply FIRST COUNT | rebuild COUNT
| full
"""

import os
import resource
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ |= {"DJANGO_SETTINGS_MODULE": "website.settings", "DATA_DIR": sys.argv[1]}
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

import django  # noqa: E402

from magazine.search.engines.base import EngineError, Seen  # noqa: E402
from magazine.search.engines.embedded.index import EmbeddedIndex  # noqa: E402
from tests.magazine.search_documents import ask, document  # noqa: E402

WORDS = " ".join(f"mot{number} guichet file{number % 7}" for number in range(120))


def say(text: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def documents(first: int, count: int):
    """So many documents from an id on; the test is told when the first one is being read."""
    for article_id in range(first, first + count):
        yield document(article_id, WORDS, title=f"Titre {article_id}")
        if article_id == first:
            say("started")


def write(first: str, count: str) -> None:
    """Put articles in, one write each."""
    for each in documents(int(first), int(count)):
        EmbeddedIndex().apply([each], [], [each.article_id])


def read(count: str) -> None:
    """Ask, again and again; what is found must be whole."""
    for _turn in range(int(count)):
        found = ask("guichet file3")
        assert found.total >= len(found.hits)


def apply(first: str, count: str) -> None:
    """Put all articles in by one write."""
    EmbeddedIndex().apply(documents(int(first), int(count)), [], [1])
    say("applied")


def rebuild(count: str) -> None:
    """Make the index anew."""
    EmbeddedIndex().rebuild(documents(1, int(count)), Seen())


def full() -> None:
    """Write on a disk that is full."""
    django.setup()  # the words of an error are translated
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
    refused = 0
    for verb in (
        lambda: EmbeddedIndex().apply(documents(1, 100), []),
        lambda: EmbeddedIndex().rebuild(documents(1, 1000), Seen()),
    ):
        try:
            verb()
        except EngineError:
            refused += 1
    say(f"refused {refused}")


if __name__ == "__main__":
    globals()[sys.argv[2]](*sys.argv[3:])
