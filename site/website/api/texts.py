"""Set the texts and addresses of an answer as the site sets its own."""

import re
from urllib.parse import urljoin

from wagtail.rich_text import expand_db_html

from magazine.footnotes import NoteCounter
from magazine.rendering import LINK, SPONSORED
from magazine.sanitising import clean_html
from magazine.typography import typeset, typeset_html
from website.addresses import LOCAL

EDITORS_KEY = re.compile(r"""(<[a-z][^<>]*?)\sdata-block-key=(?:"[^"]*"|'[^']*')""")


def absolute(address: str | None, base_url: str) -> str:
    """Return an address under `base_url`; one that has a host, or none at all, as it is."""
    return urljoin(f"{base_url}/", address) if address else ""


def plain(text: object) -> str:
    """Return plain text with French spaces and marks; None gives an empty text."""
    return typeset(str(text)) if text else ""


def rich(
    source: object, base_url: str, *, sponsored: bool, notes: NoteCounter | None = None
) -> str:
    """Return stored rich text as HTML: links resolved and absolute, typography applied.

    `source` is a RichText or its database form. Links to what readers may not see have no
    address. Cleaned here too: a body written as raw JSON reaches the database as it is.
    `sponsored` marks links to other sites, as the law wants of paid texts. `notes` takes the
    text's footnotes, and leaves their calls; without it, a text has none.
    """
    stored = str(getattr(source, "source", source) or "")
    html = expand_db_html(clean_html(stored, notes=notes is not None))
    html = EDITORS_KEY.sub(r"\1", html)
    return finished(notes.typeset(html) if notes else typeset_html(html), base_url, sponsored)


def finished(html: str, base_url: str, sponsored: bool) -> str:
    """Return typeset HTML with absolute addresses, marked where somebody paid for them."""
    if sponsored:
        html = LINK.sub(SPONSORED, html)
    return LOCAL.sub(lambda found: found[1] + urljoin(f"{base_url}/", found[2]), html)
