"""Load the demo magazine: what is missing is made, what is there is left as editors have it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from magazine.demo.bodies import build_body
from magazine.demo.content import read_articles, read_people
from magazine.demo.documents import load_documents
from magazine.demo.house import load_house, load_older
from magazine.demo.pictures import draw_all
from magazine.demo.planning import load_planning
from magazine.demo.talk import load_talk
from magazine.models import (
    Article,
    Byline,
    CaseStudy,
    Contributor,
    EditorsChoice,
    Feature,
    Home,
    Interview,
    InterviewedPerson,
    Issue,
    IssueArchive,
    IssueEntry,
    KeyFigure,
    Opinion,
    Organisation,
    Picture,
    Publication,
    Section,
    Topic,
)
from magazine.release import publish

RELEASED = 7
IN_THE_MAKING = 8
LOGIN = "redaction"
KINDS = {"interview": Interview, "case_study": CaseStudy, "opinion": Opinion, "feature": Feature}
AS_WRITTEN = (
    *("title", "slug", "short_title", "kicker", "standfirst", "channel"),
    *("edition_label", "lead_caption", "lead_alt", "advertiser", "paid_mention"),
)


@dataclass(frozen=True)
class Loaded:
    """What the demo magazine holds after loading."""

    articles: int
    issues: int
    contributors: int


def load_pictures(folder: Path) -> dict[str, Picture]:
    """Draw what isn't drawn yet, and return every demo picture by name."""
    pictures = {}
    for drawn in draw_all(folder):
        picture = Picture.objects.filter(title=drawn.title).first()
        if picture is None:
            with drawn.path.open("rb") as file:
                picture = Picture(
                    title=drawn.title,
                    file=ImageFile(file, name=drawn.path.name),
                    description=drawn.alt_text,
                    credit=drawn.credit,
                    licence=drawn.licence,
                )
                if drawn.focal:
                    x, y, width, height = drawn.focal
                    picture.focal_point_x, picture.focal_point_y = x + width // 2, y + height // 2
                    picture.focal_point_width, picture.focal_point_height = width, height
                picture.save()
        pictures[drawn.name] = picture
    return pictures


@transaction.atomic
def load_magazine(pictures: Mapping[str, Picture]) -> Loaded:
    """Make people, sections, issues and articles, all or nothing."""
    people = read_people()
    for row in people["organisations"]:
        Organisation.objects.get_or_create(slug=row["slug"], defaults=_without(row, "slug"))
    for row in people["topics"]:
        defaults = _without(row, "slug", "synonyms")
        defaults["synonyms"] = "\n".join(row.get("synonyms", []))
        Topic.objects.get_or_create(slug=row["slug"], defaults=defaults)
    for row in people["contributors"]:
        defaults = _without(row, "slug", "organisation", "portrait")
        defaults["portrait"] = pictures.get(row.get("portrait", ""))
        defaults["organisation"] = Organisation.objects.filter(slug=row["organisation"]).first()
        Contributor.objects.get_or_create(slug=row["slug"], defaults=defaults)

    home = _home(people["publication"])
    for row in people["sections"]:
        _child(home, Section, **_without(row, "ink"))
    archive = _child(home, IssueArchive, slug="numeros", title="Numéros")
    load_documents()
    for row in people["issues"]:
        _issue(archive, home, row, pictures)
    load_planning(Issue.objects.get(number=IN_THE_MAKING))
    load_older(archive, pictures, people["publication"]["title"])
    load_house(home, pictures)
    _choose(home, people["chosen"])
    load_talk()
    return Loaded(
        articles=Article.objects.count(),
        issues=Issue.objects.count(),
        contributors=Contributor.objects.count(),
    )


def load_editor(password: str) -> str:
    """Make the demo's editor, who may do everything, and return the login."""
    users = get_user_model().objects
    if not users.filter(username=LOGIN).exists():
        users.create_superuser(LOGIN, "redaction@guichet.example", password)
    return LOGIN


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _child(parent: Page, model: type[Page], *, slug: str, **fields: Any) -> Page:
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found
    page = parent.add_child(instance=model(slug=slug, **fields))
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def _home(publication: Mapping[str, Any]) -> Home:
    home = Home.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        for welcome in root.get_children().type(Page).not_type(Home):
            if welcome.slug == "home" and welcome.specific_class is Page:
                welcome.delete()
        root.refresh_from_db()
        home = root.add_child(instance=Home(title=publication["title"], slug="accueil"))
        home.save_revision().publish()
    site, created = Site.objects.get_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page": home, "site_name": publication["title"]},
    )
    if created or site.root_page_id != home.pk:
        site.root_page, site.site_name = home, publication["title"]
        site.save()
    if not Publication.objects.filter(site=site).exists():
        Publication.objects.create(site=site, **_publication(publication))
    return home


