"""Keep letters at the desk: their list and the form of a draft."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from magazine.desk.letter_sheet import LetterFrameView, LetterSheetView
from magazine.letters import contents_for_letter
from magazine.models import Issue, Letter
from magazine.typography import typeset

SEE = "magazine.view_letter"


class LetterForm(WagtailAdminModelForm):
    """A draft: its words, and which articles of the issue it shows."""

    kept = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Articles in the letter"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issues = Issue.objects.for_readers().newest_first()
        self.fields["issue"].queryset = issues.filter(
            Q(letters=None) | Q(letters=self.instance.pk or 0)
        ).distinct()
        rows = self.instance.contents
        if not rows:
            del self.fields["kept"]
            return
        self.fields["kept"].choices = [(row["article"], typeset(row["title"])) for row in rows]
        self.fields["kept"].initial = [
            row["article"] for row in rows if row["article"] not in self.instance.left_out
        ]

    def clean_subject(self) -> str:
        """Return the subject on one line. Raises ValidationError for one without words."""
        subject = " ".join(self.cleaned_data["subject"].split())
        if not subject:
            raise ValidationError(_("A letter needs a subject."))
        return subject

    def save(self, commit: bool = True) -> Letter:
        """Save it; another issue brings its own contents."""
        letter = self.instance
        if "issue" in self.changed_data:
            letter.contents = contents_for_letter(letter.issue) if letter.issue else []
            letter.left_out = []
        elif "kept" in self.fields:
            kept = set(self.cleaned_data["kept"])
            rows = [row["article"] for row in letter.contents]
            letter.left_out = [article for article in rows if article not in kept]
        return super().save(commit)


class LetterIndexView(generic.IndexView):
    """The list, each letter with how many mails of it went out, in one question."""

    def get_base_queryset(self) -> QuerySet[Letter]:
        """Return the letters with what their columns name."""
        return super().get_base_queryset().with_counts()

    def get_edit_url(self, instance: Letter) -> str:
        """Return the address of a letter's sheet, from which a draft is edited."""
        return reverse("letter:sheet", args=[instance.pk])


class LetterAddView(generic.CreateView):
    """A letter without a release: it leads on to its sheet."""

    def get_success_url(self) -> str:
        """Return the address of the letter's sheet."""
        return reverse("letter:sheet", args=[self.object.pk])


class LetterEditView(generic.EditView):
    """The form of a draft; a letter that went out shows its sheet instead."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead away from what can't be changed any more."""
        letter = self.get_object()
        if not letter.is_draft:
            messages.warning(request, _("This letter isn’t a draft any more."))
            return redirect("letter:sheet", letter.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Return the address of the letter's sheet."""
        return reverse("letter:sheet", args=[self.object.pk])


class LetterDeleteView(generic.DeleteView):
    """Deletes drafts; what went out stays."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what readers were sent."""
        if not self.object.is_draft:
            messages.error(request, _("This letter went out: it stays in the list."))
            return redirect("letter:sheet", self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class LetterViewSet(ModelViewSet):
    """The list of letters, their form and their sheet; unknown to those without a part in it."""

    model = Letter
    name = "letter"
    url_prefix = "lettres"
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    list_display = [
        "subject",
        Column("state", label=gettext_lazy("State"), accessor=lambda it: how_far(it)),
        DateColumn("made_at", label=gettext_lazy("Made on")),
    ]
    search_fields = ["subject"]
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    index_view_class = LetterIndexView
    add_view_class = LetterAddView
    edit_view_class = LetterEditView
    delete_view_class = LetterDeleteView
    panels = [
        FieldPanel("subject"),
        FieldPanel("opening"),
        FieldPanel("issue"),
        FieldPanel(
            "kept",
            heading=gettext_lazy("Articles in the letter"),
            help_text=gettext_lazy("In the order of the issue."),
        ),
    ]

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        """Have every view answer 404 to those who may not even see letters."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(SEE):
                raise Http404
            return view(request, *args, **kwargs)

        return answer

    def get_edit_handler(self) -> Any:
        """Have the form know of contents."""
        handler = super().get_edit_handler()
        handler.base_form_class = LetterForm
        return handler

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the sheet of a letter, and the letter itself as a mail program shows it."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", LetterSheetView.as_view(), name="sheet"),
            path("<int:pk>/apercu/", LetterFrameView.as_view(), name="frame"),
        ]


def how_far(letter: Letter) -> str:
    """Return a letter's state, with how many of its mails went out."""
    state = letter.get_state_display()
    if letter.is_draft:
        return state
    count = _("%(done)d of %(total)d") % {"done": letter.sent_count, "total": letter.all_count}
    return f"{state} · {count}"
