"""Rules on pages: their boxes, their number, their turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from print.preflight.findings import Limits, Rule, Spot
from print.preflight.geometry import PT_PER_MM, Box
from print.preflight.painted import Document
from print.remedies import gettext_noop

GWG = "GWG 2022"
SLACK_PT = 0.06
SAME_MM = 0.35


def in_mm(box: Box) -> str:
    """A box's size in words: “210 × 297 mm”."""
    width, height = (
        f"{side / PT_PER_MM:.1f}".removesuffix(".0") for side in (box.width, box.height)
    )
    return f"{width} × {height} mm"


def crop_is_media(document: Document, limits: Limits) -> Iterator[Spot]:
    """The CropBox, where there is one, is the MediaBox."""
    for page in document.pages:
        if page.crop and not (
            page.crop.holds(page.media, SLACK_PT) and page.media.holds(page.crop, SLACK_PT)
        ):
            yield Spot(page.number, in_mm(page.crop), in_mm(page.media), "CropBox", page.crop)


def has_no_user_unit(document: Document, limits: Limits) -> Iterator[Spot]:
    """A unit is a point."""
    for page in document.pages:
        if page.user_unit != 1:
            yield Spot(page.number, f"{page.user_unit:g}", "1", "UserUnit")


def pages_are_alike(document: Document, limits: Limits) -> Iterator[Spot]:
    """All pages have the same trim, and none is turned."""
    first = document.pages[0].product if document.pages else None
    for page in document.pages:
        if page.rotate:
            yield Spot(page.number, f"{page.rotate}°", "0°", "Rotate")
        if first and (
            abs(page.product.width - first.width) > SLACK_PT
            or abs(page.product.height - first.height) > SLACK_PT
        ):
            yield Spot(page.number, in_mm(page.product), in_mm(first), "TrimBox", page.product)


def has_trim(document: Document, limits: Limits) -> Iterator[Spot]:
    """Every page has a TrimBox or an ArtBox, and its boxes lie one inside the other."""
    for page in document.pages:
        if (page.trim is None) == (page.art is None):
            wanted = "TrimBox / ArtBox"
            yield Spot(page.number, "—" if page.trim is None else "TrimBox + ArtBox", wanted)
            continue
        nested = [page.product, page.bled, page.media]
        for inner, outer in pairwise(nested):
            if not outer.holds(inner, SLACK_PT):
                yield Spot(page.number, in_mm(inner), in_mm(outer), "BleedBox", inner)


def trim_is_the_jobs(document: Document, limits: Limits) -> Iterator[Spot]:
    """The trim is the one of the press profile."""
    if limits.trim_mm is None:
        return
    width, height = limits.trim_mm
    for page in document.pages:
        own = page.product
        if (
            abs(own.width / PT_PER_MM - width) > SAME_MM
            or abs(own.height / PT_PER_MM - height) > SAME_MM
        ):
            yield Spot(page.number, in_mm(own), f"{width:g} × {height:g} mm", "TrimBox", own)


def bleed_is_there(document: Document, limits: Limits) -> Iterator[Spot]:
    """The bleed is as wide as the press profile asks."""
    for page in document.pages if limits.bleed_mm else ():
        needed = page.product.inset(-limits.bleed_mm * PT_PER_MM)
        if not page.bled.holds(needed, SAME_MM * PT_PER_MM):
            least = min(
                page.product.left - page.bled.left,
                page.bled.right - page.product.right,
                page.product.bottom - page.bled.bottom,
                page.bled.top - page.product.top,
            )
            found = f"{least / PT_PER_MM:.3g} mm"
            yield Spot(page.number, found, f"{limits.bleed_mm:g} mm", "BleedBox", page.bled)


def pages_are_filled(document: Document, limits: Limits) -> Iterator[Spot]:
    """No page is empty, but those that are meant to be."""
    for page in document.pages:
        if page.is_empty and page.number not in limits.white_pages:
            found, wanted = gettext_noop("nothing on the page"), gettext_noop("text or a picture")
            yield Spot(page.number, found, wanted, "page", page.product)


def count_is_asked(document: Document, limits: Limits) -> Iterator[Spot]:
    """As many pages as the job has: one for an advert."""
    if limits.page_count and len(document.pages) != limits.page_count:
        yield Spot(0, str(len(document.pages)), str(limits.page_count))


def extent_is_a_multiple(document: Document, limits: Limits) -> Iterator[Spot]:
    """The extent is a multiple of what the binding takes."""
    if len(document.pages) % limits.extent_multiple:
        yield Spot(0, str(len(document.pages)), f"n × {limits.extent_multiple}")


RULES = (
    Rule(
        "R0003",
        gettext_noop("CropBox and MediaBox differ"),
        gettext_noop("Export without cropping the view."),
        GWG,
        crop_is_media,
    ),
    Rule(
        "R0002",
        gettext_noop("The page is scaled by a UserUnit"),
        gettext_noop("Export at true size."),
        GWG,
        has_no_user_unit,
    ),
    Rule(
        "R0004",
        gettext_noop("Pages differ in trim or are turned"),
        gettext_noop("Give all pages the same trim, upright."),
        GWG,
        pages_are_alike,
    ),
    Rule(
        "X-TRIM",
        gettext_noop("The TrimBox is missing or the boxes don’t lie one inside the other"),
        gettext_noop("Export with trim and bleed."),
        "ISO 15930-7, 6.5",
        has_trim,
    ),
    Rule(
        "C-TRIM",
        gettext_noop("The trim is not the one of the press profile"),
        gettext_noop("Set the page at the size of the press profile."),
        "Couture",
        trim_is_the_jobs,
    ),
    Rule(
        "C-BLEED",
        gettext_noop("There is too little bleed"),
        gettext_noop("Let what touches the edge run into the bleed, and export with it."),
        "Couture",
        bleed_is_there,
    ),
    Rule(
        "R0005",
        gettext_noop("A page is empty"),
        gettext_noop("Take it out, or put something on it."),
        GWG,
        pages_are_filled,
    ),
    Rule(
        "R0006",
        gettext_noop("The number of pages is not the one asked for"),
        gettext_noop("Deliver one page a file."),
        GWG,
        count_is_asked,
    ),
    Rule(
        "C-EXTENT",
        gettext_noop("The extent does not fit the binding"),
        gettext_noop("Add or remove pages until the number is a multiple."),
        "Couture",
        extent_is_a_multiple,
    ),
)
