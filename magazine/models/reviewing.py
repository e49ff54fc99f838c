"""Keep the private addresses that show one draft to somebody without an account, and remarks."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article


class ReviewLink(models.Model):
    """A private address, expiring and revocable, of one draft. Only its key's digest is kept."""

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

    class Meta:
        verbose_name = _("private address")
        verbose_name_plural = _("private addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article} · {self.guest}"

    @property
    def is_open(self) -> bool:
        """Tell whether the address still shows the draft."""
        return self.revoked_at is None and self.revision_id and self.expires_at > timezone.now()


class Remark(models.Model):
    """What a guest wrote on the draft."""

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="remarks")
    place = models.CharField(_("place"), max_length=160, blank=True)
    text = models.TextField(_("remark"), max_length=4000)
    created_at = models.DateTimeField(_("written on"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
