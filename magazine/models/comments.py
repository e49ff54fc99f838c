"""Keep what readers write under an article, until the newsroom has read it and after."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from magazine.models.articles import Article
from magazine.models.trash import TrashedPage

LONGEST_COMMENT = 3000
LONGEST_NAME = 60


class CommentState(models.TextChoices):
    """What the newsroom decided."""

    WAITING = "waiting", _("Waiting")
    SHOWN = "shown", _("Shown")
    REFUSED = "refused", _("Refused")
    SPAM = "spam", _("Spam")


class CommentQuerySet(models.QuerySet):
    """The questions that are asked of comments."""

    def shown_under(self, article_id: int) -> CommentQuerySet:
        """Keep what readers see under an article, the oldest first, in one query.

        Placeholders of erased comments are among it; an answer to what isn't shown is not.
        """
        shown = self.filter(article_id=article_id, state=CommentState.SHOWN)
        return shown.filter(Q(parent=None) | Q(parent__state=CommentState.SHOWN))

    def counted(self) -> CommentQuerySet:
        """Leave out the placeholders of what was erased."""
        return self.filter(erased_at=None)

    def on_the_desk(self) -> CommentQuerySet:
        """Keep what the newsroom works on: nothing erased, nothing under a trashed article."""
        trashed = TrashedPage.objects.order_by().values("page")
        return self.exclude(article__in=trashed).filter(erased_at=None)

    def waiting(self) -> CommentQuerySet:
        """Keep what nobody has decided on yet."""
        return self.filter(state=CommentState.WAITING)

    def from_address(self, digest: str) -> CommentQuerySet:
        """Keep what came from one address today; nothing for an address that isn't known."""
        return self.filter(address_digest=digest) if digest else self.none()

    def since(self, moment: dt.datetime) -> CommentQuerySet:
        """Keep what was written after a moment."""
        return self.filter(created_at__gt=moment)


class Comment(models.Model):
    """What one reader wrote, or what the newsroom answered. Mail addresses are shown nowhere."""

    # An article's “usage” is no place to name readers.
    wagtail_reference_index_ignore = True

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="reader_comments",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answers"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="answers",
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=CommentState.choices, default=CommentState.WAITING
    )
    created_at = models.DateTimeField(_("written on"), auto_now_add=True, db_index=True)
    consent_version = models.CharField(_("consent"), max_length=12, blank=True)
    # Whoever holds the key may erase the comment; it is never kept itself.
    key_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    address_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    from_newsroom = models.BooleanField(_("from the newsroom"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased on"), null=True, blank=True)

    objects = models.Manager.from_queryset(CommentQuerySet)()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["article", "state"], name="comments_of_an_article")]
        constraints = [
            models.CheckConstraint(
                name="comment_state_is_known", condition=Q(state__in=CommentState.values)
            ),
            models.CheckConstraint(
                name="comment_answers_another", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="erased_comment_is_empty",
                condition=Q(erased_at=None) | Q(name="", mail="", text="", key_digest=None),
            ),
            models.CheckConstraint(
                name="comment_says_something",
                condition=Q(erased_at__isnull=False) | (~Q(name="") & ~Q(text="")),
            ),
            models.CheckConstraint(
                name="only_a_waiting_comment_is_undecided",
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_shown(self) -> bool:
        """Tell whether the newsroom lets readers see it."""
        return self.state == CommentState.SHOWN
