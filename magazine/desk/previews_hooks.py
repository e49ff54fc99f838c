"""Hang the previews and private addresses of an article where editors look for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry, Page

from magazine.desk import previews, reviews
from magazine.desk.access import may_see_draft
from magazine.desk.article_viewset import register_side_panel
from magazine.models import Article, Remark

ICON = "openquote"


@hooks.register("register_admin_urls")
def preview_and_review_urls() -> list[URLPattern]:
    """Give the previews and private addresses of an article their own addresses."""
    of_article = "articles/<int:pk>"
    return [
        path(f"{of_article}/apercus/", previews.show_previews, name="article_previews"),
        path(f"{of_article}/apercus/<slug:code>/", previews.show_preview, name="article_preview"),
        path(
            f"{of_article}/apercus/<slug:code>/<slug:digest>/<int:number>.png",
            previews.show_page_picture,
            name="article_preview_page",
        ),
        path(f"{of_article}/relectures/", reviews.show_reviews, name="article_reviews"),
        path(
            f"{of_article}/relectures/<int:link_pk>/montrer/",
            reviews.show_newest_draft,
            name="article_review_renew",
        ),
        path(
            f"{of_article}/relectures/<int:link_pk>/fermer/",
            reviews.close_address,
            name="article_review_revoke",
        ),
        path(
            f"{of_article}/relectures/remarques/<int:remark_pk>/",
            reviews.settle_remark,
            name="article_remark_settle",
        ),
    ]


@hooks.register("register_page_header_buttons")
def preview_buttons(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an article's menu to its previews and private addresses."""
    if isinstance(page, Article) and page.pk and may_see_draft(user, page):
        yield Button(
            _("Previews side by side"),
            reverse("article_previews", args=[page.pk]),
            icon_name="view",
            priority=61,
        )
        yield Button(
            _("Private addresses and remarks"),
            reverse("article_reviews", args=[page.pk]),
            icon_name=ICON,
            priority=62,
        )


@register_side_panel
class ReviewSidePanel(BaseSidePanel):
    """What guests remarked, beside the text, with the way to each place."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its button, which counts what is left to settle."""

        aria_label = gettext_lazy("Toggle previews and remarks")
        icon_name = ICON

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            """Add the number of remarks that nobody has settled."""
            return super().get_context_data(parent_context) | {"count": len(self.panel.remarks)}

    name = "reviews"
    title = gettext_lazy("Previews and remarks")
    template_name = "magazine/desk/reviews/panel.html"
    order = 420

    @cached_property
    def remarks(self) -> list[Remark]:
        """Return the remarks that nobody has settled."""
        return list(Remark.objects.of_article(self.object).unsettled())

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Add the remarks."""
        return super().get_context_data(parent_context) | {"remarks": self.remarks}


@hooks.register("register_log_actions")
def log_reviews(actions: LogActionRegistry) -> None:
    """Say in an article's history who showed its draft to whom."""
    for action, label in (
        ("open", gettext_lazy("Private address opened")),
        ("renew", gettext_lazy("Private address shows the newest draft")),
        ("revoke", gettext_lazy("Private address closed")),
    ):
        formatter = type("ReviewLogFormatter", (GuestNamingFormatter,), {"label": label})
        actions.register_action(f"magazine.{action}_review")(formatter)


class GuestNamingFormatter(LogFormatter):
    """What was done, and for whom."""

    def format_message(self, log_entry: BaseLogEntry) -> str:
        """Return “what: whom”, typeset."""
        return f"{self.label} ({log_entry.data.get('guest', '')})"
