"""Say what a check found: where, how grave, and what to do about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from magazine.models import PassedCheck

LONGEST_SUBJECT = 160


class Severity(StrEnum):
    """Whether a finding holds the article back."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True)
class Finding:
    """One thing to mend in an article.

    `place` is the path by which Wagtail's comments name a field (`standfirst`,
    `body.<block id>.<field>`), empty for the article as a whole; `place_name` says it in words.
    `subject` names the place and the fact, at most 160 signs, and stays the same from one
    check to the next; `passed` is the editor-in-chief's pass, if there is one.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    place: str = ""
    subject: str = ""
    place_name: str = ""
    passed: PassedCheck | None = None

    @property
    def is_blocking(self) -> bool:
        """Tell whether the finding holds the article back: it is grave, and wasn't passed."""
        return self.severity == Severity.BLOCKING and self.passed is None


def subject_of(place: str, *facts: object) -> str:
    """Return the key of a fact at a place; a long one ends in a digest of all of it."""
    key = " ".join([place, *map(str, facts)])
    if len(key) <= LONGEST_SUBJECT:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:24]
    return f"{key[: LONGEST_SUBJECT - len(digest) - 1]}~{digest}"
