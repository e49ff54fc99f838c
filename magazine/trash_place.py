"""Tell where the trash is: beside the site, at an address that no site serves."""

from wagtail.models import Page

SLUG = "corbeille"
URL_PATH = f"/{SLUG}/"


def is_trashed(page: Page) -> bool:
    """Tell whether a page is the trash or lies in it; without a query."""
    return page.depth is not None and page.depth > 1 and page.url_path.startswith(URL_PATH)
