"""Report what readers ask, what finds nothing and what they open, with a way to mend it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import CharField, Manager, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits
from wagtail.contrib.search_promotions.views import chooser

from magazine.desk.board_csv import FORMULA
from magazine.models import FollowedHit, QuestionDay, SynonymSet

MAY_SEE = "magazine.view_questionday"
PERIODS = (("30", _("30 days")), ("90", _("3 months")), ("365", _("12 months")))
USUAL_PERIOD = "30"


def questions_since(day: dt.date) -> QuerySet[Query]:
    """Return the questions asked since a day, each with `asked`, `in_vain`, `opened`, `article`.

    The last is the title of the article that was opened most.
    """
    followed = FollowedHit.objects.filter(query=OuterRef("pk"), date__gte=day)
    most = followed.order_by().values("article__title").annotate(number=Sum("times"))
    title = most.order_by("-number", "article__title").values("article__title")[:1]
    return Query.objects.annotate(
        asked=Coalesce(_summed(QueryDailyHits.objects, "hits", day), 0),
        in_vain=Coalesce(_summed(QuestionDay.objects, "found_nothing", day), 0),
        opened=Coalesce(_summed(FollowedHit.objects, "times", day), 0),
        article=Coalesce(Subquery(title), Value(""), output_field=CharField()),
    ).filter(asked__gt=0)


def _summed(rows: Manager, field: str, since: dt.date) -> Subquery:
    rows = rows.filter(query=OuterRef("pk"), date__gte=since)
    return Subquery(rows.order_by().values("query").annotate(sum=Sum(field)).values("sum"))


def _without_formula(value: str) -> str:
    """Return a reader's words so that no spreadsheet runs them."""
    return f"'{value}" if value.startswith(FORMULA) else value


def questions_to_choose(request: HttpRequest, get_results: bool = False) -> HttpResponse:
    """Offer what readers ask, for a pin; Wagtail's own view would, to whoever opens the desk."""
    if not request.user.has_perm(MAY_SEE):
        raise Http404
    return chooser(request, get_results=get_results)


class QuestionFilterSet(WagtailFilterSet):
    """The period, which the report has counted already, and what found nothing."""

    period = django_filters.ChoiceFilter(
        label=_("Period"), choices=PERIODS, method="counted_already", empty_label=None
    )
    in_vain = django_filters.ChoiceFilter(
        label=_("Answer"), choices=[("1", _("Found nothing"))], method="only_in_vain"
    )

    class Meta:
        model = Query
        fields: list[str] = []

    def counted_already(self, rows: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        """Return the rows: their sums are of the period."""
        return rows

    def only_in_vain(self, rows: QuerySet[Query], name: str, value: str) -> QuerySet[Query]:
        """Keep the questions that found nothing, once at least."""
        return rows.filter(in_vain__gt=0)


class ActionsColumn(Column):
    """What can be done for a question: pin articles to it, give it a synonym."""

    cell_template_name = "magazine/desk/questions/actions.html"

    class Media:
        css = {"all": ["magazine/desk/questions.css"]}

    def get_cell_context_data(self, instance: Query, parent_context: Any) -> dict[str, Any]:
        """Add the addresses that the user may open."""
        context = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        if user.has_perm("wagtailsearchpromotions.change_searchpromotion"):
            context["pin_url"] = reverse("wagtailsearchpromotions:edit", args=[instance.pk])
        if user.has_perm("magazine.add_synonymset"):
            address = reverse(SynonymSet.snippet_viewset.get_url_name("add"))
            context["synonym_url"] = f"{address}?{urlencode({'terms': instance.query_string})}"
        return context


class QuestionsReportView(ReportView):
    """What readers ask: one line a question."""

    page_title = _("What readers search for")
    header_icon = "search"
    is_searchable = True
    search_fields = ["query_string"]
    filterset_class = QuestionFilterSet
    default_ordering = "-asked"
    index_url_name = "questions_report"
    index_results_url_name = "questions_report_results"
    export_filename = "recherches"
    columns = [
        TitleColumn(
            "query_string",
            label=_("Question"),
            sort_key="query_string",
            get_url=lambda query: f"{reverse('search')}?{urlencode({'q': query.query_string})}",
        ),
        NumberColumn("asked", label=_("Asked"), sort_key="asked"),
        NumberColumn("in_vain", label=_("Found nothing"), sort_key="in_vain"),
        NumberColumn("opened", label=_("Opened"), sort_key="opened"),
        Column("article", label=_("Opened most")),
        ActionsColumn("actions", label=_("To help")),
    ]
    list_export = ["query_string", "asked", "in_vain", "opened", "article"]
    export_headings = {
        "query_string": _("Question"),
        "asked": _("Asked"),
        "in_vain": _("Found nothing"),
        "opened": _("Opened"),
        "article": _("Opened most"),
    }
    custom_field_preprocess = {
        "query_string": {"csv": _without_formula},
        "article": {"csv": _without_formula},
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer 404 to those who have no business with it."""
        if not request.user.has_perm(MAY_SEE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[Query]:
        """Return the questions of the chosen period."""
        return questions_since(timezone.localdate() - dt.timedelta(days=int(self.period)))

    @property
    def period(self) -> str:
        """Return the days that are counted, as the filter writes them."""
        asked = self.request.GET.get("period", "")
        return asked if asked in dict(PERIODS) else USUAL_PERIOD

    def get_page_subtitle(self) -> str:
        """Say which period is counted."""
        return str(dict(PERIODS)[self.period])

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Let the form show the period that is counted."""
        kwargs = super().get_filterset_kwargs()
        kwargs["queryset"] = self.get_base_queryset()
        return kwargs
