"""Serve the demo and have Lighthouse judge three of its pages; called by tools/lighthouse.

Performance is the median of `RUNS`, for it depends on what else the machine does. Ends with 1
where a mark is lower than promised, and names the audits that cost it.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from serve import ROOT
from site_pages import site, visit

REPORTS = ROOT / "var/lighthouse"
COMMAND = ROOT / "tools/site-checks/node_modules/.bin/lighthouse"
RUNS = int(os.environ.get("RUNS", "3"))
PAGES = {
    "article": "/entretiens/la-file-est-un-pacte/",
    "issue": "/numeros/l-attente/",
    "home": "/",
}
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}


def main() -> int:
    """Judge each page, print the marks and what was transferred; gives the exit code."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    missed = False
    with site() as base:
        # What the first reader of a page waits for isn't what Lighthouse is asked.
        for path in PAGES.values():
            visit(base, path)
        for name, path in PAGES.items():
            reports = [judged(f"{base}{path}", REPORTS / f"{name}-{n}.json") for n in range(RUNS)]
            marks = marks_of(reports)
            told = "  ".join(f"{each} {mark}" for each, mark in marks.items())
            sys.stdout.write(f"{name:<8} {told}\n         {transferred(reports[0])}\n")
            for each, mark in marks.items():
                if mark < LEAST[each]:
                    missed = True
                    for audit in costly(reports[0], each):
                        sys.stdout.write(f"         {each}: {audit}\n")
    return int(missed)


def judged(address: str, report: Path) -> dict[str, Any]:
    """Return Lighthouse's report on an address, as it judges for telephones by default."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    env = {**os.environ, "CHROME_PATH": chromium or ""}
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
    command = [str(COMMAND), address, "--quiet", flags, "--output=json", f"--output-path={report}"]
    # Chromium now and then loses its own trace (NO_NAVSTART): Lighthouse itself says to run again.
    for last in (False, False, True):
        done = subprocess.run(command, env=env, check=last, stdout=subprocess.DEVNULL)
        if done.returncode == 0:
            break
    return json.loads(report.read_text(encoding="utf-8"))


def marks_of(reports: list[dict[str, Any]]) -> dict[str, int]:
    """Return the median of each mark, from 0 to 100."""
    return {
        each: round(statistics.median(100 * r["categories"][each]["score"] for r in reports))
        for each in LEAST
    }


def transferred(report: dict[str, Any]) -> str:
    """Say how many kilobytes of each sort the page took, compressed."""
    sizes: dict[str, int] = {}
    for each in report["audits"]["network-requests"]["details"]["items"]:
        kind = each.get("resourceType", "Other")
        sizes[kind] = sizes.get(kind, 0) + each.get("transferSize", 0)
    return ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sorted(sizes.items()))


def costly(report: dict[str, Any], category: str) -> list[str]:
    """Name the audits of a category that weren't passed, with what Lighthouse says of each."""
    audits = report["audits"]
    counted = [ref for ref in report["categories"][category]["auditRefs"] if ref["weight"]]
    failed = [audits[ref["id"]] for ref in counted if (audits[ref["id"]]["score"] or 0) < 0.9]
    return [f"{each['id']}: {each.get('displayValue') or each['title']}" for each in failed]


if __name__ == "__main__":
    sys.exit(main())
