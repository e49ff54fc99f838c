"""Turn articles and issues into what the API answers; drafts for a preview go the same way."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.urls import reverse

from magazine import models
from magazine.models.articles import PaidMention
from magazine.picture_sizes import fetch_sizes
from magazine.rendering import shown_blocks
from website.api import blocks, schemas
from website.api.body import Setting, pictures_in, serialise_body
from website.api.pictures import IN_FULL, IN_LISTS, PORTRAIT, serialise_picture
from website.api.reading import headings_of, reading_time
from website.api.texts import absolute, plain, rich
from website.digital import download_of
from website.lists import Listed, contents_of, listed

NAMESPACE = "api-v1"


def serialise_article(article: models.Article, base_url: str) -> blocks.Article:
    """Return the whole of an article: the live one, or a revision's object that isn't saved.

    Asks no question about who may see it: that is the caller's. `base_url` is the site's
    address without a slash at its end.
    """
    article = article.specific
    fetch_sizes([article.lead_picture])
    [row] = listed([article])
    summary = _summaries([row], base_url, IN_FULL)[0]
    shown = shown_blocks(article, "web")
    fetch_sizes(pictures_in(shown))
    headings = headings_of(shown)
    setting = Setting(base_url, sponsored=article.is_paid)
    body = serialise_body(shown, headings, setting)
    return blocks.Article(
        **dict(summary),
        **_of_its_kind(article),
        provenance=_provenance(article),
        reading_time=reading_time(article.standfirst, shown),
        show_contents=article.show_contents,
        contents=headings,
        body=body,
        footnotes=setting.footnotes(),
        corrections=[
            schemas.Correction(**_correction(each))
            for each in models.Correction.objects.of_article(article)
        ],
        comments=models.Comment.objects.shown_under(article.pk).counted().count()
        if article.live
        else 0,
    )


def summarise_articles(
    articles: Iterable[models.Article], base_url: str
) -> list[schemas.ArticleSummary]:
    """Return articles as lists show them; fetch them `with_signatures()` and their topics."""
    return _summaries(listed(articles), base_url, IN_LISTS)


def serialise_issue(issue: models.Issue, base_url: str) -> schemas.Issue:
    """Return an issue with those of its articles that readers may see."""
    rows = contents_of(issue)
    prefetch_related_objects([row.article for row in rows], "topics")
    sections = _sections_for_readers(rows)
    return schemas.Issue(
        **dict(summarise_issue(issue, base_url, IN_FULL)),
        introduction=rich(issue.introduction, base_url, sponsored=False),
        entries=[
            schemas.IssueEntry(
                position=row.entry.position,
                ticket=row.ticket,
                section=_section(row, sections, base_url),
                first_folio=row.entry.first_folio,
                last_folio=row.entry.last_folio,
                article=summary,
            )
            for row, summary in zip(rows, _summaries(rows, base_url, IN_LISTS), strict=True)
            if row.entry
        ],
        errata=[
            schemas.Erratum(**_correction(each), article=_corrected(each.article, base_url))
            for each in models.Correction.objects.printed_by(issue)
        ],
        digital_edition=_digital_edition(issue, base_url),
    )


def _digital_edition(issue: models.Issue, base_url: str) -> schemas.DigitalEdition | None:
    download = download_of(issue)
    return download and schemas.DigitalEdition(
        url=absolute(download.address, base_url),
        size=download.size,
        pages=download.pages,
        sha256=download.sha256,
    )


def summarise_issue(
    issue: models.Issue, base_url: str, sizes: tuple[str, ...] = IN_LISTS
) -> schemas.IssueSummary:
    """Return an issue as lists show it; fetch it with `cover` and the cover's renditions."""
    return schemas.IssueSummary(
        number=issue.number,
        title=plain(issue.title),
        url=absolute(issue.get_url(), base_url),
        api_url=_own_address("issue", issue.number, base_url),
        cover_date_label=plain(issue.cover_date_label),
        on_sale_date=issue.on_sale_date,
        cover=serialise_picture(issue.cover, base_url, alt=issue.cover_alt, sizes=sizes),
        cover_lines=[plain(line) for line in issue.cover_line_list],
        inks=schemas.Inks(dark=issue.ink_dark, bright=issue.ink_bright),
    )


def _summaries(
    rows: list[Listed], base_url: str, sizes: tuple[str, ...]
) -> list[schemas.ArticleSummary]:
    sections = _sections_for_readers(rows)
    bylines = [list(row.article.bylines.all()) for row in rows]
    people = _people([byline for signed in bylines for byline in signed], base_url)
    return [
        schemas.ArticleSummary(
            id=row.article.pk or 0,
            kind=row.article.kind,
            kind_label=plain(row.article.kind_label),
            paid=_paid(row.article),
            title=plain(row.article.title),
            kicker=plain(row.article.kicker),
            standfirst=plain(row.article.standfirst),
            slug=row.article.slug,
            url=absolute(row.article.get_url(), base_url),
            short_url=absolute(reverse("short", args=[row.article.pk or 0]), base_url),
            api_url=_own_address("article", row.article.pk or 0, base_url),
            section=_section(row, sections, base_url),
            issue=_place(row, base_url),
            bylines=[
                schemas.Byline(
                    role=byline.role,
                    role_label=plain(byline.get_role_display()),
                    contributor=people[byline.contributor_id],
                )
                for byline in signed
            ],
            topics=[
                schemas.Topic(
                    slug=topic.slug,
                    title=plain(topic.title),
                    url=absolute(topic.get_absolute_url(), base_url),
                )
                for topic in row.article.topics.all()
            ],
            published_at=row.article.shown_date,
            updated_at=row.article.last_published_at,
            edition_label=plain(row.article.edition_label),
            lead_picture=serialise_picture(
                row.article.lead_picture,
                base_url,
                alt=row.article.lead_alt,
                caption=row.article.lead_caption,
                sizes=sizes,
            ),
        )
        for row, signed in zip(rows, bylines, strict=True)
    ]


