"""Compose the HTML of each placement from the magazine's own models, and name its media."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.images.models import SourceImageIOError

from magazine.models import Article, Issue, IssueEntry, Picture, Publication, Section
from magazine.rendering import render_body
from print.digital_links import led
from print.errata import Erratum
from print.output_profile import OutputProfile
from print.pictures import PictureError, prepare_picture
from print.remedies import gettext_noop
from print.screen_pictures import prepare_for_screen
from print.sheet import Sheet, Side
from print.typesetter import TypesetJob

HERE = Path(__file__).resolve().parent
STYLES = HERE / "styles"
FONTS = HERE.parent / "fonts"
ARTICLE = "print/article.html"
# As seen on the demo issue: what an opener takes, and how many signs an A4 page holds.
OPENER_PAGES, SIGNS_A_PAGE, A4_MM2 = 0.55, 3300, 210 * 297


@dataclass(frozen=True)
class Colours:
    """What the style sheets call the four colours of a page, as CSS writes them."""

    ink_dark: str
    ink_bright: str
    black: str = "device-cmyk(0 0 0 1)"
    paper: str = "device-cmyk(0 0 0 0)"


@dataclass(frozen=True)
class Matter:
    """What all placements of one build share."""

    issue: Issue
    publication: Publication
    sheet: Sheet
    profile: OutputProfile
    colours: Colours
    prepared: Path
    ink_limit: float = 400
    cover_design: str = "counter"
    is_digital: bool = False
    errata: tuple[Erratum, ...] = ()
    # Where the articles of a digital edition are on the web, and their keys there.
    parts: Mapping[str, str] = field(default_factory=dict)

    def context(self, side: Side) -> dict[str, Any]:
        """Return what every print template knows."""
        return {
            "issue": self.issue,
            "publication": self.publication,
            "sheet": self.sheet,
            "side": side,
            **asdict(self.colours),
            "cover_design": self.cover_design,
            "is_digital": self.is_digital,
            "medium": "print",
        }


@dataclass
class Tray:
    """The pictures that one placement asks for, each at every width that it is placed at."""

    black: str = "device-cmyk(0 0 0 1)"
    placed: dict[str, tuple[Picture, float]] = field(default_factory=dict)
    # Addresses of what is set only where a last page has room for it.
    spare: set[str] = field(default_factory=set)

    def place(self, picture: Picture, width_mm: float) -> str:
        """Note a picture and return the address that the page names."""
        address = f"pictures/{picture.pk}-{round(width_mm)}"
        _picture, wider = self.placed.get(address, (picture, 0.0))
        self.placed[address] = picture, max(width_mm, wider)
        return address

    @property
    def widths(self) -> dict[int, float]:
        """The widest at which each picture is sure to be placed, in mm, by its id."""
        widest: dict[int, float] = {}
        for address in self.placed.keys() - self.spare:
            picture, width = self.placed[address]
            widest[picture.pk] = max(width, widest.get(picture.pk, 0.0))
        return widest

    def prepare(self, matter: Matter) -> dict[str, Path]:
        """Return the prepared files by name. Raises PictureError for one that can't be read."""
        return {
            address: prepared_file(_local_path(picture, matter.prepared), matter, width)
            for address, (picture, width) in sorted(self.placed.items())
        }


def prepared_file(path: Path, matter: Matter, width_mm: float) -> Path:
    """Return a picture as the press, or the screen, takes it. Raises PictureError."""
    ppi, folder = matter.sheet.picture_ppi, matter.prepared
    if matter.is_digital:
        return prepare_for_screen(path, matter.profile, width_mm, ppi, folder=folder)
    return prepare_picture(
        path, matter.profile, width_mm, ppi, folder=folder, ink_limit=matter.ink_limit
    ).path


def pictures_of(article: Article) -> list[Picture]:
    """Return every picture that an article names, in its lead, its body or its portraits."""
    pks = {article.lead_picture_id}
    for model, pk, *_path in article.body.stream_block.extract_references(article.body):
        if model is Picture:
            pks.add(int(pk))
    pks |= {byline.contributor.portrait_id for byline in article.bylines.all()}
    return list(Picture.objects.filter(pk__in=pks - {None}).order_by("pk"))


def expected_pages(article: Article, sheet: Sheet) -> int:
    """Return about how many pages an article will take, from its signs and the sheet's size."""
    body = article.body.stream_block
    signs = sum(len(text) for text in body.get_searchable_content(article.body))
    return pages_for(signs, sheet.width_mm, sheet.height_mm)


