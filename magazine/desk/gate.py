"""Stand before those of Wagtail's views that show a page without asking who may see it.

Wagtail asks for permissions in its listings and on its editing pages; secondary verbs (moving,
choosing by id, bulk actions, some reports) name a page to anybody at the desk. Whoever may
read every draft passes here without a query; for a contributor, every page that an address
names is looked up first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.views import chooser
from wagtail.images.views.images import ImagesFilterSet, IndexView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from magazine.page_access import may_see, may_see_draft, reading_as, sees_every_draft

Rule = Callable[[Any, Page], bool]

ROOT = "/admin/"

# Arguments of Wagtail's addresses that name a page, and what must be allowed for it.
IN_PAGE_ADDRESSES: dict[str, Rule] = {
    "page_id": may_see_draft,
    "page_to_move_id": may_see_draft,
    "pk": may_see_draft,
    "parent_page_id": may_see,
    "destination_id": may_see,
}
# Views outside the page namespace that name the page whose children they list.
LISTS = {
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_choose_page_child",
}
# What names any page, picture or snippet there is, whatever it is asked for.
CLOSED = {
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtail_bulk_action",
}
BULK_VERBS = ("add", "change", "delete", "publish", "bulk_delete", "lock")


class PlainLinkView(chooser.ExternalLinkView):
    """An outside link as it was typed; Wagtail's looks for the page behind it, and names it."""

    post = chooser.BaseLinkFormView.post


class OwnPicturesFilter(ImagesFilterSet):
    """The filters of the library, less the tags: those of all pictures would be offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters.pop("tag", None)


class OwnPicturesView(IndexView):
    """The library of pictures, as a contributor sees it."""

    filterset_class = OwnPicturesFilter


class DraftGate:
    """Refuse, as Wagtail refuses, what would name a draft to somebody who may not see it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on, and let no page of the desk tell a title that its reader may not know."""
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        with reading_as(lambda: request.user):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Answer in the view's place where it would show too much."""
        match = request.resolver_match
        if match is None or not request.path_info.startswith(ROOT):
            return None
        user = request.user
        if not user.has_perm("wagtailadmin.access_admin"):
            return None
        if match.view_name == "wagtail_bulk_action" and not _acts_on(user, kwargs):
            return permission_denied(request)
        if sees_every_draft(user):
            return None
        if match.view_name in CLOSED:
            return permission_denied(request)
        if any(not rule(user, page) for page, rule in _named(request, match, kwargs)):
            return permission_denied(request)
        return _instead(request, match, view)


def _acts_on(user: Any, kwargs: dict[str, Any]) -> bool:
    """Tell whether a user may do anything at all to objects of the kind of a bulk action."""
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return False
    return policy_registry.get_by_type(model).user_has_any_permission(user, BULK_VERBS)


def _named(
    request: HttpRequest, match: ResolverMatch, kwargs: dict[str, Any]
) -> Iterable[tuple[Page, Rule]]:
    """The pages that an address names, each with the rule that must hold."""
    asked: list[tuple[Any, Rule]] = []
    if match.namespace == "wagtailadmin_pages":
        asked = [(kwargs[name], rule) for name, rule in IN_PAGE_ADDRESSES.items() if name in kwargs]
    elif match.view_name in LISTS:
        asked = [(kwargs["parent_page_id"], may_see)]
    elif match.view_name == "wagtailadmin_choose_page_chosen_multiple":
        asked = [(pk, may_see) for pk in request.GET.getlist("id") if pk.isdecimal()]
    pages = Page.objects.specific().in_bulk([int(pk) for pk, _rule in asked])
    return [(pages[int(pk)], rule) for pk, rule in asked if int(pk) in pages]


def _instead(request: HttpRequest, match: ResolverMatch, view: Callable) -> HttpResponse | None:
    if match.view_name == "wagtailadmin_choose_page_external_link":
        return require_admin_access(PlainLinkView.as_view())(request)
    if match.view_name in {"wagtailimages:index", "wagtailimages:index_results"}:
        results_only = match.view_name.endswith("_results")
        return require_admin_access(OwnPicturesView.as_view(results_only=results_only))(request)
    if match.view_name == "wagtailadmin_choose_page":
        # Wagtail would begin below whichever page holds those asked for.
        return view(request, parent_page_id=Page.get_first_root_node().pk)
    return None
