"""Hang the checks into Wagtail: addresses, side panel, buttons, log, and what may be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, Page

from magazine.checks import blocking, draft_of
from magazine.checks.pictures import RIGHTS_EXPIRED
from magazine.desk import checks
from magazine.desk.access import may_see_draft
from magazine.desk.article_viewset import register_side_panel
from magazine.models import Article, Issue


@hooks.register("register_admin_urls")
def check_urls() -> list[URLPattern]:
    """Give the checks their addresses."""
    article = "articles/<int:pk>/controles"
    return [
        path(f"{article}/", checks.article_checks, name="article_checks"),
        path(f"{article}/volet/", checks.article_checks_panel, name="article_checks_panel"),
        path(f"{article}/liens/", checks.visit_article_links, name="visit_article_links"),
        path(f"{article}/passer/", checks.let_finding_pass, name="pass_finding"),
        path(f"{article}/retirer/", checks.withdraw_passed_finding, name="withdraw_pass"),
        path("issues/<int:pk>/controles/", checks.issue_checks, name="issue_checks"),
    ]


@register_side_panel
class ArticleChecksPanel(BaseSidePanel):
    """The checks beside the text; its script asks for them, so that opening an article is quick."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button that shows how many findings hold the article back."""

        aria_label = gettext_lazy("Toggle checks before ready")
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

    name = "readiness"
    title = gettext_lazy("Checks before ready")
    template_name = "magazine/desk/checks/panel.html"
    order = 340

    @property
    def media(self) -> Media:
        """Return the panel's script and style."""
        return Media(js=["magazine/desk/checks.js"], css={"all": ["magazine/desk/checks.css"]})


@hooks.register("register_page_header_buttons")
def check_buttons(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the page of checks among the actions on an article or an issue."""
    specific = page.specific_class
    if not (isinstance(specific, type) and page.pk and may_see_draft(user, page)):
        return
    for model, name in ((Article, "article_checks"), (Issue, "issue_checks")):
        if issubclass(specific, model):
            yield Button(
                _("Checks"), url=reverse(name, args=[page.pk]), icon_name="tasks", priority=67
            )


class PassFormatter(LogFormatter):
    """How a pass reads in the article's history, with its reason."""

    label = gettext_lazy("Let a finding pass")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Return the check's name and the reason."""
        return _("Let a finding of “%(check)s” pass: %(reason)s") % {
            "check": log_entry.data.get("label", ""),
            "reason": log_entry.data.get("reason", ""),
        }


class WithdrawFormatter(LogFormatter):
    """How a withdrawn pass reads."""

    label = gettext_lazy("Withdraw a pass")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        """Return the check's name."""
        return _("Withdrew the pass of a finding of “%(check)s”") % {
            "check": log_entry.data.get("label", "")
        }


@hooks.register("register_log_actions")
def check_log_actions(actions: LogActionRegistry) -> None:
    """Name the verbs of the checks in the log."""
    actions.register_action("magazine.pass_check")(PassFormatter)
    actions.register_action("magazine.withdraw_pass")(WithdrawFormatter)


@hooks.register("before_publish_page")
def refuse_expired_rights(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the draft but publish nothing while a picture's rights are over."""
    if not isinstance(page, Article):
        return None
    over = [found for found in blocking(draft_of(page)) if found.code == RIGHTS_EXPIRED]
    if not over:
        return None
    for found in over:
        messages.error(request, f"{found.message} {found.remedy}")
    messages.warning(request, _("The draft is kept; nothing was published."))
    return redirect("article_checks", page.pk)


@hooks.register("before_bulk_action")
def refuse_expired_rights_of_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Refuse the same where many pages are published at once."""
    if action_type != "publish":
        return None
    for page in objects:
        specific = page.specific if isinstance(page, Page) else page
        refused = refuse_expired_rights(request, specific)
        if refused:
            return refused
    return None
