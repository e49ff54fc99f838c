"""Have a PDF examined in a child with limits: no file can hold up or bring down the house."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from print.preflight.child import limits_as_data, unreadable
from print.preflight.findings import Verdict
from print.preflight.telling import from_data
from print.preflight.variants import Variant

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


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
    try:
        done = subprocess.run(
            [sys.executable, "-m", "print.preflight.child"],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=guard.wall_seconds,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Examined(unreadable(variant.name, f"> {guard.wall_seconds} s", "C-LIMITS"))
    if done.returncode or not done.stdout:
        how = "> MB" if b"MemoryError" in done.stderr else f"exit {done.returncode}"
        return Examined(unreadable(variant.name, how, "C-LIMITS"))
    told = json.loads(done.stdout)
    return Examined(from_data(told), tuple(told["facts"]))