def pages_for(signs: int, width_mm: int, height_mm: int) -> int:
    """Return about how many pages of a size a text of so many signs will take."""
    area = width_mm * height_mm / A4_MM2
    return ceil(OPENER_PAGES + signs / (SIGNS_A_PAGE * area))


def digest_of_picture(picture: Picture) -> str:
    """Return the digest of a picture's file. Raises PictureError where it is gone."""
    if not picture.file.storage.exists(picture.file.name):
        raise _lost(picture)
    try:
        return picture.get_file_hash()
    except SourceImageIOError as error:
        raise _lost(picture) from error


def house_media() -> dict[str, Path]:
    """Return the style sheets and fonts that every placement may name."""
    files = {f"styles/{path.name}": path for path in sorted(STYLES.glob("*.css"))}
    for path in sorted(FONTS.glob("*/*.ttf")):
        files[f"fonts/{path.name}"] = path
    return files


def compose_article(
    matter: Matter, article: Article, entry: IssueEntry, section: Section
) -> Callable[[Side], TypesetJob]:
    """Return what makes an article's job, once its side is known."""
    own, tray = _context_of_article(matter, article, entry, section)
    return _job_maker(matter, ARTICLE, own, tray)


def placed_widths(
    matter: Matter, article: Article, entry: IssueEntry, section: Section
) -> dict[int, float]:
    """Return the widest width in mm at which an article places each picture; sets no type."""
    own, tray = _context_of_article(matter, article, entry, section)
    render_to_string(ARTICLE, {**matter.context("recto"), **own})
    return tray.widths


def _context_of_article(
    matter: Matter, article: Article, entry: IssueEntry, section: Section
) -> tuple[dict[str, Any], Tray]:
    tray, day_of_sale = Tray(matter.colours.black), matter.issue.on_sale_date
    body = render_body(
        article,
        "print",
        sheet=matter.sheet,
        tray=tray,
        day_of_sale=day_of_sale,
        is_digital=matter.is_digital,
    )
    if matter.is_digital:
        html = led(body.html, matter.parts, settings.BASE_URL)
        body = replace(body, html=mark_safe(html))  # noqa: S308
    own = {
        "article": article,
        "entry": entry,
        "section": section,
        "body": body,
        "bylines": list(article.bylines.all()),
        "tray": tray,
    }
    return own, tray


def compose_page(
    matter: Matter, kind: str, media: Mapping[str, Path] | None = None, **own: Any
) -> Callable[[Side], TypesetJob]:
    """Return what makes the job of a cover, contents, colophon, filler, back cover or adverts.

    `media` are files that the page names besides the house's own and the tray's.
    """
    tray = Tray(matter.colours.black)
    return _job_maker(matter, f"print/{kind}.html", {**own, "tray": tray}, tray, media)


def compose_overlay(matter: Matter, folios: list[dict[str, Any]]) -> TypesetJob:
    """Return the job that sets folios and running heads, one page a folio."""
    tray = Tray(matter.colours.black)
    make = _job_maker(matter, "print/overlay.html", {"folios": folios, "tray": tray}, tray)
    return make("recto")


def _job_maker(
    matter: Matter,
    template: str,
    own: dict[str, Any],
    tray: Tray,
    media: Mapping[str, Path] | None = None,
) -> Callable[[Side], TypesetJob]:
    def make(side: Side) -> TypesetJob:
        html = render_to_string(template, {**matter.context(side), **own})
        pictures = tray.prepare(matter)
        files = {**house_media(), **pictures, **(media or {})}
        return TypesetJob(html, files, tagged=matter.is_digital)

    return make


def _local_path(picture: Picture, folder: Path) -> Path:
    """Return a path of this machine for a picture. Raises PictureError where its file is gone."""
    storage, name = picture.file.storage, picture.file.name
    if isinstance(storage, FileSystemStorage):
        path = Path(storage.path(name))
        if path.is_file():
            return path
        raise _lost(picture)
    path = folder / f"original-{digest_of_picture(picture)}"
    if not path.is_file():
        try:
            with storage.open(name, "rb") as remote:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(remote.read())
        except OSError as error:
            raise _lost(picture) from error
    return path


def _lost(picture: Picture) -> PictureError:
    return PictureError(
        gettext_noop(
            "The picture “%(title)s” has lost its file (%(file)s): upload it again in the admin."
        ),
        title=picture.title,
        file=picture.file.name,
    )
