"""Ask a LanguageTool server what it would change in French texts; no Django."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

CHARACTERS_AT_ONCE = 3_000
# A server that has just started reads its rules first: ten seconds, a minute on a busy machine.
SECONDS = 90.0
LARGEST_ANSWER = 4_000_000
MOST_SUGGESTIONS = 5
BETWEEN = "\n\n"
# Which kind of space, which apostrophe: the routine of the typographer.
RULES_OFF = ("APOS_INCORRECT", "APOS_TYP", "FRENCH_WHITESPACE", "FRENCH_WHITESPACE_STRICT")
TYPING = frozenset(("typographical", "whitespace"))
# A caption or a label may begin small: this is only asked of what follows a full stop.
AT_THE_START = "UPPERCASE_SENTENCE_START"


class ProofreaderError(Exception):
    """No usable answer came: `problem` is away, slow, refused or unreadable."""

    def __init__(self, problem: str, detail: object = "") -> None:
        super().__init__(f"{problem}: {detail}")
        self.problem = problem


@dataclass(frozen=True)
class Match:
    """One finding: in which of the texts, where in it, which rule, why, and what instead."""

    text: int
    offset: int
    length: int
    rule: str
    message: str
    suggestions: tuple[str, ...]
    is_spelling: bool
    is_typing: bool


def check(texts: Sequence[str], *, url: str, seconds: float = SECONDS) -> tuple[Match, ...]:
    """Return what the server at `url` finds in the texts, in their order.

    Many short texts go in one request, a long one in several; each has `seconds` to be answered.
    Raises ProofreaderError.
    """
    found: list[Match] = []
    for batch in _batches(texts):
        answer = _ask(url, BETWEEN.join(part.words for part in batch), seconds)
        found += _matches(answer, batch)
    return tuple(found)


@dataclass(frozen=True)
class _Part:
    """A stretch of one of the texts: which text, where it begins, its words."""

    text: int
    start: int
    words: str


def _batches(texts: Sequence[str]) -> Iterator[list[_Part]]:
    batch: list[_Part] = []
    size = 0
    for index, text in enumerate(texts):
        for part in _parts(index, text):
            if batch and size + len(part.words) > CHARACTERS_AT_ONCE:
                yield batch
                batch, size = [], 0
            batch.append(part)
            size += len(part.words) + len(BETWEEN)
    if batch:
        yield batch


def _parts(index: int, text: str) -> Iterator[_Part]:
    """Cut a text that is too long: between paragraphs, else sentences, else words."""
    start = 0
    while len(text) - start > CHARACTERS_AT_ONCE:
        limit = start + CHARACTERS_AT_ONCE
        cuts = (text.rfind(sign, start + 1, limit) + len(sign) for sign in ("\n\n", ". ", " "))
        cut = next((cut for cut in cuts if cut > start + CHARACTERS_AT_ONCE // 2), limit)
        yield _Part(index, start, text[start:cut])
        start = cut
    if text[start:].strip():
        yield _Part(index, start, text[start:])


def _ask(url: str, text: str, seconds: float) -> Any:
    """Post one text; nothing but the address that was set is ever asked, redirects are refused."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ProofreaderError("away", "PROOFREADER_URL must begin with http:// or https://")
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=seconds)
    body = urlencode(
        {"language": "fr", "text": text, "disabledRules": ",".join(RULES_OFF)}
    ).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        deadline = time.monotonic() + seconds
        connection.request("POST", parts.path.rstrip("/") + "/v2/check", body, headers)
        response = connection.getresponse()
        status = response.status
        raw = _read(connection, response, deadline)
    except TimeoutError as error:
        raise ProofreaderError("slow", error) from error
    except (OSError, http.client.HTTPException) as error:
        raise ProofreaderError("away", error) from error
    finally:
        connection.close()
    if status != http.client.OK:
        problem = "away" if status >= http.client.INTERNAL_SERVER_ERROR else "refused"
        raise ProofreaderError(problem, f"status {status}")
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ProofreaderError("unreadable", error) from error


def _read(
    connection: http.client.HTTPConnection, response: http.client.HTTPResponse, deadline: float
) -> bytes:
    """Read the answer, neither for ever nor without end."""
    raw = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("it did not come to an end")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        some = response.read1(65_536)
        if not some:
            return bytes(raw)
        raw += some
        if len(raw) > LARGEST_ANSWER:
            raise ProofreaderError("unreadable", f"more than {LARGEST_ANSWER} bytes")


def _matches(answer: Any, batch: list[_Part]) -> Iterator[Match]:
    """Yield the findings, each in its own text; one that reaches over two texts is left out."""
    places = _java_places(BETWEEN.join(part.words for part in batch))
    try:
        for row in answer["matches"]:
            at, end = places[row["offset"]], places[row["offset"] + row["length"]]
            part, start = _part_at(batch, at)
            begins = at == start and not part.start
            if begins and row["rule"]["id"] == AT_THE_START:
                continue
            if end <= start + len(part.words):
                yield _match(row, part, at - start, end - at)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ProofreaderError("unreadable", repr(error)) from error


def _match(row: dict[str, Any], part: _Part, at: int, length: int) -> Match:
    rule = row["rule"]
    sub = rule.get("subId")
    return Match(
        text=part.text,
        offset=part.start + at,
        length=length,
        rule=f"{rule['id']}[{sub}]" if sub else str(rule["id"]),
        message=str(row["message"]),
        suggestions=tuple(str(each["value"]) for each in row["replacements"][:MOST_SUGGESTIONS]),
        is_spelling=rule.get("issueType") == "misspelling",
        is_typing=rule.get("issueType") in TYPING,
    )


def _part_at(batch: list[_Part], at: int) -> tuple[_Part, int]:
    start = 0
    for part in batch:
        if at < start + len(part.words):
            return part, start
        start += len(part.words) + len(BETWEEN)
    raise IndexError(at)


def _java_places(text: str) -> list[int]:
    """Where each of Java's places is in `text`: there, signs beyond U+FFFF count for two."""
    places = [at for at, sign in enumerate(text) for _ in range(1 + (ord(sign) > 0xFFFF))]
    return [*places, len(text)]
