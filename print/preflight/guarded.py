"""Have a PDF examined in a child with limits: no file can hold up or bring down the house."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from print.preflight.child import MEMORY, limits_as_data, too_much
from print.preflight.findings import Verdict
from print.preflight.telling import from_data
from print.preflight.variants import Variant
from print.remedies import gettext_noop

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
SLOW = gettext_noop("takes too long")
BUSY = gettext_noop("takes too much of the processor")
CRASHED = gettext_noop("is nested too deeply, or uses too much memory")


@dataclass(frozen=True)
class Guard:
    """What the examination of one file may use: processor seconds, wall seconds, megabytes."""

    seconds: int = 60
    wall_seconds: int = 120
    megabytes: int = 2000


@dataclass(frozen=True)
class Examined:
    """A verdict, and the boxes of each page (media and product, in points) for marking places."""

    verdict: Verdict
    pages: tuple[dict[str, Any], ...] = ()


def examine_file(
    path: Path,
    variant: Variant,
    *,
    ink: bool = True,
    icc: Path | None = None,
    pictures: Path | None = None,
    guard: Guard | None = None,
) -> Examined:
    """Examine a PDF under a variant; whatever happens to the child ends as a finding.

    With `pictures`, that folder gets `page-1.jpg`… at 72 dpi and, with `ink`, `ink-1.png`….
    Pages that can't be drawn are missing there.
    """
    guard = guard or Guard()
    request = {
        "path": str(path.resolve()),
        "variant": variant.code,
        "limits": limits_as_data(variant.limits),
        "ink": ink,
        "icc": str(icc.resolve()) if icc else None,
        "pictures": str(pictures.resolve()) if pictures else None,
        "seconds": guard.seconds,
        "megabytes": guard.megabytes,
    }
    said, how = _asked(request, guard)
    try:
        told = json.loads(said)
    except ValueError:
        return Examined(too_much(variant.name, *how))
    return Examined(from_data(told), tuple(told["facts"]))


def _asked(request: dict[str, Any], guard: Guard) -> tuple[bytes, tuple[str, str]]:
    """What the child said, whole or not, and the limit that it met, if it didn't say all of it.

    Whatever it started ends with it.
    """
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        with subprocess.Popen(
            [sys.executable, "-m", "print.preflight.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=kept | {"TMPDIR": folder},
            start_new_session=True,
        ) as child:
            try:
                said, complained = child.communicate(
                    json.dumps(request).encode(), timeout=guard.wall_seconds
                )
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
                said, _complained = child.communicate()
                return said, (SLOW, f"≤ {guard.wall_seconds} s")
        if child.returncode == -signal.SIGXCPU:
            return said, (BUSY, f"≤ {guard.seconds} s")
        what = MEMORY if b"MemoryError" in complained else CRASHED
        return said, (what, f"≤ {guard.megabytes} MB")
