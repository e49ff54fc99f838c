"""Let editors open private addresses of a draft, and deal with what guests remark."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from magazine.desk.access import article_for_editing, article_for_reading, may_edit
from magazine.desk.previews import header_of
from magazine.models import Article, Remark, ReviewLink
from magazine.previews import keep_private
from magazine.review import (
    DAYS,
    MOST_DAYS,
    ReviewError,
    open_review,
    revoke,
    settle,
    show_newest,
)


class ReviewForm(forms.Form):
    """For whom an address is, and for how long."""

    guest = forms.CharField(
        label=gettext_lazy("For"),
        max_length=120,
        help_text=gettext_lazy("The author or the person interviewed."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days that it lives"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        help_text=gettext_lazy("At most ninety."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """List an article's private addresses and remarks; by POST, open one more address.

    The new address stands in the answer to the POST and nowhere else, since only its digest
    is kept: hence no redirect.
    """
    if request.method != "POST":
        return _page(request, article_for_reading(request, pk), ReviewForm())
    article = article_for_editing(request, pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form)
    try:
        link, key = open_review(
            article, form.cleaned_data["guest"], request.user, form.cleaned_data["days"]
        )
    except ReviewError as error:
        form.add_error(None, str(error))
        return _page(request, article, form)
    address = f"{settings.BASE_URL}{reverse('review', args=[key])}"
    return _page(request, article, ReviewForm(), opened=link, address=address)


@require_POST
def show_newest_draft(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Let an address show the draft as it is now."""
    article = article_for_editing(request, pk)
    try:
        show_newest(_link(article, link_pk), request.user)
    except ReviewError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The address shows the newest draft."))
    return redirect("article_reviews", pk)


@require_POST
def close_address(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Close an address for good."""
    article = article_for_editing(request, pk)
    revoke(_link(article, link_pk), request.user)
    messages.success(request, _("The address is closed."))
    return redirect("article_reviews", pk)


@require_POST
def settle_remark(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Mark a remark as settled, or open it again."""
    article = article_for_editing(request, pk)
    remark = Remark.objects.of_article(article).filter(pk=remark_pk).first()
    if remark is None:
        raise Http404
    settle(remark, request.user, done=request.POST.get("done") == "yes")
    return redirect(f"{reverse('article_reviews', args=[pk])}#remarques")


def _link(article: Article, pk: int) -> ReviewLink:
    link = ReviewLink.objects.of_article(article).filter(pk=pk).first()
    if link is None:
        raise Http404
    return link


def _page(request: HttpRequest, article: Article, form: ReviewForm, **opened: Any) -> HttpResponse:
    remarks = list(Remark.objects.of_article(article))
    context = {
        **header_of(request, article, _("Private addresses and remarks"), "openquote"),
        "article": article,
        "form": form,
        "links": ReviewLink.objects.of_article(article),
        "unsettled": [remark for remark in remarks if remark.settled_at is None],
        "settled": [remark for remark in remarks if remark.settled_at],
        "may_edit": may_edit(request.user, article),
        **opened,
    }
    return keep_private(render(request, "magazine/desk/reviews/index.html", context))
