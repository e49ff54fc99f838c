"""Build the small magazine that the API's tests ask about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Page, Site

from magazine import models

BASE = "http://localhost:8000"
NOVEMBER = dt.datetime(2026, 11, 16, 8, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Magazine:
    """A home with two sections, an issue that is released and one in the making."""

    home: models.Home
    interviews: models.Section
    opinions: models.Section
    released: models.Issue
    coming: models.Issue

    def add(
        self,
        model: type[models.Article],
        title: str,
        section: models.Section | None = None,
        **fields: Any,
    ) -> models.Article:
        """Put an article into a section, live unless said otherwise."""
        fields.setdefault("published_at", NOVEMBER)
        article = model(title=title, **fields)
        (section or self.opinions).add_child(instance=article)
        if article.live:
            article.save_revision().publish()
            article.refresh_from_db()
        return article

    def enter(self, issue: models.Issue, article: models.Article, position: int, **fields: Any):
        """Give an article its place in an issue."""
        section = models.Section.objects.get(path=article.path[: -article.steplen])
        return models.IssueEntry.objects.create(
            issue=issue, article_id=article.pk, section=section, position=position, **fields
        )


def make_magazine() -> Magazine:
    """Put a magazine where Wagtail's first page was."""
    root = Page.objects.get(depth=1)
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(instance=models.Home(title="Guichet", slug="guichet"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=8000, root_page=home, is_default_site=True)
    interviews = home.add_child(
        instance=models.Section(title="Entretiens", slug="entretiens", mark="B")
    )
    opinions = home.add_child(instance=models.Section(title="Tribunes", slug="tribunes", mark="D"))
    archive = home.add_child(instance=models.IssueArchive(title="Numéros", slug="numeros"))
    released = archive.add_child(
        instance=models.Issue(
            title="L'attente",
            slug="l-attente",
            number=7,
            cover_date_label="Mi-novembre 2026",
            on_sale_date=dt.date(2026, 11, 16),
            cover_lines="Qui attend ?\nPersonne !",
            introduction="<p>Prenez un ticket !</p>",
        )
    )
    coming = archive.add_child(
        instance=models.Issue(
            title="Le silence", slug="le-silence", number=8, cover_date_label="Mars", live=False
        )
    )
    return Magazine(home, interviews, opinions, released, coming)


def make_picture(size: tuple[int, int] = (1200, 800), **fields: Any) -> models.Picture:
    """Draw a picture of so many pixels."""
    drawn = BytesIO()
    Image.new("RGB", size, "#0B5A4A").save(drawn, "PNG")
    return models.Picture.objects.create(
        title="Salle", file=ContentFile(drawn.getvalue(), "salle.png"), **fields
    )


def body_of(*blocks: tuple[str, dict[str, Any]]) -> Any:
    """Return a body of these blocks; the channel is everywhere unless a block says so."""
    stream_block = models.Article._meta.get_field("body").stream_block
    return stream_block.to_python(
        [
            {"type": name, "value": {"channel": "everywhere", **value}, "id": f"id-{number}"}
            for number, (name, value) in enumerate(blocks, start=1)
        ]
    )
