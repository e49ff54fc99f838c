"""Keep the checks that the apps offer, and ask them all about one article."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from magazine.checks.findings import Finding, Severity, subject_of
from magazine.models import Article, Issue, PassedCheck

logger = logging.getLogger(__name__)

Check = Callable[[Article, Issue | None], Iterable[Finding]]


@dataclass(frozen=True)
class Registered:
    """A check with the code and the name that editors know it by."""

    code: str
    label: str
    check: Check


# In the order of the desk; what stands behind the text comes first, for want of a place.
FIELDS = (
    *("kicker", "title", "standfirst", "bylines", "people"),
    *("lead_picture", "lead_caption", "lead_alt", "body"),
)

_registered: dict[str, Registered] = {}


def register(code: str, label: str, check: Check) -> None:
    """Add a check; call it in `AppConfig.ready()`. The same code again replaces it."""
    _registered[code] = Registered(code, label, check)


def label_of(code: str) -> str:
    """Return the name of a check, or its code where the check is gone."""
    found = _registered.get(code)
    return str(found.label) if found else code


def draft_of(article: Article) -> Article:
    """Return the article as it stands in its latest draft: what `findings` wants to be given."""
    return article.specific.get_latest_revision_as_object()


def findings(article: Article, issue: Issue | None = None) -> list[Finding]:
    """Return what every check finds in `article` as it is given, blocking findings first,
    then in the order of the text.

    Give the draft (`draft_of`) or the object of a pinned revision: nothing is fetched again.
    Without `issue`, it is the one the article is being made for. Never raises: a check
    that can't be made is itself a finding.
    """
    article = article.specific
    issue = issue or issue_of(article)
    found = [each for one in _registered.values() for each in _ask(one, article, issue)]
    passes = {(each.check_code, each.subject): each for each in _passes_of(article)}
    named = [replace(each, passed=passes.get((each.code, each.subject))) for each in found]
    places = _places_in_order(article)
    return sorted(named, key=lambda each: (_gravity(each), places.get(_block_of(each.place), 0)))


def blocking(article: Article, issue: Issue | None = None) -> list[Finding]:
    """Return the findings that hold the article back: blocking ones that nobody let pass."""
    return [each for each in findings(article, issue) if each.is_blocking]


def issue_of(article: Article) -> Issue | None:
    """Return the issue that an article is made for: the next to be released, else the last."""
    holding = Issue.objects.filter(entries__article_id=article.pk).order_by("number")
    return holding.filter(live=False).first() or holding.last()


def _ask(one: Registered, article: Article, issue: Issue | None) -> list[Finding]:
    try:
        with _savepoint():
            return list(one.check(article, issue))
    except Exception as error:
        logger.exception("Check %s failed on article %s.", one.code, article.pk)
        return [
            Finding(
                code=one.code,
                severity=Severity.BLOCKING,
                message=_("The check “%(check)s” could not be made.") % {"check": one.label},
                remedy=_(
                    "Check again in a moment; if it goes on, tell whoever looks after Couture."
                ),
                subject=subject_of("", "failed", type(error).__name__),
            )
        ]


def _savepoint() -> AbstractContextManager[None]:
    """A query that fails must not spoil a transaction that is under way."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _passes_of(article: Article) -> QuerySet[PassedCheck]:
    return PassedCheck.objects.filter(article_id=article.pk).select_related("passed_by")


def _gravity(finding: Finding) -> int:
    if finding.severity == Severity.ADVISORY:
        return 2
    return 1 if finding.passed else 0


def _places_in_order(article: Article) -> dict[str, int]:
    blocks = [f"body.{block.id}" for block in article.body]
    return {place: at for at, place in enumerate([*FIELDS, *blocks], start=1)}


def _block_of(place: str) -> str:
    """The field, or the block of the body, in which a place lies."""
    return ".".join(place.split(".")[:2])
