"""Report links to pages of ours that readers won't be able to follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from magazine.checks import places
from magazine.checks.findings import Finding, Severity, subject_of
from magazine.links import ReadersPageLink
from magazine.models import Article, Issue, IssueEntry

LINK_TO_DRAFT = "link_to_draft"
PAGE_LINK = re.compile(
    r"<a\s(?=[^>]*linktype=\"page\")[^>]*?\bid=\"(\d+)\"[^>]*>(.*?)</a>", re.DOTALL
)
TAG = re.compile(r"<[^>]*>")


def check_page_links(article: Article, issue: Issue | None) -> Iterator[Finding]:
    """Yield the links to drafts and private pages; those released with this issue are fine."""
    found = [
        (leaf, int(match[1]), TAG.sub("", match[2]))
        for leaf in places.leaves(article)
        if leaf.is_rich
        for match in PAGE_LINK.finditer(leaf.source)
    ]
    if not found:
        return
    ids = sorted({pk for _leaf, pk, _words in found})
    shown = ReadersPageLink.get_many([{"id": pk} for pk in ids])
    fine = {pk for pk, page in zip(ids, shown, strict=True) if page is not None}
    if issue is not None:
        entries = IssueEntry.objects.filter(issue=issue, article__in=ids)
        fine |= set(entries.values_list("article_id", flat=True))
    for leaf, pk, words in found:
        if pk not in fine:
            yield Finding(
                code=LINK_TO_DRAFT,
                severity=Severity.ADVISORY,
                message=_("The link on “%(words)s” leads to a page that readers can’t see.")
                % {"words": words},
                remedy=_("They read the words without a link: publish that page, or link another."),
                place=leaf.path,
                subject=subject_of(leaf.path, "page", pk),
                place_name=leaf.name,
            )
