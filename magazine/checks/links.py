"""Know which outside links an article holds, have a job visit them, and report the dead ones."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from wagtail import blocks

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.checks.tasks import visit_links
from magazine.checks.visiting import Problem
from magazine.models import Article, Issue, VisitedLink

DEAD_LINK = "dead_link"
HREF = re.compile(r"<a\s[^>]*?href=[\"'](https?://[^\"']+)[\"']", re.IGNORECASE)
GONE = (404, 410)
# A visit is good for a day; who asks again gets a new one, but not ten a minute.
FRESH, SOON = dt.timedelta(days=1), dt.timedelta(seconds=10)
LONGEST, MOST = 2000, 80


@dataclass(frozen=True)
class OutsideLink:
    """An address outside, and where in the article it stands."""

    url: str
    path: str
    name: str


def links_of(article: Article) -> Iterator[OutsideLink]:
    """Yield the outside links of an article: in its texts, its films, its provenance."""
    for leaf in places.leaves(article):
        for url in _addresses(leaf):
            yield OutsideLink(url, leaf.path, leaf.name)
    if article.provenance_url:
        label = article._meta.get_field("provenance_url").verbose_name
        yield OutsideLink(article.provenance_url, "provenance_url", str(label).capitalize())


def _addresses(leaf: places.Leaf) -> list[str]:
    if isinstance(leaf.block, blocks.URLBlock):
        return [leaf.value] if leaf.value else []
    return [unescape(found) for found in HREF.findall(leaf.source)] if leaf.is_rich else []


def key_of(url: str) -> str | None:
    """Return the address by which a visit is kept, in ASCII; None for one that is too long."""
    key = iri_to_uri(url.partition("#")[0].strip())
    return key if key and len(key) <= LONGEST else None


def keys_of(article: Article) -> list[str]:
    """Return the addresses to visit for an article, each once, at most 80."""
    keys = dict.fromkeys(key_of(link.url) for link in links_of(article))
    return [key for key in keys if key][:MOST]


def ask_for_visits(article: Article, *, again: bool = False) -> int:
    """Have a job visit the links not visited for a day, or `again` all; return how many.

    One that a job already has in hand is left to that job. Writes nothing if none is due.
    """
    keys = keys_of(article)
    due = VisitedLink.objects.due(keys, after=SOON if again else FRESH)
    if keys and (VisitedLink.objects.filter(url__in=keys).count() < len(keys) or due.exists()):
        return _ask_for(keys, due)
    return 0


@transaction.atomic
def _ask_for(keys: list[str], due: QuerySet[VisitedLink]) -> int:
    VisitedLink.objects.bulk_create([VisitedLink(url=key) for key in keys], ignore_conflicts=True)
    ids = list(due.all().values_list("pk", flat=True))
    VisitedLink.objects.filter(pk__in=ids).update(asked_at=timezone.now())
    if ids:
        transaction.on_commit(partial(visit_links.enqueue, ids))
    return len(ids)


def are_awaited(article: Article) -> bool:
    """Tell whether a job has still to visit some of the article's links."""
    return any(link.is_awaited for link in VisitedLink.objects.filter(url__in=keys_of(article)))


def check_links(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the links that led nowhere when a job last visited them. Asks nobody itself."""
    known = {link.url: link for link in VisitedLink.objects.filter(url__in=keys_of(article))}
    for link in links_of(article):
        visited = known.get(key_of(link.url) or "")
        verdict = _verdict(visited) if visited and visited.visited_at else None
        if verdict is None:
            continue
        is_dead, message, remedy = verdict
        # What readers have had for long isn't held back for a link that died since.
        holds_back = is_dead and not article.live
        yield Finding(
            code=DEAD_LINK,
            severity=Severity.BLOCKING if holds_back else Severity.ADVISORY,
            message=message % {"url": link.url, "status": visited.status},
            remedy=remedy,
            place=link.path,
            subject=subject_of(link.path, link.url, visited.status or visited.problem),
            place_name=link.name,
        )


def _verdict(visited: VisitedLink) -> tuple[bool, str, str] | None:
    """Return whether the link is dead, what to say and what to do; None if nothing is wrong."""
    mend = _("Correct the address or take the link out.")
    look = _("Open the link yourself; if it works, leave it.")
    if visited.status in GONE:
        return True, _("The page behind %(url)s is gone (answer %(status)s)."), mend
    if visited.status and visited.status >= 500:
        return False, _("The site behind %(url)s is out of order (answer %(status)s)."), look
    return {
        Problem.UNKNOWN_HOST: (True, _("There is no site at %(url)s."), mend),
        Problem.MALFORMED: (True, _("%(url)s is no address of the web."), mend),
        Problem.NOT_PUBLIC: (
            True,
            _("%(url)s leads into a private network, where readers can’t follow."),
            mend,
        ),
        Problem.UNREACHABLE: (False, _("The site behind %(url)s didn’t answer."), look),
        Problem.INSECURE: (
            False,
            _("The site behind %(url)s shows a certificate that browsers will refuse."),
            look,
        ),
        Problem.TOO_MANY_REDIRECTS: (False, _("%(url)s leads from one page to the next."), look),
    }.get(visited.problem)
