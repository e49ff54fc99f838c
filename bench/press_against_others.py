"""Set the demo's articles by four ways, side by side; print medians in one table.

Usage: make bench-print [RUNS=3] [SIZES="16 32 64 128"], with the demo made.
Couture sets, assembles, colours and examines; WeasyPrint alone and Chromium print the same HTML;
Typst sets the same words. Memory is the largest sum of the proportional set sizes (PSS) of the
process and its children. Shares are of the processor's seconds; ink coverage stands apart.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from press_build import PAUSE, demo_environment, memory_mb

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "bench-print"
CONTESTANTS = ROOT / "bench" / "press_contestants.py"
WAYS = ("couture", "weasyprint", "chromium", "typst")
AFTERWARDS = ("colour and assembly", "preflight")


def run_once(way: str, folder: Path) -> dict[str, Any]:
    """Run one way in a process of its own; its answer with the peak in MB."""
    command = [sys.executable, str(CONTESTANTS), way, str(folder)]
    environment = {**os.environ, **demo_environment()}
    peak = 0.0
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            with contextlib.suppress(OSError):  # a child ended between two looks
                peak = max(peak, memory_mb(process.pid))
            time.sleep(PAUSE)
        answer = process.stdout.read() if process.stdout else b""
    if process.returncode:
        sys.exit(f"{way} failed on {folder.name} pages: run {' '.join(command)} to see why.")
    return {**json.loads(answer), "peak": peak}


def main() -> None:
    """Gather once, then let the ways take turns, so that a busy machine is busy for all."""
    runs, sizes = int(sys.argv[1]), sys.argv[2:]
    subprocess.run(
        [sys.executable, str(CONTESTANTS), "gather", str(FOLDER), *sizes],
        cwd=ROOT,
        env={**os.environ, **demo_environment()},
        check=True,
    )
    say(f"medians of {runs} runs on {os.cpu_count()} cores")
    say(f"{'pages':>5}  {'way':<11} {'seconds':>8} {'pages/s':>8} {'MB':>6}  share of each step")
    for size in sizes:
        results: dict[str, list[dict[str, Any]]] = {way: [] for way in WAYS}
        for _run in range(runs):
            for way in WAYS:
                results[way].append(run_once(way, FOLDER / size))
        for way in WAYS:
            say(row(size, way, results[way]))


def row(size: str, way: str, results: list[dict[str, Any]]) -> str:
    """Return one line of the table."""
    seconds = statistics.median(each["seconds"] for each in results)
    peak = statistics.median(each["peak"] for each in results)
    pages = results[0]["pages"]
    line = f"{pages:>5}  {way:<11} {seconds:>8.2f} {pages / seconds:>8.1f} {peak:>6.0f}"
    return f"{line}  {shares(results)}" if "steps" in results[0] else line


def shares(results: list[dict[str, Any]]) -> str:
    """Return each step's share, and what comes after layout and writing as a part of these."""
    steps = {
        name: statistics.median(each["steps"][name] for each in results)
        for name in results[0]["steps"]
    }
    whole = sum(steps.values())
    told = [f"{name} {100 * used / whole:.0f} %" for name, used in steps.items()]
    after = sum(steps[name] for name in AFTERWARDS) / steps["layout and writing"]
    return ", ".join(told) + f"; after layout and writing: {100 * after:.0f} % of it"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
