"""`make demo` from the secret to the table and the server, on stand-ins for Django."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

STAND_IN = """
import json, os, pathlib, sys, time
command = sys.argv[1]
with pathlib.Path("calls").open("a") as calls:
    calls.write(command + "\\n")
if command == "collectstatic":
    pathlib.Path("var/static").mkdir(parents=True, exist_ok=True)
    pathlib.Path("var/static/staticfiles.json").write_text("{}")
if command == "demo":
    if pathlib.Path("broken").exists():
        sys.stderr.write("warning: a detail\\nCommandError: A picture is missing: tour.png\\n")
        sys.exit(1)
    sys.stdout.write(json.dumps({
        "steps": {"magazine": 1.5, "press file": 2.5},
        "site": os.environ["BASE_URL"] + "/", "admin": os.environ["BASE_URL"] + "/admin/",
        "login": "redaction", "password": "mot-de-passe", "articles": 18, "issues": 2,
        "press": {"path": str(pathlib.Path("var/press/7.pdf").resolve()), "sha256": "ab" * 32,
                  "pages": 28, "size": 4_200_000, "link": os.environ["BASE_URL"] + "/imprimeur/x"},
    }))
if command == "db_worker":
    time.sleep(600)
if command == "release_scheduled":
    time.sleep(601)
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Prenez un ticket."]
"""


@pytest.fixture
def demo(house):
    """A tree with stand-ins for manage.py and the site; gives a function that starts the demo."""
    (house / "manage.py").write_text(STAND_IN, encoding="utf-8")
    website = house / "site/website"
    website.mkdir(parents=True)
    (website / "settings.py").write_text("", encoding="utf-8")
    (website / "wsgi.py").write_text(WSGI, encoding="utf-8")
    (house / ".venv").mkdir()
    (house / "constraints.txt").write_text("", encoding="utf-8")

    def start(*options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, house / "tools/demo.py", *options],
            env={**os.environ, "DATABASE_URL": "postgres://elsewhere/precious"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def test_table_tells_what_there_is_to_see_and_what_it_took(house, demo):
    process = demo("--port", "8123", "--serve", "no", "--spent", "system packages=200000")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    for line in (
        ["site", "http://localhost:8123/"],
        ["admin", "http://localhost:8123/admin/"],
        ["login", "redaction", "password", "mot-de-passe"],
        ["magazine", "18", "articles,", "2", "issues"],
        ["press", "file", "var/press/7.pdf"],
        ["28", "pages,", "4.2", "MB"],
        ["sha256", "ab" * 32],
        ["for", "the", "printer", "http://localhost:8123/imprimeur/x"],
        ["system", "packages", "0.2"],
        ["press", "file", "2.5"],
    ):
        assert line in lines
    assert (house / "var/demo.env").stat().st_mode & 0o777 == 0o600


def test_second_run_keeps_the_secret_and_gathers_no_static_files(house, demo):
    for _ in range(2):
        demo("--port", "8123", "--serve", "no").communicate(timeout=60)
        secret = (house / "var/demo.env").read_text(encoding="utf-8").splitlines()[0]
        (house / "secrets").open("a", encoding="utf-8").write(secret + "\n")
    first, second = (house / "secrets").read_text(encoding="utf-8").splitlines()
    assert first == second
    calls = (house / "calls").read_text(encoding="utf-8").split()
    assert calls == ["collectstatic", "migrate", "demo", "migrate", "demo"]


def test_failure_is_one_line_with_the_remedy_nearby(house, demo):
    (house / "broken").touch()
    process = demo("--port", "8123", "--serve", "no")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert err == (
        "demo: CommandError: A picture is missing: tour.png (more in var/log/demo-demo.log)\n"
    )


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_server_worker_and_scheduler_end_together(house, demo, ending):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = demo("--port", str(port))
    for line in process.stdout:
        if "Serving" in line:
            break
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
        assert answer.read() == b"Prenez un ticket."
    started = children_of(process.pid)
    process.send_signal(ending)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert len(started) >= 3
    assert not [pid for pid in started if is_alive(pid)]


def test_worker_that_ends_by_itself_ends_the_demo(house, demo):
    stand_in = house / "manage.py"
    stand_in.write_text(STAND_IN.replace("time.sleep(600)", "sys.exit('No table')"), "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = demo("--port", str(port))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err == "The worker ended: No table (more in var/log/demo-worker.log)\n"


def children_of(pid: int) -> list[int]:
    """The processes below one, however deep."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in pairs if its_parent == parent]
    return found[1:]


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that waits to be buried does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
