"""Set jobs in type in processes that may be stopped at any moment.

A case room is one process with WeasyPrint loaded and warm. It forks a child for each job, so a job
costs no import, shares no state with the next, and can be killed without harm to anyone.
The editor's process talks to it through a socket and never loads WeasyPrint itself.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import logging
import os
import resource
import select
import signal
import socket
import struct
import tempfile
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from print.remedies import gettext_noop
from print.settling import settle
from print.typesetter_media import BASE_URL, media_fetcher
from print.typesetter_memo import line_break_memo
from print.typesetter_notes import leave_room_for_notes
from print.typesetter_refusals import Refusal, out_of_time, refusal_of, told
from print.typesetter_tags import link_notes, say_more

# Room, in bytes, to say that the memory is used up.
LAST_WORDS = 64 * 1024 * 1024
FINDINGS_MOST = 100
FINDING_LENGTH = 300
STRAY_PX = 1.5
PR_SET_PDEATHSIG = 1
HEADER = struct.Struct("!Q")
EXIT_REPORT = struct.Struct("!idq")


class FindingsHandler(logging.Handler):
    """Collect what WeasyPrint warns about, each message once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.findings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message, shortened."""
        text = " ".join(record.getMessage().split())[:FINDING_LENGTH]
        if text not in self.findings and len(self.findings) < FINDINGS_MOST:
            self.findings.append(text)


def stray_text(page_box: Any) -> str | None:
    """The first running text of a page that lies outside its trim, or None.

    Absolute, fixed and transformed boxes may leave the page: that is how covers are drawn.
    """
    from weasyprint.formatting_structure import boxes

    width, height = page_box.margin_width(), page_box.margin_height()
    waiting = [page_box]
    while waiting:
        box = waiting.pop()
        if box is not page_box and (
            box.style["position"] in ("absolute", "fixed") or box.style["transform"]
        ):
            continue
        strays = (
            (
                box.position_y + box.height > height + STRAY_PX
                or box.position_x + box.width > width + STRAY_PX
                or min(box.position_x, box.position_y) < -STRAY_PX
            )
            if isinstance(box, boxes.TextBox)
            else False
        )
        if strays and box.text.strip():
            return str(box.text.strip()[:60])
        waiting.extend(getattr(box, "children", ()))
    return None


def set_in_type(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Render one job; returns its facts and the bytes of the PDF, or raises Refusal."""
    import weasyprint
    from weasyprint.pdf import metadata
    from weasyprint.urls import FatalURLFetchingError

    metadata.uuid4 = lambda: uuid5(NAMESPACE_URL, job["digest"])
    handler = FindingsHandler()
    weasyprint.LOGGER.addHandler(handler)
    fetcher = media_fetcher(job["media"])
    try:
        with line_break_memo():
            html = weasyprint.HTML(string=job["html"], base_url=BASE_URL, url_fetcher=fetcher)

            def render(root: Any) -> Any:
                # The wrapper remembers the classes and the order that it has seen.
                html.wrapper_element = type(html.wrapper_element).from_html_root(
                    root, content_language=None
                )
                return html.render()

            document = settle(html.etree_element, render)
            if len(document.pages) > job["pages_most"]:
                raise Refusal(
                    "pages",
                    gettext_noop(
                        "the text fills %(pages)s pages, more than %(most)s: "
                        "shorten it or divide it"
                    ),
                    pages=len(document.pages),
                    most=job["pages_most"],
                )
            for number, page in enumerate(document.pages, 1):
                if text := stray_text(page._page_box):  # noqa: SLF001 (no public name for it)
                    raise Refusal(
                        "stray",
                        gettext_noop(
                            "on page %(page)s, « %(text)s » runs off the page: "
                            "shorten it or let it break"
                        ),
                        page=number,
                        text=text,
                    )
            # No colour profile and no variant here: the press writes both, once.
            if job["tagged"]:
                say_more()
                link_notes(document)
            pdf = document.write_pdf(pdf_variant="pdf/ua-1" if job["tagged"] else None)
    except FatalURLFetchingError:
        pass
    finally:
        weasyprint.LOGGER.removeHandler(handler)
    if fetcher.refusals:
        raise fetcher.refusals[0]
    return {"pages": len(document.pages), "findings": handler.findings}, pdf


