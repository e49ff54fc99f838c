"""Tell an editor whose session ended while typing, and let them log in beside their text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from wagtail import hooks


@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Answer somebody who is logged in: their forms' token to a script, a sentence to a person.

    Wagtail stands before it: a script without a session gets 403, a person the login form.
    """
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"token": get_token(request)})
    return render(request, "magazine/desk/logged_in_again.html")


@hooks.register("register_admin_urls")
def session_urls() -> list[URLPattern]:
    """Give the question whether somebody is still logged in its address."""
    return [path("session/", session, name="desk_session")]


@hooks.register("insert_editor_js")
def watch_session() -> SafeString:
    """Watch over the session on every page where something is written."""
    return render_to_string("magazine/desk/session_notice.html")
