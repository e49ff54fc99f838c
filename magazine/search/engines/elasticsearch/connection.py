"""Reach the search server: Elasticsearch 8 and 9, OpenSearch 2 and 3, never with a long wait."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _
from elastic_transport import (
    HttpHeaders,
    NodeConfig,
    TransportError,
    Urllib3HttpNode,
)
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import UnsupportedProductError

from magazine.search.engines.base import EngineError

# Seconds until a connection stands, and until an answer to a reader begins.
CONNECT = 1.0
READ = 2.0
# What one process asks at once; one more would wait for its turn without end.
MOST_AT_ONCE = 64
MOST_CLIENTS = 16


class ServerNode(Urllib3HttpNode):
    """Gives up on a server that doesn't take the connection long before one that thinks."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        """Ask, with the two limits of time."""
        seconds = request_timeout if isinstance(request_timeout, int | float) else READ
        timeout: Any = urllib3.Timeout(connect=min(CONNECT, seconds), read=seconds)
        return super().perform_request(method, target, body, headers, timeout)


class OpenSearchNode(ServerNode):
    """Lets Elasticsearch's client talk to OpenSearch: plain types out, the product's header in."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> Any:
        """Ask in plain JSON; the answer says that it comes from Elasticsearch."""
        plain = {name: _plain_type(value) for name, value in (headers or {}).items()}
        answer = super().perform_request(method, target, body, HttpHeaders(plain), request_timeout)
        said = HttpHeaders(answer.meta.headers)
        said["x-elastic-product"] = "Elasticsearch"
        return answer._replace(meta=dataclasses.replace(answer.meta, headers=said))


@contextmanager
def server_errors() -> Iterator[None]:
    """Turn all that can go wrong between us and a server into EngineError, without passwords."""
    try:
        yield
    except UnsupportedProductError as error:
        # There may be another server at the address by now.
        _clients.clear()
        said = _("%(address)s is no search server that we know.")
        raise EngineError(said % {"address": shown_address()}) from error
    except ApiError as error:
        told = {"address": shown_address(), "status": error.status_code}
        told["reason"] = error.message[:200]
        raise EngineError(_("%(address)s answers %(status)s: %(reason)s") % told) from error
    except TransportError as error:
        told = {"address": shown_address()}
        told["reason"] = f"{type(error).__name__} {error.message[:200]}"
        raise EngineError(_("%(address)s can’t be asked: %(reason)s") % told) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        told = {"address": shown_address(), "reason": type(error).__name__}
        raise EngineError(_("%(address)s answers what can’t be read: %(reason)s") % told) from error


def shown_address() -> str:
    """Return the server's address without who asks and the password."""
    try:
        parts = urlsplit(settings.SEARCH_URL)
    except ValueError:
        return "SEARCH_URL"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def client(seconds: float | None = None) -> Elasticsearch:
    """Return the client, which waits so long for each answer, by default READ, and asks once.

    Raises EngineError where nothing answers at SEARCH_URL.
    """
    with server_errors():
        key = (settings.SEARCH_URL, os.getpid())
        known = _clients.get(key)
        if known is None:
            # One that can't be made is tried again the next time.
            known = _made(settings.SEARCH_URL, min(seconds or READ, READ))
            if len(_clients) >= MOST_CLIENTS:
                _clients.clear()
            _clients[key] = known
        return known.options(request_timeout=seconds or READ)


# By address and process: a child's sockets are its own.
_clients: dict[tuple[str, int], Elasticsearch] = {}


def _made(url: str, seconds: float) -> Elasticsearch:
    """Return a client for what answers at an address within so many seconds."""
    node = _node_of(url)
    kind = OpenSearchNode if _is_opensearch(node, seconds) else ServerNode
    return Elasticsearch(
        [node], node_class=kind, request_timeout=READ, max_retries=0, retry_on_timeout=False
    )


def _node_of(url: str) -> NodeConfig:
    """Return where SEARCH_URL leads: http(s)://[user:password@]host[:port][/path][?ca_certs=…]."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("SEARCH_URL is no address")
    headers = {}
    if parts.username is not None:
        who = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers = urllib3.make_headers(basic_auth=who)
    return NodeConfig(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or (443 if parts.scheme == "https" else 9200),
        path_prefix=parts.path.rstrip("/"),
        headers=HttpHeaders(headers),
        connections_per_node=MOST_AT_ONCE,
        ca_certs=parse_qs(parts.query).get("ca_certs", [None])[0],
    )


def _is_opensearch(node: NodeConfig, seconds: float) -> bool:
    """Ask a server what it is. Raises ValueError or KeyError where it is neither of the two.

    Elasticsearch says so in a header, whatever else it answers; OpenSearch says so in words.
    """
    asked = ServerNode(node)
    try:
        answer = asked.perform_request("GET", "/", request_timeout=seconds)
    finally:
        asked.close()
    status = answer.meta.status
    if status in {401, 403, 429} or status >= 500:
        raise ValueError(f"status {status}")
    if "x-elastic-product" in answer.meta.headers:
        return False
    if json.loads(answer.body)["version"]["distribution"] != "opensearch":
        raise ValueError("neither Elasticsearch nor OpenSearch")
    return True


def _plain_type(value: str) -> str:
    if "vnd.elasticsearch+" not in value:
        return value
    types = (part.split(";")[0].strip() for part in value.split(","))
    return ",".join(each.replace("vnd.elasticsearch+", "") for each in types)
