"""Make what a reader typed fit to be kept: no invisible signs, no heaps of marks, few links."""

from __future__ import annotations

import re
import unicodedata

# Joiners hold emoji, Persian and Indian scripts together; every other format sign is invisible
# trickery here: overrides and isolates turn lines round, soft hyphens and tags hide words.
JOINERS = "\u200c\u200d"
HIDDEN = {"Cc", "Cf", "Cs", "Co"}
# Signs that take room and show nothing, whatever their category says.
BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
# The fullest honest spelling (Vietnamese taken apart, Hebrew with its accents) stacks three.
MOST_MARKS = 3
LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)[^\s<>]", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return a text without invisible signs, its ends trimmed, never two blank lines running."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\t", " ")
    kept = "".join(sign for sign in text if _shows(sign))
    kept = unicodedata.normalize("NFC", BLANKS.sub(" ", kept))
    kept = "\n".join(line.rstrip() for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip().strip(JOINERS)


def tidy_line(text: str) -> str:
    """Return a text as one line, without invisible signs."""
    return " ".join(tidy(text).split())


def has_heaped_marks(text: str) -> bool:
    """Tell whether more marks stand on one sign than any writing needs (“zalgo”)."""
    running = 0
    for sign in unicodedata.normalize("NFC", text):
        # Variation selectors and keycaps dress emoji: they heap nothing up.
        if "\ufe00" <= sign <= "\ufe0f":
            continue
        running = running + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if running > MOST_MARKS:
            return True
    return False


def count_links(text: str) -> int:
    """Return how many addresses of the web stand in a text."""
    return len(LINK.findall(text))


def _shows(sign: str) -> bool:
    if sign == "\n" or sign in JOINERS:
        return True
    noncharacter = ord(sign) & 0xFFFE == 0xFFFE or "\ufdd0" <= sign <= "\ufdef"
    return not noncharacter and unicodedata.category(sign) not in HIDDEN
