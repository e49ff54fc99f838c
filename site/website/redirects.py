"""Lead readers from a former address to the present one, but never to what they may not see."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from magazine.links import pages_for_readers


class ReadersRedirects(RedirectMiddleware):
    """Wagtail's redirects, without those that would name a draft or lead in a circle."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer a 404 by the redirect kept for the address, if readers may follow it."""
        if response.status_code != 404:
            return response
        redirect = _kept_for(request)
        if redirect is None or not _may_be_followed(redirect, request):
            return response
        return super().process_response(request, response)


def _kept_for(request: HttpRequest) -> Redirect | None:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, path) or get_redirect(request, urlsplit(path).path)


def _may_be_followed(redirect: Redirect, request: HttpRequest) -> bool:
    page_id = redirect.redirect_page_id
    if page_id and page_id not in pages_for_readers([page_id]):
        return False
    link = redirect.link
    # The page's own address answered 404: leading there again would never end.
    return bool(link) and urlsplit(link).path.rstrip("/") != request.path.rstrip("/")
