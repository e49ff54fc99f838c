"""Show a press file: its pages as pictures, its preflight, and everything there is to download."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from magazine.sending import send
from print.desk.access import PressFileMixin
from print.desk.issue_views import breadcrumbs, edition_label
from print.editions import EditionError
from print.inputs import UnsavedArticle
from print.models import PressFile
from print.output_profile import IccError
from print.preflight.geometry import Box
from print.report import as_html, examined_from, one_line, tell
from print.work import gather

PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
# A file is a fact: its pictures never change under their address.
KEPT_PICTURE = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class PagePicture:
    """A page as it looks when cut: the picture's place in its trim, in percent of the trim."""

    number: int
    address: str
    ratio: str
    width: float
    left: float
    top: float


class ProofView(PressFileMixin, WagtailAdminTemplateMixin, TemplateView):
    """One press file with all that belongs to it."""

    template_name = "print/desk/proof.html"
    header_icon = "doc-full"

    def get_page_title(self) -> str:
        """Return what it is."""
        what = _("Final file") if self.press_file.is_final else _("Proof")
        return f"{what} · {edition_label(self.press_file.edition)}"

    def get_page_subtitle(self) -> str:
        """Return of which edition it is."""
        return str(self.press_file.edition)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way to this page."""
        edition = self.press_file.edition
        ways = breadcrumbs(super().get_breadcrumbs_items(), edition.issue, "", "")
        ways[-2:] = [
            {"url": reverse("press:edition", args=[edition.pk]), "label": edition_label(edition)},
            {"url": "", "label": self.get_page_title()},
        ]
        return ways

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template prints."""
        made = self.press_file
        there = _pictures_of(made)
        context: dict[str, Any] = {
            "made": made,
            "edition": made.edition,
            "line": line_of(made),
            "is_out_of_date": _is_out_of_date(made),
        }
        if made.report:
            examined = examined_from(made.report)
            context["report"] = tell(
                examined,
                lambda number: _address(made, there, "page", number),
                lambda number: _address(made, there, "ink", number),
            )
            context["spreads"] = list(_spreads(_cut(made, examined.pages, there)))
        return super().get_context_data(
            **context, supplements=list(made.supplements.all()), **kwargs
        )


def _is_out_of_date(made: PressFile) -> bool:
    """Tell whether what went into a file is another thing now; not where that can't be gathered."""
    try:
        return gather(made.edition).digest != made.inputs_digest
    except (EditionError, UnsavedArticle, IccError):
        return False


class PictureView(PressFileMixin, View):
    """A page's picture, or its ink as a heat map."""

    name = ""
    content_type = ""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        """Answer with it. Raises Http404 where none is kept."""
        name = f"{folder_of(self.press_file)}/{self.name % number}"
        try:
            file = storages["press"].open(name, "rb")
        except OSError as error:
            raise Http404 from error
        return FileResponse(file, content_type=self.content_type, headers=KEPT_PICTURE)


class DownloadView(PressFileMixin, View):
    """The press file itself."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        return _private(send(request, self.press_file))


class SupplementView(PressFileMixin, View):
    """A file that goes with it."""

    def get(self, request: HttpRequest, supplement: int) -> HttpResponse:
        """Send it. Raises Http404 for one of another press file."""
        return _private(
            send(request, get_object_or_404(self.press_file.supplements, pk=supplement))
        )


class JsonReportView(PressFileMixin, View):
    """The preflight report for machines."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        made = _examined(self.press_file)
        headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{_named(made)}.json"'}
        return JsonResponse(
            {"file": made.download_name, "sha256": made.sha256, **made.report},
            headers=headers,
            json_dumps_params={"ensure_ascii": False},
        )


class HtmlReportView(PressFileMixin, View):
    """The preflight report as one page that needs nothing else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        made = _examined(self.press_file)
        with tempfile.TemporaryDirectory(prefix="report-") as name:
            for picture in _pictures_of(made):
                _copy(f"{folder_of(made)}/{picture}", Path(name) / picture)
            page = as_html(made.download_name, examined_from(made.report), Path(name))
        headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{_named(made)}.html"'}
        return HttpResponse(page, headers=headers)


def line_of(made: PressFile) -> str:
    """Return the verdict on a press file in one line."""
    if not made.report:
        return _("Not examined by the rules of a press: it is for the screen.")
    return one_line(made.download_name, examined_from(made.report).verdict)


def folder_of(made: PressFile) -> str:
    """Return where the pictures of its pages are kept."""
    return made.name.removesuffix(".pdf")


def _pictures_of(made: PressFile) -> set[str]:
    try:
        _folders, names = storages["press"].listdir(folder_of(made))
    except OSError:
        return set()
    return {name for name in names if name.endswith((".jpg", ".png"))}


def _copy(name: str, path: Path) -> None:
    with storages["press"].open(name, "rb") as stored, path.open("wb") as copy:
        shutil.copyfileobj(stored, copy)


def _address(made: PressFile, there: set[str], kind: str, number: int) -> str:
    if f"{kind}-{number}.{'jpg' if kind == 'page' else 'png'}" not in there:
        return ""
    return reverse(f"press:{kind}_picture", args=[made.pk, number])


def _cut(
    made: PressFile, pages: Iterable[dict[str, Any]], there: set[str]
) -> Iterator[PagePicture]:
    """Yield each page's picture with what the guillotine leaves of it."""
    for facts in pages:
        media, trim = Box(*facts["media"]), Box(*facts["product"])
        wide, high = max(trim.width, 1), max(trim.height, 1)
        yield PagePicture(
            number=facts["number"],
            address=_address(made, there, "page", facts["number"]),
            ratio=f"{wide:.2f} / {high:.2f}",
            width=round(100 * media.width / wide, 3),
            left=round(100 * (media.left - trim.left) / wide, 3),
            top=round(100 * (trim.top - media.top) / high, 3),
        )


def _spreads(pages: Iterable[PagePicture]) -> Iterator[tuple[PagePicture | None, ...]]:
    """Yield what lies open at once, left and right; None beside the first and the last page."""
    left: PagePicture | None = None
    for page in pages:
        if page.number % 2:
            yield left, page
            left = None
        else:
            left = page
    if left:
        yield left, None


def _examined(made: PressFile) -> PressFile:
    if not made.report:
        raise Http404
    return made


def _named(made: PressFile) -> str:
    return made.download_name.removesuffix(".pdf") + "-preflight"


def _private(response: HttpResponse) -> HttpResponse:
    for name, value in PRIVATE.items():
        response[name] = value
    return response
