"""Turn Wagtail's ways of deleting into throwing away, and keep the trash out of its lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, ReferenceIndex
from wagtail.query import PageQuerySet

from magazine.desk.trash import DeleteForGoodView, RestoreView, TrashView
from magazine.models import Article, Issue
from magazine.models.trash import KEPT_FOR, outside_trash
from magazine.trash import TrashError, check_may_go, throw_away
from magazine.trash_place import is_trashed


@hooks.register("register_admin_urls")
def trash_urls() -> list[URLPattern]:
    """Give the trash its addresses."""
    return [
        path("corbeille/", TrashView.as_view(), name="trash"),
        path("corbeille/<int:pk>/restaurer/", RestoreView.as_view(), name="trash_restore"),
        path("corbeille/<int:pk>/supprimer/", DeleteForGoodView.as_view(), name="trash_delete"),
    ]


class TrashMenuItem(MenuItem):
    """The way to the trash, for those who write."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user has pages at all."""
        return user_has_any_page_permission(request.user)


@hooks.register("register_admin_menu_item")
def trash_menu_item() -> MenuItem:
    """Show the trash at the foot of the menu."""
    return TrashMenuItem(
        gettext_lazy("Trash"), reverse("trash"), name="trash", icon_name="bin", order=9000
    )


@hooks.register("before_delete_page")
def throw_page_away(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Ask whether to throw a page away, and do so; a page that others stand under has to stay."""
    next_url = get_valid_next_url_from_request(request)
    back = next_url or reverse("wagtailadmin_explore", args=[page.get_parent().pk])
    try:
        check_may_be_disposed_of(page, request.user)
        if not isinstance(page, Article | Issue):
            return None
        if request.method == "POST":
            throw_away(page, by=request.user)
            _tell(request, _thrown([page]))
            return redirect(back)
    except TrashError as error:
        messages.error(request, str(error))
        return redirect(back)
    context = {
        "page": page,
        "days": KEPT_FOR.days,
        "last_day": timezone.localdate() + KEPT_FOR,
        "usage_count": ReferenceIndex.get_references_to(page).group_by_source_object().count(),
        "next": next_url,
        "back": back,
    }
    return render(request, "magazine/desk/trash/throw.html", context)


def check_may_be_disposed_of(page: Page, user: AbstractBaseUser) -> None:
    """Raise TrashError for a page that has to stay, of whatever type."""
    if page.get_descendant_count() or is_trashed(page):
        raise TrashError(
            _("“%(title)s” isn’t empty: move or throw away first what stands under it.")
            % {"title": page.get_admin_display_title()}
        )
    if isinstance(page, Article | Issue):
        check_may_go(page, user)


@hooks.register("register_bulk_action", order=100)
class ThrowAwayBulkAction(DeleteBulkAction):
    """Throw many pages away at once: all of them, or none."""

    template_name = "magazine/desk/trash/throw_many.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(days=KEPT_FOR.days, **kwargs)

    def prepare_action(
        self, objects: Sequence[Page], objects_without_access: Any
    ) -> HttpResponse | None:
        """Say what has to stay, before anything goes."""
        reasons = []
        for page in objects:
            try:
                check_may_be_disposed_of(page.specific, self.request.user)
            except TrashError as error:
                reasons.append(str(error))
        if not reasons:
            return None
        messages.error(self.request, " ".join([*reasons, _("Nothing was thrown away.")]))
        return redirect(self.next_url)

    @classmethod
    def execute_action(
        cls, objects: Sequence[Page], user: AbstractBaseUser | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Throw articles and issues away; an empty section or shelf has nothing to keep."""
        for page in objects:
            specific = page.specific
            if isinstance(specific, Article | Issue):
                throw_away(specific, by=user)
            else:
                page.delete(user=user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> None:
        """Say what became of them, with a way to the trash."""
        _tell(self.request, _thrown(self.actionable_objects))


@hooks.register("construct_explorer_page_queryset")
def hide_trash_from_explorer(
    parent_page: Page, pages: PageQuerySet, request: HttpRequest
) -> PageQuerySet:
    """Leave the trash to its own list. Raises PermissionDenied for the trash's own address."""
    if is_trashed(parent_page):
        raise PermissionDenied
    return outside_trash(pages)


@hooks.register("construct_page_chooser_queryset")
def hide_trash_from_choosers(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Let nothing in the trash be chosen."""
    return outside_trash(pages)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history says."""
    actions.register_action(
        "magazine.throw_away", gettext_lazy("Throw away"), gettext_lazy("Thrown away")
    )
    actions.register_action(
        "magazine.restore",
        gettext_lazy("Restore from the trash"),
        gettext_lazy("Restored from the trash"),
    )


def _thrown(pages: Sequence[Page]) -> str:
    if len(pages) == 1:
        return _("“%(title)s” is in the trash, for %(days)d days.") % {
            "title": pages[0].specific_deferred.get_admin_display_title(),
            "days": KEPT_FOR.days,
        }
    return _("%(count)d pages are in the trash, for %(days)d days.") % {
        "count": len(pages),
        "days": KEPT_FOR.days,
    }


def _tell(request: HttpRequest, sentence: str) -> None:
    button = messages.button(reverse("trash"), _("Open the trash"))
    messages.success(request, sentence, buttons=[button])
