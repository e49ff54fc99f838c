"""Say where an issue's digital edition is, hand it to readers, and let them leaf through it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from magazine.digital import digital_edition_for_readers
from magazine.models import DrawnLeaves, Issue, PastIssue
from magazine.pdf_drawing import WIDTHS
from magazine.sending import Stored, send

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


@dataclass(frozen=True)
class StoredFile:
    """A file of the press storage, with the name under which readers save it."""

    name: str
    sha256: str
    size: int
    download_name: str


@dataclass(frozen=True)
class Leaf:
    """One page to look at: its number, its addresses by width, its proportions in pixels."""

    number: int
    sources: tuple[tuple[int, str], ...]
    width: int
    height: int

    @property
    def smallest(self) -> str:
        """Return the address of the picture for a strip."""
        return self.sources[0][1]

    @property
    def middle(self) -> str:
        """Return the address of the picture for browsers that choose none by themselves."""
        return self.sources[1][1]

    @property
    def srcset(self) -> str:
        """Return the larger sizes, for the attribute."""
        return ", ".join(f"{address} {width}w" for width, address in self.sources[1:])


@dataclass(frozen=True)
class Leaves:
    """An issue to leaf through: where, its pages, and whether its texts can be read beside them."""

    address: str
    pages: tuple[Leaf, ...]
    has_articles: bool


def download_of(issue: Issue | PastIssue) -> Download | None:
    """Return the digital edition of an issue, None where readers may not have it."""
    edition = _edition_of(issue)
    address = _address(issue)
    if edition is None or address is None:
        return None
    return Download(address, edition.size, edition.pages, edition.sha256)


def leaves_of(issue: Issue | PastIssue, sha256: str) -> Leaves | None:
    """Return the drawn pages of an issue's file; None until a job has drawn them."""
    drawn = DrawnLeaves.objects.filter(sha256=sha256).first()
    place = _leafing_address(issue)
    if drawn is None or place is None:
        return None
    pages = []
    for number, sizes in enumerate(drawn.pages, start=1):
        sources = tuple((size["width"], f"{place}/{number}-{size['width']}.webp") for size in sizes)
        pages.append(Leaf(number, sources, sizes[1]["width"], sizes[1]["height"]))
    return Leaves(f"{place}/", tuple(pages), isinstance(issue, Issue))


def _edition_of(issue: Issue | PastIssue):  # noqa: ANN202  one of two models, by the issue's
    return issue.file if isinstance(issue, PastIssue) else digital_edition_for_readers(issue)


def _address(issue: Issue | PastIssue) -> str | None:
    """Return the address of the file: a page's own, and a name that its number gives."""
    place = issue.get_url()
    return f"{place}numero-{issue.number}.pdf" if place else None


def _leafing_address(issue: Issue | PastIssue) -> str | None:
    """Return the address under which its pages are looked at, without a stroke at its end."""
    place = issue.get_url()
    return f"{place}feuilleter-{issue.number}" if place else None


def _path_of(address: str) -> str:
    """Return the path of an address as a request has it: accents in it are no longer coded."""
    return unquote(urlsplit(address).path)


def _for_readers(number: int) -> Issue | PastIssue:
    """Return the issue of that number. Raises Http404 where readers may see none."""
    if number > LARGEST_NUMBER:
        raise Http404
    for model in (Issue, PastIssue):
        found = model.objects.for_readers().filter(number=number).first()
        if found:
            return found
    raise Http404


def _named(issue: PastIssue) -> Stored:
    kept = issue.file
    return StoredFile(kept.name, kept.sha256, kept.size, issue.download_name)


# Kept copies are asked for each time: what is taken back is gone at once.
@require_safe
@cache_control(public=True, no_cache=True)
def digital_edition(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Answer with an issue's digital edition, or lead there from an address that it had before."""
    issue = _for_readers(number)
    edition = _edition_of(issue)
    address = issue.get_url(request)
    if edition is None or address is None:
        raise Http404
    # “numero-0007.pdf” is the same number, and not the file's name.
    is_its_name = request.path.endswith(f"/numero-{number}.pdf")
    if not is_its_name or _path_of(address) != f"/{place}/":
        return HttpResponsePermanentRedirect(_address(issue) or address)
    return send(request, _named(issue) if isinstance(issue, PastIssue) else edition, inline=True)


@require_safe
@cache_control(public=True, no_cache=True)
def leaf_through(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Show all pages of an issue, one after the other, as they were printed."""
    issue = _for_readers(number)
    download = download_of(issue)
    leaves = leaves_of(issue, download.sha256) if download else None
    if leaves is None:
        raise Http404
    if request.path != _path_of(leaves.address):
        return HttpResponsePermanentRedirect(leaves.address)
    context = {"page": issue, "leaves": leaves, "download": download}
    return render(request, "website/leaves.html", context)


@require_safe
@cache_control(public=True, no_cache=True)
def leaf_picture(
    request: HttpRequest, place: str, number: int, page: int, width: int
) -> HttpResponse:
    """Answer with the picture of one page, as long as readers may have the whole issue."""
    issue = _for_readers(number)
    edition = _edition_of(issue)
    drawn = DrawnLeaves.objects.filter(sha256=edition.sha256).first() if edition else None
    size = drawn.size_of(page, width) if drawn and width in WIDTHS else None
    address = _leafing_address(issue)
    if drawn is None or size is None or not address:
        raise Http404
    if _path_of(f"{address}/{page}-{width}.webp") != request.path:
        raise Http404
    name = drawn.name_of(drawn.sha256, page, width)
    return send(
        request, StoredFile(name, size["sha256"], size["size"], f"{page}.webp"), inline=True
    )
