"""Jobs of the search: each calls one step and keeps its import path for ever."""

from django_tasks import task

from magazine.search import upkeep
from magazine.search.changes import order

# Seconds until a server that was away is tried again.
AGAIN_AFTER = 60.0


@task(priority=10)
def bring_up_to_date() -> None:
    """Apply what changed to every index that this machine can reach; try again for the others."""
    if upkeep.bring_up_to_date():
        order(AGAIN_AFTER)


@task(priority=-20)
def reconcile() -> None:
    """Find and mend what is missing, stale or surplus in every index."""
    upkeep.reconcile_all()
