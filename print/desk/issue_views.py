"""List the editions of an issue, and open one on another press profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.desk.board_views import issue_label
from magazine.models import Issue
from print.desk.access import ARRANGE, PressMixin
from print.editions import open_edition
from print.models import Edition, PressBuild, PressFile, PressProfile

TITLE = gettext_lazy("Editions")
ICON = "doc-full-inverse"
# So many issues are named side by side, the others below.
NEWEST = 5


@dataclass(frozen=True)
class EditionRow:
    """An edition with its last proof and the build under way, where there are such."""

    edition: Edition
    proof: PressFile | None
    job: PressBuild | None


def breadcrumbs(
    home: list[dict[str, Any]], issue: Issue | None, *steps: str
) -> list[dict[str, Any]]:
    """Return the way to an issue's editions or, with steps, to something of them."""
    ways = [*home, {"url": reverse("press:index"), "label": TITLE}]
    if issue:
        address = reverse("press:issue", args=[issue.number])
        ways.append({"url": address, "label": issue_label(issue)})
    ways += [{"url": "", "label": step} for step in steps]
    return [*ways[:-1], {**ways[-1], "url": ""}]


def edition_label(edition: Edition) -> str:
    """Return how an edition is called where there is little room."""
    return _("No. %(number)s, %(title)s") % {
        "number": edition.issue.number,
        "title": edition.profile.name,
    }


class FirstView(PressMixin, WagtailAdminTemplateMixin, TemplateView):
    """Lead to the issue that is being made, else to the newest; say so where there is none."""

    template_name = "print/desk/no_issue.html"
    header_icon = ICON
    page_title = TITLE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Go there."""
        in_the_making = Issue.objects.filter(live=False, first_published_at=None)
        found = in_the_making.order_by("number").first() or Issue.objects.order_by("number").last()
        if found:
            return redirect("press:issue", found.number)
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return breadcrumbs(super().get_breadcrumbs_items(), None)


class IssueMixin(PressMixin):
    """Views of one issue's editions."""

    issue: Issue

    def find(self, named: dict[str, Any]) -> None:
        """Find the issue. Raises Http404."""
        self.issue = get_object_or_404(Issue, number=named.pop("number"))


class IssueView(IssueMixin, WagtailAdminTemplateMixin, TemplateView):
    """The editions of one issue."""

    template_name = "print/desk/issue.html"
    header_icon = ICON
    page_title = TITLE

    def get_page_subtitle(self) -> str:
        """Return which issue it is."""
        return issue_label(self.issue)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return breadcrumbs(super().get_breadcrumbs_items(), self.issue)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        editions = self.issue.editions.select_related("profile").order_by("-is_principal", "pk")
        issues = [(each, issue_label(each)) for each in Issue.objects.order_by("-number")]
        return super().get_context_data(
            issue=self.issue,
            rows=[_row(edition) for edition in editions],
            free=PressProfile.objects.exclude(editions__issue=self.issue),
            newest=issues[:NEWEST],
            older=issues[NEWEST:],
            can_arrange=self.request.user.has_perm(ARRANGE),
            **kwargs,
        )


class OpenView(IssueMixin, View):
    """Open an edition on another press profile."""

    permission = ARRANGE

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open it, and lead to it."""
        wanted = request.POST.get("profile", "")
        found = next((each for each in PressProfile.objects.all() if str(each.pk) == wanted), None)
        if found is None:
            messages.error(request, _("Choose a press profile first."))
            return redirect("press:issue", self.issue.number)
        edition = open_edition(self.issue, found)
        messages.success(request, _("“%(edition)s” is open.") % {"edition": edition})
        return redirect("press:edition", edition.pk)


def _row(edition: Edition) -> EditionRow:
    return EditionRow(edition, edition.press_files.first(), edition.builds.open().first())
