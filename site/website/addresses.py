"""Write addresses in full, from the one under which the site is known."""

import re
from urllib.parse import urljoin

from django.conf import settings

LOCAL = re.compile(r"""(\s(?:href|src)=["'])(/(?!/)[^"']*)""")
LOCAL_IN_SET = re.compile(r"""(\ssrcset=["'])([^"']*)""")


def in_full(address: str) -> str:
    """Return an address with its host; one that has a host already is left as it is."""
    return urljoin(f"{settings.BASE_URL}/", address)


def with_full_addresses(html: str) -> str:
    """Return HTML whose links and pictures still lead somewhere when read elsewhere (a feed)."""
    html = LOCAL.sub(lambda found: found[1] + in_full(found[2]), html)
    return LOCAL_IN_SET.sub(lambda found: found[1] + _set_in_full(found[2]), html)


def _set_in_full(candidates: str) -> str:
    parts = (candidate.strip().split(" ", 1) for candidate in candidates.split(","))
    return ", ".join(" ".join([in_full(part[0]), *part[1:]]) for part in parts)
