"""Report what was mistyped and the typographer can't mend, one finding a field and a kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.checks.typing_faults import faults
from magazine.models import Article, Issue

MISTYPED = "mistyped"
# As many as an editor looks at in one place; what follows shows once these are mended.
MOST, SHOWN = 200, 3

KINDS = {
    "misread": (
        gettext_lazy("Letters that were misread on import: %(excerpts)s"),
        gettext_lazy("Retype these words: some accents were lost on the way."),
    ),
    "invisible": (
        gettext_lazy("Invisible signs: %(excerpts)s"),
        gettext_lazy("Delete the words on both sides of it and type them again."),
    ),
    "spaces": (
        gettext_lazy("Several spaces in a row: %(excerpts)s"),
        gettext_lazy("Leave one."),
    ),
    "dots": (
        gettext_lazy("Two points, or four and more: %(excerpts)s"),
        gettext_lazy("Type one point, or three for an ellipsis."),
    ),
    "etc": (
        gettext_lazy("“etc.” with an ellipsis: %(excerpts)s"),
        gettext_lazy("Type “etc.”: it already says that more follows."),
    ),
    "marks": (
        gettext_lazy("A chain of marks: %(excerpts)s"),
        gettext_lazy("One mark is enough, or two different ones."),
    ),
    "no_space": (
        gettext_lazy("No space after a mark: %(excerpts)s"),
        gettext_lazy("Type a space after it."),
    ),
    "space_before": (
        gettext_lazy("The space stands on the wrong side: %(excerpts)s"),
        gettext_lazy("Put it behind the comma or the point."),
    ),
    "brackets": (
        gettext_lazy("Spaces inside brackets: %(excerpts)s"),
        gettext_lazy("Take them out."),
    ),
    "apostrophe": (
        gettext_lazy("A space beside an apostrophe: %(excerpts)s"),
        gettext_lazy("Take it out."),
    ),
    "hyphen": (
        gettext_lazy("A hyphen with one space: %(excerpts)s"),
        gettext_lazy("Take the space out, or type one on both sides for a dash."),
    ),
    "unpaired": (
        gettext_lazy("A bracket or a quotation mark without its other half: %(excerpts)s"),
        gettext_lazy("Open or close it."),
    ),
    "accent": (
        gettext_lazy("Accents apart from their letters: %(excerpts)s"),
        gettext_lazy("Retype these letters: they were copied from a PDF file."),
    ),
}


def check_typing(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the faults of every text; letters that were misread hold the article back."""
    for leaf in places.texts(article):
        found: dict[str, dict[str, None]] = {}
        for fault in islice(faults(leaf.text), MOST):
            found.setdefault(fault.kind, {})[fault.excerpt] = None
        for kind, excerpts in found.items():
            message, remedy = KINDS[kind]
            yield Finding(
                code=MISTYPED,
                severity=Severity.BLOCKING if kind == "misread" else Severity.ADVISORY,
                message=str(message) % {"excerpts": _listed(list(excerpts))},
                remedy=str(remedy),
                place=leaf.path,
                subject=subject_of(leaf.path, kind, *excerpts),
                place_name=leaf.name,
            )


def _listed(excerpts: list[str]) -> str:
    """The first few of them, between quotation marks of the reader's language."""
    quoted = [_("“%(words)s”") % {"words": words} for words in excerpts[:SHOWN]]
    more = len(excerpts) - SHOWN
    listed = ", ".join(quoted)
    return (
        listed
        if more <= 0
        else _("%(listed)s and %(more)s more") % {"listed": listed, "more": more}
    )
