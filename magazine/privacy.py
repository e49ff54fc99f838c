"""Keep private pages unknown to those who may not see them: their address answers 404."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Exists, Q
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction

_known: ContextVar[list[PageViewRestriction] | None] = ContextVar("magazine_privacy", default=None)


@contextmanager
def restrictions_asked_once() -> Iterator[None]:
    """Ask the database once which pages are private, however often it matters inside."""
    aliased = Exists(Page.objects.exclude(alias_of=None))
    found = list(PageViewRestriction.objects.select_related("page").annotate(aliased=aliased))
    token = _known.set(found)
    try:
        yield
    finally:
        _known.reset(token)


class OncePrivate:
    """A query set of pages that may know already which of them are private."""

    def private_q(self) -> Q:
        """Return what private pages, and all below them, are told by; as Wagtail's."""
        known = _known.get()
        if known is None:
            return super().private_q()
        private = Q(pk__in=[])
        for restriction in known:
            private |= self.descendant_of_q(restriction.page, inclusive=True)
        return private


def is_known_public(page: Page) -> bool:
    """Tell whether it is known already that a page isn't private.

    An alias is private with its source, which only the database knows.
    """
    known = _known.get()
    if known is None or any(each.aliased for each in known):
        return False
    return not any(page.path.startswith(each.page.path) for each in known)


def refuse_private_page(page: Page, request: HttpRequest) -> None:
    """Raise Http404 where a view restriction of the page, or of one above it, isn't met."""
    if not all(rule.accept_request(request) for rule in page.get_view_restrictions()):
        raise Http404
