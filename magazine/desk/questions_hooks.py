"""Put the report of readers' questions into the admin, in the place of Wagtail's shorter one."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from magazine.desk.questions import MAY_SEE, QuestionsReportView, questions_to_choose

WAGTAILS_OWN = "search-terms"


# Before Wagtail's own of the same addresses, which show the questions to all who open the desk.
@hooks.register("register_admin_urls", order=-1)
def questions_urls() -> list[URLPattern]:
    """Give the report its addresses, and guard those where a question is chosen."""
    return [
        path("recherches/", QuestionsReportView.as_view(), name="questions_report"),
        path(
            "recherches/resultats/",
            QuestionsReportView.as_view(results_only=True),
            name="questions_report_results",
        ),
        path("searchpicks/queries/chooser/", questions_to_choose),
        path("searchpicks/queries/chooser/results/", questions_to_choose, {"get_results": True}),
    ]


class QuestionsMenuItem(MenuItem):
    """The way to the report, for those who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may see what readers ask."""
        return request.user.has_perm(MAY_SEE)


@hooks.register("register_reports_menu_item")
def questions_menu_item() -> MenuItem:
    """Show the report among the others."""
    return QuestionsMenuItem(
        _("What readers search for"),
        reverse_lazy("questions_report"),
        name="questions",
        icon_name="search",
        order=1290,
    )


@hooks.register("construct_reports_menu", order=100)
def hide_wagtails_report(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail's list of search terms, which ours holds."""
    items[:] = [item for item in items if item.name != WAGTAILS_OWN]