def answer(job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`set_in_type`, with every failure turned into a cause and a remedy."""
    try:
        return set_in_type(job)
    except Exception as error:
        return told(refusal_of(error, job)), b""


def receive(connection: socket.socket) -> bytes:
    """One message with its length in front; empty if the other side closed."""
    head = receive_exactly(connection, HEADER.size)
    return receive_exactly(connection, HEADER.unpack(head)[0]) if head else b""


def receive_exactly(connection: socket.socket, size: int) -> bytes:
    """`size` bytes, or nothing if the other side closed before."""
    received = bytearray()
    while len(received) < size:
        piece = connection.recv(min(1 << 20, size - len(received)))
        if not piece:
            return b""
        received += piece
    return bytes(received)


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message with its length in front."""
    connection.sendall(HEADER.pack(len(message)) + message)


def die_with_parent() -> None:
    """Ask Linux to kill this process when the case room goes."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def limit(job: dict[str, Any], connection: socket.socket) -> None:
    """Limits on memory, processor and wall time; the last two answer in words where Python can."""

    def stop(*_: object) -> None:
        send(connection, json.dumps(told(out_of_time(job["seconds"]))).encode())
        send(connection, b"-")
        os._exit(0)

    cpu = max(1, int(job["cpu_seconds"]))
    memory = job["memory_mb"] * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory + LAST_WORDS))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, stop)
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, job["seconds"])


def child(connection: socket.socket) -> None:
    """Read one job, answer it, end."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent()
    send(connection, str(os.getpid()).encode())
    job = json.loads(receive(connection))
    tempfile.tempdir = job["folder"]
    limit(job, connection)
    try:
        facts, pdf = answer(job)
    except MemoryError:
        facts = None
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if facts is None:
        facts, pdf = told(refusal_of(MemoryError(), job)), b""
    signal.setitimer(signal.ITIMER_REAL, 0)
    send(connection, json.dumps(facts).encode())
    send(connection, pdf or b"-")


def warm() -> None:
    """Set one short text, so that fonts, styles and hyphenation are loaded before any fork."""
    import weasyprint

    leave_room_for_notes()
    weasyprint.HTML(
        string="<html lang=fr><p style='hyphens:auto;width:3em'>Un numéro pour attendre"
    ).write_pdf()
    gc.collect()
    gc.freeze()


def serve(control: socket.socket) -> None:
    """Fork one child for each pair of sockets received, until the other end closes."""
    warm()
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write)
    reports: dict[int, socket.socket] = {}
    while True:
        watched: list[socket.socket | int] = [control, wake_read]
        ready, _, _ = select.select(watched, [], [])
        if wake_read in ready:
            os.read(wake_read, 4096)
            bury(reports)
        if control in ready:
            message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if not message:
                return
            connection, report = (socket.socket(fileno=each) for each in descriptors)
            pid = os.fork()
            if pid == 0:
                try:
                    control.close()
                    for other in (report, *reports.values()):
                        other.close()
                    child(connection)
                finally:
                    os._exit(0)
            connection.close()
            reports[pid] = report


def bury(reports: dict[int, socket.socket]) -> None:
    """Report how each child ended: exit status, processor seconds, peak of memory in KiB."""
    while reports:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        report = reports.pop(pid)
        cpu = usage.ru_utime + usage.ru_stime
        with contextlib.suppress(OSError):
            report.sendall(EXIT_REPORT.pack(status, cpu, usage.ru_maxrss))
        report.close()


if __name__ == "__main__":
    import sys

    serve(socket.socket(fileno=int(sys.argv[1])))
