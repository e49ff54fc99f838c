"""Keep the house dictionary: its list, and a form that takes many words at once."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.widgets import HeaderButton
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from magazine.desk.proofreader import LEARN
from magazine.models import HouseWord
from magazine.proofreading.dictionary import DictionaryError, learn, read_list


class HouseWordIndexView(IndexView):
    """The list of words, with the way to add many."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer the list to those who may add words."""
        buttons = list(super().header_buttons)
        if self.request.user.has_perm(LEARN):
            address = reverse(self.model.snippet_viewset.get_url_name("import"))
            buttons.append(HeaderButton(_("Add a list of words"), address, icon_name="upload"))
        return buttons


class HouseWordViewSet(SnippetViewSet):
    """The words that the proofreader is to know."""

    model = HouseWord
    icon = "openquote"
    menu_label = gettext_lazy("House dictionary")
    list_display = ["word", "note"]
    search_fields = ["word", "note"]
    index_view_class = HouseWordIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the form that takes many words."""
        return [*super().get_urlpatterns(), path("liste/", add_list, name="import")]


class ListForm(forms.Form):
    """Words to learn, one a line."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("One a line. Plurals in s and capitals are known by themselves."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=100_000,
    )

    def clean_words(self) -> tuple[str, ...]:
        """Return the words. Raises ValidationError where a line isn't one."""
        try:
            return read_list(self.cleaned_data["words"])
        except DictionaryError as error:
            raise ValidationError(str(error)) from error


@require_http_methods(["GET", "HEAD", "POST"])
def add_list(request: HttpRequest) -> HttpResponse:
    """Take a list of words into the dictionary."""
    if not request.user.has_perm(LEARN):
        raise Http404
    index = reverse(HouseWord.snippet_viewset.get_url_name("list"))
    form = ListForm(request.POST or None)
    if form.is_valid():
        learned = learn(form.cleaned_data["words"], by=request.user)
        told = ngettext("%(new)d new word.", "%(new)d new words.", learned.new)
        known = ngettext("%(known)d was known.", "%(known)d were known.", learned.known)
        messages.success(request, f"{told} {known}" % {"new": learned.new, "known": learned.known})
        return redirect(index)
    title = _("Add a list of words")
    crumbs = [{"url": index, "label": _("House dictionary")}, {"url": "", "label": title}]
    context = {
        "form": form,
        "page_title": title,
        "breadcrumbs_items": crumbs,
        "header_icon": "upload",
    }
    return render(request, "magazine/desk/proofreader/list.html", context)
