"""Hang the proofreader beside the text, and the house dictionary into the address book."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.widgets import Button
from wagtail.models import Page

from magazine.desk import proofreader
from magazine.desk.access import may_see_draft
from magazine.desk.article_viewset import register_side_panel
from magazine.models import Article

ICON = "check"


@hooks.register("register_admin_urls")
def proofreader_urls() -> list[URLPattern]:
    """Give the proofreader of an article its address."""
    return [
        path(
            "articles/<int:pk>/correcteur/",
            proofreader.show_findings,
            name="article_proofreader",
        )
    ]


@hooks.register("register_page_header_buttons")
def proofreader_button(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from an article's menu to its findings, for those whose browser shows no side panel."""
    if isinstance(page, Article) and page.pk and may_see_draft(user, page):
        yield Button(
            _("Proofreader"),
            reverse("article_proofreader", args=[page.pk]),
            icon_name=ICON,
            priority=63,
        )


@register_side_panel
class ProofreaderSidePanel(BaseSidePanel):
    """What was found in the text, beside it; a script fetches the findings and keeps them fresh."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its button, which counts what is left."""

        aria_label = gettext_lazy("Toggle proofreader")
        icon_name = ICON

    name = "proofreader"
    title = gettext_lazy("Proofreader")
    template_name = "magazine/desk/proofreader/panel.html"
    order = 360

    class Media:
        css = {"all": ["magazine/desk/proofreader.css"]}
        js = ["magazine/desk/proofreader.js"]

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Add where the findings are fetched."""
        url = reverse("article_proofreader", args=[self.object.pk])
        return super().get_context_data(parent_context) | {"url": url}
