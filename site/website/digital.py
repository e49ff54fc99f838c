"""Say where an issue's digital edition is, and hand it to readers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from magazine.digital import digital_edition_for_readers
from magazine.models import Issue
from magazine.sending import send

LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Download:
    """A digital edition that readers may have: its local address, bytes, pages, sha256."""

    address: str
    size: int
    pages: int
    sha256: str

    @property
    def megabytes(self) -> float:
        """Return its size in millions of bytes, a tenth at least."""
        return max(0.1, self.size / 1_000_000)


def download_of(issue: Issue) -> Download | None:
    """Return the digital edition of an issue, None where readers may not have it."""
    edition = digital_edition_for_readers(issue)
    address = _address(issue)
    if edition is None or address is None:
        return None
    return Download(address, edition.size, edition.pages, edition.sha256)


def _address(issue: Issue) -> str | None:
    """Return the address of the file: a page's own, and a name that its number gives."""
    place = issue.get_url()
    return f"{place}numero-{issue.number}.pdf" if place else None


# Kept copies are asked for each time: what is taken back is gone at once.
@require_safe
@cache_control(public=True, no_cache=True)
def digital_edition(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Answer with an issue's digital edition, or lead there from an address that it had before."""
    if number > LARGEST_NUMBER:
        raise Http404
    issue = Issue.objects.for_readers().filter(number=number).first()
    edition = digital_edition_for_readers(issue) if issue else None
    address = issue.get_url(request) if issue else None
    if issue is None or edition is None or address is None:
        raise Http404
    # “numero-0007.pdf” is the same number, and not the file's name.
    is_its_name = request.path.endswith(f"/numero-{number}.pdf")
    if not is_its_name or urlsplit(address).path != f"/{place}/":
        return HttpResponsePermanentRedirect(_address(issue) or address)
    return send(request, edition, inline=True)
