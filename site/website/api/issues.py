"""Answer for issues: the list, and one of them with its articles in order."""

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from magazine.models import Issue
from website.api import schemas
from website.api.parameters import LARGEST_NUMBER, Leaf, neighbours, refuse_unknown
from website.api.serialise import serialise_issue, summarise_issue
from website.api.texts import absolute

router = Router(tags=["issues"])


@router.get(
    "/",
    url_name="issues",
    operation_id="listIssues",
    summary="Released issues, newest first",
    response={200: schemas.IssueList, 400: schemas.Problem},
)
def list_issues(request: HttpRequest, asked: Query[Leaf]) -> schemas.IssueList:
    """Every issue that was released; one in the making is unknown here."""
    refuse_unknown(request, Leaf.model_fields)
    issues = Issue.objects.for_readers().newest_first()
    count = issues.count()
    leaf = issues.select_related("cover").prefetch_related("cover__renditions")
    around = neighbours(absolute(request.path, settings.BASE_URL), asked, count)
    return schemas.IssueList(
        count=count,
        next=around.next,
        previous=around.previous,
        results=[
            summarise_issue(issue, settings.BASE_URL)
            for issue in leaf[asked.offset : asked.offset + asked.limit]
        ],
    )


@router.get(
    "/{int:number}/",
    url_name="issue",
    operation_id="readIssue",
    summary="One issue",
    response={200: schemas.Issue, 400: schemas.Problem, 404: schemas.Problem},
)
def read_issue(request: HttpRequest, number: Path[int]) -> schemas.Issue:
    """One issue, with those of its articles that readers may see, in the paper edition's order."""
    refuse_unknown(request)
    if number > LARGEST_NUMBER:
        raise Http404
    issue = Issue.objects.for_readers().select_related("cover").filter(number=number).first()
    if issue is None:
        raise Http404
    return serialise_issue(issue, settings.BASE_URL)
