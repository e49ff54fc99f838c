"""Build small magazines for tests: a site, sections, people, articles of every kind, issues."""

import io

import factory
import wagtail_factories
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Locale, Page, Site

from magazine.models import (
    Byline,
    CaseStudy,
    Contributor,
    Feature,
    Home,
    Interview,
    Issue,
    IssueArchive,
    IssueEntry,
    Opinion,
    Organisation,
    Picture,
    Publication,
    Section,
    Topic,
)
from magazine.release import publish


def picture_file(size=(600, 400), colour=(11, 90, 74), mode="RGB", name="image.jpg"):
    """A real JPEG of one colour."""
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, "JPEG", quality=85)
    return ContentFile(buffer.getvalue(), name=name)


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    title = factory.Sequence(lambda n: f"Image {n}")
    description = "Une image unie."
    credit = "Photographie Farid Benhadj"
    file = factory.LazyAttribute(lambda o: picture_file(name=f"{o.title}.jpg".replace(" ", "-")))


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    sector = "Commerce"


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    title = factory.Sequence(lambda n: f"Sujet {n}")
    slug = factory.Sequence(lambda n: f"sujet-{n}")


class ContributorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contributor

    name = factory.Sequence(lambda n: f"Autrice {n}")
    slug = factory.Sequence(lambda n: f"autrice-{n}")
    role = "journaliste"


class HomeFactory(wagtail_factories.PageFactory):
    class Meta:
        model = Home

    title = "Guichet"
    slug = "accueil"


class SectionFactory(wagtail_factories.PageFactory):
    class Meta:
        model = Section

    title = factory.Sequence(lambda n: f"Rubrique {n}")
    slug = factory.Sequence(lambda n: f"rubrique-{n}")


class IssueArchiveFactory(wagtail_factories.PageFactory):
    class Meta:
        model = IssueArchive

    title = "Numéros"
    slug = "numeros"


class IssueFactory(wagtail_factories.PageFactory):
    class Meta:
        model = Issue

    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda o: f"Numéro {o.number}")
    slug = factory.LazyAttribute(lambda o: f"numero-{o.number}")
    cover_date_label = "Mi-novembre 2026"
    on_sale_date = "2026-11-16"


class ArticleFactory(wagtail_factories.PageFactory):
    """What the factories of the four kinds share."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Article {n}")
    slug = factory.Sequence(lambda n: f"article-{n}")
    standfirst = "Un chapeau qui dit l'essentiel."
    body = factory.LazyFunction(lambda: paragraphs("Un premier paragraphe d'essai."))


class FeatureFactory(ArticleFactory):
    class Meta:
        model = Feature


class InterviewFactory(ArticleFactory):
    class Meta:
        model = Interview


class CaseStudyFactory(ArticleFactory):
    class Meta:
        model = CaseStudy


class OpinionFactory(ArticleFactory):
    class Meta:
        model = Opinion


def paragraphs(*texts, channel="everywhere"):
    """A body of paragraphs, one a text."""
    return [block("paragraph", text=f"<p>{text}</p>", channel=channel) for text in texts]


def block(block_type, *, channel="everywhere", **value):
    """One block of a body, ready for a StreamField."""
    return (block_type, {"channel": channel, **value})


def plant_roots():
    """Make again what Wagtail's migrations made, and a flushed database has lost."""
    Locale.objects.get_or_create(language_code="fr")
    Collection.add_root(name="Root")
    return Page.add_root(title="Root", slug="root")


def clear_site():
    """Take away the page with which Wagtail welcomes, or whatever else there is."""
    Site.objects.all().delete()
    Page.get_first_root_node().get_children().delete()


class Magazine:
    """A site with one section, and the verbs that fill it."""

    def __init__(self):
        if Site.objects.exists():
            clear_site()
        root = Page.get_first_root_node() or plant_roots()
        self.home = HomeFactory(parent=root)
        self.site = Site.objects.create(
            hostname="localhost", root_page=self.home, is_default_site=True, site_name="Guichet"
        )
        self.publication = Publication.objects.create(
            site=self.site, title="Guichet", tagline="Prenez un ticket."
        )
        self.section = SectionFactory(
            parent=self.home, title="Entretiens", slug="entretiens", mark="B"
        )
        self.archive = IssueArchiveFactory(parent=self.home)

    def article(self, factory_class=FeatureFactory, *, by=None, about=(), live=True, **fields):
        """An article of the section, saved as a revision and, if live, published."""
        article = factory_class(parent=self.section, live=False, **fields)
        if by:
            article.bylines.add(Byline(contributor=by, role="text", sort_order=1))
        article.topics.set(about)
        article.save()
        revision = article.save_revision()
        if live:
            revision.publish()
        article.refresh_from_db()
        return article

    def issue(self, *articles, live=True, **fields):
        """An issue that holds the articles, in order."""
        issue = IssueFactory(parent=self.archive, live=False, **fields)
        for position, article in enumerate(articles, start=1):
            issue.entries.add(
                IssueEntry(article=article.article_ptr, section=self.section, position=position)
            )
        issue.save()
        revision = issue.save_revision()
        if live:
            publish(revision)
        issue.refresh_from_db()
        return issue
