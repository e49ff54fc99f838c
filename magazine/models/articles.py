"""Keep an article, written once, and who signs it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from magazine import article_panels as desk
from magazine import previews
from magazine.blocks import BodyBlock
from magazine.channels import ON_THE_WEB, Channel
from magazine.models.held import HeldRevisions
from magazine.models.trash import outside_trash
from magazine.page_access import DeskPage
from magazine.privacy import OncePrivate
from magazine.shown import note
from magazine.vanished import without_vanished

if TYPE_CHECKING:
    from magazine.models.issues import Issue, IssueEntry
    from magazine.models.people import Contributor, Organisation
    from magazine.models.sections import Home, Section, Topic


class ArticleQuerySet(OncePrivate, PageQuerySet):
    """The questions that lists of articles are made of."""

    def for_readers(self) -> ArticleQuerySet:
        """Keep what a stranger may see on the web: live, not private, not for paper only."""
        return self.live().public().filter(channel__in=ON_THE_WEB)

    def on_the_desk(self) -> ArticleQuerySet:
        """Keep what editors work on: everything but the trash."""
        return outside_trash(self)

    def in_issue(self, issue: Issue) -> ArticleQuerySet:
        """Keep an issue's articles, in its order."""
        note(f"contents:{issue.pk}")
        return self.filter(issue_entries__issue=issue).order_by("issue_entries__position")

    def in_section(self, section: Section) -> ArticleQuerySet:
        """Keep the articles that live under a section."""
        note(f"in-section:{section.pk}")
        return self.child_of(section)

    def about(self, topic: Topic) -> ArticleQuerySet:
        """Keep the articles on a topic."""
        note(f"about:{topic.pk}")
        return self.filter(topics=topic)

    def near(self, topics: Iterable[Topic]) -> ArticleQuerySet:
        """Keep the articles on any of these topics: those that share most first, newest next."""
        topics = list(topics)
        note(*(f"about:{topic.pk}" for topic in topics))
        shared = models.Count("topics", filter=Q(topics__in=topics), distinct=True)
        return self.annotate(shared=shared).filter(shared__gt=0).newest_first("-shared")

    def chosen_for(self, home: Home) -> ArticleQuerySet:
        """Keep what the editors put on a home page, in their order."""
        return self.filter(choices__home=home).order_by("choices__sort_order", "choices__pk")

    def signed_by(self, contributor: Contributor) -> ArticleQuerySet:
        """Keep the articles that somebody signed, whatever the role."""
        note(f"signed:{contributor.pk}")
        return self.filter(bylines__contributor=contributor).distinct()

    def concerning(self, organisation: Organisation) -> ArticleQuerySet:
        """Keep case studies of an organisation, interviews with its people, what it paid for."""
        studied = Q(casestudy__organisation=organisation)
        heard = Q(pk__in=organisation.interviewed_people.values("interview"))
        return self.filter(studied | heard | Q(advertiser__iexact=organisation.name))

    def newest_first(self, *before: str) -> ArticleQuerySet:
        """Order by the date that readers see; the identifier settles what is left equal.

        What is named `before` comes first in the order.
        """
        shown = Coalesce("published_at", "first_published_at")
        return self.order_by(*before, shown.desc(nulls_last=True), "-pk")

    def with_signatures(self) -> ArticleQuerySet:
        """Fetch what every list shows of an article, in a fixed number of queries."""
        return self.select_related("lead_picture").prefetch_related(
            "bylines__contributor",
            "lead_picture__renditions",
            models.Prefetch(
                "issue_entries",
                queryset=_entries_for_lists(),
                to_attr="entries_for_readers",
            ),
        )


def _entries_for_lists() -> models.QuerySet[IssueEntry]:
    entries = Article._meta.get_field("issue_entries").related_model.objects
    return entries.in_public_issues().select_related("issue", "section")


class PaidMention(models.TextChoices):
    """The words by which French law wants a paid text to be known (LCEN art. 20)."""

    ADVERTISEMENT = "publicite", _("Advertisement")
    STATEMENT = "communique", _("Sponsored statement")


class CommentsRule(models.TextChoices):
    """Whether readers may write under an article."""

    BY_AGE = "by_age", _("Open until the article is too old")
    OPEN = "open", _("Open, however old the article is")
    CLOSED = "closed", _("Closed")


