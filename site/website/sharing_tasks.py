"""Jobs of the sharing pictures: each takes ids, calls one step, keeps its import path for ever."""

from django_tasks import task


# Behind all that somebody is waiting for.
@task(priority=-5)
def draw_sharing_pictures(page_id: int) -> None:
    """Draw anew the pictures that show something of a page, where that has changed."""
    from website.sharing import draw_concerned

    draw_concerned(page_id)


@task(priority=-15)
def draw_every_sharing_picture() -> None:
    """Draw anew every picture that shows something that has changed: the magazine's name, say."""
    from website.sharing import draw_all

    draw_all()
