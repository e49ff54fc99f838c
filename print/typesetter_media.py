"""Hand a job its own pictures, fonts and style sheets, and nothing else in the world."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

from print.remedies import Fact, gettext_noop
from print.typesetter_refusals import Refusal

BASE_URL = "https://media.invalid/"
DATA_URL_MOST = 256 * 1024


def media_fetcher(media: dict[str, str]) -> Any:
    """A WeasyPrint fetcher that knows the job's own pictures and fonts, and nothing else.

    Whatever it refuses is kept in `refusals`, because WeasyPrint's SVG code swallows every error.
    """
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class MediaFetcher(URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.refusals: list[Refusal] = []

        def refuse(self, cause: str, template: str, /, **facts: Fact) -> FatalURLFetchingError:
            self.refusals.append(Refusal(cause, template, **facts))
            return FatalURLFetchingError(self.refusals[-1].remedy)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            shown = url if len(url) <= 120 else f"{url[:117]}..."
            if url.startswith("data:"):
                if len(url) > DATA_URL_MOST:
                    raise self.refuse(
                        "refused",
                        gettext_noop("%(address)s is too large: store it as a picture"),
                        address=shown,
                    )
                return super().fetch(url, headers)
            if not url.startswith(BASE_URL):
                raise self.refuse(
                    "refused",
                    gettext_noop("%(address)s is not one of our media: remove the address"),
                    address=shown,
                )
            path = media.get(url.removeprefix(BASE_URL))
            if path is None:
                raise self.refuse(
                    "missing",
                    gettext_noop("%(address)s was not handed to the press: add the file"),
                    address=shown,
                )
            file = Path(path)
            if file.resolve() != file or not file.is_file():
                raise self.refuse(
                    "missing", gettext_noop("%(path)s is gone: store the file again"), path=path
                )
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return MediaFetcher()
