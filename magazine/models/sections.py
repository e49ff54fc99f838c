"""Hold the places of the tree where articles live: the home page, its sections; and topics."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from magazine.home_form import HomeForm
from magazine.models.articles import Article
from magazine.page_access import DeskPage

MOST_CHOICES = 4


class Home(DeskPage, Page):
    """The front page: the current issue and what the editors put beside it."""

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "magazine.Section",
        "magazine.IssueArchive",
        "magazine.PaperPage",
        "magazine.HousePage",
        "magazine.PrivacyNotice",
        "magazine.AccessibilityStatement",
    ]
    template = "website/home.html"
    base_form_class = HomeForm

    content_panels = [
        *Page.content_panels,
        InlinePanel(
            "choices",
            max_num=MOST_CHOICES,
            heading=_("Editors’ choice"),
            label=_("article"),
            help_text=_("Articles of any issue, beside those of the current one, in this order."),
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class EditorsChoice(Orderable):
    """An article that the editors put on the home page, whatever its issue."""

    home = ParentalKey(Home, on_delete=models.CASCADE, related_name="choices")
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="choices"
    )

    panels = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("editors’ choice")
        verbose_name_plural = _("editors’ choices")
        constraints = [
            models.UniqueConstraint(
                fields=["home", "article"],
                name="an_article_is_chosen_once",
                violation_error_message=_("This article is chosen already."),
            )
        ]


class Section(DeskPage, Page):
    """A department of the magazine, under which its articles live."""

    mark = models.CharField(
        _("mark"),
        max_length=1,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]$", _("One capital letter."))],
        help_text=_("One capital letter that stands for the section on tickets and folios."),
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("20 to 40 words."))

    content_panels = [*Page.content_panels, FieldPanel("mark"), FieldPanel("introduction")]
    holds_articles = True
    exclude_fields_in_copy = ["mark"]
    parent_page_types = ["magazine.Home"]
    subpage_types = [
        "magazine.Interview",
        "magazine.CaseStudy",
        "magazine.Opinion",
        "magazine.Feature",
    ]
    template = "website/section.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")


class TopicQuerySet(models.QuerySet):
    """The questions that lists of topics are made of."""

    def beside(self, topic: Topic) -> TopicQuerySet:
        """Keep the topics of articles that are on this one too, the most frequent first.

        `number` counts those articles; only what readers may see is looked at.
        """
        articles = Article.objects.for_readers().about(topic).order_by().values("pk")
        shared = models.Count("articles", filter=models.Q(articles__in=articles), distinct=True)
        found = self.exclude(pk=topic.pk).filter(articles__in=articles)
        return found.annotate(number=shared).order_by("-number", "title")


class Topic(index.Indexed, models.Model):
    """A subject that articles of any section share."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), blank=True)
    synonyms = models.TextField(
        _("synonyms"),
        blank=True,
        help_text=_("Other words that readers use for it, one a line."),
    )

    objects = models.Manager.from_queryset(TopicQuerySet)()

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("synonyms"),
    ]
    search_fields = [index.AutocompleteField("title"), index.SearchField("title")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of this topic's page for readers."""
        return reverse("topic", args=[self.slug])

    @property
    def synonym_list(self) -> list[str]:
        """Return the other words for it, in order."""
        return [line.strip() for line in self.synonyms.splitlines() if line.strip()]
