"""Check or draw a PDF in a process of its own, held to memory and time, without our secrets."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from magazine.pdf_checking import CheckedPdf, PdfRefused, check_pdf
from magazine.pdf_drawing import draw_pdf

ROOT = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME")
CHECK_SECONDS, DRAW_SECONDS = 60, 600


class PdfWorkError(Exception):
    """The work was stopped at its limits, or went wrong."""


def check(data: bytes, megabytes: int) -> CheckedPdf:
    """Return what is known of a sound PDF; one that bursts its limits is broken.

    Raises PdfRefused.
    """
    with tempfile.TemporaryDirectory(prefix="pdf-check-") as name:
        path = Path(name) / "issue.pdf"
        path.write_bytes(data)
        try:
            told = _run("check", path, megabytes, CHECK_SECONDS)
        except PdfWorkError as error:
            raise PdfRefused("broken") from error
    if "refused" in told:
        raise PdfRefused(told["refused"])
    return CheckedPdf(**told)


def draw(path: Path, folder: Path, megabytes: int) -> list[list[dict[str, int | str]]]:
    """Draw a PDF's pages into a folder, as `draw_pdf` says. Raises PdfWorkError."""
    told = _run("draw", path, megabytes, DRAW_SECONDS, folder)
    return told["pages"]


def _run(verb: str, path: Path, megabytes: int, seconds: int, *more: Path) -> dict[str, Any]:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    words = [verb, str(megabytes), str(seconds), str(path), *(str(each) for each in more)]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-m", "magazine.pdf_work", *words],
            check=True,
            timeout=2 * seconds,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise PdfWorkError(str(error)) from error


def main(words: list[str]) -> None:
    """Set the limits, do the work, tell its result as JSON."""
    verb, megabytes, seconds, path = words[:4]
    memory = int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told: dict[str, Any]
    if verb == "draw":
        told = {"pages": draw_pdf(Path(path), Path(words[4]))}
    else:
        try:
            told = {"pages": check_pdf(Path(path).read_bytes()).pages}
        except PdfRefused as refused:
            told = {"refused": refused.reason}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
