"""Keep what the proofreader found in an article, what was dismissed, and the house's own words."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from magazine.models.articles import Article

LONGEST_PASSAGE = 300


class HouseWord(models.Model):
    """A word that the proofreader is to know: of the trade, a name, a borrowing."""

    word = models.CharField(_("word"), max_length=80)
    note = models.CharField(_("note"), max_length=200, blank=True)

    panels = [FieldPanel("word"), FieldPanel("note")]

    class Meta:
        verbose_name = _("word of the house")
        verbose_name_plural = _("words of the house")
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                Lower("word"),
                name="one_house_word_per_spelling",
                violation_error_message=_("This word is in the dictionary already."),
            )
        ]

    def __str__(self) -> str:
        return self.word


class Proofreading(models.Model):
    """The last reading of an article: of which text, with which result."""

    class State(models.TextChoices):
        """How far the reading is."""

        ASKED = "asked", _("Asked for")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Problem(models.TextChoices):
        """Why the proofreader gave no answer that could be used."""

        AWAY = "away", _("The proofreader can’t be reached.")
        SLOW = "slow", _("The proofreader took too long.")
        REFUSED = "refused", _("The proofreader refused the text.")
        UNREADABLE = "unreadable", _("The proofreader’s answer could not be read.")

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="proofreading", primary_key=True
    )
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.ASKED)
    text_digest = models.CharField(_("digest of the text"), max_length=64, blank=True)
    problem = models.CharField(_("problem"), max_length=10, blank=True, choices=Problem.choices)
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True)
    # When the job that is waiting will look at the text; a job that died leaves it behind.
    due_at = models.DateTimeField(_("due on"), null=True, blank=True)
    read_at = models.DateTimeField(_("read on"), null=True, blank=True)

    class Meta:
        verbose_name = _("proofreading")
        verbose_name_plural = _("proofreadings")

    def __str__(self) -> str:
        return f"{self.article}: {self.get_state_display()}"


class ProofFinding(models.Model):
    """One thing that the typographer or the proofreader would change."""

    class Source(models.TextChoices):
        """Who found it."""

        TYPOGRAPHER = "typographer", _("Typographer")
        PROOFREADER = "proofreader", _("Proofreader")

    proofreading = models.ForeignKey(
        Proofreading, on_delete=models.CASCADE, related_name="findings"
    )
    source = models.CharField(_("found by"), max_length=12, choices=Source.choices)
    rule = models.CharField(_("rule"), max_length=120)
    is_spelling = models.BooleanField(_("a word it doesn’t know"), default=False)
    # A content path, as Wagtail's comments use it.
    place = models.CharField(_("place"), max_length=255)
    offset = models.PositiveIntegerField(_("offset"))
    before = models.CharField(_("before"), max_length=LONGEST_PASSAGE, blank=True)
    found = models.CharField(_("found"), max_length=LONGEST_PASSAGE)
    after = models.CharField(_("after"), max_length=LONGEST_PASSAGE, blank=True)
    # The proofreader's own words; the typographer's are told by its rule.
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    suggestions = models.JSONField(_("suggestions"), default=list)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("proofreader’s finding")
        verbose_name_plural = _("proofreader’s findings")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.found}"


class DismissedFinding(models.Model):
    """A finding that an editor doesn't want to see again in this article."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="dismissed_findings"
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    dismissed_at = models.DateTimeField(_("dismissed on"), auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed finding")
        verbose_name_plural = _("dismissed findings")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="one_dismissal_per_finding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.fingerprint[:8]}"
