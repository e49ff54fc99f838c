"""Let readers write under an article, on small pages of their own, and erase what they wrote.

Only the form's page sets a cookie (the CSRF token's). On the private page of a comment the key in
the address is all the authority there is, so its form needs none.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from magazine.comment_times import Talk, talk_of
from magazine.comments import (
    PAUSE,
    AnsweredIsGone,
    CommentError,
    CommentsClosed,
    TooManyComments,
    Written,
    erase,
    find_by_key,
    submit,
)
from magazine.models import Article, Comment
from website.callers import address_of
from website.comment_form import CommentForm, Ticket, TicketError, TooFast, new_ticket, read_ticket
from website.pages import frame_of
from website.small_forms import keep_out, small_form
from website.views import LARGEST_KEY

ANSWERS = "en-reponse-a"


@require_http_methods(["GET", "HEAD", "POST"])
@small_form
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form for a comment under an article; by POST, keep one."""
    article = _article(pk)
    publication = frame_of(request).publication
    answered = _shown(article, request.POST.get("answers") or request.GET.get(ANSWERS))
    if talk_of(article, publication) is not Talk.OPEN:
        text = request.POST.get("text", "")
        return _page(request, article, None, text=text, status=403 if request.POST else 200)
    if request.method != "POST":
        return _page(request, article, _fresh_form(article, answered))
    form = CommentForm(request.POST, answered=answered)
    valid = form.is_valid()
    if hasattr(request, "token_refused"):
        token_error = _("The page had to be renewed: send your comment once more.")
        return _again(request, article, form, token_error, 403)
    try:
        ticket = read_ticket(request.POST.get("ticket", ""), article.pk)
    except TooFast as error:
        if valid:
            form.add_error(None, str(error))
        return _page(request, article, form, status=400)
    except TicketError as error:
        return _again(request, article, form, str(error), 400)
    if not valid:
        return _page(request, article, form, status=400)
    try:
        kept = submit(article, _written(request, form, ticket), publication)
    except CommentsClosed:
        return _page(request, article, None, text=form.cleaned_data["text"], status=403)
    except CommentError as error:
        return _refused(request, article, form, error)
    if not kept.key:
        return redirect("comment_thanks", article.pk)
    return redirect(f"{reverse('own_comment', args=[kept.key])}?merci=1")


@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank a reader whose words had come already, from another page of theirs."""
    context = {"article": _article(pk), "thanks": True}
    return keep_out(render(request, "website/comment_own.html", context))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, key: str) -> HttpResponse:
    """Show somebody what became of their comment; by POST, erase it."""
    found = find_by_key(key)
    if found is None:
        raise Http404
    if request.method == "POST":
        erase(found)
        return redirect("comment_erased")
    article = Article.objects.for_readers().filter(pk=found.article_id).first()
    context = {
        "comment": found,
        "key": key,
        "article": article,
        "thanks": "merci" in request.GET,
        "address": request.build_absolute_uri(request.path),
    }
    response = keep_out(render(request, "website/comment_own.html", context))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that a comment is erased."""
    return keep_out(render(request, "website/comment_own.html", {"erased": True}))


def _written(request: HttpRequest, form: CommentForm, ticket: Ticket) -> Written:
    words = form.cleaned_data
    return Written(
        name=words["name"],
        text=words["text"],
        mail=words["mail"],
        answers=_number(words["answers"]) if words["answers"] else None,
        address=address_of(request),
        key=ticket.key,
        is_trapped=bool(words["site"]),
    )


def _refused(
    request: HttpRequest, article: Article, form: CommentForm, error: CommentError
) -> HttpResponse:
    """Say why a comment isn't taken, with the status that machines read the same in."""
    status = 400
    if isinstance(error, AnsweredIsGone):
        status = 409
    elif isinstance(error, TooManyComments):
        status = 429
    response = _again(request, article, form, str(error), status)
    if status == 429:
        response["Retry-After"] = str(int(PAUSE.total_seconds()))
    return response


def _article(pk: int) -> Article:
    article = Article.objects.for_readers().filter(pk=min(pk, LARGEST_KEY)).first()
    if article is None:
        raise Http404
    return article


def _number(written: str | None) -> int:
    """Return the number that was sent, 0 (which nothing has) for anything else."""
    whole = written and written.isascii() and written.isdecimal() and len(written) < 19
    return int(written) if whole else 0


def _shown(article: Article, written: str | None) -> Comment | None:
    shown = Comment.objects.shown_under(article.pk).filter(erased_at=None)
    return shown.filter(pk=_number(written)).first() if written else None


def _fresh_form(article: Article, answered: Comment | None) -> CommentForm:
    ticket = new_ticket(article.pk).signed()
    return CommentForm(
        initial={"ticket": ticket, "answers": answered.pk if answered else ""}, answered=answered
    )


def _again(
    request: HttpRequest, article: Article, form: CommentForm, error: str, status: int
) -> HttpResponse:
    """Show what was typed again, in a form that can be sent, with what was wrong."""
    form.data = _with_fresh_ticket(form.data, article, form.answered)
    form.add_error(None, error)
    return _page(request, article, form, status=status)


def _with_fresh_ticket(data: QueryDict, article: Article, answered: Comment | None) -> QueryDict:
    data = data.copy()
    data["ticket"] = new_ticket(article.pk).signed()
    data["answers"] = answered.pk if answered else ""
    return data


def _page(
    request: HttpRequest, article: Article, form: CommentForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"article": article, "form": form, **more}
    return render(request, "website/comment.html", context, status=status)
