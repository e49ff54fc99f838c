"""Set articles in lists: each with its section, its ticket and the page it was printed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from magazine.models import Article, Byline, Issue, IssueEntry, Section

# Who is named as the author; others lent a hand.
AUTHORS = {Byline.Role.TEXT.value, Byline.Role.INTERVIEW.value}


@dataclass(frozen=True)
class Listed:
    """An article as a list shows it."""

    article: Article
    section: Section | None
    entry: IssueEntry | None

    @property
    def mark(self) -> str:
        """Return the letter of the section, or nothing."""
        return (self.section.mark or "") if self.section else ""

    @property
    def number(self) -> str:
        """Return the number on the ticket (“703”), or nothing outside released issues."""
        if self.entry is None:
            return ""
        return f"{self.entry.issue.number}{self.entry.position or 0:02d}"

    @property
    def ticket(self) -> str:
        """Return the whole ticket (“B 703”), or nothing outside released issues."""
        return f"{self.mark} {self.number}".strip() if self.number else ""


def listed(articles: Iterable[Article], issue: Issue | None = None) -> list[Listed]:
    """Pair articles, fetched `with_signatures()`, with section and entry, in one more query.

    The entry is the one in `issue`, by default the newest released issue's.
    """
    articles = list(articles)
    homes = {article.path[: -Article.steplen] for article in articles}
    sections = {section.path: section for section in Section.objects.filter(path__in=homes)}
    rows = []
    for article in articles:
        entry = _entry(article, issue)
        section = entry.section if entry and entry.section else None
        rows.append(
            Listed(
                article=article,
                section=section or sections.get(article.path[: -Article.steplen]),
                entry=entry,
            )
        )
    return rows


def listed_entry(entry: IssueEntry) -> Listed:
    """Return the row of one entry of an issue, fetched with its article, section and issue."""
    section = entry.section or entry.article.get_parent().specific
    return Listed(article=entry.article, section=section, entry=entry)


def _entry(article: Article, issue: Issue | None) -> IssueEntry | None:
    if issue is None:
        return article.entry
    for entry in getattr(article, "entries_for_readers", ()):
        if entry.issue_id == issue.pk:
            return entry
    return None


def contents_of(issue: Issue) -> list[Listed]:
    """Return what readers may see of an issue, in its order."""
    return listed(Article.objects.for_readers().in_issue(issue).with_signatures(), issue)
