"""Have other people's tools read what the site tells machines, page type by page type.

    .venv/bin/python tools/site-checks/machines.py http://localhost:8000

JSON-LD is held against schema.org's vocabulary (schema-dts), JSON Feed against its types, both by
TypeScript's compiler; maps against the schema of sitemaps.org; Atom is read by feedparser.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import feedparser
from lxml import etree

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FEED = re.compile(r'<link rel="alternate" type="application/\w+\+\w+" href="([^"]+)"')
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# Of each map: enough to meet every kind of article.
MOST_PAGES = 40


def main(base: str) -> int:
    """Print what is wrong; return how many faults there are."""
    faults: list[str] = []
    schema = etree.XMLSchema(etree.parse(MODULES / "sitemap/schema/sitemap.xsd"))
    typed: dict[str, str] = {}
    feeds: set[str] = set()
    for page in _pages(base, schema, faults):
        html = _text(page)
        scripts = SCRIPT.findall(html)
        feeds |= set(FEED.findall(html))
        for script in scripts:
            typed[page] = "import type {Graph} from 'schema-dts';\nexport const it: Graph = "
            typed[page] += (
                f"{json.dumps(json.loads(script, object_hook=_known), ensure_ascii=False)};\n"
            )
    for feed in sorted(feeds):
        path = urlsplit(feed).path
        if path.endswith(".json"):
            told = json.dumps(
                json.loads(_text(base + path), object_hook=_known), ensure_ascii=False
            )
            start = "import type Feed from '@json-feed-types/1_1';\nexport const it: Feed = "
            typed[path] = f"{start}{told};\n"
        else:
            read = feedparser.parse(_text(base + path))
            if read.bozo or read.version != "atom10":
                faults.append(f"{path}: {read.get('bozo_exception', read.version)}")
    faults += _untyped(typed)
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{len(typed)} documents typed, {len(feeds)} feeds, {len(faults)} faults\n")
    return len(faults)


def _pages(base: str, schema: etree.XMLSchema, faults: list[str]) -> Iterator[str]:
    index = etree.fromstring(_text(f"{base}/sitemap.xml").encode())
    for place in index.iter(LOC):
        path = urlsplit(place.text).path
        tree = etree.fromstring(_text(base + path).encode())
        if not schema.validate(tree) and "actualites" not in path:
            faults += [f"{path}: {error.message}" for error in schema.error_log]
        for page in list(tree.iter(LOC))[:MOST_PAGES]:
            yield base + urlsplit(page.text).path


def _known(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the types don't know and the standards allow.

    That is a feed's own extensions (`_couture`), and what an action asks for (`query-input`).
    """
    return {
        name: value
        for name, value in told.items()
        if not name.startswith("_") and not name.endswith("-input")
    }


def _untyped(documents: dict[str, str]) -> list[str]:
    """Return what the compiler says of documents that don't have the type they claim."""
    with tempfile.TemporaryDirectory(dir=HERE) as folder:
        names = {}
        for number, (place, text) in enumerate(documents.items()):
            name = f"document-{number}.ts"
            names[name] = place
            Path(folder, name).write_text(text)
        options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleResolution", "bundler"]
        options += ["--module", "esnext", "--target", "es2022"]
        compiler = MODULES / "typescript/bin/tsc"
        files = [str(Path(folder, name)) for name in names]
        done = subprocess.run(
            ["node", str(compiler), *options, *files],
            capture_output=True,
            text=True,
            check=False,
            cwd=HERE,
        )
    said = (done.stdout + done.stderr).replace(f"{Path(folder).name}/", "")
    for name, place in names.items():
        said = said.replace(name, place)
    return [line[:500] for line in said.splitlines() if "error" in line]


def _text(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        sys.exit(f"{address} is no address of a site.")
    with urlopen(address, timeout=30) as answer:  # noqa: S310  checked above
        return answer.read().decode()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the site's address: tools/site-checks/machines.py http://localhost:8000")
    sys.exit(bool(main(sys.argv[1].rstrip("/"))))
