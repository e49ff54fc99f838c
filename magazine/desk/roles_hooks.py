"""Hold Wagtail's lists, choosers, panels and its admin API to what a user may see."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views import home
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.views import chooser as picture_chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.query import PageQuerySet

from magazine.desk.page_policy import DeskPagePolicy, OwnMayBeChosenPolicy
from magazine.desk.page_views import DeskPageViewSet, page_viewset
from magazine.page_access import may_see, sees_every_draft

# Reports whose rows Wagtail doesn't hold to the pages that a user may see.
CLOSED_REPORTS = {"page-types-usage", "site-history"}

register_permission_policy(Page, DeskPagePolicy())


@hooks.register("register_admin_urls")
def let_own_be_chosen() -> None:
    """Put our policy in the place of Wagtail's for pictures and documents.

    Hooks are read before its apps have started and registered theirs; addresses come after.
    """
    for model, auth_model in (
        (get_image_model(), "wagtailimages.Image"),
        (get_document_model(), "wagtaildocs.Document"),
    ):
        policy = OwnMayBeChosenPolicy(model, auth_model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy)


@hooks.register("register_admin_viewset", order=10)
def register_page_viewset() -> DeskPageViewSet:
    """Take the place of Wagtail's own views of pages, which are registered before."""
    return page_viewset


@hooks.register("register_permissions")
def our_permissions() -> QuerySet[Permission]:
    """Offer our own permissions where groups are edited."""
    return Permission.objects.filter(
        content_type__app_label="magazine",
        codename__in=["read_draft", "plan_issue", "pass_check", "release_issue"],
    )


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_shows(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Offer no draft of somebody else's."""
    if sees_every_draft(request.user):
        return pages
    policy = policy_registry.get_by_type(Page)
    return pages.filter(pk__in=policy.explorable_instances(request.user).values("pk"))


class QuietChooseView(picture_chooser.ImageChooseView):
    """Wagtail's chooser of pictures; to a contributor it names no tags of pictures of others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the chooser shows."""
        context = super().get_context_data(**kwargs)
        if not sees_every_draft(self.request.user):
            context["popular_tags"] = []
        return context


picture_chooser.viewset.choose_view_class = QuietChooseView


@hooks.register("construct_reports_menu")
def hide_closed_reports(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out the reports that name every draft."""
    if not sees_every_draft(request.user):
        items[:] = [item for item in items if item.name not in CLOSED_REPORTS]


class OwnEdits(home.RecentEditsPanel):
    """The pages edited last, but none that the user may no longer see."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["last_edits"] = [edit for edit in context["last_edits"] if may_see(user, edit[1])]
        return context


class OwnSubmissions(home.UserObjectsInWorkflowModerationPanel):
    """The articles handed in, but none that the user may no longer see."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if not isinstance(state.content_object, Page)
            or may_see(user, state.content_object.specific_deferred)
        ]
        return context


class OwnLocks(home.LockedPagesPanel):
    """The pages locked by the user, but none that they may no longer see."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        context = super().get_context_data(parent_context)
        user = context["request"].user
        context["locked_pages"] = [page for page in context["locked_pages"] if may_see(user, page)]
        return context


OURS_FOR = {
    home.RecentEditsPanel: OwnEdits,
    home.UserObjectsInWorkflowModerationPanel: OwnSubmissions,
    home.LockedPagesPanel: OwnLocks,
}


@hooks.register("construct_homepage_panels")
def hold_panels_to_what_shows(request: HttpRequest, panels: list[Component]) -> None:
    """Show no page on the first screen that was taken out of the user's hands."""
    panels[:] = [OURS_FOR.get(type(panel), lambda panel=panel: panel)() for panel in panels]


class ToBeChosen:
    """Of an endpoint of the admin API: what the user may choose, not whatever there is."""

    def get_queryset(self) -> QuerySet:
        """Return what the endpoint may name."""
        policy = policy_registry.get_by_type(self.model)
        may = policy.instances_user_has_any_permission_for(self.request.user, ["choose", "change"])
        return super().get_queryset().filter(pk__in=may.values("pk"))


class PicturesToBeChosen(ToBeChosen, ImagesAdminAPIViewSet):
    """The pictures, for the desk's own scripts."""


class DocumentsToBeChosen(ToBeChosen, DocumentsAdminAPIViewSet):
    """The documents, for the desk's own scripts."""


@hooks.register("construct_admin_api", order=100)
def hold_api_to_what_shows(router: WagtailAPIRouter) -> None:
    """Put our endpoints in the place of Wagtail's."""
    ours: dict[str, type[BaseAPIViewSet]] = {
        "images": PicturesToBeChosen,
        "documents": DocumentsToBeChosen,
    }
    for name, endpoint in ours.items():
        router.register_endpoint(name, endpoint)
