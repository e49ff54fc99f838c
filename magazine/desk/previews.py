"""Show a draft side by side as the site, the paper and the API will have it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from magazine import previews
from magazine.desk.access import article_for_reading, may_edit
from magazine.models import Article


@require_safe
def show_previews(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every preview of the newest draft in a frame of its own."""
    article = article_for_reading(request, pk)
    context = {
        **header_of(request, article, _("Previews"), "view"),
        "article": article,
        "panes": previews.previews_of(article),
        "revision": article.latest_revision,
    }
    return previews.keep_private(render(request, "magazine/desk/previews/index.html", context))


@require_safe
def show_preview(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Answer with one preview, for its frame."""
    draft = previews.newest_draft(article_for_reading(request, pk))
    preview = _offered(draft.article, code)
    return previews.keep_private(preview.show(request, draft))


@require_safe
def show_page_picture(
    request: HttpRequest, pk: int, code: str, digest: str, number: int
) -> HttpResponse:
    """Answer with the picture of one paper page."""
    article = article_for_reading(request, pk)
    paper = _offered(article, code).paper
    # The text may have been saved again since its pages were listed.
    picture = paper.picture(previews.Draft(article, None), digest, number) if paper else None
    if picture is None:
        raise Http404
    return previews.keep_private(HttpResponse(picture, content_type="image/png"))


def header_of(request: HttpRequest, article: Article, label: str, icon: str) -> dict[str, Any]:
    """Return what Wagtail's header shows on a page about an article: where one is, and a title."""
    title = article.get_admin_display_title()
    editor = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return {
        "breadcrumbs_items": [
            {"url": editor if may_edit(request.user, article) else None, "label": title},
            {"url": None, "label": label},
        ],
        "header_title": f"{label} · {title}",
        "header_icon": icon,
    }


def _offered(article: Article, code: str) -> previews.Preview:
    for preview in previews.previews_of(article):
        if preview.code == code:
            return preview
    raise Http404
