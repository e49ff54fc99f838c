"""Say why a job cannot be set, in a form that crosses from the child to the editor's process."""

from __future__ import annotations

from typing import Any

from print.remedies import Fact, Remedied, gettext_noop
from print.settling import LostText, NoteWithoutRoom

NAME_LENGTH = 300


class Refusal(Remedied):
    """A job that cannot be set: `cause` is one word, `remedy` is one line for the editor."""

    def __init__(self, cause: str, template: str, /, **facts: Fact) -> None:
        super().__init__(template, **facts)
        self.cause = cause


def told(refusal: Refusal) -> dict[str, Any]:
    """What a child says of a refusal; JSON can carry it."""
    return {
        "cause": refusal.cause,
        "remedy": refusal.remedy,
        "template": refusal.template,
        "facts": refusal.facts,
    }


def refusal_of(error: Exception, job: dict[str, Any]) -> Refusal:
    """What an editor is told of a failure in the child."""
    match error:
        case Refusal():
            return error
        case NoteWithoutRoom():
            template = gettext_noop(
                "the note « %(text)s » finds no room at the foot of its page: shorten it"
            )
            return Refusal("engine", template, text=str(error))
        case LostText():
            template = gettext_noop(
                "« %(text)s » finds no room beside what spans the columns: set that elsewhere"
            )
            return Refusal("engine", template, text=str(error))
        case RecursionError():
            return Refusal("nesting", gettext_noop("the text is too deeply nested: simplify it"))
        case NotImplementedError():
            # WeasyPrint 70 interpolates gradients in sRGB only.
            template = gettext_noop(
                "a gradient's colours must be written in rgb(): the press turns them to inks"
            )
            return Refusal("engine", template)
        case MemoryError():
            template = gettext_noop(
                "the text needs more than %(memory)s MB to set: divide it or simplify it"
            )
            return Refusal("memory", template, memory=job["memory_mb"])
    name = f"{type(error).__name__}: {' '.join(str(error).split())}"[:NAME_LENGTH]
    template = gettext_noop(
        "the typesetter cannot set this (%(name)s): simplify its markup or its style"
    )
    return Refusal("engine", template, name=name)


def out_of_time(seconds: float) -> Refusal:
    """The refusal of a job that met its limit of time."""
    return Refusal(
        "time",
        gettext_noop("the text takes longer than %(seconds)s s to set: divide it or simplify it"),
        seconds=f"{seconds:g}",
    )


def crashed(memory_mb: int) -> Refusal:
    """The refusal of a job that ended by a signal of the machine."""
    return Refusal(
        "memory",
        gettext_noop(
            "the text is too deeply nested, or needs more than %(memory)s MB to set: "
            "divide it or simplify it"
        ),
        memory=memory_mb,
    )


def died() -> Refusal:
    """The refusal of a job whose child ended, and nobody knows why."""
    return Refusal("died", gettext_noop("the typesetter stopped without a word: build again"))
