"""Give every block its channel, and its template for the medium that renders it."""

from functools import cached_property
from typing import Any

from django.template.loader import select_template
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from magazine.channels import Channel
from magazine.sanitising import clean_html

INLINE = ["bold", "italic", "superscript", "link"]
# Signs in one block: far more than any paragraph, far less than what would hold up a page.
LONGEST_TEXT = 60_000


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text, sanitised on write whichever way it comes in."""

    def get_prep_value(self, value: Any) -> str:
        """Return the cleaned text that the database and revisions keep."""
        return clean_html(super().get_prep_value(value) or "")


class ChannelBlock(blocks.ChoiceBlock):
    """Where a block appears."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", Channel.choices)
        kwargs.setdefault("default", Channel.EVERYWHERE)
        kwargs.setdefault("label", _("Appears"))
        super().__init__(**kwargs)


class BodyPart(blocks.StructBlock):
    """A block of the body: it knows its channel and how each medium sets it.

    `templates/<medium>/blocks/<name>.html` is used where it exists, otherwise
    `templates/magazine/blocks/<name>.html`; the medium is named in the context.
    """

    channel = ChannelBlock()

    @cached_property
    def template_name(self) -> str:
        """Return the file name that the block's templates share."""
        return f"blocks/{self.name}.html"

    def get_form_layout(self) -> BlockGroup:
        """Put the channel behind the settings button, the rest in the open."""
        names = [name for name in self.child_blocks if name != "channel"]
        return BlockGroup(children=names, settings=["channel"])

    def get_template(self, value: Any = None, context: dict | None = None) -> str:
        """Return the template for the medium named in the context, by default the web's."""
        medium = (context or {}).get("medium", "web")
        names = [f"{medium}/{self.template_name}", f"magazine/{self.template_name}"]
        return select_template(names).template.name
