"""Name the facets and their values for readers, the same on the page and in the API."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from magazine.models import CaseStudy, Feature, Interview, Opinion
from magazine.search.results import Facet, FacetValue

TITLES: Mapping[str, Promise] = {
    "kind": pgettext_lazy("filter", "Kind"),
    "issue": pgettext_lazy("filter", "Issue"),
    "section": pgettext_lazy("filter", "Section"),
    "topic": pgettext_lazy("filter", "Topic"),
    "person": pgettext_lazy("filter", "Person"),
    "organisation": pgettext_lazy("filter", "Organisation"),
    "sector": pgettext_lazy("filter", "Sector"),
    "year": pgettext_lazy("filter", "Year"),
}
KINDS = {model.KIND: model for model in (Interview, CaseStudy, Opinion, Feature)}
# Read best from the newest down, however many articles each has.
BY_NUMBER = frozenset({"issue", "year"})


def label_of(facet: str, value: FacetValue) -> str:
    """Return a value as readers read it: “Interview”, “no. 7 · L'attente”."""
    if facet == "kind" and value.value in KINDS:
        return str(KINDS[value.value].get_verbose_name())
    if facet == "issue":
        number = _("no. %(number)s") % {"number": value.value}
        return number if value.label == value.value else f"{number} · {value.label}"
    return value.label


def ordered(facet: Facet) -> list[FacetValue]:
    """Return the values in the order in which readers look for them: what is chosen first."""
    values = list(facet.values)
    if facet.name in BY_NUMBER:
        values.sort(key=lambda value: (len(value.value), value.value), reverse=True)
    return sorted(values, key=lambda value: not value.is_chosen)