def _choose(home: Home, slugs: list[str]) -> None:
    """Put articles on the home page, unless editors have chosen some."""
    if home.choices.exists():
        return
    chosen = [Article.objects.filter(slug=slug).first() for slug in slugs]
    home.choices.set([EditorsChoice(article=article) for article in chosen if article])
    home.save_revision().publish()


def _publication(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings' fields for what people.toml says of the title."""
    same = ("title", "tagline", "frequency", "legal_representative", "publication_director")
    same += ("printer_address", "issn", "cppap", "contact_mail", "contact_phone", "contact_address")
    return {
        **{name: row[name] for name in (*same, "legal_notice")},
        "motto": row["baseline"],
        "publisher": row["publisher_name"],
        "legal_form": row["publisher_form"],
        "capital": row["publisher_capital"],
        "registration": row["publisher_registration"],
        "seat": row["publisher_seat"],
        "main_associates": ", ".join(row["main_associates"]),
        "editor_responsible": row["editorial_director"],
        "printer": row["printer_name"],
        "paper": " ".join((row["paper"], row["faces"], row["print_process"])),
        "contact_handle": row["handle"],
        "host": ", ".join((row["host_name"], row["host_address"], row["host_phone"])),
    }


def _issue(
    archive: IssueArchive, home: Home, row: Mapping[str, Any], pictures: Mapping[str, Picture]
) -> None:
    if Issue.objects.filter(number=row["number"]).exists():
        return
    released = row["number"] == RELEASED
    fields = _without(row, "cover", "cover_lines", "introduction", "date_of_issue", "price_eur")
    issue = archive.add_child(
        instance=Issue(
            **fields,
            price=Decimal(row["price_eur"]),
            introduction=f"<p>{row['introduction']}</p>",
            cover=pictures[row["cover"]],
            cover_lines="\n".join(row["cover_lines"]),
            live=False,
        )
    )
    for written in read_articles(row["number"]):
        article = _article(home, written, pictures)
        section = article.get_parent().specific
        issue.entries.add(
            IssueEntry(
                article=article.article_ptr,
                section=section,
                position=written["position"],
                release_revision=article.latest_revision if released else None,
            )
        )
    issue.save()
    revision = issue.save_revision()
    if released:
        publish(revision)


def _article(home: Home, written: Mapping[str, Any], pictures: Mapping[str, Picture]) -> Article:
    section = Section.objects.child_of(home).get(slug=written["section"])
    provenance = written.get("provenance", {})
    article = KINDS[written["kind"]](
        **{name: written[name] for name in AS_WRITTEN if name in written},
        published_at=_moment(written.get("published_at")),
        show_contents=written.get("contents", False),
        lead_picture=pictures[written["lead_picture"]] if written.get("lead_picture") else None,
        body=build_body(written["body"], pictures),
        provenance_title=provenance.get("title", ""),
        provenance_place=provenance.get("place", ""),
        provenance_date=provenance.get("date"),
        provenance_url=provenance.get("url", ""),
        provenance_is_canonical=provenance.get("canonical", False),
        live=False,
    )
    _fields_of_the_kind(article, written)
    section.add_child(instance=article)
    article.topics.set(Topic.objects.filter(slug__in=written.get("topics", [])))
    for order, row in enumerate(written.get("bylines", []), start=1):
        contributor = Contributor.objects.get(slug=row["contributor"])
        article.bylines.add(Byline(contributor=contributor, role=row["role"], sort_order=order))
    article.save()
    _publish(article, written)
    return article


def _moment(written: dt.datetime | None) -> dt.datetime | None:
    """Return a date and hour of the content files in the house's time zone."""
    return timezone.make_aware(written) if written else None


def _fields_of_the_kind(article: Article, written: Mapping[str, Any]) -> None:
    if isinstance(article, Opinion):
        article.genre = written["genre"]
    if isinstance(article, CaseStudy):
        article.organisation = Organisation.objects.get(slug=written["organisation"])
        article.sector, article.challenge = written["sector"], written["challenge"]
        article.figures.set(
            [KeyFigure(**row, sort_order=n) for n, row in enumerate(written["figures"])]
        )
    if isinstance(article, Interview):
        article.people.set(
            [
                InterviewedPerson(
                    name=row["name"],
                    role=row["role"],
                    organisation=Organisation.objects.filter(slug=row["organisation"]).first(),
                    sort_order=order,
                )
                for order, row in enumerate(written["people"])
            ]
        )


def _publish(article: Article, written: Mapping[str, Any]) -> None:
    state = written.get("state", "live")
    if state == "scheduled":
        article.go_live_at = _moment(written["go_live_at"])
    revision = article.save_revision()
    if state in {"live", "private", "scheduled"}:
        revision.publish()
    if state == "private":
        PageViewRestriction.objects.get_or_create(
            page=article.page_ptr if hasattr(article, "page_ptr") else article,
            restriction_type=PageViewRestriction.LOGIN,
        )
    article.refresh_from_db()
