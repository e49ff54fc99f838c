"""Say what went wrong so that it can be told in any language, without knowing one of them."""

from __future__ import annotations

from typing import TypeAlias

Fact: TypeAlias = "str | float | Phrase"


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogue, under the name that makemessages looks for."""
    return text


class Phrase:
    """Words that can be translated: a msgid with `%(name)s` for each of `facts`.

    A fact that has words of its own is a Phrase again. As a string it is English.
    """

    def __init__(self, template: str, /, **facts: Fact) -> None:
        self.template = template
        self.facts = facts

    def __str__(self) -> str:
        return self.template % self.facts


class Remedied(Phrase, Exception):
    """An error told in one line: what is wrong, and what to do about it."""

    @property
    def remedy(self) -> str:
        """The line in English."""
        return str(self)


REASONS = (
    gettext_noop("No such file or directory"),
    gettext_noop("Permission denied"),
    gettext_noop("Is a directory"),
    gettext_noop("Input/output error"),
)


def reason_of(error: OSError) -> Fact:
    """Why a file can't be read; the usual reasons are in the catalogue, others stay as they are."""
    reason = error.strerror or type(error).__name__
    return Phrase(reason) if reason in REASONS else reason
