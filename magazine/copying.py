"""Copy an article into another issue, as a new draft at the end of its contents."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.copy_page import CopyPageAction

from magazine.contents import ContentsError, articles_in, refuse_if_fixed, set_contents
from magazine.models import Article, Issue
from magazine.trash_place import is_trashed

# What says when and where the first one appeared.
OF_THE_FIRST_ONE = {"published_at": None, "edition_label": ""}


class CopyError(Exception):
    """An article can't be copied into that issue; the message says why."""


@transaction.atomic
def copy_into(article: Article, issue: Issue, by: AbstractBaseUser) -> Article:
    """Copy an article's latest text as a new draft that stands last in an issue in the making.

    Title, bylines, topics and text come along; comments, workflow, schedule, corrections and
    what was printed don't. The copy's log names its source. Raises CopyError.
    """
    issue = Issue.objects.select_for_update().filter(pk=issue.pk).first()
    if issue is None or is_trashed(issue) or is_trashed(article):
        raise CopyError(_("This page is gone."))
    try:
        refuse_if_fixed(issue, by)
        draft = article.specific.get_latest_revision_as_object()
        section = article.get_parent()
        slug = _free_slug(f"{draft.slug}-{issue.number}", section)
        copy = CopyPageAction(
            draft,
            to=section,
            update_attrs={
                "slug": slug,
                "locked": False,
                "locked_by": None,
                "locked_at": None,
                "go_live_at": None,
                "expire_at": None,
                **OF_THE_FIRST_ONE,
            },
            copy_revisions=False,
            keep_live=False,
            user=by,
        ).execute(skip_permission_checks=True)
        set_contents(issue, [*articles_in(issue), copy.pk], by)
    except ContentsError as error:
        raise CopyError(str(error)) from error
    return copy


def _free_slug(wanted: str, parent: object) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    free, count = wanted[:240], 1
    while free in taken:
        count += 1
        free = f"{wanted[:240]}-{count}"
    return free
