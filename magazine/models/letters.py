"""Keep who takes the letter, what each letter says, and to whom it went."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from magazine.fields import CleanRichTextField
from magazine.models.issues import Issue

# Somebody who asked has so long to confirm; what isn't confirmed is forgotten.
CONFIRM_WITHIN = dt.timedelta(days=7)
# How long it is remembered that an address left, by its digest alone.
LEFT_FOR = dt.timedelta(days=3 * 365)
# A mail that was handed over for so long has lost its worker: whether it went out is unknown.
HANDED_TOO_LONG = dt.timedelta(minutes=10)
# A letter that nothing happened to for so long has no worker.
SILENT_FOR = dt.timedelta(minutes=2)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """The questions that are asked of those who take the letter."""

    def confirmed(self) -> SubscriberQuerySet:
        """Keep those who get the letter."""
        return self.filter(state=Subscriber.State.CONFIRMED)

    def with_mail(self) -> SubscriberQuerySet:
        """Keep those whose address is known: they asked, or confirmed."""
        return self.exclude(state=Subscriber.State.LEFT)

    def never_confirmed(self, now: dt.datetime) -> SubscriberQuerySet:
        """Keep those whose time to confirm is over."""
        return self.filter(state=Subscriber.State.ASKED, asked_at__lte=now - CONFIRM_WITHIN)


class Subscriber(models.Model):
    """An address that takes the letter; of one that left, a digest and a key are all that stays."""

    class State(models.TextChoices):
        """How far somebody is."""

        ASKED = "asked", _("Asked, not confirmed")
        CONFIRMED = "confirmed", _("Confirmed")
        LEFT = "left", _("Left")

    # No “usage”, no search index, no log names readers.
    wagtail_reference_index_ignore = True

    mail = models.EmailField(_("mail address"), null=True, unique=True)  # noqa: DJ001
    digest = models.CharField(max_length=64, unique=True, editable=False)
    key = models.CharField(max_length=43, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.ASKED, db_index=True
    )
    asked_at = models.DateTimeField(_("asked on"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    left_at = models.DateTimeField(_("left on"), null=True, blank=True)
    consent = models.CharField(_("version of the consent"), max_length=20)
    note = models.CharField(_("how they agreed"), max_length=240, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    told_at = models.DateTimeField(null=True, editable=False)
    told_times = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="who_left_has_no_address",
                condition=Q(state="left", mail=None, left_at__isnull=False, note="")
                | (~Q(state="left") & Q(mail__isnull=False)),
            ),
            models.CheckConstraint(
                name="who_confirmed_has_a_date",
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        # Logs keep this: it names nobody.
        return f"{self.pk} · {self.get_state_display()}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """The questions that are asked of letters."""

    def under_way(self) -> LetterQuerySet:
        """Keep those that are being sent."""
        return self.filter(state=Letter.State.SENDING)

    def forsaken(self) -> LetterQuerySet:
        """Keep those under way that no worker touched for two minutes; by the database's clock."""
        lately = LetterDelivery.objects.filter(at__gte=Now() - SILENT_FOR).values("letter")
        return self.under_way().filter(started_at__lt=Now() - SILENT_FOR).exclude(pk__in=lately)

    def with_counts(self) -> LetterQuerySet:
        """Count the deliveries of each, and those that went out."""
        sent = Count("deliveries", filter=Q(deliveries__state="sent"))
        return self.annotate(all_count=Count("deliveries"), sent_count=sent)


class Letter(models.Model):
    """One letter to all who take it: a subject, an opening, the contents as they stood."""

    class State(models.TextChoices):
        """Where a letter stands."""

        DRAFT = "draft", _("Draft")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped")

    wagtail_reference_index_ignore = True

    issue = models.ForeignKey(
        Issue,
        verbose_name=_("issue"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letters",
        help_text=_("Its contents and cover stand in the letter. Empty: the opening stands alone."),
    )
    subject = models.CharField(
        _("subject"),
        max_length=120,
        help_text=_("What readers see first: about fifty signs show on a telephone."),
    )
    opening = CleanRichTextField(
        _("opening"),
        blank=True,
        features=["bold", "italic", "link", "ol", "ul"],
        help_text=_("A few words from the editors, ahead of the contents."),
    )
    contents = models.JSONField(default=list, blank=True, editable=False)
    left_out = models.JSONField(default=list, blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.DRAFT, editable=False
    )
    message = models.TextField(_("message"), blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made on"), auto_now_add=True)
    started_at = models.DateTimeField(_("sending began on"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent on"), null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-made_at", "-pk"]
        permissions = [("send_letter", "Can send the letter")]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                name="one_letter_per_issue",
                violation_error_message=_("This issue has its letter already."),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        """Tell whether it can still be changed."""
        return self.state == self.State.DRAFT

    @property
    def shown_contents(self) -> list[dict[str, Any]]:
        """Return the rows of the contents that the editors kept."""
        return [row for row in self.contents if row["article"] not in self.left_out]


class LetterDeliveryQuerySet(models.QuerySet["LetterDelivery"]):
    """The questions that are asked of deliveries."""

    def waiting(self) -> LetterDeliveryQuerySet:
        """Keep what nobody has taken yet."""
        return self.filter(state=LetterDelivery.State.WAITING)

    def handed_too_long(self) -> LetterDeliveryQuerySet:
        """Keep what was being handed over when its worker died; by the database's clock."""
        return self.filter(state=LetterDelivery.State.HANDING, at__lt=Now() - HANDED_TOO_LONG)


class LetterDelivery(models.Model):
    """One letter on its way to one reader."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        HANDING = "handing", _("Being handed over")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Refused")
        DOUBTFUL = "doubtful", _("Unknown")

    wagtail_reference_index_ignore = True

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(null=True)
    error = models.CharField(max_length=240, blank=True)

    objects = LetterDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "subscriber"], name="one_delivery_per_subscriber"
            )
        ]
        indexes = [models.Index(fields=["letter", "state"], name="deliveries_by_state")]

    def __str__(self) -> str:
        return f"{self.letter_id} · {self.get_state_display()}"
