"""Keep private pages unknown to those who may not see them: their address answers 404."""

from django.http import Http404, HttpRequest
from wagtail.models import Page

# A password form would tell a stranger that the page exists, so it isn't offered.
PRIVATE_PAGE_OPTIONS = ["groups", "login"]


def refuse_private_page(page: Page, request: HttpRequest) -> None:
    """Raise Http404 where a view restriction of the page, or of one above it, isn't met."""
    if not all(rule.accept_request(request) for rule in page.get_view_restrictions()):
        raise Http404
