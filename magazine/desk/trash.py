"""Show the trash, and let it be restored or emptied by those who may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from magazine.models import IssueArchive, Section, TrashedPage
from magazine.models.trash import KEPT_FOR
from magazine.trash import TrashError, delete_for_good, restore
from magazine.trash_place import is_trashed

DELETE_FOR_GOOD = "magazine.delete_trashedpage"


@dataclass(frozen=True)
class TrashRow:
    """One line of the trash: a page, and whether its former section still stands."""

    kept: TrashedPage
    kind: str
    orphaned: bool


def may_restore(user: AbstractBaseUser, kept: TrashedPage) -> bool:
    """Tell whether the user could have edited the page where it stood; contributors: their own."""
    if user.is_superuser:
        return user.is_active
    parent = kept.former_parent
    if parent is None:
        return user.has_perm(DELETE_FOR_GOOD)
    may = parent.permissions_for_user(user).permissions
    return "change" in may or ("add" in may and kept.page.owner_id == user.pk)


def may_delete_for_good(user: AbstractBaseUser) -> bool:
    """Tell whether the user may delete what is in the trash: the editor-in-chief."""
    return user.has_perm(DELETE_FOR_GOOD)


def rows_for(user: AbstractBaseUser) -> list[TrashRow]:
    """Return what the user may restore, the latest first."""
    return [
        TrashRow(
            kept=kept,
            kind=kept.page.cached_content_type.model_class()._meta.verbose_name,
            orphaned=kept.former_parent is None or is_trashed(kept.former_parent),
        )
        for kept in TrashedPage.objects.with_pages()
        if may_restore(user, kept)
    ]


class TrashView(WagtailAdminTemplateMixin, TemplateView):
    """The list of what was thrown away."""

    template_name = "magazine/desk/trash/list.html"
    page_title = gettext_lazy("Trash")
    header_icon = "bin"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        rows = rows_for(self.request.user)
        orphans = any(row.orphaned for row in rows)
        return super().get_context_data(
            rows=rows,
            days=KEPT_FOR.days,
            sections=_places(self.request.user) if orphans else [],
            may_delete=may_delete_for_good(self.request.user),
            **kwargs,
        )


class RestoreView(View):
    """Put one page back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Restore the page, under the place that was chosen where the former one is gone."""
        kept = kept_page(request, pk)
        chosen = request.POST.get("into")
        into = next((place for place in _places(request.user) if str(place.pk) == chosen), None)
        try:
            restored = restore(kept.page, by=request.user, into=into)
        except TrashError as error:
            messages.error(request, str(error))
            return redirect("trash")
        names = {"title": restored.page.get_admin_display_title(), "slug": restored.slug}
        sentence = _("“%(title)s” is back, as a draft.")
        if restored.address_was_taken:
            sentence = _(
                "“%(title)s” is back, as a draft. Its former address was taken meanwhile: "
                "it is now “%(slug)s”."
            )
        edit = reverse("wagtailadmin_pages:edit", args=[restored.page.pk])
        messages.success(request, sentence % names, buttons=[messages.button(edit, _("Edit"))])
        return redirect("trash")


class DeleteForGoodView(WagtailAdminTemplateMixin, TemplateView):
    """Ask once more, then delete."""

    template_name = "magazine/desk/trash/delete.html"
    page_title = gettext_lazy("Delete for good")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the page unknown to those who may not delete it."""
        if not may_delete_for_good(request.user):
            raise Http404
        self.kept = kept_page(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        trash = {"url": reverse("trash"), "label": TrashView.page_title}
        return [*super().get_breadcrumbs_items(), trash, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(kept=self.kept, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete the page."""
        title = self.kept.page.draft_title
        try:
            delete_for_good(self.kept.page, by=request.user)
        except TrashError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(title)s” is deleted for good.") % {"title": title})
        return redirect("trash")


def kept_page(request: HttpRequest, pk: int) -> TrashedPage:
    """Return what the trash keeps of a page. Raises Http404 where the user may not see it."""
    kept = TrashedPage.objects.with_pages().filter(page_id=pk).first()
    if kept is None or not may_restore(request.user, kept):
        raise Http404
    return kept


def _places(user: AbstractBaseUser) -> list[Page]:
    """Return the sections and archives of issues under which the user may add."""
    found = [*Section.objects.order_by("path"), *IssueArchive.objects.order_by("path")]
    return [page for page in found if page.permissions_for_user(user).can_add_subpage()]
