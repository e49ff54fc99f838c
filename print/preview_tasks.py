"""Jobs of the paper preview: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task


@task(priority=50)
def set_pages(article_id: int, revision_id: int) -> None:
    """Set a draft and keep the pictures of its pages; somebody is waiting for them."""
    from print.paper_preview import make_pages

    make_pages(article_id, revision_id)
