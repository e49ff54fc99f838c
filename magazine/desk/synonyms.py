"""Let editors say which words mean the same to whoever searches."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import TitleColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from magazine.models import SynonymSet
from magazine.synonym_terms import LONGEST_TERM, SynonymError, read_terms, terms_elsewhere


class SynonymSetForm(WagtailAdminModelForm):
    """A set: terms one a line, each once."""

    def clean_terms(self) -> str:
        """Return the terms, one a line. Raises ValidationError with all that is wrong."""
        try:
            return "\n".join(read_terms(self.cleaned_data["terms"]))
        except SynonymError as error:
            raise ValidationError(list(error.problems)) from error


class TellsOfOtherSets:
    """After a save, the terms that another set holds too: that is rarely meant."""

    def run_after_hook(self):  # noqa: ANN201
        """Warn, then do what Wagtail does."""
        for term, other in terms_elsewhere(self.object.lines, besides=self.object.pk):
            messages.warning(
                self.request,
                _("“%(term)s” stands in another set too: %(other)s.")
                % {"term": term, "other": other},
            )
        return super().run_after_hook()


class SynonymSetCreateView(TellsOfOtherSets, CreateView):
    """A new set; `?terms=` gives it its first term, as the report of questions does."""

    def get_initial_form_instance(self) -> SynonymSet:
        """Return the set that the form begins with."""
        first = self.request.GET.get("terms", "")[:LONGEST_TERM]
        return SynonymSet(terms=f"{first}\n" if first.isprintable() and first else "")


class SynonymSetEditView(TellsOfOtherSets, EditView):
    """A set that is changed."""


class SynonymSetViewSet(SnippetViewSet):
    """The sets of synonyms."""

    model = SynonymSet
    icon = "link"
    menu_label = menu_item_label = gettext_lazy("Synonyms for the search")
    menu_name = "search-synonyms"
    menu_order = 910
    add_to_settings_menu = True
    list_display = [TitleColumn("__str__", label=gettext_lazy("Terms that mean the same"))]
    search_fields = ["terms"]
    edit_handler = ObjectList(SynonymSet.panels, base_form_class=SynonymSetForm)
    add_view_class = SynonymSetCreateView
    edit_view_class = SynonymSetEditView
