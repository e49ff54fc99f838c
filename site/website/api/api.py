"""Publish the magazine to programs: issues and articles, read only, under `/api/v1/`."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import URLPattern, re_path, reverse
from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from website.api import articles, issues, schemas, search
from website.api.counter import no_such_address, open_to_all
from website.api.parameters import refuse_unknown
from website.api.problems import MEDIA_TYPE, tell_problems
from website.api.serialise import NAMESPACE
from website.api.texts import absolute

DESCRIPTION = """
What readers may see of the magazine: released issues, and articles with their body as typed
blocks. Within v1 fields may be added; none is taken away or changes its meaning, so ignore what
you don't know. A text is always a string, empty where there is none; an object or a date is null
instead. Texts are typeset for French already.
"""


class PlainJSON(JSONRenderer):
    """JSON whose accents are written as they are."""

    json_dumps_params = {"ensure_ascii": False}


class ReadersAPI(NinjaAPI):
    """An API that any origin may read and none may write."""

    def _get_urls(self) -> list[URLPattern]:
        patterns = [*super()._get_urls(), re_path(r"", no_such_address)]
        for pattern in patterns:
            pattern.callback = open_to_all(pattern.callback)
        return patterns

    def get_openapi_schema(self, **options: object) -> OpenAPISchema:
        """Return the description; problems have their own media type, which Ninja can't name."""
        schema = super().get_openapi_schema(**options)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"].popitem()[1]}
        return schema


api = ReadersAPI(
    title=f"{settings.WAGTAIL_SITE_NAME} API",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace=NAMESPACE,
    renderer=PlainJSON(),
    servers=[{"url": settings.BASE_URL}],
    docs=Swagger(settings={"validatorUrl": None, "supportedSubmitMethods": ["get"]}),
)
tell_problems(api)
api.add_router("/issues", issues.router)
api.add_router("/articles", articles.router)
api.add_router("/search", search.router)


@api.get(
    "/",
    url_name="index",
    operation_id="readIndex",
    summary="Where everything is",
    tags=["index"],
    response={200: schemas.Index, 400: schemas.Problem},
)
def read_index(request: HttpRequest) -> schemas.Index:
    """Links to the lists, to this description and to its readable form."""
    refuse_unknown(request)
    names = {
        "issues": "issues",
        "articles": "articles",
        "search": "search",
        "openapi": "openapi-json",
        "documentation": "openapi-view",
    }
    return schemas.Index(
        title=api.title,
        version=api.version,
        **{
            field: absolute(reverse(f"{NAMESPACE}:{name}"), settings.BASE_URL)
            for field, name in names.items()
        },
    )
