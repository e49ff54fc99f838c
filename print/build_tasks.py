"""Jobs of the press: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task


@task(priority=10)
def make_press_file(build_id: int) -> None:
    """Make the press file that was ordered, unless another worker does or did."""
    from print.jobs import run

    run(build_id)
