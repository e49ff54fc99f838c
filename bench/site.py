"""Measure the readers' site under gunicorn beside plain Wagtail pages of the same articles.

    .venv/bin/python bench/site.py [--rounds 5] [--requests 60] [--check]

Each round asks every contestant in turn, alone and sixteen at once; medians over the rounds. With
`--check` the ratios that the house promises are held, and a broken one ends with 1.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
AT_ONCE = (1, 16)
ARTICLE, HOME, ISSUE = "/entretiens/article-4/", "/", "/numeros/l-attente/"


@dataclass(frozen=True)
class Contestant:
    """A row of the table: a server, an address, what it forgets before each answer."""

    name: str
    server: str
    address: str
    forgets: str = ""


CONTESTANTS = (
    Contestant("plain Wagtail page", "plain", ARTICLE),
    Contestant("article, kept", "site", ARTICLE),
    Contestant("article, not kept", "site", ARTICLE, "page"),
    Contestant("article, nothing kept", "site", ARTICLE, "everything"),
    Contestant("home, kept", "site", HOME),
    Contestant("home, not kept", "site", HOME, "page"),
    Contestant("home, nothing kept", "site", HOME, "everything"),
    Contestant("issue of 20, kept", "site", ISSUE),
    Contestant("issue of 20, not kept", "site", ISSUE, "page"),
    Contestant("issue of 20, nothing kept", "site", ISSUE, "everything"),
)
# What is promised: this one takes at most so many times as long as that one, asked alone.
PROMISES = (
    ("article, not kept", 0.5, "plain Wagtail page"),
    ("home, not kept", 1.5, "article, not kept"),
    ("issue of 20, not kept", 1.5, "article, not kept"),
)


@dataclass(frozen=True)
class Waits:
    """Answers a second, and the milliseconds that half, 95 and 99 in 100 took at most."""

    rate: float
    half: float
    most: float
    nearly_all: float


def main() -> int:
    """Make the magazine, serve it twice, measure and print; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-site-") as folder:
        env = environment(Path(folder))
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        subprocess.run([sys.executable, "bench/site_magazine.py"], cwd=ROOT, env=env, check=True)
        servers = {"site": Server("bench.site_wsgi:application", "website.settings", env)}
        servers["plain"] = Server("website.wsgi:application", "bench.plain_site.settings", env)
        try:
            found = measure(servers, options.rounds, options.requests)
        finally:
            for server in servers.values():
                server.end()
    told, broken = table(found)
    sys.stdout.write(told)
    return int(options.check and broken)


def environment(folder: Path) -> dict[str, str]:
    """A small production in a folder of its own; REDIS_URL is taken from outside if given."""
    return {
        **os.environ,
        "DEBUG": "no",
        "SECRET_KEY": "measured-measured-measured-measured-measured-1234",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BASE_URL": "http://127.0.0.1",
        "DATA_DIR": str(folder),
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/site.sqlite3",
        "SEARCH_URL": "",
    }


class Server:
    """gunicorn with two workers on a port of its own."""

    def __init__(self, application: str, settings: str, env: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = ["-m", "gunicorn", application, "--pythonpath", f"{ROOT}/site,{ROOT}"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--workers", str(WORKERS)]
        command += ["--log-level", "error", "--no-control-socket"]
        self._process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env={**env, "DJANGO_SETTINGS_MODULE": settings}
        )

    def ask(self, address: str, forgets: str) -> float:
        """Return the milliseconds of one whole answer. Raises RuntimeError for a bad one."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"X-Forget": forgets} if forgets else {}
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        if response.status != 200:
            raise RuntimeError(f"{address} answers {response.status}")
        return 1000 * (time.perf_counter() - began)

    def wait(self) -> None:
        """Return once it answers. Raises OSError after a minute."""
        deadline = time.monotonic() + 60
        while True:
            try:
                self.ask(ARTICLE, "")
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return

    def end(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()


def measure(
    servers: dict[str, Server], rounds: int, requests: int
) -> dict[tuple[str, int], list[Waits]]:
    """Ask every contestant in turn, round after round."""
    found: dict[tuple[str, int], list[Waits]] = {}
    for server in servers.values():
        server.wait()
    for _round in range(rounds):
        for contestant in CONTESTANTS:
            for readers in AT_ONCE:
                waits = ask_at_once(servers[contestant.server], contestant, readers, requests)
                found.setdefault((contestant.name, readers), []).append(waits)
    return found


def ask_at_once(server: Server, contestant: Contestant, readers: int, requests: int) -> Waits:
    """Let so many readers ask, one after the other each, until `requests` are answered."""
    each = max(2, requests // readers)
    taken: list[float] = []

    def read() -> None:
        taken.extend(server.ask(contestant.address, contestant.forgets) for _ in range(each))

    server.ask(contestant.address, "")
    threads = [threading.Thread(target=read) for _ in range(readers)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    return Waits(len(taken) / seconds, cuts[49], cuts[94], cuts[98])


def table(found: dict[tuple[str, int], list[Waits]]) -> tuple[str, bool]:
    """Return the table and the promises as text, and whether one of them is broken."""
    lines = ["| page | at once | pages/s | p50 ms | p95 ms | p99 ms |", "|---|---|---|---|---|---|"]
    half: dict[str, float] = {}
    for (name, readers), rounds in found.items():
        middle = [
            statistics.median(getattr(each, part) for each in rounds)
            for part in ("rate", "half", "most", "nearly_all")
        ]
        lines.append(f"| {name} | {readers} | " + " | ".join(f"{n:.1f}" for n in middle) + " |")
        if readers == 1:
            half[name] = middle[1]
    broken = False
    lines.append("")
    for name, most, other in PROMISES:
        ratio = half[name] / half[other]
        broken |= ratio > most
        lines.append(f"{name} / {other}: {ratio:.2f} (at most {most})")
    for kind in ("article", "home", "issue of 20"):
        ratio = half[f"{kind}, nothing kept"] / half["plain Wagtail page"]
        lines.append(f"{kind}, nothing kept / plain Wagtail page: {ratio:.2f} (told, not promised)")
    return "\n".join([*lines, ""]), broken


if __name__ == "__main__":
    sys.exit(main())
