"""Jobs of the checks: each takes ids, calls one step, and keeps its import path for ever."""

from django.utils import timezone
from django_tasks import task

from magazine.checks.visiting import visit
from magazine.models import VisitedLink


@task()
def visit_links(ids: list[int]) -> None:
    """Visit outside links one after the other, and keep what each answered."""
    for link in VisitedLink.objects.filter(pk__in=ids).order_by("pk"):
        answer = visit(link.url)
        VisitedLink.objects.filter(pk=link.pk).update(
            status=answer.status, problem=answer.problem or "", visited_at=timezone.now()
        )
