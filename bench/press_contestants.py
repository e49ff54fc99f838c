"""Set the same pages once, by one way, and print what it took as JSON.

Usage: bench/press_contestants.py gather FOLDER PAGES…
       bench/press_contestants.py couture|weasyprint|chromium|typst FOLDER

`gather` writes the demo issue's articles, as the press composes them, into a folder a size:
`job-1/page.html` with its media beside it, and the words alone in `words.typ`.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROFILE = "fanzine-a4"
TYPST = """#set page(paper: "a4", margin: 20mm, columns: 3)
#set text(font: "Source Serif 4", size: 9.5pt, lang: "fr", hyphenate: true)
#set par(justify: true, leading: 3pt, first-line-indent: 1em)
#show heading: set text(font: "Bricolage Grotesque", size: 24pt)
"""


def of_django() -> None:
    """Stand on the demo's database."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")
    import django

    django.setup()


def gather(folder: Path, sizes: list[int]) -> None:
    """Write the same articles for all, as many as each number of pages takes."""
    of_django()
    from django.utils import translation

    from print.composition import compose_article
    from print.editions import find_issue, find_profile, open_edition
    from print.typesetter import Limits, typeset
    from print.work import gather as gather_work

    translation.activate("fr")
    work = gather_work(open_edition(find_issue("7"), find_profile(PROFILE)))
    known = []
    for manuscript in work.manuscripts.values():
        make = compose_article(
            work.matter, manuscript.article, manuscript.entry, manuscript.section
        )
        job = make("recto")
        known.append((job, typeset(job, Limits(120, 120)).pages))
    for size in sizes:
        pages, at = 0, 0
        into = folder / str(size)
        shutil.rmtree(into, ignore_errors=True)
        while pages < size:
            job, count = known[at % len(known)]
            at += 1
            pages += count
            write_job(into / f"job-{at}", job)
        words = "\n\n".join(words_of(into / f"job-{each}/page.html") for each in range(1, at + 1))
        (into / "words.typ").write_text(TYPST + words)
        (into / "facts.json").write_text(json.dumps({"jobs": at, "pages": pages}))


def write_job(folder: Path, job: Any) -> None:
    """Write a page and the files that it names."""
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(job.html)
    for name, path in job.media.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(path)


def words_of(page: Path) -> str:
    """Return a page's words in Typst's own marks."""
    html = page.read_text()
    body = html[html.index("<body") :]
    body = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", body, flags=re.DOTALL)
    body = re.sub(r"<h1[^>]*>(.*?)</h1>", r"\n\n§\1\n\n", body, flags=re.DOTALL)
    body = re.sub(r"</(?:p|h2|h3|li|figcaption|div)>", "\n\n", body)
    text = re.sub(r"<[^>]+>", " ", body)
    text = re.sub(r"[ \t\n]*\n[ \t\n]*", "\n\n", text.replace("\N{SOFT HYPHEN}", ""))
    text = re.sub(r"([#$*_`@<>\\~/=+-])", r"\\\1", text)
    return text.replace("§", "= ")


def couture(folder: Path) -> dict[str, Any]:
    """Set, assemble, colour and examine, as a build does; seconds a step, of the processor too."""
    of_django()
    from django.conf import settings

    from print.editions import find_profile
    from print.output_profile import read_output_profile
    from print.preflight.guarded import examine_file
    from print.press import PressSpec, assemble
    from print.press_parts import Part
    from print.profile_rules import rules_of
    from print.typesetter import Limits, TypesetJob, typeset_many

    profile = find_profile(PROFILE)
    steps = {}
    start = time.perf_counter()
    jobs = [
        TypesetJob(
            (each / "page.html").read_text(),
            {
                str(path.relative_to(each)): path
                for path in sorted(each.rglob("*"))
                if path.is_file() and path.name != "page.html"
            },
        )
        for each in jobs_of(folder)
    ]
    set_pages = typeset_many(jobs, Limits(120, 120), settings.PRESS_WORKERS)
    steps["layout and writing"] = sum(each.cpu_seconds for each in set_pages)
    before = time.process_time()
    spec = PressSpec(
        trim_width_mm=profile.trim_width_mm,
        trim_height_mm=profile.trim_height_mm,
        bleed_mm=profile.bleed_mm,
        profile=read_output_profile(Path(profile.icc_path)),
        title="Banc d’essai",
        dated=datetime(2026, 11, 16, tzinfo=UTC),
        ink_limit=profile.ink_limit,
    )
    path = folder / "couture.pdf"
    parts = [Part(str(at), each.pdf) for at, each in enumerate(set_pages)]
    made = assemble(parts, None, spec, path)
    steps["colour and assembly"] = time.process_time() - before
    rules = rules_of(profile).with_limits(extent_multiple=1)
    before = children_seconds()
    examine_file(path, rules, ink=False, icc=Path(profile.icc_path))
    steps["preflight"] = children_seconds() - before
    seconds = time.perf_counter() - start
    before = children_seconds()
    examine_file(path, rules, ink=True, icc=Path(profile.icc_path))
    steps["ink coverage"] = max(0.0, children_seconds() - before - steps["preflight"])
    return {"pages": made.pages, "seconds": seconds, "steps": steps}


def weasyprint(folder: Path) -> dict[str, Any]:
    """Write each page's HTML as it is."""
    import weasyprint as engine

    pages = 0
    start = time.perf_counter()
    for each in jobs_of(folder):
        document = engine.HTML(filename=str(each / "page.html")).render()
        pages += len(document.pages)
        document.write_pdf(each / "weasyprint.pdf")
    return {"pages": pages, "seconds": time.perf_counter() - start}


def chromium(folder: Path) -> dict[str, Any]:
    """Print each page's HTML from one browser."""
    import pikepdf
    from playwright.sync_api import sync_playwright

    pages = 0
    start = time.perf_counter()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        for each in jobs_of(folder):
            tab = browser.new_page()
            tab.goto((each / "page.html").as_uri())
            tab.pdf(path=each / "chromium.pdf", prefer_css_page_size=True, print_background=True)
            tab.close()
        browser.close()
    seconds = time.perf_counter() - start
    for each in jobs_of(folder):
        with pikepdf.open(each / "chromium.pdf") as pdf:
            pages += len(pdf.pages)
    return {"pages": pages, "seconds": seconds}


def typst(folder: Path) -> dict[str, Any]:
    """Set the words alone, in the same faces and number of columns."""
    import pikepdf
    import typst as engine

    start = time.perf_counter()
    engine.compile(
        str(folder / "words.typ"),
        output=str(folder / "typst.pdf"),
        font_paths=[str(ROOT / "fonts")],
    )
    seconds = time.perf_counter() - start
    with pikepdf.open(folder / "typst.pdf") as pdf:
        return {"pages": len(pdf.pages), "seconds": seconds}


def jobs_of(folder: Path) -> list[Path]:
    """Return the folders of a size's jobs, in order."""
    return sorted(folder.glob("job-*"), key=lambda path: int(path.name.split("-")[1]))


def children_seconds() -> float:
    """Return the processor seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    way, into = sys.argv[1], Path(sys.argv[2])
    if way == "gather":
        gather(into, [int(size) for size in sys.argv[3:]])
    else:
        ways = {"couture": couture, "weasyprint": weasyprint, "chromium": chromium, "typst": typst}
        sys.stdout.write(json.dumps(ways[way](into)) + "\n")
