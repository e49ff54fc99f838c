"""Receive an advert: examine it for its space and its press, or say in words why it is refused."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from print.composition import Matter, prepared_file
from print.measures import as_read
from print.models import Advert
from print.pictures import MM_PER_INCH, PictureError, decode
from print.preflight.findings import Finding
from print.preflight.guarded import examine_file
from print.preflight.telling import as_data, gathered
from print.profile_rules import rules_of_advert, space_mm
from print.remedies import gettext_noop
from print.whole_file import write_whole

# How far the proportions of a picture may be from its space.
ASTRAY = 0.02
THUMBNAIL_PPI, THUMBNAIL_PIXELS = 72, 900
SCREEN_SECONDS, SCREEN_KILOBYTES = 60, 1_500_000


class AdvertRefusedError(Exception):
    """An advert that can't be printed as it is; `reasons` are sentences for the advertiser."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def receive(advert: Advert, file: File) -> None:
    """Examine a supplied file and note what was found on the advert, which isn't saved here.

    Raises AdvertRefusedError with all reasons.
    """
    with tempfile.TemporaryDirectory(prefix="advert-") as folder:
        path = Path(folder) / f"advert{Path(file.name or '').suffix.lower()}"
        digest = hashlib.sha256()
        with path.open("wb") as copy:
            for chunk in file.chunks():
                digest.update(chunk)
                copy.write(chunk)
        file.seek(0)
        advert.sha256 = digest.hexdigest()
        advert.report = (
            _examine_pdf(path, advert) if path.suffix == ".pdf" else _examine_picture(path, advert)
        )


def file_of(advert: Advert) -> Path:
    """Return a path of this machine for an advert's file. Raises PictureError where it is gone."""
    try:
        with advert.file.open("rb") as stored:
            data = stored.read()
    except OSError as error:
        raise _gone(advert) from error
    if hashlib.sha256(data).hexdigest() != advert.sha256:
        raise _gone(advert)
    try:
        return Path(advert.file.path)
    except NotImplementedError:
        # A bucket has no paths: a copy under its digest serves.
        suffix = Path(advert.file.name).suffix
        copy = Path(settings.DATA_DIR) / "prepared-pictures" / f"advert-{advert.sha256}{suffix}"
        write_whole(copy, data)
        return copy


def shown_on_screen(advert: Advert, matter: Matter, width_mm: float) -> Path:
    """Return an advert as the digital edition shows it: a picture in RGB. Raises PictureError."""
    source = file_of(advert)
    if not advert.is_pdf:
        return prepared_file(source, matter, width_mm)
    ppi = matter.sheet.picture_ppi
    kept = matter.prepared / f"advert-{advert.sha256}-{ppi}.jpg"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, _drawn(source, ppi, advert))
    return kept


def thumbnail(advert: Advert) -> Path:
    """Return a small picture of an advert for the desk, made once. Raises PictureError."""
    source = file_of(advert)
    kept = Path(settings.DATA_DIR) / "prepared-pictures" / f"advert-{advert.sha256}-small.jpg"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        drawn = (
            _drawn(source, THUMBNAIL_PPI, advert)
            if advert.is_pdf
            else _shrunk(source.name, source.read_bytes())
        )
        write_whole(kept, drawn)
    return kept


def _shrunk(name: str, data: bytes) -> bytes:
    picture = decode(name, data, 10**9).convert("RGB")
    picture.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


def _drawn(source: Path, ppi: int, advert: Advert) -> bytes:
    with tempfile.TemporaryDirectory(prefix="advert-") as folder:
        drawn = Path(folder) / "advert.jpg"
        try:
            subprocess.run(
                [
                    *("prlimit", f"--as={SCREEN_KILOBYTES * 1024}", "gs", "-q", "-dSAFER"),
                    *("-dBATCH", "-dNOPAUSE", "-dUseTrimBox", "-dLastPage=1", f"-r{ppi}"),
                    *("-sDEVICE=jpeg", "-dJPEGQ=85", "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"),
                    *(f"-sOutputFile={drawn}", str(source)),
                ],
                check=True,
                timeout=SCREEN_SECONDS,
                capture_output=True,
            )
            return drawn.read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise PictureError(
                gettext_noop("The advert “%(advert)s” can’t be drawn: supply it again."),
                advert=str(advert),
            ) from error


def _examine_pdf(path: Path, advert: Advert) -> dict[str, Any]:
    icc = Path(advert.profile.icc_path)
    verdict = examine_file(path, rules_of_advert(advert), icc=icc).verdict
    errors = [finding for finding, _count in gathered(verdict) if finding.severity == "error"]
    if errors:
        raise AdvertRefusedError(list(_in_words(errors)))
    return as_data(verdict)


def _in_words(findings: Iterable[Finding]) -> Iterable[str]:
    said = set()
    for finding in findings:
        if finding.rule in said:
            continue
        said.add(finding.rule)
        yield _("%(what)s (found %(found)s, wanted %(wanted)s; %(rule)s). %(remedy)s") % {
            "what": _(finding.title),
            "found": as_read(finding.spot.found),
            "wanted": as_read(finding.spot.wanted),
            "rule": finding.rule,
            "remedy": _(finding.remedy),
        }


def _examine_picture(path: Path, advert: Advert) -> dict[str, Any]:
    profile = advert.profile
    _left, _top, width, height = space_mm(advert.space, profile)
    if advert.space == Advert.Space.FULL:
        width, height = width + 2 * profile.bleed_mm, height + 2 * profile.bleed_mm
    try:
        picture: Image.Image = decode(path.name, path.read_bytes(), 10**9)
    except PictureError as error:
        raise AdvertRefusedError([_(error.template) % error.facts]) from error
    reasons = []
    facts = {
        "width": f"{width:.0f}",
        "height": f"{height:.0f}",
        "pixels": f"{picture.width} × {picture.height}",
    }
    if abs(picture.width / picture.height / (width / height) - 1) > ASTRAY:
        reasons.append(
            _(
                "The picture (%(pixels)s pixels) hasn’t the proportions of its space, "
                "%(width)s × %(height)s mm with its bleed: crop it."
            )
            % facts
        )
    ppi = picture.width / (width / MM_PER_INCH)
    if ppi < profile.least_ppi:
        reasons.append(
            _(
                "The picture has %(found)s pixels per inch on %(width)s mm, "
                "and the press wants %(wanted)s at least: supply a larger one."
            )
            % {**facts, "found": round(ppi), "wanted": profile.least_ppi}
        )
    if reasons:
        raise AdvertRefusedError(reasons)
    return {"ppi": round(ppi), "errors": 0, "warnings": int(ppi < profile.low_ppi)}


def _gone(advert: Advert) -> PictureError:
    return PictureError(
        gettext_noop("The advert “%(advert)s” has lost its file: upload it again."),
        advert=str(advert),
    )
