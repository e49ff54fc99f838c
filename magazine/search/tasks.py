"""Jobs of the search: each calls one step and keeps its import path for ever."""

from django_tasks import task

from magazine.search import upkeep


@task(priority=10)
def bring_up_to_date() -> None:
    """Apply what changed to every index that this machine can reach."""
    upkeep.bring_up_to_date()


@task(priority=-20)
def reconcile() -> None:
    """Find and mend what is missing, stale or surplus in every index."""
    upkeep.reconcile_all()
