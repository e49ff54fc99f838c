"""Load the demo's older issues, its shops, and the pages on the paper and on the magazine."""

from __future__ import annotations

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wagtail.models import Page

from magazine.demo.content import read_house, read_older
from magazine.demo.old_paper import set_issue
from magazine.models import (
    AccessibilityStatement,
    Contributor,
    Home,
    HousePage,
    Issue,
    IssueArchive,
    PaperOffer,
    PaperPage,
    PastIssue,
    PastPiece,
    Picture,
    PointOfSale,
    PrivacyNotice,
    Section,
)
from magazine.past_issues import take_in

PIECE = ("title", "kicker", "people", "first_folio", "last_folio")


def load_older(archive: IssueArchive, pictures: Mapping[str, Picture], title: str) -> None:
    """Make the older issues that are missing, each with its contents and its PDF."""
    sections = {section.slug: section for section in Section.objects.all()}
    people = {person.slug: person for person in Contributor.objects.all()}
    for row in read_older():
        if PastIssue.objects.filter(number=row["number"]).exists():
            continue
        cover = pictures[row["cover"]]
        data = set_issue(row, cover.file.path, title)
        fields = {name: row[name] for name in row if name not in {"cover", "pieces"}}
        issue = archive.add_child(
            instance=PastIssue(
                **{**fields, "introduction": f"<p>{row['introduction']}</p>"},
                cover=cover,
                cover_is_whole=False,
                file=take_in(io.BytesIO(data), None),
            )
        )
        issue.pieces.set(
            [
                PastPiece(
                    **{name: piece[name] for name in PIECE if name in piece},
                    section=sections[piece["section"]],
                    contributor=people.get(piece.get("contributor", "")),
                    sort_order=order,
                )
                for order, piece in enumerate(row["pieces"])
            ]
        )
        _publish(issue)


def load_house(home: Home, pictures: Mapping[str, Picture]) -> None:
    """Make the shops and pages that are missing."""
    told = read_house()
    for row in told["shops"]:
        PointOfSale.objects.get_or_create(
            name=row["name"], town=row["town"], defaults={**row, "is_open": True}
        )
    if not PaperPage.objects.exists():
        _paper(home, told["paper"])
    for row in told["pages"]:
        if not HousePage.objects.child_of(home).filter(slug=row["slug"]).exists():
            row["picture"] = pictures.get(row["picture"])
            _publish(home.add_child(instance=HousePage(**row)))
    for model, row in (
        (PrivacyNotice, told["privacy"]),
        (AccessibilityStatement, told["accessibility"]),
    ):
        if not model.objects.exists():
            _publish(home.add_child(instance=model(**row)))


def _paper(home: Home, row: Mapping[str, Any]) -> None:
    fields = {name: row[name] for name in row if name != "offers"}
    page = home.add_child(instance=PaperPage(**{**fields, "send_to": row["send_to"].strip()}))
    page.offers.set(
        [
            PaperOffer(
                **{**offer, "price": Decimal(offer["price"]), "issue": _issue(offer.get("issue"))},
                sort_order=order,
            )
            for order, offer in enumerate(row["offers"])
        ]
    )
    _publish(page)


def _issue(number: int | None) -> Page | None:
    if number is None:
        return None
    found = [model.objects.filter(number=number).first() for model in (Issue, PastIssue)]
    return next((issue.page_ptr for issue in found if issue), None)


def _publish(page: Page) -> None:
    page.save()
    page.save_revision().publish()
