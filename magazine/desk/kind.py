"""Ask which kind an article is to become, say what only its versions will keep, and change it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.desk.access import article_for_editing
from magazine.kind_change import KINDS, KindError, change_kind, kept_in_history
from magazine.models import Article


class KindForm(forms.Form):
    """The kinds that the article isn't."""

    kind = forms.ChoiceField(label=gettext_lazy("New kind"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind, capfirst(model._meta.verbose_name))
            for kind, model in KINDS.items()
            if not isinstance(article, model)
        ]


class ChangeKindView(WagtailAdminTemplateMixin, FormView):
    """One page: the kinds, what happens, and the button."""

    form_class = KindForm
    template_name = "magazine/desk/kind/change.html"
    page_title = gettext_lazy("Change the kind")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the article unknown to those who may not change what is published of it."""
        self.article = article_for_editing(request, kwargs["pk"])
        rights = self.article.permissions_for_user(request.user)
        if self.article.live and not rights.can_publish():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which article it is about."""
        return {**super().get_form_kwargs(), "article": self.article}

    def get_page_subtitle(self) -> str:
        """Return the article's title."""
        return self.article.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        edit = {"url": self._edit_url(), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), edit, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            article=self.article,
            present=self.article._meta.verbose_name,
            kept=kept_in_history(self.article),
            back=self._edit_url(),
            **kwargs,
        )

    def form_valid(self, form: KindForm) -> HttpResponse:
        """Change the kind, and open the article again."""
        try:
            changed = change_kind(self.article, form.cleaned_data["kind"], by=self.request.user)
        except KindError as error:
            form.add_error("kind", str(error))
            return self.form_invalid(form)
        sentence = _("“%(title)s” is of another kind now: %(kind)s.")
        if changed.brought_back:
            sentence = _(
                "“%(title)s” is of another kind now: %(kind)s. What it had as such is back."
            )
        messages.success(
            self.request,
            sentence
            % {"title": self.get_page_subtitle(), "kind": changed.article._meta.verbose_name},
        )
        return redirect(self._edit_url())

    def _edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.article.pk])
