"""Running text and what interrupts it: crossheads, lists, sidebars, notes from the editors."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from magazine.blocks.base import INLINE, LONGEST_TEXT, BodyPart, CleanRichTextBlock


class Paragraph(BodyPart):
    """One paragraph of running text, or several."""

    text = CleanRichTextBlock(label=_("Text"), features=INLINE, max_length=LONGEST_TEXT)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")


class Crosshead(BodyPart):
    """A heading inside the text."""

    text = blocks.CharBlock(label=_("Crosshead"), max_length=120)

    class Meta:
        icon = "title"
        label = _("Crosshead")


class ListPart(BodyPart):
    """A list, with bullets or numbers."""

    style = blocks.ChoiceBlock(
        label=_("Style"),
        choices=[("bullets", _("Bullets")), ("numbers", _("Numbers"))],
        default="bullets",
    )
    items = blocks.ListBlock(CleanRichTextBlock(features=INLINE, label=_("Item")), label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("List")


class Sidebar(BodyPart):
    """A short text in a box, beside the main one."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = CleanRichTextBlock(label=_("Text"), features=[*INLINE, "ul", "ol"])

    class Meta:
        icon = "doc-full-inverse"
        label = pgettext_lazy("article", "Sidebar")


class EditorsNote(BodyPart):
    """A note that the newsroom adds to somebody's text."""

    text = CleanRichTextBlock(label=_("Text"), features=INLINE)

    class Meta:
        icon = "comment"
        label = _("Editor’s note")
