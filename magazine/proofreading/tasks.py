"""Jobs of the proofreader: each takes ids, calls one step, and keeps its import path for ever."""

from django_tasks import task

from magazine.proofreading import asking


# The rest of the desk goes first: a proofreader may be slow to answer.
@task(priority=-10)
def read_article(article_id: int) -> None:
    """Read an article once its text has come to rest."""
    asking.read_or_wait(article_id)
