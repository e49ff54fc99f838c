"""Let those who publish an article tell its readers what was wrong in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from magazine.correcting import CorrectionError, correct, reword, withdraw
from magazine.models import Article, Correction


def may_correct(user: Any, article: Page) -> bool:
    """Tell whether the user may speak to the article's readers: whoever may publish it."""
    return article.permissions_for_user(user).can_publish()


class CorrectionForm(forms.ModelForm):
    """One correction, as it is written."""

    class Meta:
        model = Correction
        fields = ["date", "wrong", "text"]
        widgets = {
            "date": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "wrong": forms.Textarea({"rows": 3}),
            "text": forms.Textarea({"rows": 3}),
        }


class CorrectionsView(WagtailAdminTemplateMixin, FormView):
    """The corrections of one article, and the form of another; unknown to who may not publish."""

    template_name = "magazine/desk/release/corrections.html"
    page_title = gettext_lazy("Corrections")
    header_icon = "edit"
    form_class = CorrectionForm
    correction: Correction | None = None

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find the article. Raises Http404 for whoever may not publish it."""
        article = Article.objects.filter(pk=pk).first()
        if article is None or not may_correct(request.user, article):
            raise Http404
        self.article = article
        return super().dispatch(request, pk=pk, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return which article it is about."""
        return self.article.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page, by the article's own."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.article.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_initial(self) -> dict[str, Any]:
        """Return today's date."""
        return {"date": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form begins with."""
        unsaved = self.correction or Correction(article=self.article)
        return {**super().get_form_kwargs(), "instance": unsaved}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            article=self.article,
            correction=self.correction,
            corrections=self.article.corrections.select_related("printed_in"),
            **kwargs,
        )

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        """Keep the correction, or say what is against it."""
        words = {name: form.cleaned_data[name] for name in ("date", "wrong", "text")}
        try:
            self.keep(words)
        except CorrectionError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Readers see the correction with the article."))
        return redirect("corrections", self.article.pk)

    def keep(self, words: dict[str, Any]) -> None:
        """Publish a new correction. Raises CorrectionError."""
        correct(self.article, by=self.request.user, **words)


class EditCorrectionView(CorrectionsView):
    """One correction, to be reworded or withdrawn until an issue prints it."""

    def dispatch(
        self, request: HttpRequest, pk: int, correction: int, **kwargs: Any
    ) -> HttpResponse:
        """Find the correction. Raises Http404 for another article's."""
        self.correction = Correction.objects.filter(pk=correction, article_id=pk).first()
        if self.correction is None:
            raise Http404
        return super().dispatch(request, pk=pk, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Leave the correction's own date."""
        return {}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Withdraw where that button was pressed; else keep what was written."""
        if "withdraw" not in request.POST:
            return super().post(request, *args, **kwargs)
        try:
            withdraw(self.correction, request.user)
        except CorrectionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The correction is withdrawn."))
        return redirect("corrections", self.article.pk)

    def keep(self, words: dict[str, Any]) -> None:
        """Reword the correction. Raises CorrectionError."""
        reword(Correction.objects.get(pk=self.correction.pk), by=self.request.user, **words)
