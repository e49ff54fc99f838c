"""Lead the links of the digital edition: to its own articles if it holds them, else to the web."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from print.tagged import PART_HOST

HREF = re.compile(r'(<a\b[^>]*?\shref=)"([^"]*)"')


def part_address(key: str) -> str:
    """Return the address that stands for another part of the same edition."""
    return f"https://{PART_HOST}/{key}"


def led(html: str, parts: Mapping[str, str], base_url: str) -> str:
    """Return HTML whose links lead somewhere from a file: `parts` are keys by local address."""

    def lead(found: re.Match[str]) -> str:
        address = unescape(found[2])
        if address.startswith("#"):
            return found[0]
        whole = urljoin(f"{base_url}/", address)
        local = urlsplit(whole).path if whole.startswith(f"{base_url}/") else ""
        target = part_address(parts[local]) if local in parts else whole
        return f'{found[1]}"{escape(target)}"'

    return HREF.sub(lead, html)
