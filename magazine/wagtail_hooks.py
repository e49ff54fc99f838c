"""Fit the editing desk: people, organisations, topics; and keep what isn't public unknown."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from magazine.links import ReadersPageLink
from magazine.models import Article, Contributor, IssueEntry, Organisation, Topic
from magazine.privacy import refuse_private_page


class ContributorViewSet(SnippetViewSet):
    """The list of those who sign."""

    model = Contributor
    icon = "user"
    list_display = ["name", "role", "organisation"]
    search_fields = ["name"]


class OrganisationViewSet(SnippetViewSet):
    """The list of organisations that articles speak of."""

    model = Organisation
    icon = "home"
    list_display = ["name", "sector"]
    search_fields = ["name"]


class TopicViewSet(SnippetViewSet):
    """The list of subjects."""

    model = Topic
    icon = "tag"
    list_display = ["title"]
    search_fields = ["title"]


class DeskGroup(SnippetViewSetGroup):
    """The menu under which they stand."""

    menu_label = gettext_lazy("Address book")
    menu_icon = "group"
    menu_order = 250
    items = (ContributorViewSet, OrganisationViewSet, TopicViewSet)


register_snippet(DeskGroup)


@hooks.register("before_serve_page", order=-10)
def hide_private_page(page: Page, request: HttpRequest, *args: Any) -> None:
    """Answer 404, not a login form, for a private page."""
    refuse_private_page(page, request)


@hooks.register("register_rich_text_features", order=10)
def link_only_to_what_readers_see(features: FeatureRegistry) -> None:
    """Replace Wagtail's page links by ones that name no draft."""
    features.register_link_type(ReadersPageLink)


@hooks.register("before_delete_page")
def keep_what_an_issue_holds(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete an article, or a section of articles, that stands in an issue."""
    return _refuse_if_held(request, [page])


@hooks.register("before_bulk_action")
def keep_what_issues_hold(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same for many pages at once."""
    pages = [item for item in objects if isinstance(item, Page)]
    return _refuse_if_held(request, pages) if action_type == "delete" else None


def _refuse_if_held(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    for page in pages:
        articles = Article.objects.descendant_of(page, inclusive=True)
        entry = IssueEntry.objects.filter(article__in=articles).select_related("issue").first()
        if entry:
            messages.error(
                request,
                _("“%(title)s” stands in issue %(number)s: take it out of the contents first.")
                % {"title": entry.article.title, "number": entry.issue.number},
            )
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
