"""Say what went wrong as RFC 9457 asks: `application/problem+json`, and never a trace."""

import json
import logging
from collections.abc import Iterable, Sequence
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from magazine.search.engines.base import EngineError
from magazine.search.query import QueryError
from website.api.schemas import Problem

MEDIA_TYPE = "application/problem+json"
LONGEST_ECHO = 60

logger = logging.getLogger("django.request")


class UnknownParameterError(Exception):
    """A caller named a parameter that this address doesn't have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        names = ", ".join(sorted(known)) or "none"
        super().__init__(f"Unknown parameter “{name[:LONGEST_ECHO]}”. Known here: {names}.")


class RepeatedParameterError(Exception):
    """A caller gave a parameter more than one value."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The parameter “{name}” is given more than once.")


def problem(name: str, status: int, detail: str) -> HttpResponse:
    """Return an answer that says what is wrong, under a name that doesn't change."""
    told = Problem(
        type=f"urn:couture:problem:{name}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
    )
    return HttpResponse(
        json.dumps(told.model_dump(), ensure_ascii=False), status=status, content_type=MEDIA_TYPE
    )


def tell_problems(api: NinjaAPI) -> None:
    """Answer each error of the API's views with a problem."""
    for error, answer in ANSWERS.items():
        api.add_exception_handler(error, answer)


def _unknown_parameter(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem("unknown-parameter", 400, str(error))


def _repeated_parameter(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem("invalid-parameter", 400, str(error))


def _invalid_parameter(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrongs = (f"“{_name(wrong['loc'])}”: {wrong['msg']}" for wrong in error.errors)
    return problem("invalid-parameter", 400, "; ".join(wrongs) + ".")


def _unreadable_question(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem("invalid-parameter", 400, str(error))


def _no_search(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: no search engine", exc_info=error, extra={"request": request})
    return problem("unavailable", 503, "The search doesn't answer; try again later.")


def _name(place: Sequence[str | int]) -> str:
    return str(place[-1])


def _bad_request(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem("bad-request", 400, "This request can't be read.")


def not_found(request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Answer 404 in the same words for what doesn't exist and for what isn't public."""
    return problem("not-found", 404, "Nothing public has this address.")


def _no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: no database", exc_info=error, extra={"request": request})
    return problem("unavailable", 503, "The database doesn't answer; try again later.")


def _server_error(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: %s", request.path, exc_info=error, extra={"request": request})
    return problem("server-error", 500, "The mistake is ours; it has been recorded.")


ANSWERS = {
    UnknownParameterError: _unknown_parameter,
    RepeatedParameterError: _repeated_parameter,
    ValidationError: _invalid_parameter,
    QueryError: _unreadable_question,
    EngineError: _no_search,
    SuspiciousOperation: _bad_request,
    BadRequest: _bad_request,
    Http404: not_found,
    OperationalError: _no_database,
    InterfaceError: _no_database,
    Exception: _server_error,
}
