"""Turn a short rich text into what a mail holds: HTML with whole addresses, or plain text; pure."""

from __future__ import annotations

import re
import textwrap
from html.parser import HTMLParser

LOCAL = re.compile(r"""(\shref=["'])(/(?!/)[^"']*)""")
WIDTH = 72
PARAGRAPHS = frozenset(("p", "h2", "h3", "h4", "ul", "ol", "blockquote", "div"))


def with_whole_links(html: str, root: str) -> str:
    """Return HTML whose links to the site begin with its address, `https://…` without a slash."""
    return LOCAL.sub(lambda found: f"{found[1]}{root}{found[2]}", html)


def wrapped(text: str) -> str:
    """Return a paragraph in lines of 72 signs at most, broken at plain spaces alone."""
    # textwrap breaks at ASCII spaces only: French keeps its no-break ones.
    return textwrap.fill(text.strip(), WIDTH, break_long_words=False, break_on_hyphens=False)


def plain(html: str) -> str:
    """Return the words of a rich text: paragraphs, lists with their marks, links with addresses."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(part for part in reader.parts() if part)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[str] = []
        self._now = ""
        self._lists: list[int | None] = []
        self._mark = ""
        self._link = ""
        self._linked_from = 0

    def parts(self) -> list[str]:
        """Return the paragraphs and lists that were read."""
        self._close()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, an item or a link."""
        if tag in PARAGRAPHS or tag == "li":
            self._close()
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self._lists:
            if self._lists[-1] is None:
                self._mark = "- "
            else:
                self._lists[-1] += 1
                self._mark = f"{self._lists[-1]}. "
        elif tag == "br":
            self._now += "\x00"
        elif tag == "a":
            self._link, self._linked_from = dict(attrs).get("href") or "", len(self._now)

    def handle_endtag(self, tag: str) -> None:
        """End it; a link's address follows its words."""
        if tag == "a" and self._link:
            words = self._now[self._linked_from :].strip()
            address = self._link.removeprefix("mailto:")
            if words != address:
                self._now += f" <{address}>"
            self._link = ""
        if tag in PARAGRAPHS or tag == "li":
            self._close()
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self._now += data

    def _close(self) -> None:
        words, self._now = self._now.strip(" \t\r\n"), ""
        if not words:
            return
        mark, self._mark = self._mark, ""
        lines = "\n".join(wrapped(line) for line in words.split("\x00"))
        if not mark:
            self._done.append(lines)
            return
        item = mark + lines.replace("\n", "\n" + " " * len(mark))
        follows = self._done and self._done[-1].startswith(("- ", "1. ")) and mark != "1. "
        if follows:
            self._done[-1] += f"\n{item}"
        else:
            self._done.append(item)
