"""Name the fanzine where Wagtail would name itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.models import Site

from magazine.models import Publication


class DeskLoginForm(LoginForm):
    """Wagtail's login form, whose second field has a name in every language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")


def nameplate(request: HttpRequest | None) -> str:
    """Return the title of the site that was asked, one query a request; else the software's."""
    if request is None:
        return settings.WAGTAIL_SITE_NAME
    if not hasattr(request, "_nameplate"):
        publication = Publication.objects.filter(site=Site.find_for_request(request)).first()
        title = publication.title if publication else settings.WAGTAIL_SITE_NAME
        request._nameplate = title  # noqa: SLF001
    return request._nameplate  # noqa: SLF001
