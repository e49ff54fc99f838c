"""Serve the demo for a check, and walk through everything that its pages lead to."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

import lxml.html
from demo import ENV_FILE
from playwright.sync_api import Browser, sync_playwright
from serve import end, start

MOST_PAGES = 600
SECONDS_TO_ANSWER = 60
# The only place of the site to which pages lead and where readers may not go.
DESK = "/admin/"
GIVES_404 = "/nulle-part/"


@dataclass(frozen=True)
class Visited:
    """What one address of the site answered, and who led there."""

    address: str
    status: int
    kind: str
    body: str
    led_by: str

    @property
    def is_page(self) -> bool:
        """Tell whether it is a page that readers see."""
        return self.kind == "text/html"

    @property
    def type(self) -> str:
        """Return the type of the page: what its body is called, else the first step of its path."""
        found = re.search(r'<body class="([^"]*)"', self.body)
        return (
            " ".join(sorted(found[1].split()))
            if found and found[1]
            else urlsplit(self.address).path
        )


@contextlib.contextmanager
def site() -> Iterator[str]:
    """Serve the demo on a free port and give its address; SITE names one that runs already."""
    if os.environ.get("SITE"):
        yield os.environ["SITE"].rstrip("/")
        return
    lines = shlex.split(ENV_FILE.read_text(encoding="utf-8"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    env = os.environ | dict(line.split("=", 1) for line in lines) | {"BASE_URL": address}
    server = start(
        "checked", env, "-m", "gunicorn", "website.wsgi:application", "--pythonpath", "site",
        "--bind", f"127.0.0.1:{port}", "--workers", "2", "--log-level", "warning",
    )  # fmt: skip
    try:
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while visit(address, "/").status == 0:
            if time.monotonic() > deadline or server.poll() is not None:
                raise SystemExit("The site does not answer (see var/log/demo-checked.log).")
            time.sleep(0.2)
        yield address
    finally:
        end({"checked": server})


def visit(base: str, path: str, led_by: str = "") -> Visited:
    """Ask for one address of the site; status 0 where nobody listens."""
    try:
        with urlopen(Request(base + path), timeout=60) as answer:  # noqa: S310
            kind = answer.headers.get_content_type()
            body = answer.read()
            text = body.decode() if kind.startswith("text/") else ""
            return Visited(path, answer.status, kind, text, led_by)
    except HTTPError as error:
        kind = error.headers.get_content_type()
        return Visited(path, error.code, kind, error.read().decode(errors="replace"), led_by)
    except URLError:
        return Visited(path, 0, "", "", led_by)


def walk(base: str) -> list[Visited]:
    """Visit the home page, all that it leads to within the site, and a 404: each address once."""
    waiting, seen, visited = [("/", ""), (GIVES_404, "")], set(), []
    while waiting and len(visited) < MOST_PAGES:
        path, led_by = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        visited.append(visit(base, path, led_by))
        if visited[-1].is_page:
            waiting += [(link, path) for link in _links(base, visited[-1])]
    return visited


def _links(base: str, page: Visited) -> Iterator[str]:
    tree = lxml.html.fromstring(page.body)
    for _element, attribute, link, _place in tree.iterlinks():
        full = urldefrag(urljoin(base + page.address, link))[0]
        if attribute in {"href", "src"} and full.startswith(base):
            path = full.removeprefix(base) or "/"
            if not path.startswith(DESK):
                yield path


def one_of_each_type(visited: list[Visited]) -> list[Visited]:
    """Return the longest page of each type."""
    longest: dict[str, Visited] = {}
    for page in visited:
        if page.is_page and len(page.body) > len(getattr(longest.get(page.type), "body", "")):
            longest[page.type] = page
    return [longest[name] for name in sorted(longest)]


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Give the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
