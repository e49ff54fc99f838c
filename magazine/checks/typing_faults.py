"""Find what was mistyped in a French text and the typographer can't mend. Knows no framework."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from magazine.typography_rules import protected_spans

AROUND = 18
S = "[ \u00a0\u202f\u2009\t]"
LETTER = r"[^\W\d_]"


@dataclass(frozen=True)
class Fault:
    """A fault of a kind, and the words around it."""

    kind: str
    excerpt: str


# UTF-8 read as Windows-1252, and what is left where somebody replaced Ã by à.
MISREAD = re.compile(
    "\ufffd|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™˜œžšŸ¦“”¢\u009d]|â„¢|â‚¬"
    "|Â[«»°·©®\u00a0§²³]|Å[“’¸]|ÃŽ|à[©¨ª«®¯´¹»¼§‰‡€ˆŠ¢]|à[\u00a0 ]-(?=\\w)"
)
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
PATTERNS: dict[str, re.Pattern[str]] = {
    "misread": MISREAD,
    "invisible": INVISIBLE,
    "spaces": re.compile(rf"(?<=\S){S}{{2,}}(?=\S)"),
    # Six points or more are a line to fill in.
    "dots": re.compile(r"(?<!\.)(?:\.\.|\.{4,5})(?!\.)|…\.|(?<!\.)\.+…"),
    "etc": re.compile(r"\betc\.?(?:…|\.{3})", re.IGNORECASE),
    "marks": re.compile(rf"[!?](?:{S}?[!?]){{2,}}|!{S}?!|\?{S}?\?|;;+|::+|,,+"),
    "no_space": re.compile(
        rf"(?<={LETTER})[,;](?={LETTER})|(?<=[a-zà-ÿ]{{2}})[.!?…](?=[A-ZÀ-Þ][a-zà-ÿ])"
    ),
    "space_before": re.compile(rf"(?<=\w){S}+[,.](?=\w)"),
    "brackets": re.compile(rf"[(\[]{S}+|(?<!{S}){S}+[)\]]"),
    "apostrophe": re.compile(
        rf"\b(?:[cdjlmnst]|qu|lorsqu|puisqu){S}*['’]{S}+(?=\w)|\b(?:[cdjlmnst]|qu){S}+['’](?=\w)",
        re.IGNORECASE,
    ),
    "hyphen": re.compile(
        rf"(?<={LETTER}){S}-(?={LETTER})|(?<={LETTER})-{S}(?!et\b|ou\b|ni\b)(?={LETTER})"
    ),
}
QUOTATION = {"«": "»", "“": "”", "(": ")", "[": "]"}
CLOSING = {closing: opening for opening, closing in QUOTATION.items()}


def faults(text: str) -> Iterator[Fault]:
    """Yield the faults of a text, in no order; addresses and file names are left alone."""
    read = _without_addresses(text)
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(read):
            yield Fault(kind, _around(text, *match.span()))
        if pattern is MISREAD:
            # What hides behind it is no other fault.
            read = MISREAD.sub(lambda match: "x" * len(match[0]), read)
    for find in (_unpaired, _straight, _apart):
        yield from find(text, read)


def _without_addresses(text: str) -> str:
    """The text with what stands in addresses replaced by letters, sign for sign."""
    letters = list(text)
    for start, end in protected_spans(text):
        # “fin.Début” looks like a file name: only what has a slash, an @ or an ending is one.
        if re.search(r"[/@\\#]|www\.|\.[a-z]{2,5}\b", text[start:end]):
            letters[start:end] = "x" * (end - start)
    return "".join(letters)


def _unpaired(text: str, read: str) -> Iterator[Fault]:
    """Brackets and quotation marks without their other half.

    A quotation that goes on opens again at each paragraph: one more « there is no fault.
    """
    waiting: list[tuple[str, int]] = []
    for at, sign in enumerate(read):
        if sign in QUOTATION:
            again = sign == "«" and not read[:at].rpartition("\n")[2].strip()
            if again and any(opened == "«" for opened, _where in waiting):
                continue
            waiting.append((sign, at))
        elif sign in CLOSING:
            if waiting and waiting[-1][0] == CLOSING[sign]:
                waiting.pop()
            elif not _is_numbering(read, at) and not _is_straight_pair(read, sign):
                yield Fault("unpaired", _around(text, at, at + 1))
    for sign, at in waiting:
        if not _is_straight_pair(read, sign):
            yield Fault("unpaired", _around(text, at, at + 1))


def _is_numbering(read: str, at: int) -> bool:
    """Tell whether a bracket closes a number or a letter of a list: 1) or a)."""
    return bool(re.search(r"(?:^|[\s(])(?:\d{1,3}|[a-z])\)$", read[max(0, at - 4) : at + 1]))


def _is_straight_pair(read: str, sign: str) -> bool:
    """Tell whether a straight mark may be the other half: the typographer pairs those."""
    return sign in "«»“”" and '"' in read


def _straight(text: str, read: str) -> Iterator[Fault]:
    marks = [at for at, sign in enumerate(read) if sign in '"«»“”']
    straight = [at for at in marks if read[at] == '"']
    if straight and len(marks) % 2:
        yield Fault("unpaired", _around(text, straight[-1], straight[-1] + 1))


def _apart(text: str, read: str) -> Iterator[Fault]:
    """Accents kept as signs of their own, as copied from some PDF files."""
    for match in re.finditer(r"\w[\u0300-\u036f]", read):
        if unicodedata.normalize("NFC", match[0]) != match[0]:
            yield Fault("accent", _around(text, *match.span()))


def _around(text: str, start: int, end: int) -> str:
    before, after = max(0, start - AROUND), min(len(text), end + AROUND)
    words = " ".join(text[before:after].split())
    return f"{'…' if before else ''}{words}{'…' if after < len(text) else ''}"
