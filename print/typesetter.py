"""Turn one HTML text and its media into typeset pages, in a child process with limits."""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from print.remedies import Fact, Remedied, gettext_noop
from print.typesetter_child import EXIT_REPORT, receive, receive_exactly, send
from print.typesetter_media import BASE_URL
from print.typesetter_refusals import Refusal, crashed, died, out_of_time, told

GRACE_SECONDS = 2.0
CRASHES = (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGTRAP)
ENVIRONMENT = ("PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH")


class TypesetError(Remedied):
    """A text that cannot be set.

    `remedy` is one line for the editor; `cause` is one of missing, refused, time, memory, nesting,
    pages, stray, engine, died.
    """

    def __init__(self, template: str, /, *, cause: str = "engine", **facts: Fact) -> None:
        super().__init__(template, **facts)
        self.cause = cause


class MissingMedia(TypesetError):
    """A picture, font or style sheet of the job is not on the disk."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(
            gettext_noop("%(name)s is missing (%(path)s): store the file again"),
            cause="missing",
            name=name,
            path=str(path),
        )
        self.name = name
        self.path = path


@dataclass(frozen=True)
class Limits:
    """What one job may use: wall and processor seconds, address space in MB, pages."""

    seconds: float = 60.0
    cpu_seconds: float = 60.0
    memory_mb: int = 1024
    pages_most: int = 200


@dataclass(frozen=True)
class TypesetJob:
    """One text to set: HTML, and the files it may name under https://media.invalid/.

    `tagged` asks for PDF/UA-1 (ISO 14289-1), for those who can't see the page.
    `media` maps a name ("pictures/a.jpg") to a file. Each path is resolved once, here; with
    `media_root`, a path that leads out of that folder counts as missing. Raises MissingMedia.
    """

    html: str
    media: Mapping[str, Path] = field(default_factory=dict)
    media_root: Path | None = None
    tagged: bool = False

    def __post_init__(self) -> None:
        root = self.media_root.resolve() if self.media_root else None
        resolved = {}
        for name, path in sorted(self.media.items()):
            real = Path(path).resolve()
            if not real.is_file() or (root and not real.is_relative_to(root)):
                raise MissingMedia(name, Path(path))
            resolved[name] = real
        object.__setattr__(self, "media", resolved)

    @property
    def base_url(self) -> str:
        """The address that relative addresses in the HTML are read against."""
        return BASE_URL

    @cached_property
    def digest(self) -> str:
        """sha256 of the HTML, and of each medium's name and content."""
        digest = hashlib.sha256(self.html.encode() + b"\0tagged" * self.tagged)
        for name, path in self.media.items():
            digest.update(f"\0{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
        return digest.hexdigest()


@dataclass(frozen=True)
class TypesetPages:
    """A typeset text: PDF bytes in the colours of its style sheet, and what it took."""

    pdf: bytes
    pages: int
    findings: tuple[str, ...]
    seconds: float
    cpu_seconds: float
    peak_mb: float
    digest: str


class CaseRoom:
    """The process that forks a child per job; started at the first job, gone with its owner."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def connect(self) -> tuple[socket.socket, socket.socket]:
        """Sockets to a new child: its conversation, and the report of its end."""
        ours, theirs = socket.socketpair()
        our_report, their_report = socket.socketpair()
        with self._lock, theirs, their_report:
            for attempt in (1, 2):
                control = self._running()
                try:
                    socket.send_fds(control, [b"j"], [theirs.fileno(), their_report.fileno()])
                    break
                except OSError:
                    self.close()
                    if attempt == 2:
                        raise
        return ours, our_report

    def _running(self) -> socket.socket:
        alive = self._process is not None and self._process.poll() is None
        if self._control and alive and self._owner == os.getpid():
            return self._control
        root = Path(__file__).resolve().parent.parent
        # A fixed hash seed and time zone, and none of the application's secrets.
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        environment |= {
            "PYTHONPATH": str(root),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
        }
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "print.typesetter_child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._owner = os.getpid()
        return self._control

    def close(self) -> None:
        """End the process and its children; it starts again at the next job."""
        if self._control:
            self._control.close()
        if self._process and self._owner == os.getpid():
            self._process.kill()
            self._process.wait()
        self._process = self._control = None


_case_room = CaseRoom()
atexit.register(_case_room.close)


def typeset(job: TypesetJob, limits: Limits | None = None) -> TypesetPages:
    """Set one job in a child process. Raises TypesetError, whose `remedy` is one readable line."""
    limits = limits or Limits()
    started = time.monotonic()
    connection, report = _case_room.connect()
    with connection, report, tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        order = {
            "html": job.html,
            "tagged": job.tagged,
            "digest": job.digest,
            "media": {name: str(path) for name, path in job.media.items()},
            "folder": folder,
            "seconds": limits.seconds,
            "cpu_seconds": limits.cpu_seconds,
            "memory_mb": limits.memory_mb,
            "pages_most": limits.pages_most,
        }
        facts, pdf = _converse(connection, order, limits)
        seconds = time.monotonic() - started
        report.settimeout(GRACE_SECONDS)
        try:
            end = receive_exactly(report, EXIT_REPORT.size)
        except OSError:
            end = b""
    status, cpu, peak_kib = EXIT_REPORT.unpack(end) if end else (0, 0.0, 0)
    if facts is None:
        raise _failed(_death(status, cpu, seconds, limits))
    if "cause" in facts:
        raise _failed(Refusal(facts["cause"], facts["template"], **facts["facts"]))
    return TypesetPages(
        pdf=pdf,
        pages=facts["pages"],
        findings=tuple(facts["findings"]),
        seconds=seconds,
        cpu_seconds=cpu,
        peak_mb=peak_kib / 1024,
        digest=job.digest,
    )


def _converse(
    connection: socket.socket, order: dict[str, Any], limits: Limits
) -> tuple[dict[str, Any] | None, bytes]:
    """Send the order and wait for its answer; None if the child died or had to be killed."""
    connection.settimeout(GRACE_SECONDS * 5)
    try:
        pid = int(receive(connection) or 0)
        if not pid:
            return None, b""
        send(connection, json.dumps(order).encode())
        connection.settimeout(limits.seconds + GRACE_SECONDS)
        facts = receive(connection)
        pdf = receive(connection)
    except TimeoutError:
        # The child still holds its end of the socket, so the process id is still its own.
        os.killpg(pid, signal.SIGKILL)
        return told(out_of_time(limits.seconds)), b""
    except OSError:
        return None, b""
    return (json.loads(facts), pdf) if facts and pdf else (None, b"")


def _death(status: int, cpu: float, seconds: float, limits: Limits) -> Refusal:
    """Say why a child ended without a word."""
    if seconds >= limits.seconds or cpu >= limits.cpu_seconds:
        return out_of_time(limits.seconds)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in CRASHES:
        return crashed(limits.memory_mb)
    return died()


def _failed(refusal: Refusal) -> TypesetError:
    return TypesetError(refusal.template, cause=refusal.cause, **refusal.facts)


def typeset_many(
    jobs: Iterable[TypesetJob], limits: Limits | None = None, workers: int = 2
) -> tuple[TypesetPages, ...]:
    """Set many jobs, `workers` at a time, as they come; the pages come in the order of the jobs.

    Raises the TypesetError of the first job, in that order, that failed; jobs not begun are left.
    What `jobs` itself raises ends it alike.
    """
    workers = max(1, workers)
    # One job waits ready for each free hand, no more: who counts them sees how far it is.
    ahead = threading.BoundedSemaphore(workers + 1)
    with ThreadPoolExecutor(max_workers=workers) as pool:
        waiting = []
        try:
            for job in jobs:
                ahead.acquire()
                waiting.append(pool.submit(typeset, job, limits))
                waiting[-1].add_done_callback(lambda _done: ahead.release())
            return tuple(each.result() for each in waiting)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
