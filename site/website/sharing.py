"""Keep for every page that readers share the picture that goes with it, drawn once by a job."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import singledispatch

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from magazine.models import (
    Article,
    Home,
    Issue,
    IssueEntry,
    PastIssue,
    Picture,
    Publication,
    Section,
    SharingPicture,
)
from magazine.rendering import shown_blocks
from magazine.typography import typeset
from website.inks import HOUSE_INKS
from website.lists import AUTHORS, listed
from website.sharing_drawing import (
    DRAWING,
    HEIGHT,
    WIDTH,
    Card,
    Cover,
    Photo,
    draw_card,
    draw_cover,
)

FOLDER = "sharing"
# A longer quote would be too small to read.
LONGEST_QUOTE = 150


@dataclass(frozen=True)
class Drawn:
    """A picture that is there: its path on the site, its sides in pixels, its type."""

    address: str
    width: int = WIDTH
    height: int = HEIGHT
    kind: str = "image/jpeg"


def drawn_for(page_ids: Iterable[int | None]) -> dict[int, Drawn]:
    """Return the pictures that are drawn, by page; one question."""
    kept = SharingPicture.objects.filter(page_id__in=[pk for pk in page_ids if pk])
    return {each.page_id: Drawn(address_of(each)) for each in kept}


def address_of(kept: SharingPicture) -> str:
    """Return the path of a picture on the site: another picture has another one."""
    return reverse("sharing_picture", args=[kept.digest])


# Kept copies are asked for each time: what is taken back is gone at once.
@require_safe
@cache_control(public=True, no_cache=True)
def sharing_picture(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Answer with a drawn picture, as long as readers may see its page."""
    kept = SharingPicture.objects.filter(digest=digest).first()
    if kept is None or not drawable().filter(pk=kept.page_id).exists():
        raise Http404
    tag = f'"{digest}"'
    response = get_conditional_response(request, etag=tag)
    try:
        response = response or FileResponse(kept.file.open("rb"), content_type=Drawn.kind)
    except FileNotFoundError as gone:
        raise Http404 from gone
    response["ETag"] = tag
    return response


def drawable() -> QuerySet[Page]:
    """Return the pages that have a picture: articles, issues and home that readers may see."""
    on_paper = Article.objects.exclude(pk__in=Article.objects.for_readers()).values("pk")
    pages = Page.objects.live().public().type(Article, Issue, PastIssue, Home)
    return pages.exclude(pk__in=on_paper).order_by("pk")


def concerned_by(page: Page) -> list[int]:
    """Return the pages whose pictures show something of a page: what lies below, or hangs on it."""
    below = page.get_descendants(inclusive=True)
    entries = IssueEntry.objects.filter(Q(issue__in=below) | Q(section_id=page.pk))
    homes = Home.objects.ancestor_of(page).values_list("pk", flat=True) if page.depth == 3 else ()
    return sorted(
        {
            *below.values_list("pk", flat=True),
            *entries.values_list("article_id", flat=True),
            *homes,
        }
    )


def keep_picture(page_id: int, *, anew: bool = False) -> bool:
    """Draw a page's picture if what it shows has changed, drop it if readers may not see the page.

    Returns whether anything was drawn. Two workers at once do no harm.
    """
    page = drawable().filter(pk=page_id).first()
    if page is None:
        for kept in SharingPicture.objects.filter(page_id=page_id):
            kept.delete()
        return False
    with translation.override(settings.LANGUAGE_CODE):
        card, picture = card_of(page.specific)
    digest = _digest(page_id, card, picture)
    if not anew and SharingPicture.objects.filter(page_id=page_id, digest=digest).exists():
        return False
    photo = _photo(picture)
    drawn = replace(card, photo=photo) if photo else card
    data = draw_card(drawn) if isinstance(drawn, Card) else draw_cover(drawn)
    name = f"{FOLDER}/{digest}.jpg"
    if anew:
        default_storage.delete(name)
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(data))
    _store(page, name, digest)
    return True


def draw_concerned(page_id: int) -> None:
    """Keep the pictures up to date that show something of a page; of one that is gone, none."""
    page = Page.objects.filter(pk=page_id).first()
    for pk in concerned_by(page) if page else ():
        keep_picture(pk)


def draw_all(*, anew: bool = False) -> int:
    """Keep every picture up to date, and return how many were drawn; `anew` draws them all."""
    known = {*drawable().values_list("pk", flat=True)}
    known |= {*SharingPicture.objects.values_list("page_id", flat=True)}
    return sum(keep_picture(pk, anew=anew) for pk in sorted(known))


