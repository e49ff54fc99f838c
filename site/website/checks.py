"""Check what an article will be on the web: every sign in our web fonts."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.checks import Finding, Severity, places, register, subject_of
from magazine.checks.signs import is_seen, signs_of, unknown_signs
from magazine.models import Article, Issue
from magazine.typography import typeset

UNKNOWN_ON_WEB = "unknown_on_web"
FONTS = Path(__file__).resolve().parent / "static" / "website" / "fonts"


def register_checks() -> None:
    """Register the checks that only the site can make."""
    register(UNKNOWN_ON_WEB, gettext_lazy("Signs on the web"), check_signs)


def check_signs(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the signs that none of our web fonts has: each reader sees them in another face."""
    known = signs_of_all()
    for leaf in places.texts(article):
        if not (leaf.on_the_web and is_seen(leaf.kind)):
            continue
        unknown = unknown_signs(typeset(leaf.text), known)
        if unknown:
            yield Finding(
                code=UNKNOWN_ON_WEB,
                severity=Severity.ADVISORY,
                message=_("Our web fonts have no %(signs)s.") % {"signs": " ".join(unknown)},
                remedy=_("Each reader will see it in another face: write it in other signs."),
                place=leaf.path,
                subject=subject_of(leaf.path, *unknown),
                place_name=leaf.name,
            )


@cache
def signs_of_all() -> frozenset[int]:
    """Return the code points that any of our web fonts has."""
    return frozenset.union(*map(signs_of, sorted(FONTS.glob("*.woff2"))))
