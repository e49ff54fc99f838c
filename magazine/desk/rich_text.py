"""Hand notes to Wagtail's editor and take them back: one sign of the text stands for each."""

from __future__ import annotations

from typing import Any

from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    InlineEntityElementHandler,
)

from magazine.footnote_cleaning import IDENTIFIER
from magazine.footnote_markup import note_html, note_text
from magazine.sanitising import clean_html

ENTITY = "FOOTNOTE"
# The sign that stands for a note in the editor's text.
CALL = "†"


class FootnoteElementHandler(InlineEntityElementHandler):
    """Turns a folded note (`magazine.footnotes.fold_notes`) into one sign of the editor's text."""

    mutability = "IMMUTABLE"

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        """Write the note's sign."""
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_block.text += CALL
        state.leading_whitespace = KEEP_WHITESPACE

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return the note as it is stored, and as an editor types it."""
        html = attrs.get("data-note") or ""
        return {"id": attrs.get("id") or "", "html": html, "text": note_text(html)}


def footnote_entity(props: dict[str, Any]) -> Any:
    """Write a note for the database: as it was stored, or from the text that was typed anew."""
    html = str(props["html"]) if "html" in props else note_html(str(props.get("text") or ""))
    identifier = str(props.get("id") or "")
    known = f' id="{identifier}"' if IDENTIFIER.fullmatch(identifier) else ""
    return DOM.parse_html(clean_html(f"<footnote{known}>{html}</footnote>", notes=True))
