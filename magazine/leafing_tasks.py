"""Jobs of digital editions: each takes ids, calls one step, keeps its import path for ever."""

from django_tasks import task


# Below the desk's own jobs: nobody waits for it.
@task(priority=-20)
def draw_leaves(sha256: str) -> None:
    """Draw the pages of a stored issue, so that readers can leaf through it."""
    from magazine.leafing import draw

    draw(sha256)
