"""Name the people who write and the organisations that articles are about."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index


class Organisation(index.Indexed, models.Model):
    """A company, institution or association that articles speak of."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=160, unique=True)
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    url = models.URLField(_("website"), blank=True)
    description = models.TextField(_("in two sentences"), blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("sector"),
        FieldPanel("url"),
        FieldPanel("description"),
    ]
    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page for readers."""
        return reverse("organisation", args=[self.slug])


class Contributor(index.Indexed, models.Model):
    """Somebody who signs: author, photographer, illustrator, translator."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    role = models.CharField(
        _("role"), max_length=120, blank=True, help_text=_("For instance “photographer”.")
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributors",
    )
    portrait = models.ForeignKey(
        "magazine.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    bio = models.TextField(_("biography"), blank=True, help_text=_("40 to 70 words."))
    mail = models.EmailField(_("mail address"), blank=True, help_text=_("Shown to readers."))
    handle = models.CharField(
        _("handle"), max_length=80, blank=True, help_text=_("For instance @guichet.")
    )
    url = models.URLField(_("website"), blank=True)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("slug")], heading=_("Name")),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("portrait"),
        FieldPanel("bio"),
        MultiFieldPanel(
            [FieldPanel("mail"), FieldPanel("handle"), FieldPanel("url")], heading=_("Contact")
        ),
    ]
    search_fields = [index.AutocompleteField("name"), index.SearchField("name")]

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of this person's page for readers."""
        return reverse("contributor", args=[self.slug])