class Article(DeskPage, HeldRevisions, Page):
    """What the four kinds share. Lists read this table alone; a page of readers needs its kind."""

    kicker = models.CharField(
        _("kicker"), max_length=80, blank=True, help_text=_("A few words above the title.")
    )
    standfirst = models.TextField(
        _("standfirst"), blank=True, help_text=_("Two or three sentences under the title.")
    )
    short_title = models.CharField(
        _("short title"),
        max_length=40,
        blank=True,
        help_text=_("For the running head on paper; empty: the title."),
    )
    channel = models.CharField(
        _("appears"),
        max_length=10,
        choices=Channel.choices,
        default=Channel.EVERYWHERE,
        help_text=_("Paper only: never on the site, in feeds, in search or in the API."),
    )
    lead_picture = models.ForeignKey(
        "magazine.Picture",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_caption = models.CharField(_("caption"), max_length=240, blank=True)
    lead_alt = models.CharField(
        _("alternative text"),
        max_length=240,
        blank=True,
        help_text=_("What the picture shows, for those who can’t see it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    topics = ParentalManyToManyField(
        "magazine.Topic", verbose_name=_("topics"), blank=True, related_name="articles"
    )
    show_contents = models.BooleanField(
        _("show a table of contents"), default=False, help_text=_("For long pieces.")
    )
    published_at = models.DateTimeField(
        _("date readers see"),
        null=True,
        blank=True,
        help_text=_("Empty: the moment of first publication."),
    )
    edition_label = models.CharField(
        _("edition"),
        max_length=80,
        blank=True,
        help_text=_("For instance “Mid-November edition”."),
    )

    advertiser = models.CharField(
        _("advertiser"),
        max_length=160,
        blank=True,
        help_text=_("Only for a text that is paid for."),
    )
    paid_mention = models.CharField(
        _("mention"),
        max_length=12,
        blank=True,
        choices=PaidMention.choices,
        help_text=_("Stands ahead of the title on the web, on paper, in feeds and in the API."),
    )

    provenance_title = models.CharField(_("original title"), max_length=200, blank=True)
    provenance_place = models.CharField(_("first published in"), max_length=160, blank=True)
    provenance_date = models.DateField(_("first published on"), null=True, blank=True)
    provenance_url = models.URLField(_("original address"), blank=True)
    provenance_is_canonical = models.BooleanField(
        _("the original is canonical"),
        default=False,
        help_text=_("Search engines are sent to the original address."),
    )

    # A switch of the moment, kept out of drafts as Wagtail keeps its locks (with_content_json).
    comments = models.CharField(
        _("comments"), max_length=6, choices=CommentsRule.choices, default=CommentsRule.BY_AGE
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    search_fields = [
        *Page.search_fields,
        index.SearchField("kicker"),
        index.SearchField("standfirst"),
        index.FilterField("channel"),
    ]

    is_creatable = False
    goes_through_workflow = True
    parent_page_types = ["magazine.Section"]
    subpage_types: list[str] = []
    template = "website/article.html"
    KIND = "feature"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("read_draft", "Can read every draft")]
        constraints = [
            models.CheckConstraint(
                name="article_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="comments_rule_is_known", condition=Q(comments__in=CommentsRule.values)
            ),
            models.CheckConstraint(
                name="paid_article_names_advertiser_and_mention",
                condition=Q(advertiser="", paid_mention="")
                | (~Q(advertiser="") & Q(paid_mention__in=PaidMention.values)),
                violation_error_message=_(
                    "A paid article needs both its advertiser and its mention "
                    "(Advertisement or Sponsored statement): fill in both or neither."
                ),
            ),
            models.CheckConstraint(
                name="canonical_original_has_an_address",
                condition=Q(provenance_is_canonical=False) | ~Q(provenance_url=""),
                violation_error_message=_(
                    "To send search engines to the original, give its address."
                ),
            ),
        ]

    @property
    def kind(self) -> str:
        """Return `interview`, `case_study`, `opinion` or `feature`, without fetching the kind."""
        return self.specific_class.KIND

    @property
    def kind_label(self) -> str:
        """Return the kind as readers read it, such as “Interview” or “Op-ed”."""
        return self.specific_deferred.get_verbose_name()

    @property
    def shown_date(self):  # noqa: ANN201
        """Return the date that readers see: the editors' own, else the first publication's."""
        return self.published_at or self.first_published_at

    @property
    def running_head(self) -> str:
        """Return the short title for the head of a printed page."""
        return self.short_title or self.title

    @property
    def is_paid(self) -> bool:
        """Tell whether somebody paid for this text."""
        return bool(self.advertiser)

    @property
    def is_on_the_web(self) -> bool:
        """Tell whether the article's channel lets readers of the site see it."""
        return self.channel in ON_THE_WEB

    @property
    def entry(self) -> IssueEntry | None:
        """Return the newest released issue's entry for this article, if it stands in one."""
        entries = getattr(self, "entries_for_readers", None)
        if entries is None:
            entries = _entries_for_lists().filter(article_id=self.pk)
        return max(entries, key=lambda entry: entry.issue.number, default=None)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return what Wagtail's preview panel offers: web, paper, API, as the channel has it."""
        return previews.modes_of(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the article as it stands in the editor's form."""
        return previews.show_while_typing(request, self, mode_name)

    def with_content_json(self, content: dict[str, Any]) -> Article:
        """Restore a version, without bylines of people who were deleted since."""
        people = Byline._meta.get_field("contributor").related_model.objects
        restored = super().with_content_json(
            without_vanished(content, "bylines", "contributor", people)
        )
        restored.comments = self.comments
        return restored

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Answer a reader; an article for paper only has no address on the web."""
        if not self.is_on_the_web:
            raise Http404
        return super().serve(request, *args, **kwargs)


class Byline(Orderable):
    """Who did what in an article."""

    class Role(models.TextChoices):
        """What somebody signs for."""

        TEXT = "text", _("Text")
        INTERVIEW = "interview", _("Interview")
        PHOTOGRAPHS = "photographs", _("Photographs")
        ILLUSTRATION = "illustration", _("Illustration")
        TRANSLATION = "translation", _("Translation")

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        "magazine.Contributor",
        verbose_name=_("contributor"),
        on_delete=models.PROTECT,
        related_name="bylines",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TEXT)

    panels = desk.BYLINE

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"],
                name="one_byline_per_role",
                violation_error_message=_("This person already signs for this role."),
            ),
            models.CheckConstraint(
                name="byline_role_is_known",
                condition=Q(
                    role__in=["text", "interview", "photographs", "illustration", "translation"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"
