"""Put the release of an issue in the place of every other way to publish it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from magazine.desk.access import may_release
from magazine.desk.release_views import ReleaseView
from magazine.models import Article, Issue, IssueArchive, IssueEntry, RefusedRelease
from magazine.refusals import where
from magazine.schedule import goes_with_its_issue, waiting_issue

PUBLISH = "action-publish"


@hooks.register("register_admin_urls")
def release_urls() -> list[URLPattern]:
    """Give the release its address."""
    return [path("issues/<int:pk>/parution/", ReleaseView.as_view(), name="release_issue")]


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    """Name what the history says."""
    actions.register_action(
        "magazine.choose_revision",
        gettext_lazy("Choose the text of an issue"),
        gettext_lazy("Text chosen for an issue"),
    )


class ReleaseMenuItem(ActionMenuItem):
    """The way to the release, from the page of an issue in the making."""

    name = "action-release"
    label = gettext_lazy("Release…")
    icon_name = "upload"
    order = 30

    def get_url(self, parent_context: dict[str, Any]) -> str:
        """Return the address of the release."""
        return reverse("release_issue", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")
def offer_release(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Take “Publish” away from an issue that isn't out; offer the release to those who may."""
    page = context.get("page")
    if page is None:
        if not isinstance(context.get("parent_page"), IssueArchive):
            return
    elif not _is_unreleased(page):
        return
    items[:] = [item for item in items if item.name != PUBLISH]
    if page is not None and may_release(request.user):
        items.append(ReleaseMenuItem())


@hooks.register("before_create_page")
def save_new_issue(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> None:
    """Save a new issue as a draft, whatever a forged form asks for."""
    if issubclass(page_class, Issue):
        _save_instead(request)


@hooks.register("before_edit_page")
def save_unreleased_issue(request: HttpRequest, page: Page) -> None:
    """Save an issue that isn't out as a draft, whatever a forged form asks for."""
    if _is_unreleased(page):
        _save_instead(request)


def _save_instead(request: HttpRequest) -> None:
    if PUBLISH in request.POST:
        posted = request.POST.copy()
        del posted[PUBLISH]
        request.POST = posted
        messages.warning(
            request, _("Saved, not published: an issue is released with its articles.")
        )


@hooks.register("before_edit_page")
def tell_refusal(request: HttpRequest, page: Page) -> None:
    """Say on the page that its release was due and refused, and why."""
    if request.method != "GET":
        return
    refusal = RefusedRelease.objects.filter(page_id=page.pk).first()
    if refusal:
        messages.error(
            request,
            _("It was due and could not go live: %(reason)s") % {"reason": refusal.reason},
            buttons=[messages.button(where(page), _("Mend it"))]
            if may_release(request.user)
            else [],
        )


@hooks.register("before_publish_page")
def leave_article_to_its_issue(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse an article of an issue in the making a date of its own; its text is saved."""
    if not isinstance(page, Article) or not _is_dated(page):
        return None
    issue = waiting_issue(page)
    if issue is None:
        return None
    messages.error(request, goes_with_its_issue(page, issue))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def leave_issues_to_their_release(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Refuse to publish, among many pages, what goes live with an issue that isn't out."""
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "publish" or not pages:
        return None
    below = action.cleaned_form.cleaned_data.get("include_descendants", False)
    for page in pages:
        sentence = _held_by_issue(page, below=below)
        if sentence:
            messages.error(request, " ".join([sentence, _("Nothing was published.")]))
            return redirect(action.next_url)
    return None


def _held_by_issue(page: Page, *, below: bool) -> str:
    """Return why a page, or one below it, isn't published among others; nothing where it may be."""
    waiting = Issue.objects.in_the_making()
    issue = (
        waiting.descendant_of(page, inclusive=True) if below else waiting.filter(pk=page.pk)
    ).first()
    if issue:
        return _("Issue %(number)s goes live with its articles.") % {"number": issue.number}
    if below:
        articles = Article.objects.descendant_of(page).not_live()
        entry = IssueEntry.objects.filter(article__in=articles, issue__in=waiting).first()
        return goes_with_its_issue(entry.article, entry.issue) if entry else ""
    draft = page.specific.get_latest_revision_as_object()
    issue = waiting_issue(page) if _is_dated(draft) else None
    return goes_with_its_issue(page, issue) if issue else ""


def _is_dated(draft: Page) -> bool:
    return draft.go_live_at is not None and draft.go_live_at > timezone.now()


@hooks.register("before_copy_page")
def keep_issues_single(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy an issue: its number and its articles' places are its own."""
    if not isinstance(page, Issue):
        return None
    messages.error(request, _("An issue isn’t copied: begin a new one."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _is_unreleased(page: Page) -> bool:
    return isinstance(page, Issue) and not page.was_released
