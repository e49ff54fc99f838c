"""Set the texts and addresses of an answer as the site sets its own."""

import re
from urllib.parse import urljoin

from wagtail.rich_text import expand_db_html

from magazine.rendering import LINK
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


def rich(source: object, base_url: str, *, sponsored: bool) -> str:
    """Return stored rich text as HTML: links resolved and absolute, typography applied.

    `source` is a RichText or its database form. Links to what readers may not see have no
    address. Cleaned here too: a body written as raw JSON reaches the database as it is.
    `sponsored` marks links to other sites, as the law wants of paid texts.
    """
    html = expand_db_html(clean_html(str(getattr(source, "source", source) or "")))
    html = typeset_html(EDITORS_KEY.sub(r"\1", html))
    if sponsored:
        html = LINK.sub('<a rel="sponsored" ', html)
    return LOCAL.sub(lambda found: found[1] + urljoin(f"{base_url}/", found[2]), html)
