"""Clean rich text on write: keep what an article may hold, as the editor reads it back."""

import re

import nh3

TAGS = {
    *("p", "br", "b", "strong", "i", "em", "sup", "sub", "small", "s", "code", "cite", "q"),
    *("a", "ul", "ol", "li", "blockquote", "hr", "h2", "h3", "h4", "embed"),
}
ATTRIBUTES = {
    "a": {"href", "linktype", "id", "hreflang", "lang"},
    "embed": {"embedtype", "id", "url", "format", "alt"},
    "*": {"lang", "data-block-key"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
VOID = re.compile(r"<(br|hr|embed)((?:\s[^<>]*?)?)\s*/?>")


def _whole_address(tag: str, name: str, value: str) -> str:
    """Return an address with its scheme where only the host was written (`//a.example`)."""
    return f"https:{value}" if name == "href" and value.startswith("//") else value


def clean_html(html: str) -> str:
    """Return `html` without scripts, styles, unknown tags, attributes or schemes.

    Unclosed tags are closed and void ones written `<br/>`: Wagtail's editor reads
    rich text as XML and fails on HTML's own form.
    """
    if not html:
        return html
    cleaned = nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
        attribute_filter=_whole_address,
    )
    return VOID.sub(r"<\1\2/>", cleaned)
