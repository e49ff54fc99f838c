"""Show how far an article is where it is edited, and beside each entry of an issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.admin.panels import Panel
from wagtail.admin.ui.side_panels import PageStatusSidePanel

if TYPE_CHECKING:
    from magazine.stages import Standing

STATUS_TEMPLATE = "magazine/desk/stage_status.html"


def show_stage(panel: PageStatusSidePanel) -> PageStatusSidePanel:
    """Put the stage on top of Wagtail's status panel of an article."""
    of_wagtail = panel.get_status_templates
    panel.get_status_templates = lambda context: [STATUS_TEMPLATE, *of_wagtail(context)]
    of_panel = panel.get_context_data
    panel.get_context_data = lambda context: {
        **of_panel(context),
        "standing": _standings([panel.object.pk]).get(panel.object.pk),
    }
    return panel


class StagePanel(Panel):
    """The stage of an entry's article, on the desk of an issue."""

    class BoundPanel(Panel.BoundPanel):
        """The panel beside one entry; the stages of all entries are asked for together."""

        template_name = "magazine/desk/stage_of_entry.html"

        def is_shown(self) -> bool:
            """Tell whether there is an article to speak of."""
            return self.instance.article_id is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Return the stage, asked for once for all entries."""
            context = super().get_context_data(parent_context)
            issue = self.instance.issue
            articles = [entry.article_id for entry in issue.entries.all()] if issue else []
            standings = _once(self.request, [*articles, self.instance.article_id])
            return {**context, "standing": standings.get(self.instance.article_id)}


def _once(request: HttpRequest, articles: list[int]) -> dict[int, Standing]:
    known = getattr(request, "standings_of_entries", None)
    if known is None or not known.keys() >= set(articles):
        known = request.standings_of_entries = _standings(articles)
    return known


def _standings(articles: list[int]) -> dict[int, Standing]:
    # Models name their panels, and stages are told from models.
    from magazine.stages import standings_of

    return standings_of(pk for pk in articles if pk is not None)
