"""Clean rich text on write: keep what an article may hold, as the editor reads it back."""

import re

import nh3

from magazine.footnote_cleaning import settle_notes
from magazine.word_mess import DELETED, without_word_mess

TAGS = {
    *("p", "br", "b", "strong", "i", "em", "sup", "sub", "small", "s", "code", "cite", "q"),
    *("a", "ul", "ol", "li", "blockquote", "hr", "h2", "h3", "h4", "embed"),
}
ATTRIBUTES = {
    "a": {"href", "linktype", "id", "hreflang", "lang"},
    "embed": {"embedtype", "id", "url", "format", "alt"},
    "*": {"lang", "data-block-key"},
}
NOTES = {"footnote"}
ATTRIBUTES_WITH_NOTES = {**ATTRIBUTES, "footnote": {"id"}}
SCHEMES = {"http", "https", "mailto", "tel"}
VOID = re.compile(r"<(br|hr|embed)((?:\s[^<>]*?)?)\s*/?>")


def _whole_address(tag: str, name: str, value: str) -> str:
    """Return an address with its scheme where only the host was written (`//a.example`)."""
    return f"https:{value}" if name == "href" and value.startswith("//") else value


def clean_html(html: str, *, notes: bool = False) -> str:
    """Return `html` without scripts, styles, unknown tags, attributes or schemes.

    Unclosed tags are closed and void ones written `<br/>`: Wagtail's editor reads
    rich text as XML and fails on HTML's own form. With `notes`, footnotes are kept, each in
    the one form that `settle_notes` gives it; without, they become part of the text.
    """
    if not html:
        return html
    cleaned = nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS | NOTES if notes else TAGS,
        attributes=ATTRIBUTES_WITH_NOTES if notes else ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
        clean_content_tags={"script", "style"} | DELETED,
        attribute_filter=_whole_address,
    )
    cleaned = without_word_mess(VOID.sub(r"<\1\2/>", cleaned))
    return settle_notes(cleaned) if notes else cleaned
