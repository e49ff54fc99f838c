"""Say from which network address somebody asks, behind proxies or not."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the caller's address, empty where it can't be known.

    `TRUSTED_PROXIES` says how many proxies of ours stand in front, each of which adds the address
    that asked it; what callers say of themselves is not believed. Of IPv6 a household has 2^64
    addresses: the first half stands for all of them.
    """
    asked = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        asked = told[-min(proxies, len(told))].strip() or asked
    try:
        address = ip_address(asked)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
