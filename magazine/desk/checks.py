"""Show what the checks find, beside the text and on pages of their own; let findings pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from magazine.checks import (
    Finding,
    PassError,
    Severity,
    draft_of,
    findings,
    pass_finding,
    withdraw_pass,
)
from magazine.checks.links import are_awaited, ask_for_visits
from magazine.desk.access import (
    article_for_reading,
    may_edit,
    may_pass_checks,
    may_see_draft,
)
from magazine.models import Article, Issue, IssueEntry


@dataclass(frozen=True)
class Row:
    """A finding as it is shown: its number on the page, and the address of its field."""

    number: str
    finding: Finding
    address: str


@dataclass(frozen=True)
class Report:
    """What the checks say of one article: findings in three groups, and how many there are."""

    article: Article
    rows: Sequence[Row]
    may_pass: bool
    is_awaited: bool = False

    @property
    def blocking(self) -> list[Row]:
        """Return what holds the article back."""
        return [row for row in self.rows if row.finding.is_blocking]

    @property
    def advisory(self) -> list[Row]:
        """Return what may stay as it is."""
        return [row for row in self.rows if row.finding.severity == Severity.ADVISORY]

    @property
    def passed(self) -> list[Row]:
        """Return what the editor-in-chief let pass."""
        return [row for row in self.rows if row.finding.passed]


def report_on(
    article: Article,
    user: AbstractBaseUser,
    issue: Issue | None = None,
    draft: Article | None = None,
) -> Report:
    """Check an article's draft, or what is given as such, for somebody who will read the report."""
    draft = draft or draft_of(article)
    page = reverse("wagtailadmin_pages:edit", args=[article.pk]) if may_edit(user, article) else ""
    return Report(
        article=draft,
        rows=[
            Row(f"{article.pk}-{number}", found, _address(page, found.place))
            for number, found in enumerate(findings(draft, issue), start=1)
        ],
        may_pass=may_pass_checks(user),
        is_awaited=are_awaited(draft),
    )


def _address(page: str, place: str) -> str:
    """The address of a field on the editing page, as Wagtail's own reports write it."""
    if not page or not place:
        return page
    return f"{page}#:w:{urlencode({'contentpath': place})}"


@require_GET
def article_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the checks find in an article's draft, on a page that needs no script."""
    article = article_for_reading(request, pk)
    ask_for_visits(draft_of(article))
    context = {
        "report": report_on(article, request.user),
        "header_title": _("Checks: %(title)s") % {"title": article.get_admin_display_title()},
        "page_title": _("Checks"),
        "page_subtitle": article.get_admin_display_title(),
        "header_icon": "tasks",
        "edit_url": reverse("wagtailadmin_pages:edit", args=[article.pk])
        if may_edit(request.user, article)
        else "",
    }
    return render(request, "magazine/desk/checks/article.html", context)


@require_GET
def article_checks_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the same findings as the side panel takes them in."""
    article = article_for_reading(request, pk)
    ask_for_visits(draft_of(article))
    return render(
        request, "magazine/desk/checks/report.html", {"report": report_on(article, request.user)}
    )


@require_POST
def visit_article_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a job visit all the article's links again, and check."""
    article = article_for_reading(request, pk)
    ask_for_visits(draft_of(article), again=True)
    return HttpResponseRedirect(reverse("article_checks", args=[pk]))


@require_POST
def let_finding_pass(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one blocking finding pass; only the editor-in-chief may."""
    article = _article_to_pass(request, pk)
    code, subject = request.POST.get("code", ""), request.POST.get("subject", "")
    try:
        if not any(
            (found.code, found.subject) == (code, subject)
            for found in findings(draft_of(article))
            if found.severity == Severity.BLOCKING
        ):
            raise PassError(_("This finding is gone: there is nothing left to let pass."))
        pass_finding(article, code, subject, request.POST.get("reason", ""), request.user)
    except PassError as error:
        return _answer(request, pk, problem=str(error))
    return _answer(request, pk, done=_("The finding was let pass; your reason is kept."))


@require_POST
def withdraw_passed_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Take such a pass back."""
    article = _article_to_pass(request, pk)
    code, subject = request.POST.get("code", ""), request.POST.get("subject", "")
    try:
        withdraw_pass(article, code, subject, request.user)
    except PassError as error:
        return _answer(request, pk, problem=str(error))
    return _answer(request, pk, done=_("The pass was withdrawn."))


def _article_to_pass(request: HttpRequest, pk: int) -> Article:
    if not may_pass_checks(request.user):
        raise Http404
    return article_for_reading(request, pk)


def _answer(request: HttpRequest, pk: int, *, done: str = "", problem: str = "") -> HttpResponse:
    """A page again for a browser; for the side panel's script a word, 400 where it went wrong."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(
            problem or done,
            status=400 if problem else 200,
            content_type="text/plain; charset=utf-8",
        )
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("article_checks", args=[pk]))


@require_GET
def issue_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the checks find in all articles of an issue, in its order."""
    issue = Issue.objects.filter(pk=pk).first()
    if issue is None or not may_see_draft(request.user, issue):
        raise Http404
    reports = [
        report_on(entry.article.specific, request.user, issue, _revision_to_release(entry))
        for entry in issue.entries.select_related("article", "release_revision")
        if may_see_draft(request.user, entry.article)
    ]
    context = {
        "issue": issue,
        "reports": reports,
        "blocking": sum(len(report.blocking) for report in reports),
        "header_title": _("Checks: issue %(number)s") % {"number": issue.number},
        "page_title": _("Checks"),
        "page_subtitle": issue.get_admin_display_title(),
        "header_icon": "tasks",
    }
    return render(request, "magazine/desk/checks/issue.html", context)


def _revision_to_release(entry: IssueEntry) -> Article | None:
    """The article as it was marked ready; None where that is still to come."""
    return entry.release_revision.as_object() if entry.release_revision else None