@transaction.atomic
def _store(page: Page, name: str, digest: str) -> None:
    before = SharingPicture.objects.select_for_update().filter(page_id=page.pk).first()
    if before and before.file.name != name:
        _delete_later(before.file.name)
    SharingPicture.objects.update_or_create(
        page_id=page.pk, defaults={"file": name, "digest": digest}
    )


def forget_file(instance: SharingPicture, **kwargs: object) -> None:
    """Delete the file of a picture whose row is gone."""
    _delete_later(instance.file.name)


def _delete_later(name: str) -> None:
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)


@singledispatch
def card_of(page: Page) -> tuple[Card | Cover, Picture | None]:
    """Return what the picture of a page says, without the photograph, and whose file that is."""
    raise TypeError(f"{type(page).__name__} has no picture.")


@card_of.register
def _card_of_article(article: Article) -> tuple[Card | Cover, Picture | None]:
    row = listed([article])[0]
    dark, bright = HOUSE_INKS
    if row.entry:
        dark, bright = row.entry.issue.ink_dark, row.entry.issue.ink_bright
    bylines = article.bylines.select_related("contributor")
    names = [byline.contributor.name for byline in bylines if byline.role in AUTHORS]
    return (
        Card(
            title=typeset(article.title),
            nameplate=typeset(_publication_of(article).title),
            dark=dark,
            bright=bright,
            mark=row.mark,
            number=row.number,
            kicker=typeset(article.kicker or (row.section.title if row.section else "")),
            quote="" if article.is_paid else _quote_of(article),
            signed=typeset(", ".join(dict.fromkeys(names))),
            mention=str(article.get_paid_mention_display()) if article.is_paid else "",
            advertiser=typeset(article.advertiser),
            opinion=article.kind == "opinion",
        ),
        article.lead_picture,
    )


@card_of.register(Issue)
@card_of.register(PastIssue)
def _card_of_issue(issue: Issue | PastIssue) -> tuple[Card | Cover, Picture | None]:
    return (
        Cover(
            nameplate=typeset(_publication_of(issue).title),
            title=typeset(issue.title),
            dark=issue.ink_dark,
            bright=issue.ink_bright,
            number=str(issue.number),
            number_sign=_("No."),
            date=typeset(issue.cover_date_label),
            lines=tuple(typeset(line) for line in issue.cover_line_list),
        ),
        issue.cover,
    )


@card_of.register
def _card_of_home(home: Home) -> tuple[Card | Cover, Picture | None]:
    publication = _publication_of(home)
    sections = Section.objects.live().public().child_of(home).order_by("path")
    dark, bright = HOUSE_INKS
    return (
        Cover(
            nameplate=typeset(publication.title),
            title=typeset(publication.tagline or home.title),
            dark=dark,
            bright=bright,
            date=typeset(publication.motto),
            marks=tuple(section.mark for section in sections if section.mark),
        ),
        None,
    )


def _publication_of(page: Page) -> Publication:
    site = page.get_site() or Site.objects.filter(is_default_site=True).first()
    return Publication.objects.filter(site=site).first() or Publication()


def _quote_of(article: Article) -> str:
    """Return the first pull quote that readers of the site see, between its marks."""
    for block in shown_blocks(article, "web"):
        if block.block_type == "pull_quote":
            quote = " ".join(str(block.value["quote"]).split())
            return typeset(f"« {quote} »") if len(quote) <= LONGEST_QUOTE else ""
    return ""


def _photo(picture: Picture | None) -> Photo | None:
    if picture is None:
        return None
    try:
        with picture.file.open("rb") as file:
            data = file.read()
    except OSError:
        return None
    focus = picture.get_focal_point()
    if focus is None or not (picture.width and picture.height):
        return Photo(data)
    x, y = focus.centroid
    return Photo(data, (x / picture.width, y / picture.height))


def _digest(page_id: int, card: Card | Cover, picture: Picture | None) -> str:
    """Return 32 hexadecimal signs of all that is drawn; nobody can guess them."""
    photo = (picture.pk, picture.file_hash, str(picture.get_focal_point())) if picture else None
    told = repr((DRAWING, page_id, card, photo))
    return salted_hmac("website.sharing", told, algorithm="sha256").hexdigest()[:32]
