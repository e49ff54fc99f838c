"""Decide who may see a page and its draft, whichever door of the desk they come through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.local import Local
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.query import PageQuerySet

from magazine.privacy import is_known_public
from magazine.trash_place import is_trashed

User = AbstractBaseUser | AnonymousUser

_reader = Local()


@contextmanager
def reading_as(user: Callable[[], User]) -> Iterator[None]:
    """Let pages answer with the title that this user may read, as long as it lasts.

    Wagtail's own context of a request ends before its templates are rendered.
    """
    _reader.user = user
    try:
        yield
    finally:
        del _reader.user


def sees_every_draft(user: User) -> bool:
    """Tell whether the user may read whatever lies on the desk."""
    return user.is_active and user.has_perm("magazine.read_draft")


def may_edit(user: User, page: Page) -> bool:
    """Tell whether the user may edit the page; a lock may still keep them from it for now."""
    return page.permissions_for_user(user).can_edit()


def may_see_draft(user: User, page: Page) -> bool:
    """Tell whether the user may read what isn't published of the page; of the trash: nothing."""
    if is_trashed(page):
        return False
    if sees_every_draft(user):
        return True
    return user.is_authenticated and (_is_own(user, page) or may_edit(user, page))


def may_see(user: User, page: Page) -> bool:
    """Tell whether the user may know of the page: it is live for everybody, or its draft theirs."""
    return may_see_draft(user, page) or (page.live and not page.get_view_restrictions())


def pages_that_show(user: User) -> PageQuerySet:
    """Return the pages that `may_see` lets the user know of, as far as one query can tell."""
    shown = Page.objects.live().public()
    return shown | Page.objects.filter(owner=user) if user.is_authenticated else shown


def _is_own(user: User, page: Page) -> bool:
    return page.owner_id is not None and page.owner_id == user.pk


class DeskPermissionTester(PagePermissionTester):
    """Wagtail's permissions, less what a contributor may not: theirs are their own drafts."""

    def can_edit(self) -> bool:
        """Tell whether the page may be edited; once live, its contributor hands it over."""
        allowed = super().can_edit()
        return allowed and not (self._only_adds and self.page.live)

    def can_add_subpage(self) -> bool:
        """Tell whether something may be added; a contributor adds articles, and nothing else."""
        if not super().can_add_subpage():
            return False
        return not self._only_adds or (
            getattr(self.page.specific_class, "holds_articles", False)
            and may_see(self.user, self.page)
        )

    def can_view_revisions(self) -> bool:
        """Tell whether the page's history may be seen: it names drafts."""
        return super().can_view_revisions() and may_see_draft(self.user, self.page)

    @property
    def _only_adds(self) -> bool:
        return not self.user.is_superuser and "change" not in self.permissions


class DeskPage:
    """What all pages of the house share: who may see them, and that few of them have a workflow."""

    holds_articles = False
    goes_through_workflow = False

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        """Return what the user may do with this page: nothing once it is thrown away."""
        return DeskPermissionTester(AnonymousUser() if is_trashed(self) else user, self)

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what Wagtail does, without asking where the page is known to be public."""
        if is_known_public(self):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_admin_display_title(self) -> str:
        """Return the draft's title, or what whoever is at the desk may read instead."""
        reader = getattr(_reader, "user", None)
        user = reader() if reader else None
        if user is None or may_see_draft(user, self):
            return super().get_admin_display_title()
        if may_see(user, self):
            return self.title
        return _("(private page)")

    @property
    def has_workflow(self) -> bool:
        """Tell whether the page is reread, corrected and made ready step by step."""
        return self.goes_through_workflow and super().has_workflow

    def get_workflow(self) -> Any:
        """Return the steps it goes through, or None."""
        return super().get_workflow() if self.goes_through_workflow else None
