"""Ask into which issue an article is to be copied, and copy it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.copying import CopyError, copy_into
from magazine.desk.access import article_for_reading, may_edit, may_plan
from magazine.models import Article, Issue


class CopyForm(forms.Form):
    """The issues in the making."""

    issue = forms.ModelChoiceField(
        Issue.objects.none(),
        label=gettext_lazy("Into issue"),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, issues: list[Issue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = Issue.objects.filter(
            pk__in=[issue.pk for issue in issues]
        ).order_by("number")
        self.fields["issue"].label_from_instance = lambda issue: (
            _("n° %(number)s, %(title)s") % {"number": issue.number, "title": issue.draft_title}
        )


def may_copy(request: HttpRequest, article: Article) -> bool:
    """Tell whether the user may plan issues and write in the article's section."""
    section = article.get_parent()
    return may_plan(request.user) and section.permissions_for_user(request.user).can_add_subpage()


class CopyIntoIssueView(WagtailAdminTemplateMixin, FormView):
    """One page: the issues, what comes along, and the button."""

    form_class = CopyForm
    template_name = "magazine/desk/copying/copy.html"
    page_title = gettext_lazy("Copy into another issue")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the article unknown to those who may not copy it."""
        self.article = article_for_reading(request, kwargs["pk"])
        if not may_copy(request, self.article):
            raise Http404
        making = Issue.objects.in_the_making().on_the_desk()
        self.issues = [issue for issue in making if may_edit(request.user, issue)]
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which issues there are."""
        return {**super().get_form_kwargs(), "issues": self.issues}

    def get_page_subtitle(self) -> str:
        """Return the article's title."""
        return self.article.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        article = {"url": edit, "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), article, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            article=self.article,
            issues=self.issues,
            section=self.article.get_parent(),
            **kwargs,
        )

    def form_valid(self, form: CopyForm) -> HttpResponse:
        """Copy, and open the copy."""
        issue = form.cleaned_data["issue"]
        try:
            copy = copy_into(self.article, issue, by=self.request.user)
        except CopyError as error:
            form.add_error("issue", str(error))
            return self.form_invalid(form)
        sentence = _("This is the copy of “%(title)s”: it stands last in issue %(number)s.")
        names = {"title": self.get_page_subtitle(), "number": issue.number}
        messages.success(self.request, sentence % names)
        return redirect("wagtailadmin_pages:edit", copy.pk)
