"""Jobs of the site: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task
from wagtail.models import Page

from website.preparing import prepare


@task()
def prepare_page(page_id: int) -> None:
    """Prepare a page that was just published, and those above it, where it is shown too."""
    page = Page.objects.filter(pk=page_id).first()
    if page:
        prepare(url for each in page.get_ancestors(inclusive=True) if (url := each.get_url()))
