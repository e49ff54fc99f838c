"""Write a note as plain text, and read it back: `*italics*`, `^superscript^`, addresses, links.

An editor types a note into a field of plain text. A bare address becomes a link; a link on other
words is `[words](https://…)`, one to a page `[words](page:12)`. A backslash keeps a sign as it is.
No Django here.
"""

from __future__ import annotations

import re
from html import escape, unescape

from magazine.footnote_cleaning import ATTRIBUTE, TAG

MARKUP = re.compile(
    r"""\\(?P<plain>[\\*^\[\]])
    | \[(?P<words>(?:\\.|[^\[\]\\])+)\]
      \((?P<target>(?:https?://|mailto:|tel:|/)(?:[^\s()]|\([^\s()]*\))+|page:\d+)\)
    | (?P<address>(?:https?://|www\.)[^\s<>"«»]+)
    | \*(?=\S)(?P<italic>(?:\\.|[^*\\])*?(?:\\.|[^*\\\s]))\*
    | \^(?=\S)(?P<raised>(?:\\.|[^^\\])*?(?:\\.|[^^\\\s]))\^""",
    re.VERBOSE | re.DOTALL,
)
AFTER_ADDRESS = ".,;:!?…'’)]*^"
ENDS_AN_ADDRESS = re.compile(r"[.,;:!?…’)]*(?:\s|$)")
WHITE = re.compile(r"[ \t\n\r\f]+")
SPECIAL = re.compile(r"[\\*^]|\[(?=.*\]\()", re.DOTALL)
SPECIAL_IN_LINK, BRACKETS = re.compile(r"[\\*^\[\]]"), re.compile(r"[\[\]]")


def note_html(text: str) -> str:
    """Return the HTML of a note from the text that an editor typed; anything is a note."""
    return _html(WHITE.sub(" ", text).strip(), frozenset())


def _html(text: str, inside: frozenset[str]) -> str:
    out: list[str] = []
    position = 0
    while match := MARKUP.search(text, position):
        out.append(escape(text[position : match.start()], quote=False))
        position = match.end()
        if match["plain"]:
            out.append(match["plain"])
        elif match["address"]:
            address = _whole(match["address"])
            position = match.start() + len(address)
            out.append(_linked(address, escape(address, quote=False), inside))
        elif match["target"]:
            words = _html(match["words"], inside | {"a"})
            out.append(_linked(match["target"], words, inside))
        else:
            name = "i" if match["italic"] else "sup"
            inner = _html(match["italic"] or match["raised"], inside | {name})
            out.append(inner if name in inside else f"<{name}>{inner}</{name}>")
    return "".join([*out, escape(text[position:], quote=False)])


def _whole(address: str) -> str:
    """Return an address without the marks of the sentence that it ends."""
    while address[-1] in AFTER_ADDRESS:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address


def _linked(target: str, html: str, inside: frozenset[str]) -> str:
    if "a" in inside:
        return html
    if target.startswith("page:"):
        return f'<a linktype="page" id="{target.removeprefix("page:")}">{html}</a>'
    href = f"https://{target}" if target.startswith("www.") else target
    return f'<a href="{escape(href, quote=False).replace(chr(34), "&quot;")}">{html}</a>'


def note_text(html: str) -> str:
    """Return what an editor types to get the HTML of a note, in the form that is stored.

    Signs get their backslash only where they would be taken for markup.
    """
    plain = _text(html, guarded=False)
    return plain if note_html(plain) == html else _text(html, guarded=True)


def _text(html: str, *, guarded: bool) -> str:
    out: list[str] = []
    position, began, link = 0, 0, ""
    for tag in TAG.finditer(html):
        out.append(_typed(html[position : tag.start()], guarded, in_link=bool(link)))
        position = tag.end()
        if tag["name"] in ("i", "sup"):
            out.append("*" if tag["name"] == "i" else "^")
        elif not tag["end"]:
            link, began = _target(tag), len(out)
        else:
            words = "".join(out[began:])
            bare = re.sub(r"\\(.)", r"\1", words)
            follows = ENDS_AN_ADDRESS.match(unescape(TAG.sub("", html[position:])))
            if follows and _is_address(bare) and link in (bare, f"https://{bare}"):
                out[began:] = [bare]
            elif link:
                out[began:] = [f"[{words}]({link})"]
            link = ""
    return "".join([*out, _typed(html[position:], guarded, in_link=False)])


def _is_address(text: str) -> bool:
    match = MARKUP.fullmatch(text)
    return bool(match and match["address"] and _whole(text) == text)


def _typed(html: str, guarded: bool, *, in_link: bool) -> str:
    text = unescape(html)
    if in_link:
        return (SPECIAL_IN_LINK if guarded else BRACKETS).sub(r"\\\g<0>", text)
    return SPECIAL.sub(r"\\\g<0>", text) if guarded else text


def _target(tag: re.Match[str]) -> str:
    attributes = dict(ATTRIBUTE.findall(tag["attrs"]))
    if attributes.get("linktype") == "page":
        return f"page:{attributes['id']}"
    href = unescape(attributes.get("href", ""))
    return href if MARKUP.fullmatch(f"[a]({href})") else _encoded(href)


def _encoded(href: str) -> str:
    """Return an address whose brackets and spaces can't be taken for the end of it."""
    for sign in " ()":
        href = href.replace(sign, f"%{ord(sign):02X}")
    return href
