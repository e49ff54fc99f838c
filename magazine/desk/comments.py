"""Let the newsroom read comments, decide on them, one or many at once, and answer."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.comment_times import Talk, last_day_of, set_rule, talk_of
from magazine.comments import CommentError, answer, erase, mark_spam, readable_text, refuse, show
from magazine.desk.access import article_for_reading
from magazine.models import Article, Comment, Publication
from magazine.models.articles import CommentsRule
from magazine.models.comments import LONGEST_COMMENT, CommentState

MODERATE = "magazine.change_comment"
VERBS = {"show": show, "refuse": refuse, "spam": mark_spam}


class ForModerators:
    """A view that is unknown to whoever doesn't deal with comments."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let moderators in. Raises Http404 for everybody else."""
        if not request.user.has_perm(MODERATE):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class CommentFilterSet(WagtailFilterSet):
    """Which comments the list shows."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=CommentState.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    article = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Article"),
        queryset=lambda request: (
            Article.objects.on_the_desk()
            .filter(pk__in=Comment.objects.order_by().values("article"))
            .defer("body")
            .order_by("title")
        ),
    )

    class Meta:
        model = Comment
        fields = ["state", "article"]


class WhatColumn(TitleColumn):
    """Who wrote what, as far as a list has room."""

    cell_template_name = "magazine/desk/comments/what.html"

    def get_value(self, instance: Comment) -> Comment:
        """Return the whole comment; the template takes what it prints."""
        return instance


class CommentsView(ForModerators, generic.IndexView):
    """The list of comments, the newest first."""

    model = Comment
    page_title = gettext_lazy("Comments")
    header_icon = "comment"
    index_url_name = "comments"
    index_results_url_name = "comments_results"
    template_name = "magazine/desk/comments/index.html"
    filterset_class = CommentFilterSet
    search_fields = ["name", "text"]
    default_ordering = ("-created_at", "-pk")
    any_permission_required = ["change"]
    paginate_by = 50
    show_export_buttons = False

    @property
    def columns(self) -> list[Column]:
        """Return what the list shows of each comment."""
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"),
            WhatColumn(
                "comment",
                label=_("Comment"),
                get_url=lambda each: reverse("comment", args=[each.pk]),
                get_title_id=lambda each: f"comment_{each.pk}_title",
            ),
            Column("article", label=_("Article"), sort_key="article__title"),
            Column("get_state_display", label=_("State"), sort_key="state"),
            DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Comment]:
        """Return what the newsroom works on."""
        return Comment.objects.on_the_desk().select_related("article", "parent")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Name the model, for the verbs on many."""
        return super().get_context_data(*args, **kwargs) | {"model_opts": Comment._meta}


class AnswerForm(forms.Form):
    """What the newsroom answers."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy(
            "Readers see it at once, signed with your name. What you answer is shown with it."
        ),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 5}),
    )

    def clean_text(self) -> str:
        """Return what is kept. Raises ValidationError with the rule's reason."""
        try:
            return readable_text(self.cleaned_data["text"], most_links=None)
        except CommentError as error:
            raise forms.ValidationError(str(error)) from error


class CommentView(ForModerators, WagtailAdminTemplateMixin, FormView):
    """One comment, with what was said before and after, the verbs, and an answer."""

    template_name = "magazine/desk/comments/comment.html"
    page_title = gettext_lazy("Comment")
    header_icon = "comment"
    form_class = AnswerForm

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find the comment. Raises Http404 where there is none."""
        found = Comment.objects.on_the_desk().filter(pk=pk)
        self.comment = found.select_related("article", "parent", "decided_by").first()
        if self.comment is None:
            raise Http404
        return super().dispatch(request, pk=pk, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("comments"), "label": _("Comments")},
            {"url": "", "label": self.comment.name},
        ]

    def get_page_subtitle(self) -> str:
        """Return who wrote it."""
        return self.comment.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        article = self.comment.article
        public = Article.objects.for_readers().filter(pk=article.pk).exists()
        others = self.comment.answers.filter(erased_at=None)
        return super().get_context_data(
            comment=self.comment,
            article=article,
            address=article.get_url(self.request) if public else "",
            answers=others,
            verbs=[
                (verb, label, style)
                for verb, label, style, state in (
                    ("show", _("Show"), "", CommentState.SHOWN),
                    ("refuse", _("Refuse"), "button-secondary", CommentState.REFUSED),
                    ("spam", _("Spam"), "button-secondary", CommentState.SPAM),
                )
                if state != self.comment.state
            ],
            talk=how_it_stands(article),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do what the pressed button says; without one, answer."""
        verb = request.POST.get("verb", "")
        if not verb:
            return super().post(request, *args, **kwargs)
        if verb == "erase":
            erase(self.comment)
            messages.success(request, _("The comment is erased for good."))
            return redirect("comments")
        if verb not in VERBS:
            raise Http404
        try:
            VERBS[verb](self.comment, request.user)
        except CommentError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done: %(state)s.") % {"state": self._state()})
        return redirect("comment", self.comment.pk)

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        """Publish the answer."""
        try:
            answer(self.comment, form.cleaned_data["text"], self.request.user)
        except CommentError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Your answer is shown."))
        return redirect("comment", self.comment.pk)

    def _state(self) -> str:
        state = Comment.objects.values_list("state", flat=True).get(pk=self.comment.pk)
        return str(CommentState(state).label).lower()


def how_it_stands(article: Article) -> str:
    """Return in one sentence whether readers may comment on an article."""
    publication = Publication.objects.first()
    talk = talk_of(article, publication)
    if talk is Talk.CLOSED:
        return _("Comments on this article are closed.")
    if talk is Talk.OVER:
        return _("The article is too old: readers no longer comment on it.")
    last = last_day_of(article, publication)
    if last is None or article.comments == CommentsRule.OPEN:
        return _("Readers may comment on this article.")
    return _("Readers may comment on this article until %(day)s.") % {
        "day": date_format(last, "DATE_FORMAT")
    }


class RuleForm(forms.Form):
    """Whether an article takes comments."""

    rule = forms.ChoiceField(
        label=gettext_lazy("Readers’ comments"),
        choices=CommentsRule.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It holds at once, without publishing. What is shown stays shown."),
    )


class ArticleCommentsView(ForModerators, WagtailAdminTemplateMixin, FormView):
    """Open or close the comments of one article."""

    template_name = "magazine/desk/comments/article.html"
    page_title = gettext_lazy("Comments")
    header_icon = "comment"
    form_class = RuleForm

    def dispatch(self, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Find the article. Raises Http404 where the user may not read its draft."""
        self.article = article_for_reading(request, pk)
        return super().dispatch(request, pk=pk, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page, by the article's own."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.article.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.article.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_page_subtitle(self) -> str:
        """Return which article it is about."""
        return self.article.get_admin_display_title()

    def get_initial(self) -> dict[str, Any]:
        """Return what holds now."""
        return {"rule": self.article.comments}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        return super().get_context_data(
            article=self.article, talk=how_it_stands(self.article), **kwargs
        )

    def form_valid(self, form: RuleForm) -> HttpResponse:
        """Let the choice hold."""
        set_rule(self.article, CommentsRule(form.cleaned_data["rule"]), self.request.user)
        self.article.refresh_from_db(fields=["comments"])
        messages.success(self.request, how_it_stands(self.article))
        return redirect("article_comments", self.article.pk)
