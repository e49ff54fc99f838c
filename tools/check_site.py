"""Check every page of the demo: links, the Nu HTML checker, feeds, JSON-LD, axe, and the width.

Usage: check_site.py VNU_JAR; called by tools/check-site. The report is var/check-site/report.txt.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from serve import ROOT
from site_pages import GIVES_404, Visited, chromium, one_of_each_type, site, walk

FOLDER = ROOT / "var" / "check-site"
LIGHTS = ("light", "dark")
WIDTHS = (320, 1440)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Safari takes a list without bullets for no list, unless it is told.
DELIBERATE = "The “list” role is unnecessary for element"


def dead_links(visited: Sequence[Visited]) -> Iterator[str]:
    """Name what a page leads to and that doesn't answer."""
    for page in visited:
        if page.status != (404 if page.address == GIVES_404 else 200):
            yield f"{page.address}: {page.status}, from {page.led_by}"


def html_faults(visited: Sequence[Visited], jar: Path) -> Iterator[str]:
    """Have the Nu checker read every page; errors and warnings are faults, remarks aren't."""
    pages = [page for page in visited if page.is_page]
    folder = FOLDER / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number}.html" for number in range(len(pages))]
    for path, page in zip(files, pages, strict=True):
        path.write_text(page.body, encoding="utf-8")
    told = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", *files],
        capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    for message in json.loads(told)["messages"]:
        file = Path(message.get("url", "").removeprefix("file:")).name
        where = pages[int(Path(file).stem)].address if file else "?"
        if message["message"].startswith(DELIBERATE):
            continue
        level = message.get("subType") or message["type"]
        if level == "info":
            continue
        yield f"{where}:{message.get('lastLine')} {level}: {message['message']}"


def machine_faults(base: str) -> Iterator[str]:
    """Have the tools of `tools/site-checks` read feeds, maps and JSON-LD."""
    checked = subprocess.run(
        [sys.executable, ROOT / "tools/site-checks/machines.py", base],
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    said = (checked.stdout + checked.stderr).splitlines()
    yield from (line for line in said if checked.returncode and line.strip())


def axe_faults(page: Page, base: str, types: Sequence[Visited]) -> Iterator[str]:
    """Have axe look at one page of each type, as the open window shows it."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    for each in types:
        page.goto(base + each.address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            yield f"{each.address} at {width}: wider than the window"
        options = {"runOnly": {"type": "tag", "values": TAGS}}
        for rule in Axe().run(page, options=options).response["violations"]:
            for node in rule["nodes"]:
                yield f"{each.address} at {width}: {rule['id']} {node['target']}"


def main() -> int:
    """Print the faults by check; give 1 where there is one."""
    jar = Path(sys.argv[1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    faults: dict[str, list[str]] = {}
    with site() as base:
        visited = walk(base)
        types = one_of_each_type(visited)
        faults[f"links ({len(visited)} addresses)"] = list(dead_links(visited))
        pages = sum(page.is_page for page in visited)
        faults[f"Nu HTML checker ({pages} pages)"] = list(html_faults(visited, jar))
        faults["feeds, maps and JSON-LD"] = list(machine_faults(base))
        found = faults[f"axe ({len(types)} types of page, {WIDTHS} px, {LIGHTS})"] = []
        with chromium() as browser:
            for width in WIDTHS:
                for light in LIGHTS:
                    context = browser.new_context(
                        viewport={"width": width, "height": 900}, color_scheme=light,
                        reduced_motion="reduce",
                    )  # fmt: skip
                    found += [
                        f"{light}: {each}" for each in axe_faults(context.new_page(), base, types)
                    ]
                    context.close()
    lines = []
    for name, some in faults.items():
        lines += [f"{name}: {len(some) or 'nothing'}", *(f"  {each}" for each in some)]
    report = "\n".join([*lines, ""])
    (FOLDER / "report.txt").write_text(report, encoding="utf-8")
    sys.stdout.write(report)
    return any(faults.values())


if __name__ == "__main__":
    sys.exit(main())
