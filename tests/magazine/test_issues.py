"""Issues, their entries, and what the press records on them."""

import pytest
from django.db import IntegrityError, transaction

from magazine.models import IssueEntry
from magazine.release import Printed, ReleaseError, record_printing


def entries_of(issue):
    kept = IssueEntry.objects.filter(issue_id=issue.pk)
    return list(kept.values_list("position", "first_folio", "last_folio"))


def test_an_article_stands_once_in_an_issue(magazine):
    article = magazine.article()
    issue = magazine.issue(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueEntry.objects.create(issue=issue, article=article.article_ptr, position=2)


@pytest.mark.parametrize("folios", [(5, 4), (0, 1), (3, None)])
def test_folios_that_cannot_be_are_refused_by_the_database(magazine, folios):
    issue = magazine.issue(magazine.article())
    with pytest.raises(IntegrityError), transaction.atomic():
        issue.entries.update(first_folio=folios[0], last_folio=folios[1])


def test_ticket_is_section_issue_and_place(magazine):
    issue = magazine.issue(magazine.article(), magazine.article(), number=7)
    assert [entry.ticket for entry in issue.entries.all()] == ["B 701", "B 702"]


def test_printing_writes_folios_and_revisions(magazine):
    first, second = magazine.article(), magazine.article()
    issue = magazine.issue(first, second)
    entry = issue.entries.get(position=1)
    record_printing(issue, [Printed(entry.pk, first.latest_revision_id, 4, 6)])
    assert entries_of(issue) == [(1, 4, 6), (2, None, None)]
    entry.refresh_from_db()
    assert entry.printed_revision_id == first.latest_revision_id
    assert entry.folios == "p. 4-6"


def test_printing_again_forgets_what_fell_out(magazine):
    first, second = magazine.article(), magazine.article()
    issue = magazine.issue(first, second)
    one, two = issue.entries.all()
    record_printing(issue, [Printed(one.pk, None, 4, 6), Printed(two.pk, None, 7, 7)])
    record_printing(issue, [Printed(two.pk, None, 4, 4)])
    assert entries_of(issue) == [(1, None, None), (2, 4, 4)]


def test_an_entry_of_another_issue_changes_nothing(magazine):
    issue, other = magazine.issue(magazine.article()), magazine.issue(magazine.article())
    mine, foreign = issue.entries.get(), other.entries.get()
    with pytest.raises(ReleaseError):
        record_printing(issue, [Printed(mine.pk, None, 4, 5), Printed(foreign.pk, None, 6, 7)])
    assert entries_of(issue) == [(1, None, None)]


def test_publishing_an_older_draft_keeps_what_was_printed(magazine):
    article = magazine.article()
    issue = magazine.issue(article)
    draft = issue.save_revision()
    entry = issue.entries.get()
    record_printing(issue, [Printed(entry.pk, article.latest_revision_id, 4, 6)])
    draft.publish()
    assert entries_of(issue) == [(1, 4, 6)]
    kept = IssueEntry.objects.get(issue_id=issue.pk)
    assert kept.printed_revision_id == article.latest_revision_id


def test_an_article_knows_the_newest_public_issue_it_stands_in(magazine):
    article = magazine.article()
    magazine.issue(article, number=7)
    magazine.issue(article, number=8, live=False)
    assert article.entry.issue.number == 7


def test_an_article_added_in_a_draft_keeps_its_row_from_save_to_save(magazine):
    old, new = magazine.article(), magazine.article()
    issue = magazine.issue(old, live=False)
    draft = issue.get_latest_revision_as_object()
    draft.entries.add(IssueEntry(article=new.article_ptr, position=2))
    draft.save_revision()
    added = issue.entries.get(article_id=new.pk)
    IssueEntry.objects.filter(pk=added.pk).update(
        first_folio=4, last_folio=5, printed_revision=new.latest_revision
    )
    issue.refresh_from_db()
    issue.get_latest_revision_as_object().save_revision()
    kept = IssueEntry.objects.get(issue=issue, article_id=new.pk)
    assert (kept.pk, kept.first_folio) == (added.pk, 4)


def test_an_entry_given_another_article_forgets_what_was_printed(magazine):
    old, new = magazine.article(), magazine.article()
    issue = magazine.issue(old, live=False)
    IssueEntry.objects.filter(issue=issue).update(first_folio=4, last_folio=5)
    draft = issue.get_latest_revision_as_object()
    [entry] = draft.entries.all()
    entry.article = new.article_ptr
    draft.entries.set([entry])
    draft.save_revision()
    [kept] = IssueEntry.objects.filter(issue=issue)
    assert (kept.article_id, kept.first_folio) == (new.pk, None)
