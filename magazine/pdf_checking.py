"""Look into a PDF that somebody brings in, and refuse what would act by itself or can't be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

LARGEST = 80 * 1024 * 1024
MOST_PAGES = 400
MOST_OBJECTS = 200_000
HEADER = re.compile(rb"\A\s*%PDF-[12]\.\d")

# ISO 32000-2: what an action may do beyond showing another place (12.6.4), and what rides along.
ACTIONS = {
    "/Launch": "launch",
    "/JavaScript": "script",
    "/SubmitForm": "form",
    "/ImportData": "form",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/GoToE": "attachment",
}
KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "form",
    "/EmbeddedFiles": "attachment",
    "/EF": "attachment",
    "/RichMediaContent": "media",
}


class PdfRefused(Exception):
    """A file that can't be taken in; `reason` names why, in a word.

    One of size, no_pdf, encrypted, broken, pages, script, launch, form, media, attachment.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class CheckedPdf:
    """A PDF that may be shown: how many pages it has."""

    pages: int


def check_pdf(data: bytes) -> CheckedPdf:
    """Return what is known of a sound and harmless PDF. Raises PdfRefused."""
    if len(data) > LARGEST:
        raise PdfRefused("size")
    if not HEADER.match(data[:1024]):
        raise PdfRefused("no_pdf")
    try:
        # Damaged files aren't mended: each reader would mend them in another way.
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise PdfRefused("encrypted")
            pages = len(pdf.pages)
            if not 1 <= pages <= MOST_PAGES:
                raise PdfRefused("pages")
            _refuse_what_acts(pdf)
    except pikepdf.PasswordError as error:
        raise PdfRefused("encrypted") from error
    except PdfRefused:
        raise
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, OSError) as error:
        raise PdfRefused("broken") from error
    return CheckedPdf(pages)


def _refuse_what_acts(pdf: pikepdf.Pdf) -> None:
    objects: Any = pdf.objects
    if len(objects) > MOST_OBJECTS:
        raise PdfRefused("broken")
    for found in (pdf.trailer, *objects):
        for held in _dictionaries(found):
            _refuse_dictionary(held)


def _refuse_dictionary(held: Any) -> None:
    for key in held.keys():  # noqa: SIM118  pikepdf's dictionaries aren't iterated by key
        if key in KEYS:
            raise PdfRefused(KEYS[key])
    action = held.get("/S")
    if isinstance(action, pikepdf.Name) and str(action) in ACTIONS:
        raise PdfRefused(ACTIONS[str(action)])


def _dictionaries(found: Any) -> Iterator[Any]:
    """Every dictionary that an indirect object holds directly; others have their own turn."""
    waiting = [found]
    while waiting:
        held = waiting.pop()
        if isinstance(held, pikepdf.Stream):
            waiting.append(held.stream_dict)
        elif isinstance(held, pikepdf.Dictionary):
            yield held
            waiting += [value for _key, value in held.items() if _is_direct(value)]
        elif isinstance(held, pikepdf.Array):
            waiting += [value for value in held if _is_direct(value)]


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect
