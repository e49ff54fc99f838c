"""Fit Wagtail's views of pages: stages in the lists, drafts for readers, refusals in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.preview import ViewDraftView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from magazine.desk.printed_column import show_changes_since_print
from magazine.models import Article
from magazine.page_access import may_see_draft, sees_every_draft
from magazine.readiness import NotReadyError
from magazine.release import ReleaseError
from magazine.stages import Standing, standings_of


class StageColumn(Column):
    """How far an article is, and whether its text moved since it was ready."""

    cell_template_name = "magazine/desk/stage_cell.html"

    def get_value(self, instance: Page) -> Standing | None:
        """Return what the list found out about the row; None for what has no stage."""
        return getattr(instance, "standing", None)


class ShowsStages:
    """A list of pages with a column for the stage, in a fixed number of queries."""

    def get_table(self, object_list: Sequence[Page], **kwargs: Any) -> Table:
        """Return Wagtail's table, with our column in and, for contributors, bulk actions out."""
        standings = standings_of(page for page in object_list if isinstance(page, Article))
        for page in object_list:
            page.standing = standings.get(page.pk)
        table = super().get_table(object_list, **kwargs)
        if standings:
            _insert_before(table, "status", StageColumn("stage", label=gettext_lazy("Stage")))
        if sees_every_draft(self.request.user):
            show_changes_since_print(table, object_list)
        else:
            table.columns.pop("bulk_actions", None)
        return table


def _insert_before(table: Table, name: str, column: Column) -> None:
    columns = list(table.columns.values())
    place = next((at for at, each in enumerate(columns) if each.name == name), len(columns))
    columns.insert(place, column)
    table.columns = {each.name: each for each in columns}


class DeskIndexView(ShowsStages, ExplorableIndexView):
    """The explorer."""


class DeskSearchView(ShowsStages, SearchView):
    """The search over all pages."""


class DeskTypeView(ShowsStages, ContentTypeUseView):
    """All pages of a type."""


class ReadDraftView(ViewDraftView):
    """A draft as readers would see it, for all who may read drafts; Wagtail asks for more."""

    def dispatch(
        self, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the draft. Raises PermissionDenied to whoever may not read it."""
        page = get_object_or_404(Page, pk=page_id).specific
        if not may_see_draft(request.user, page):
            raise PermissionDenied
        draft = page.get_latest_revision_as_object()
        mode = request.GET.get("mode", draft.default_preview_mode)
        if mode not in dict(draft.preview_modes):
            raise PermissionDenied
        return draft.make_preview_request(request, mode)


def tell_why_not(request: HttpRequest, error: Exception) -> None:
    """Say what keeps an article from its next step, each finding with its remedy."""
    findings = getattr(error, "findings", ())
    if not findings:
        messages.error(request, str(error))
        return
    lines = format_html_join(
        "", "<li>{} {}</li>", ((finding.message, finding.remedy) for finding in findings)
    )
    messages.error(request, format_html("{}<ul>{}</ul>", str(error), lines))


class StepView(WorkflowActionView):
    """Approve or send back; what checks refuse is said in words."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the button says, or say why not."""
        try:
            return super().post(request, *args, **kwargs)
        except (NotReadyError, ReleaseError) as error:
            tell_why_not(request, error)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(
                request, {"step": "success", "redirect": self.get_redirect_url()}
            )
        return redirect(self.get_redirect_url())


class StepsInTheEditor:
    """Of the page on which an article is edited: a step refused keeps the text just saved."""

    def perform_workflow_action(self) -> HttpResponse:
        """Save and take the step."""
        return self._or_tell(super().perform_workflow_action)

    def submit_action(self) -> HttpResponse:
        """Save and hand in."""
        return self._or_tell(super().submit_action)

    def _or_tell(self, action: Any) -> HttpResponse:
        try:
            return action()
        except (NotReadyError, ReleaseError) as error:
            tell_why_not(self.request, error)
            messages.info(self.request, _("Your text is saved."))
            return self.redirect_and_remain()


class DeskPageViewSet(PageViewSet):
    """Wagtail's views of pages, as the desk shows them."""

    model = Page
    index_view_class = DeskIndexView
    search_view_class = DeskSearchView
    content_type_use_view_class = DeskTypeView
    view_draft_view_class = ReadDraftView
    workflow_action_view_class = StepView


page_viewset = DeskPageViewSet()
