"""Say which articles changed since an issue printed them, live or in their drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page, Revision

from magazine.models import Article, IssueEntry
from magazine.printed_matter import digest_of_matter

KEPT_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True)
class SincePrint:
    """An article's last printing, and whether what readers see, or the draft, differs from it."""

    article_id: int
    entry: IssueEntry
    live_differs: bool
    draft_differs: bool

    @property
    def differs(self) -> bool:
        """Tell whether anything that paper shows was changed."""
        return self.live_differs or self.draft_differs

    @property
    def difference(self) -> str:
        """Return the address of Wagtail's comparison with the printed text."""
        other = "live" if self.live_differs else "latest"
        revisions = (self.article_id, self.entry.printed_revision_id, other)
        return reverse("wagtailadmin_pages:revisions_compare", args=revisions)


def since_print(articles: Iterable[Article]) -> dict[int, SincePrint]:
    """Return, by id, the articles that were printed; three queries, however many there are."""
    articles = {article.pk: article for article in articles}
    entries = _last_printed(articles)
    wanted = {entry.printed_revision_id for entry in entries.values()}
    for pk in entries:
        wanted |= {articles[pk].live_revision_id, articles[pk].latest_revision_id}
    digests = _digests(wanted - {None})
    found = {}
    for pk, entry in entries.items():
        printed = digests.get(entry.printed_revision_id)
        live, draft = articles[pk].live_revision_id, articles[pk].latest_revision_id
        found[pk] = SincePrint(
            article_id=pk,
            entry=entry,
            live_differs=live is not None and digests.get(live) != printed,
            draft_differs=draft is not None and digests.get(draft) != printed,
        )
    return found


def _last_printed(articles: Iterable[int]) -> dict[int, IssueEntry]:
    """Return the newest printed entry of each article, by the article's id."""
    printed = IssueEntry.objects.filter(article__in=articles, printed_revision__isnull=False)
    ordered = printed.select_related("issue").order_by("issue__number")
    return {entry.article_id: entry for entry in ordered}


def _digests(revisions: set[int]) -> dict[int, str]:
    """Return the digest of what paper would show of each revision."""
    rows = Revision.objects.filter(pk__in=revisions).values_list("pk", "created_at")
    # Autosave writes over a revision and dates it anew.
    keys = {pk: f"printed-matter-{pk}-{at.timestamp()}" for pk, at in rows}
    known = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in known]
    for revision in Revision.objects.filter(pk__in=missing).select_related("content_type"):
        digest = digest_of_matter(revision.content, _own_fields(revision))
        known[keys[revision.pk]] = digest
        cache.set(keys[revision.pk], digest, KEPT_SECONDS)
    return {pk: known[key] for pk, key in keys.items() if key in known}


def _own_fields(revision: Revision) -> set[str]:
    """Return the names of what an article and its kind keep, beside what every page keeps."""
    model = revision.content_type.model_class() or Article
    pages = {field.name for field in Page._meta.get_fields()}
    return {field.name for field in model._meta.get_fields()} - pages
