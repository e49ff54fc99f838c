"""Rewrite the contents of an issue that isn't released, through a new draft of its page."""

from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from magazine.models import Issue, IssueEntry


class ContentsError(Exception):
    """The contents can't be changed; the message says why."""


def articles_in(issue: Issue) -> list[int]:
    """Return the ids of an issue's articles, in the order of its contents."""
    return list(
        IssueEntry.objects.filter(issue_id=issue.pk)
        .order_by("position", "pk")
        .values_list("article_id", flat=True)
    )


def refuse_if_fixed(issue: Issue, by: AbstractBaseUser | None = None) -> None:
    """Raise ContentsError for an issue that is released, or whose page is locked for `by`."""
    if issue.was_released:
        raise ContentsError(
            _("Issue %(number)s is released: its board can only be read.")
            % {"number": issue.number}
        )
    lock = issue.get_lock()
    if by is not None and lock and lock.for_user(by):
        raise ContentsError(
            _("The page of issue %(number)s is locked: unlock it to change its contents.")
            % {"number": issue.number}
        )


def set_contents(issue: Issue, articles: Sequence[int], by: AbstractBaseUser) -> None:
    """Save a draft whose contents are these articles, in this order.

    Must run in a transaction. Raises ContentsError for an issue that can't be changed,
    and where an article was printed in it and would be left out.
    """
    issue = Issue.objects.get(pk=issue.pk)  # The caller's may be older than the lock.
    refuse_if_fixed(issue, by)
    known = IssueEntry.objects.filter(issue_id=issue.pk)
    left_out = known.exclude(article_id__in=articles)
    printed = left_out.exclude(printed_revision=None).select_related("article").first()
    if printed:
        raise ContentsError(
            _("“%(title)s” was printed in issue %(number)s: it stays in its contents.")
            % {"title": printed.article.title, "number": issue.number}
        )
    draft = issue.get_latest_revision_as_object()
    pks = dict(known.values_list("article_id", "pk"))
    entries = {entry.article_id: entry for entry in draft.entries.all()}
    gone = set(left_out.values_list("article_id", flat=True))
    # What only the draft knows of stays in it.
    wanted = [*articles, *(pk for pk in entries if pk not in gone and pk not in articles)]
    kept = [entries.get(pk) or IssueEntry(article_id=pk) for pk in wanted]
    for position, entry in enumerate(kept, start=1):
        entry.pk, entry.position = pks.get(entry.article_id), position
    draft.entries.set(kept)
    # Like the desk's own “Save draft”: what is still missing is asked for on release.
    draft.save_revision(user=by, log_action=True, clean=False)
