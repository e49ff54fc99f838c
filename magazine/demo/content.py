"""Read the demo magazine's TOML files into plain dictionaries."""

import tomllib
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).with_name("content")


def read_people() -> dict[str, Any]:
    """Return contributors, organisations, topics, sections, issues and the publication."""
    return tomllib.loads((CONTENT / "people.toml").read_text(encoding="utf-8"))


def read_articles(issue_number: int) -> list[dict[str, Any]]:
    """Return an issue's articles, in the order of its contents."""
    files = sorted((CONTENT / f"{issue_number:02d}").glob("*.toml"))
    articles = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return sorted(articles, key=lambda article: article["position"])


def read_older() -> list[dict[str, Any]]:
    """Return the issues that are older than the site, the latest first."""
    return tomllib.loads((CONTENT / "older.toml").read_text(encoding="utf-8"))["issues"]


def read_house() -> dict[str, Any]:
    """Return the page on the paper, the shops, and the pages on the magazine."""
    return tomllib.loads((CONTENT / "house.toml").read_text(encoding="utf-8"))


def read_talk() -> list[dict[str, Any]]:
    """Return what readers say under the articles, the oldest first."""
    return tomllib.loads((CONTENT / "talk.toml").read_text(encoding="utf-8"))["comments"]


def read_planning() -> dict[str, Any]:
    """Return the rows of the next issue's planning board, and the ideas for later."""
    return tomllib.loads((CONTENT / "planning.toml").read_text(encoding="utf-8"))
