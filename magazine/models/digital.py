"""Keep an issue's digital edition: the file that readers are handed, and the texts it holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article
from magazine.models.entries import IssueEntry
from magazine.models.issues import Issue


class DigitalEditionQuerySet(models.QuerySet):
    """The questions that readers' pages are made of."""

    def for_readers(self) -> DigitalEditionQuerySet:
        """Keep those of public issues whose every text readers may see, as it stands there."""
        texts = DigitalText.objects.filter(edition=OuterRef("pk"))
        withheld = texts.exclude(pk__in=DigitalText.objects.published())
        issues = Issue.objects.for_readers().values("pk")
        return self.filter(Exists(texts), ~Exists(withheld), issue__in=issues)


class DigitalEdition(models.Model):
    """The file of an issue for those who read on a screen, as the press stored it."""

    wagtail_reference_index_ignore = True

    issue = models.OneToOneField(
        Issue,
        verbose_name=_("issue"),
        on_delete=models.CASCADE,
        related_name="digital_edition",
    )
    name = models.CharField(_("name in the press storage"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    pages = models.PositiveIntegerField(_("pages"))
    sha256 = models.CharField(_("sha256"), max_length=64)
    made_at = models.DateTimeField(_("made on"), auto_now=True)

    objects = models.Manager.from_queryset(DigitalEditionQuerySet)()

    class Meta:
        verbose_name = _("digital edition")
        verbose_name_plural = _("digital editions")

    def __str__(self) -> str:
        return f"{self.issue} · PDF"

    @property
    def download_name(self) -> str:
        """Return the name under which readers save the file, such as `guichet-n7.pdf`."""
        return self.issue.download_name


class DigitalTextQuerySet(models.QuerySet):
    """What may be shown of the texts that digital editions hold."""

    def published(self) -> DigitalTextQuerySet:
        """Keep the texts that readers of the site may see: live as they are, or so released."""
        released = IssueEntry.objects.filter(
            issue=OuterRef("edition__issue"),
            article=OuterRef("article"),
            release_revision=OuterRef("revision"),
        )
        return self.filter(
            Q(revision=F("article__live_revision")) | Exists(released),
            revision__created_at=F("saved_at"),
            article__in=Article.objects.for_readers().values("pk"),
        )


class DigitalText(models.Model):
    """One text in a digital edition. Where its article or revision is gone, nobody may see it."""

    wagtail_reference_index_ignore = True

    edition = models.ForeignKey(DigitalEdition, on_delete=models.CASCADE, related_name="texts")
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Autosave writes over a revision and dates it anew: then it isn't this text any more.
    saved_at = models.DateTimeField(_("saved on"))

    objects = models.Manager.from_queryset(DigitalTextQuerySet)()

    class Meta:
        verbose_name = _("text in a digital edition")
        verbose_name_plural = _("texts in digital editions")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "article"], name="one_text_per_digital_edition_and_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.article}"
