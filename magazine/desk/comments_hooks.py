"""Give comments their addresses, their place in the menu and beside an article."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.log_actions import LogActionRegistry

from magazine.desk import comments_bulk  # noqa: F401  its hooks
from magazine.desk.article_viewset import register_side_panel
from magazine.desk.comments import (
    MODERATE,
    ArticleCommentsView,
    CommentsView,
    CommentView,
    how_it_stands,
)
from magazine.models import Comment


@hooks.register("register_admin_urls")
def comment_urls() -> list[URLPattern]:
    """Give comments their addresses."""
    results = CommentsView.as_view(results_only=True)
    return [
        path("commentaires/", CommentsView.as_view(), name="comments"),
        path("commentaires/resultats/", results, name="comments_results"),
        path("commentaires/<int:pk>/", CommentView.as_view(), name="comment"),
        path(
            "articles/<int:pk>/commentaires/",
            ArticleCommentsView.as_view(),
            name="article_comments",
        ),
    ]


class CommentsMenuItem(MenuItem):
    """The way to the comments, with the number of those that wait."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user deals with comments."""
        return request.user.has_perm(MODERATE)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Return the item; what waits is counted in its name."""
        waiting = Comment.objects.on_the_desk().waiting().count()
        component = super().render_component(request)
        if waiting:
            component.label = f"{component.label} ({waiting})"
            component.url = f"{component.url}?state=waiting"
        return component


@hooks.register("register_admin_menu_item")
def comments_menu_item() -> MenuItem:
    """Show the comments in the menu."""
    return CommentsMenuItem(
        gettext_lazy("Comments"),
        reverse("comments"),
        name="comments",
        icon_name="comment",
        order=240,
    )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what an article's history says."""
    actions.register_action(
        "magazine.rule_comments",
        gettext_lazy("Open or close comments"),
        gettext_lazy("Comments opened or closed"),
    )


@register_side_panel
class CommentsPanel(BaseSidePanel):
    """How the article stands to comments, and how many there are."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Readers’ comments")
        icon_name = "comment-large"
        has_counter = False

    name = "readers-comments"
    title = gettext_lazy("Readers’ comments")
    template_name = "magazine/desk/comments/panel.html"
    order = 470

    def is_shown(self) -> bool:
        """Tell whether the user deals with comments, and the article is there."""
        return bool(self.object.pk) and self.request.user.has_perm(MODERATE)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return what the panel shows."""
        context = super().get_context_data(parent_context)
        comments = Comment.objects.on_the_desk().filter(article_id=self.object.pk)
        context["talk"] = how_it_stands(self.object)
        context["shown"] = comments.filter(state="shown").count()
        context["waiting"] = comments.waiting().count()
        return context
