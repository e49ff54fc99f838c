"""Have a cache in front of the site let go of the addresses whose pages changed."""

from __future__ import annotations

from django.conf import settings
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache

from website.keeping import look_up
from website.models import KeptAddress

AT_ONCE = 500


def remember(address: str) -> None:
    """Note that a cache in front may hold the page at an address."""
    if settings.WAGTAILFRONTENDCACHE:
        KeptAddress.objects.bulk_create([KeptAddress(address=address)], ignore_conflicts=True)


def order_purge() -> None:
    """Have a job purge what is right no longer."""
    from website.tasks import purge_changed

    if settings.WAGTAILFRONTENDCACHE:
        purge_changed.enqueue()


def purge() -> int:
    """Purge each address whose page isn't kept any more, and return how many those were."""
    gone = [
        row.pk
        for row in KeptAddress.objects.iterator(chunk_size=AT_ONCE)
        if look_up(page_name(row.address))[0] is None
    ]
    addresses = list(KeptAddress.objects.filter(pk__in=gone).values_list("address", flat=True))
    # A page that is made again meanwhile is noted again.
    KeptAddress.objects.filter(pk__in=gone).delete()
    purge_urls_from_cache(addresses)
    return len(addresses)


def page_name(address: str) -> str:
    """Return the name under which the page of an address is kept."""
    return f"page {address}"