def _people(bylines: list[models.Byline], base_url: str) -> dict[int, schemas.Contributor]:
    prefetch_related_objects(bylines, "contributor__portrait__renditions")
    named = {byline.contributor_id: byline.contributor for byline in bylines}
    return {key: _contributor(person, base_url) for key, person in named.items()}


def _sections_for_readers(rows: list[Listed]) -> set[int]:
    wanted = {row.section.pk for row in rows if row.section}
    return set(
        models.Section.objects.live().public().filter(pk__in=wanted).values_list("pk", flat=True)
    )


def _section(row: Listed, sections: set[int], base_url: str) -> schemas.Section | None:
    if row.section is None or row.section.pk not in sections:
        return None
    return schemas.Section(
        slug=row.section.slug,
        title=plain(row.section.title),
        mark=row.mark,
        url=absolute(row.section.get_url(), base_url),
    )


def _place(row: Listed, base_url: str) -> schemas.PlaceInIssue | None:
    if row.entry is None:
        return None
    issue = row.entry.issue
    return schemas.PlaceInIssue(
        number=issue.number,
        title=plain(issue.title),
        url=absolute(issue.get_url(), base_url),
        api_url=_own_address("issue", issue.number, base_url),
        position=row.entry.position,
        ticket=row.ticket,
        first_folio=row.entry.first_folio,
        last_folio=row.entry.last_folio,
    )


def _contributor(person: models.Contributor, base_url: str) -> schemas.Contributor:
    return schemas.Contributor(
        slug=person.slug,
        name=plain(person.name),
        role=plain(person.role),
        url=absolute(person.get_absolute_url(), base_url),
        portrait=serialise_picture(person.portrait, base_url, sizes=PORTRAIT),
    )


def _paid(article: models.Article) -> schemas.Paid | None:
    if not article.is_paid:
        return None
    # Only a draft may lack its mention.
    mention = PaidMention(article.paid_mention or PaidMention.ADVERTISEMENT)
    return schemas.Paid(
        mention=mention.value,
        label=plain(mention.label),
        advertiser=plain(article.advertiser),
    )


def _of_its_kind(article: models.Article) -> dict[str, object]:
    """Return what the article's kind adds; the other kinds' parts are empty."""
    parts: dict[str, object] = {"people": [], "case_study": None, "opinion": None}
    if isinstance(article, models.Interview):
        people = list(article.people.all())
        prefetch_related_objects(people, "organisation")
        parts["people"] = [
            schemas.Person(
                name=plain(person.name),
                role=plain(person.role),
                organisation=_organisation(person.organisation),
            )
            for person in people
        ]
    elif isinstance(article, models.CaseStudy):
        parts["case_study"] = schemas.CaseStudy(
            organisation=_organisation(article.organisation),
            sector=plain(article.sector),
            challenge=plain(article.challenge),
            figures=[
                schemas.Figure(value=plain(figure.value), label=plain(figure.label))
                for figure in article.figures.all()
            ],
        )
    elif isinstance(article, models.Opinion):
        parts["opinion"] = schemas.Opinion(
            genre=article.genre, genre_label=plain(article.get_genre_display())
        )
    return parts


def _organisation(organisation: models.Organisation | None) -> schemas.Organisation | None:
    return organisation and schemas.Organisation(
        slug=organisation.slug,
        name=plain(organisation.name),
        sector=plain(organisation.sector),
        url=organisation.url,
    )


def _correction(correction: models.Correction) -> dict[str, object]:
    return {
        "date": correction.date,
        "wrong": plain(correction.wrong),
        "text": plain(correction.text),
    }


def _corrected(article: models.Article, base_url: str) -> schemas.CorrectedArticle:
    return schemas.CorrectedArticle(
        id=article.pk,
        title=plain(article.title),
        url=absolute(article.get_url(), base_url),
        api_url=_own_address("article", article.pk, base_url),
    )


def _provenance(article: models.Article) -> schemas.Provenance | None:
    first = [article.provenance_title, article.provenance_place, article.provenance_url]
    if not any(first) and article.provenance_date is None:
        return None
    return schemas.Provenance(
        title=plain(article.provenance_title),
        place=plain(article.provenance_place),
        date=article.provenance_date,
        url=article.provenance_url,
        canonical=article.provenance_is_canonical,
    )


def _own_address(name: str, key: int, base_url: str) -> str:
    return absolute(reverse(f"{NAMESPACE}:{name}", args=[key]), base_url)
