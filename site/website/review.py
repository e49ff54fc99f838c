"""Show a draft to whoever holds its private address, and take their remarks.

The key in the address is all the authority there is, as in a form's token: somebody who could
forge a guest's request would have to know the key, and could then write in their own name. So
the form needs no CSRF cookie, and a guest gets no cookie at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from magazine.channels import ON_PAPER
from magazine.models import ReviewLink
from magazine.previews import Draft, Paper, keep_private, paper_of
from magazine.review import (
    PAUSE,
    ReviewError,
    TooManyRemarks,
    find_review,
    mark_seen,
    remark,
)
from magazine.review_places import places_of
from website.previews import render_article
from website.review_form import RemarkForm
from website.views import not_found

BASE = "website/review.html"
View = Callable[..., HttpResponse]


def for_guests(view: View) -> View:
    """Find the key's address for a view, and let nobody keep the answer.

    Whatever is wrong with a key, the answer is the one page that any unknown address has.
    """

    @wraps(view)
    def answer(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            link = find_review(key)
            if link is None:
                raise Http404
            response = view(request, key, link, *args, **kwargs)
        except Http404:
            response = not_found(request)
        keep_private(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_guests
def review(request: HttpRequest, key: str, link: ReviewLink) -> HttpResponse:
    """Show the draft as the web will have it, with room for remarks; by POST, take one."""
    article = link.revision.as_object()
    places = places_of(article) if article.is_on_the_web else []
    form, status = RemarkForm(places=places), 200
    if request.method == "POST":
        form, status = _take(request, link, places)
        if form is None:
            return redirect(f"{reverse('review', args=[key])}?merci=1#remarques")
    elif request.method == "GET":
        mark_seen(link)
    context = _context(key, link, article, form) | {"thanks": "merci" in request.GET}
    if article.is_on_the_web:
        response = render_article(request, article, base=BASE, **context)
    else:
        response = _paper_page(request, link, article, context)
    response.status_code = status
    if status == 429:
        response["Retry-After"] = str(int(PAUSE.total_seconds()))
    return response


@require_safe
@for_guests
def review_paper(request: HttpRequest, key: str, link: ReviewLink) -> HttpResponse:
    """Show the draft's paper pages."""
    article = link.revision.as_object()
    if request.method == "GET":
        mark_seen(link)
    return _paper_page(request, link, article, _context(key, link, article, None))


@require_safe
@for_guests
def review_page_picture(
    request: HttpRequest, key: str, link: ReviewLink, digest: str, number: int
) -> HttpResponse:
    """Answer with the picture of one paper page of this very draft."""
    draft = _draft(link)
    picture = _paper(draft).picture(draft, digest, number)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


def _take(request: HttpRequest, link: ReviewLink, places: list) -> tuple[RemarkForm | None, int]:
    """Keep the remark that was sent; else return the form with what was typed, and a status."""
    try:
        form = RemarkForm(request.POST, places=places)
    except RequestDataTooBig:
        form = RemarkForm({"text": ""}, places=places)
        return form, 413
    if not form.is_valid():
        return form, 400
    try:
        remark(link, form.cleaned_data["text"], form.chosen)
    except TooManyRemarks as error:
        form.add_error(None, str(error))
        return form, 429
    except ReviewError as error:
        form.add_error("text", str(error))
        return form, 400
    return None, 303


def _context(key: str, link: ReviewLink, article: Any, form: RemarkForm | None) -> dict[str, Any]:
    return {
        "key": key,
        "link": link,
        "page": article,
        "form": form,
        "remarks": link.remarks.all() if form else (),
        "has_web": article.is_on_the_web,
        "has_paper": article.channel in ON_PAPER,
    }


def _paper_page(
    request: HttpRequest, link: ReviewLink, article: Any, context: dict[str, Any]
) -> HttpResponse:
    draft = Draft(article, link.revision)
    pages = _paper(draft).pages(draft)
    return render(request, "website/review_paper.html", {**context, "set": pages, "on_paper": True})


def _draft(link: ReviewLink) -> Draft:
    return Draft(link.revision.as_object(), link.revision)


def _paper(draft: Draft) -> Paper:
    paper = paper_of(draft.article)
    if paper is None:
        raise Http404
    return paper
