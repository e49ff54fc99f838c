"""Offer an article's everyday verbs where its others are; refuse copies that could not be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry

from magazine.desk.access import may_edit, may_plan
from magazine.desk.copying import CopyIntoIssueView
from magazine.desk.kind import ChangeKindView
from magazine.models import Article, Home, Issue, IssueArchive, PastIssue


@hooks.register("register_admin_urls")
def verb_urls() -> list[URLPattern]:
    """Give the verbs their addresses."""
    return [
        path("articles/<int:pk>/type/", ChangeKindView.as_view(), name="change_kind"),
        path("articles/<int:pk>/copier/", CopyIntoIssueView.as_view(), name="copy_into_issue"),
    ]


@hooks.register("register_page_header_buttons")
def header_buttons(
    page: Page, user: AbstractBaseUser, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the verbs above the article."""
    return _buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(
    page: Page, user: AbstractBaseUser, next_url: str | None = None
) -> Iterator[Button]:
    """Offer the verbs in lists."""
    return _buttons(page, user)


def _buttons(page: Page, user: AbstractBaseUser) -> Iterator[Button]:
    if page.pk is None or not issubclass(page.specific_class or Page, Article):
        return
    if may_edit(user, page):
        yield Button(
            gettext_lazy("Change the kind"),
            url=reverse("change_kind", args=[page.pk]),
            icon_name="form",
            priority=32,
        )
    if may_plan(user):
        yield Button(
            gettext_lazy("Copy into another issue"),
            url=reverse("copy_into_issue", args=[page.pk]),
            icon_name="copy",
            priority=31,
        )


@hooks.register("insert_editor_js")
def clean_what_word_pastes() -> SafeString:
    """Load the script that takes Word's mess out of what is pasted."""
    return format_html('<script src="{}"></script>', static("magazine/desk/word-paste.js"))


@hooks.register("before_copy_page")
def refuse_copies_of_what_is_unique(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy an issue, whose number and printed facts are its own, or a whole shelf."""
    if not issubclass(page.specific_class or Page, Issue | PastIssue | IssueArchive | Home):
        return None
    messages.error(
        request,
        _("“%(title)s” can’t be copied: make a new one, and copy articles into it.")
        % {"title": page.get_admin_display_title()},
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history says."""

    @actions.register_action("magazine.change_kind")
    class ChangeKindFormatter(LogFormatter):
        label = gettext_lazy("Change the kind")

        def format_message(self, log_entry: PageLogEntry) -> str:
            names: dict[str, Any] = log_entry.data
            return _("Changed from %(from)s to %(to)s") % {
                "from": names.get("from", "?"),
                "to": names.get("to", "?"),
            }
