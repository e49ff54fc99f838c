"""Tell how to get the paper: what is offered, where it is sold. Nothing is paid here."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable, Page
from wagtail.search import index

from magazine.fields import CleanRichTextField, EurosField
from magazine.page_access import DeskPage

PLAIN = ["bold", "italic", "link", "ol", "ul"]


class PaperPage(DeskPage, Page):
    """How to get the magazine on paper: subscriptions, back issues, points of sale."""

    introduction = models.TextField(_("introduction"), blank=True)
    subscribing = CleanRichTextField(_("on subscribing"), blank=True, features=PLAIN)
    back_issues = CleanRichTextField(_("on back issues"), blank=True, features=PLAIN)
    selling = CleanRichTextField(
        _("on points of sale"),
        blank=True,
        features=PLAIN,
        help_text=_("The list itself stands in the address book, under Points of sale."),
    )
    shows_form = models.BooleanField(
        _("show the order form"), default=True, help_text=_("To print, fill in by pen and post.")
    )
    payment = CleanRichTextField(
        _("how the form is paid"),
        blank=True,
        features=PLAIN,
        help_text=_("For instance “Cheque to the order of…”. It stands on the form."),
    )
    send_to = models.TextField(
        _("where the form is sent"), blank=True, help_text=_("Empty: the address of the contact.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        InlinePanel(
            "offers",
            heading=_("What is offered"),
            label=_("Offer"),
            help_text=_("In the order of the page and of its form."),
        ),
        FieldPanel("subscribing"),
        FieldPanel("back_issues"),
        FieldPanel("selling"),
        MultiFieldPanel(
            [FieldPanel("shows_form"), FieldPanel("payment"), FieldPanel("send_to")],
            heading=_("Order form"),
        ),
    ]
    max_count_per_parent = 1
    parent_page_types = ["magazine.Home"]
    subpage_types: list[str] = []
    template = "website/paper.html"

    class Meta:
        verbose_name = _("page on getting the paper")
        verbose_name_plural = _("pages on getting the paper")


class PaperOffer(Orderable):
    """One thing that readers can have on paper, with its price."""

    class Kind(models.TextChoices):
        """Where on the page it stands."""

        SUBSCRIPTION = "subscription", _("Subscription")
        BACK_ISSUE = "back_issue", _("Back issue")

    page = ParentalKey(PaperPage, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(
        _("title"), max_length=120, help_text=_("For instance “One year, three issues”.")
    )
    about = models.CharField(_("in a sentence"), max_length=240, blank=True)
    price = EurosField(
        _("price in euros"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Postage within France included."),
    )
    issue = models.ForeignKey(
        Page,
        verbose_name=_("issue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For a back issue: its cover is shown once it is published."),
    )
    url = models.URLField(
        _("where it can be ordered"),
        blank=True,
        help_text=_("A shop of somebody else’s. This site takes no payment."),
    )
    is_on_form = models.BooleanField(_("on the order form"), default=True)
    is_sold_out = models.BooleanField(_("sold out"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("price")]),
        FieldPanel("title"),
        FieldPanel("about"),
        PageChooserPanel("issue", ["magazine.Issue", "magazine.PastIssue"]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("is_on_form"), FieldPanel("is_sold_out")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                name="offer_kind_is_known", condition=Q(kind__in=["subscription", "back_issue"])
            ),
            models.CheckConstraint(name="offer_has_a_price", condition=Q(price__gte=0)),
        ]

    def __str__(self) -> str:
        return self.title


class PointOfSaleQuerySet(models.QuerySet):
    """The questions that the list of shops is made of."""

    def for_readers(self) -> PointOfSaleQuerySet:
        """Keep the shops that sell it now, in order of region, town and name."""
        return self.filter(is_open=True).order_by("region", "town", "name")


class PointOfSale(index.Indexed, models.Model):
    """A shop or a place where the magazine is sold."""

    name = models.CharField(_("name"), max_length=160)
    region = models.CharField(
        _("department or country"), max_length=80, help_text=_("The list is grouped by it.")
    )
    town = models.CharField(_("town"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    address = models.CharField(_("street"), max_length=200, blank=True)
    note = models.CharField(
        _("to know"), max_length=160, blank=True, help_text=_("For instance “closed on Mondays”.")
    )
    url = models.URLField(_("website"), blank=True)
    is_open = models.BooleanField(_("shown to readers"), default=True)

    objects = models.Manager.from_queryset(PointOfSaleQuerySet)()

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
        FieldPanel("region"),
        FieldPanel("note"),
        FieldPanel("url"),
        FieldPanel("is_open"),
    ]
    search_fields = [index.AutocompleteField("name"), index.SearchField("town")]

    class Meta:
        verbose_name = _("point of sale")
        verbose_name_plural = _("points of sale")
        ordering = ["region", "town", "name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                Lower("town"),
                name="one_shop_of_a_name_in_a_town",
                violation_error_message=_("This shop is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"

    @property
    def whole_address(self) -> str:
        """Return street, postcode and town in one line."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.address, place) if part)
