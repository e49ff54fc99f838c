"""Keep the private addresses that show one draft to somebody without an account, and remarks."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article
from magazine.models.trash import TrashedPage

LONGEST_REMARK = 4000


class ReviewLinkQuerySet(models.QuerySet):
    """The questions that are asked of private addresses."""

    def open_at(self, moment: dt.datetime) -> ReviewLinkQuerySet:
        """Keep the addresses that show their draft at that moment; none of a trashed article."""
        trashed = TrashedPage.objects.order_by().values("page")
        return self.exclude(article__in=trashed).filter(
            revoked_at=None, revision__isnull=False, expires_at__gt=moment
        )

    def of_article(self, article: Article) -> ReviewLinkQuerySet:
        """Keep an article's addresses, newest first, with what its desk shows of them."""
        links = self.filter(article_id=article.pk).select_related("revision", "created_by")
        return links.prefetch_related("remarks")


class ReviewLink(models.Model):
    """A private address, expiring and revocable, of one draft. Only its key's digest is kept."""

    # An article's “usage” is no place to name guests.
    wagtail_reference_index_ignore = True

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="review_links")
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("draft"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    guest = models.CharField(
        _("for"), max_length=120, help_text=_("The author or the person interviewed.")
    )
    key_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires on"))
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    seen_at = models.DateTimeField(_("last seen on"), null=True, blank=True)

    objects = models.Manager.from_queryset(ReviewLinkQuerySet)()

    class Meta:
        verbose_name = _("private address")
        verbose_name_plural = _("private addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} · {self.guest}"

    @property
    def is_open(self) -> bool:
        """Tell whether the address still shows the draft."""
        return bool(
            self.revoked_at is None and self.revision_id and self.expires_at > timezone.now()
        )

    @property
    def is_behind(self) -> bool:
        """Tell whether the article was saved again since the draft that the address shows."""
        return self.revision_id != self.article.latest_revision_id


class RemarkQuerySet(models.QuerySet):
    """The questions that are asked of remarks."""

    def of_article(self, article: Article) -> RemarkQuerySet:
        """Keep what all guests of an article wrote, in order."""
        return self.filter(link__article_id=article.pk).select_related("link")

    def unsettled(self) -> RemarkQuerySet:
        """Keep what nobody has dealt with yet."""
        return self.filter(settled_at=None)


class Remark(models.Model):
    """What a guest wrote on the draft."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="remarks")
    place = models.CharField(_("place"), max_length=160, blank=True)
    block_id = models.CharField(max_length=36, blank=True, editable=False)
    text = models.TextField(_("remark"), max_length=LONGEST_REMARK)
    created_at = models.DateTimeField(_("written on"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = models.Manager.from_queryset(RemarkQuerySet)()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
