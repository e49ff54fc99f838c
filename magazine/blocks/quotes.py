"""Voices: pull quotes, and the questions and answers of an interview."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from magazine.blocks.base import INLINE, LONGEST_TEXT, BodyPart, CleanRichTextBlock


class PullQuote(BodyPart):
    """A sentence set large, with whoever said it."""

    quote = blocks.TextBlock(
        label=_("Quotation"), rows=3, help_text=_("Without quotation marks: they are added.")
    )
    author = blocks.CharBlock(label=_("Author"), max_length=120, required=False)
    role = blocks.CharBlock(label=_("Role"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Pull quote")


class QuestionAnswer(BodyPart):
    """One question and its answer."""

    question = blocks.TextBlock(label=_("Question"), rows=2)
    speaker = blocks.CharBlock(
        label=_("Who answers"),
        max_length=120,
        required=False,
        help_text=_("Needed where several people answer."),
    )
    answer = CleanRichTextBlock(label=_("Answer"), features=INLINE, max_length=LONGEST_TEXT)

    class Meta:
        icon = "group"
        label = _("Question and answer")
