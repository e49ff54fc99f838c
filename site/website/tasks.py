"""Jobs of the site: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task
from wagtail.models import Page

from website.preparing import prepare
from website.purging import purge


@task()
def prepare_page(page_id: int) -> None:
    """Make the sizes of the pictures of a page that was just published."""
    page = Page.objects.filter(pk=page_id).first()
    if page:
        prepare(page.specific)


@task()
def purge_changed() -> None:
    """Have a cache in front let go of what is right no longer."""
    purge()
