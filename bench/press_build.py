"""Build the demo issue's press file again and again; print medians of time and memory.

Usage: bench/press_build.py [RUNS] [ISSUE] [PROFILE], with the demo loaded in var/.
Memory is the largest sum, at any moment, of the proportional set sizes (PSS) of the
command and all its children, in MB.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAUSE = 0.05


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += family(int(child))
    return found


def memory_mb(pid: int) -> float:
    """Return the proportional set size of a family of processes, in MB."""
    total = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def run_once(issue: str, profile: str) -> tuple[float, float]:
    """Build once; return seconds and the peak in MB."""
    command = [sys.executable, "manage.py", "build_press", issue, "--profile", profile, "--again"]
    environment = {**os.environ, **demo_environment()}
    start, peak = time.perf_counter(), 0.0
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with contextlib.suppress(OSError):  # a child ended between two looks
                peak = max(peak, memory_mb(process.pid))
            time.sleep(PAUSE)
    if process.returncode:
        sys.exit(process.returncode)
    return time.perf_counter() - start, peak


def demo_environment() -> dict[str, str]:
    """Return the environment that `make demo` made."""
    kept = ROOT / "var" / "demo.env"
    if not kept.is_file():
        sys.exit("There is no demo yet: run make demo SERVE=no first.")
    rows = (line.split("=", 1) for line in kept.read_text().splitlines() if "=" in line)
    return {
        name.removeprefix("export ").strip(): value.strip().strip("'\"") for name, value in rows
    }


def main() -> None:
    """Run and print one line of medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    issue = sys.argv[2] if len(sys.argv) > 2 else "7"
    profile = sys.argv[3] if len(sys.argv) > 3 else "fanzine-a4"
    results = [run_once(issue, profile) for _ in range(runs)]
    seconds = statistics.median(result[0] for result in results)
    peak = statistics.median(result[1] for result in results)
    sys.stdout.write(
        f"issue {issue} on {profile}: median of {runs} runs {seconds:.1f} s, "
        f"peak {peak:.0f} MB on {os.cpu_count()} cores\n"
    )


if __name__ == "__main__":
    main()
