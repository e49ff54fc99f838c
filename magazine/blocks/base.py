"""Give every block its channel, and its template for the medium that renders it."""

from functools import cached_property
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import select_template
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import RichTextBlockComparison
from wagtail.blocks.struct_block import BlockGroup
from wagtail.rich_text import RichText, get_text_for_indexing

from magazine.channels import Channel
from magazine.footnotes import fold_notes, notes_apart, notes_in_place, notes_of
from magazine.sanitising import clean_html

INLINE = ["bold", "italic", "superscript", "link", "footnote"]
# Signs in one block: far more than any paragraph, far less than what would hold up a page.
LONGEST_TEXT = 60_000
# Signs in one note: a long bibliographic note, not a second article.
LONGEST_NOTE = 2_000


class NotedTextComparison(RichTextBlockComparison):
    """Two versions of a text, each note spelled out where it stands."""

    def __init__(self, block: Any, exists_a: bool, exists_b: bool, val_a: Any, val_b: Any) -> None:
        super().__init__(block, exists_a, exists_b, _spelled_out(val_a), _spelled_out(val_b))

    def htmlvalue(self, val: Any) -> str:
        """Return the text of one version, its notes in brackets."""
        return super().htmlvalue(_spelled_out(val))


def _spelled_out(value: RichText | None) -> RichText | None:
    return value and RichText(notes_in_place(value.source, gettext("Note")))


class CleanRichTextBlock(blocks.RichTextBlock):
    """Rich text with its footnotes, sanitised on write whichever way it comes in."""

    def get_prep_value(self, value: Any) -> str:
        """Return the cleaned text that the database and revisions keep."""
        return clean_html(super().get_prep_value(value) or "", notes=True)

    def clean(self, value: Any) -> Any:
        """Return the value. Raises ValidationError where a note is too long for the foot of a page.

        The field counts the notes' text with its own.
        """
        for note in notes_of(clean_html(value.source if value else "", notes=True)):
            text = unescape(strip_tags(note))
            if len(text) > LONGEST_NOTE:
                raise ValidationError(
                    gettext(
                        "The note that begins “%(beginning)s” has %(signs)d signs; "
                        "%(most)d are the most that the foot of a page can hold."
                    )
                    % {"beginning": text[:40], "signs": len(text), "most": LONGEST_NOTE}
                )
        return super().clean(value)

    def get_form_state(self, value: Any) -> Any:
        """Return what the editor opens, its notes folded away."""
        folded = fold_notes(self.value_for_form(value))
        return self.field.widget.format_value(self.field.prepare_value(folded))

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the text, then that of its notes."""
        return [get_text_for_indexing(notes_apart(value.source))] if self.search_index else []

    def get_comparison_class(self) -> type[NotedTextComparison]:
        """Return what shows two versions of the text, notes and all."""
        return NotedTextComparison


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
