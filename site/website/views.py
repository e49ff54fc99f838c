"""Answer readers at the addresses that are not pages of the tree."""

from django.db import DatabaseError, connection
from django.db.models import BigIntegerField
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from magazine.models import Article, Contributor, Organisation, PastPiece, Topic
from magazine.search.watching import states
from website.pages import leaf_of

TOPICS_BESIDE = 8
LARGEST_KEY = BigIntegerField.MAX_BIGINT


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody who signs, with what they signed; unknown until something of it is public."""
    person = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    articles = Article.objects.for_readers().signed_by(person).newest_first()
    leaf, rows = leaf_of(articles, request.GET.get("page"))
    pieces = list(PastPiece.objects.for_readers().by_issue().filter(contributor=person))
    if not (rows or pieces):
        raise Http404
    for row in rows:
        own = [line for line in row.article.bylines.all() if line.contributor_id == person.pk]
        row.article.signed_for = ", ".join(line.get_role_display() for line in own)
    context = {"contributor": person, "leaf": leaf, "rows": rows, "pieces": pieces}
    return render(request, "website/contributor.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a subject with its articles; unknown until one of them is public."""
    subject = get_object_or_404(Topic, slug=slug)
    articles = Article.objects.for_readers().about(subject).newest_first()
    leaf, rows = leaf_of(articles, request.GET.get("page"))
    if not rows:
        raise Http404
    beside = Topic.objects.beside(subject)[:TOPICS_BESIDE]
    context = {"topic": subject, "leaf": leaf, "rows": rows, "beside": beside}
    return render(request, "website/topic.html", context)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation with what is about it; unknown until something of that is public."""
    found = get_object_or_404(Organisation, slug=slug)
    articles = Article.objects.for_readers().concerning(found).newest_first()
    leaf, rows = leaf_of(articles, request.GET.get("page"))
    if not rows:
        raise Http404
    context = {"organisation": found, "leaf": leaf, "rows": rows}
    return render(request, "website/organisation.html", context)


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Show who publishes and who answers for it."""
    return render(request, "website/legal.html")


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the short address, printed on paper, to the article."""
    if pk > LARGEST_KEY:
        raise Http404
    article = get_object_or_404(Article.objects.for_readers(), pk=pk)
    address = article.get_url(request)
    if not address:
        raise Http404
    return HttpResponsePermanentRedirect(address)


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Tell a watchman whether the site and its database answer, and how the search is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    lines = ["ok", *(f"search: {state}" for state in states())]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 in the site's clothes, or in plain ones where the database can't dress it."""
    try:
        return render(request, "website/404.html", status=404)
    except DatabaseError:
        return HttpResponse(render_to_string("website/500.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching database, session or context."""
    return HttpResponse(render_to_string("website/500.html"), status=500)
