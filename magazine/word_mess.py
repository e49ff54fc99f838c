"""Take out of rich text what only Word needs: links to its own notes, bullets made of signs."""

import re

NOTE_LINK = re.compile(r'<a href="#_(?:ftn|edn)(?:ref)?\d+"[^>]*>(.*?)</a>', re.DOTALL)
# Word sets a bullet as a sign of a pictures' face, and a row of no-break spaces after it.
BULLET = re.compile(r"(<p\b[^>]*>)\s*[·•§o]\s*(?:(?:&nbsp;|\u00a0)\s*){2,}")
NOTHING = re.compile(r"<p\b[^>]*>(?:&nbsp;|\u00a0|\s)*</p>")
# What was deleted with changes tracked is no longer part of the text.
DELETED = {"del"}


def without_word_mess(html: str) -> str:
    """Return clean rich text as an editor would have typed it; no word is lost."""
    if "#_" in html:
        html = NOTE_LINK.sub(r"\1", html)
    if "&nbsp;" in html or "\u00a0" in html:
        html = NOTHING.sub("", BULLET.sub(r"\1", html))
    return html
