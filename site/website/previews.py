"""Offer the desk a draft as site and API will have it, by the same code that serves both."""

from __future__ import annotations

import json
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy, pgettext_lazy

from magazine.channels import ON_THE_WEB
from magazine.models import Article
from magazine.previews import Draft, Preview, register
from website.api.serialise import serialise_article

WIDE, NARROW = 1280, 390


def register_previews() -> None:
    """Offer the web, wide and narrow, and the API."""
    offer = partial(Preview, channels=ON_THE_WEB)
    register(
        offer(
            code="web",
            label=pgettext_lazy("preview", "Web"),
            order=10,
            show=show_web,
            width=WIDE,
        )
    )
    register(
        offer(
            code="etroit",
            label=gettext_lazy("Web, narrow"),
            order=20,
            show=show_web,
            width=NARROW,
            while_typing=False,
        )
    )
    register(offer(code="api", label=gettext_lazy("API"), order=40, show=show_api))


def show_web(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Answer with the draft's page, as its readers will have it."""
    return render_article(request, draft.article)


def render_article(request: HttpRequest, article: Article, **context: object) -> HttpResponse:
    """Render an article by its own template, in the site's language whoever looks at it."""
    request.is_preview = True
    with translation.override(settings.LANGUAGE_CODE):
        return render(
            request,
            article.get_template(request),
            {**article.get_context(request), **context},
        )


def show_api(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Answer with the JSON that programs will get of the draft, indented."""
    with translation.override(settings.LANGUAGE_CODE):
        answer = serialise_article(draft.article, settings.BASE_URL)
    text = json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return render(request, "website/api_preview.html", {"json": text})
