"""Serve the demo on this machine: web server, job runner and scheduler, ended together."""

import contextlib
import ctypes
import http
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "var/log"
SECONDS_TO_ANSWER = 60
SECONDS_TO_END = 10
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1

Children = dict[str, subprocess.Popen[bytes]]


class ServeError(Exception):
    """Why there is no serving, in one line, with what to do."""


class Stopped(Exception):
    """Someone asked for the end: Ctrl-C, or a signal."""


def listen_for_the_end() -> None:
    """From now on Ctrl-C, an ending signal or a closed terminal raises Stopped."""
    for number in ENDINGS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)


def stop(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into Stopped."""
    raise Stopped


def last_word(log: Path, otherwise: str = "") -> str:
    """The last line that says something in a log, or in the text given."""
    said = [line for line in log.read_text(encoding="utf-8").splitlines() if line.strip()]
    said = said or [line for line in otherwise.splitlines() if line.strip()]
    return said[-1].strip() if said else "it failed without a word"


def refuse_port(port: int) -> None:
    """Raise ServeError when the port cannot be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServeError(
                f"Port {port} cannot be had ({error.strerror}); choose another one, "
                "as in: make demo PORT=8080"
            ) from error


def end_with_parent() -> None:
    """Ask Linux to end this child when its parent is killed outright."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(name: str, env: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    """Start a Python module or script in a session of its own, its words going to var/log."""
    with (LOGS / f"demo-{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=end_with_parent,
        )


def answers(port: int) -> bool:
    """Whether the home page comes; False while nobody listens. Raises ServeError when it fails."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServeError(f"The home page answers {status} (see var/log/demo-server.log).")
    return True


def serve(port: int, env: dict[str, str]) -> None:
    """Run web server, job runner and scheduler until Stopped is raised; leave none behind.

    Raises ServeError when one of them ends by itself.
    """
    children: Children = {}
    try:
        children["server"] = start(
            "server", env, "-m", "gunicorn", "website.wsgi:application",
            "--pythonpath", "site", "--bind", f"127.0.0.1:{port}", "--workers", "2",
            "--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket",
        )  # fmt: skip
        children["worker"] = start("worker", env, "manage.py", "db_worker", "--no-reload")
        children["scheduler"] = start(
            "scheduler", env, "manage.py", "release_scheduled", "--every", "20"
        )
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not answers(port):
            refuse_silence(children)
            if time.monotonic() > deadline:
                raise ServeError("The server does not answer (see var/log/demo-server.log).")
            time.sleep(0.2)
        sys.stdout.write(f"  Serving on http://localhost:{port}/ (Ctrl-C ends it)\n")
        sys.stdout.flush()
        while True:
            refuse_silence(children)
            time.sleep(0.5)
    finally:
        end(children)


def refuse_silence(children: Children) -> None:
    """Raise ServeError when a child has ended."""
    for name, child in children.items():
        if child.poll() is not None:
            log = LOGS / f"demo-{name}.log"
            raise ServeError(
                f"The {name} ended: {last_word(log)} (more in {log.relative_to(ROOT)})"
            )


def end(children: Children) -> None:
    """End the children, politely first, and whatever they started."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
