"""Fit the editing desk: people, organisations, topics; and keep what isn't public unknown."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from magazine.desk import (  # noqa: F401
    after_print_hooks,
    approval_hooks,
    board_hooks,
    checks_hooks,
    comments_hooks,
    content_checker,
    dashboard_hooks,
    footnotes_hooks,
    home_hooks,
    letters_hooks,
    previews_hooks,
    proofreader_hooks,
    questions_hooks,
    release_hooks,
    roles_hooks,
    session_hooks,
    trash_hooks,
    verbs_hooks,
)
from magazine.desk.proofreader_dictionary import HouseWordViewSet
from magazine.desk.synonyms import SynonymSetViewSet
from magazine.desk.topics import TopicViewSet
from magazine.links import ReadersPageLink
from magazine.models import Contributor, Organisation, PointOfSale
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


class PointOfSaleViewSet(SnippetViewSet):
    """The list of places where the magazine is sold."""

    model = PointOfSale
    icon = "tag"
    list_display = [
        "name",
        "town",
        "region",
        BooleanColumn("is_open", label=gettext_lazy("shown to readers")),
    ]
    list_filter = ["region", "is_open"]
    search_fields = ["name", "town"]


class DeskGroup(SnippetViewSetGroup):
    """The menu under which they stand."""

    menu_label = gettext_lazy("Address book")
    menu_icon = "group"
    menu_order = 250
    items = (
        ContributorViewSet,
        OrganisationViewSet,
        TopicViewSet,
        PointOfSaleViewSet,
        HouseWordViewSet,
    )


register_snippet(DeskGroup)
register_snippet(SynonymSetViewSet)


@hooks.register("before_serve_page", order=-10)
def hide_private_page(page: Page, request: HttpRequest, *args: Any) -> None:
    """Answer 404, not a login form, for a private page."""
    refuse_private_page(page, request)


@hooks.register("register_rich_text_features", order=10)
def link_only_to_what_readers_see(features: FeatureRegistry) -> None:
    """Replace Wagtail's page links by ones that name no draft."""
    features.register_link_type(ReadersPageLink)
