"""Offer notes in the rich text of the body: a button, a badge in the text, a dialog to write in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from magazine.blocks.base import LONGEST_NOTE
from magazine.desk.rich_text import CALL, ENTITY, FootnoteElementHandler, footnote_entity

FEATURE = "footnote"
# A dagger, the old sign of a note, and a bar for the foot of the page.
ICON = [
    "M464 96h96v176h176v88H560v312h-96V360H288v-88h176V96z",
    "M160 800h704v80H160z",
]


WORDS = {
    "write": _("Write a note"),
    "edit": _("Edit the note"),
    "text": _("Text of the note"),
    "help": _(
        "*Italics* between asterisks, ^superscript^ between carets; an address "
        "becomes a link, and so do [words](https://example.org)."
    ),
    "insert": _("Insert the note"),
    "save": _("Keep the note"),
    "remove": _("Delete the note"),
    "cancel": _("Cancel"),
    "badge": _("Note:"),
    "left": _("Signs left:"),
}


class FootnoteFeature(EntityFeature):
    """The control, and the plugin that hears its shortcut and knows its words."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Add both to the options of one editor."""
        super().construct_options(options)
        setup = {
            "type": f"{ENTITY}_SETUP",
            "words": WORDS,
            "longest": LONGEST_NOTE,
            "call": CALL,
        }
        options.setdefault("plugins", []).append(setup)


@hooks.register("register_rich_text_features")
def register_footnotes(features: FeatureRegistry) -> None:
    """Name the feature to Wagtail, with its two converters."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        FootnoteFeature(
            {
                "type": ENTITY,
                "icon": ICON,
                "description": _("Note (Ctrl+Alt+F)"),
                "attributes": ["id", "html", "text"],
            },
            js=["magazine/desk/footnotes.js"],
            css={"all": ["magazine/desk/footnotes.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {"footnote": FootnoteElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: footnote_entity}},
        },
    )
