"""Jobs of digital editions: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task


@task()
def keep_up(issue_id: int) -> None:
    """Have the digital edition of an issue made that readers see now."""
    from print.digital_orders import order

    order(issue_id)
