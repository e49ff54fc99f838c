"""Ask an outside address whether it is still there, without ever reaching inside our own network.

Every hop of a redirect is resolved by us; all addresses of the host must be public ones, and the
connection goes to the very address that was looked at. Knows no framework.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
Allows = Callable[[Address], bool]

HOPS = 5
SECONDS_A_READ = 8.0
SECONDS_A_HOP = 15.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Some servers refuse HEAD, or answer it with what isn't so.
ASKED_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503})
AGENT = "Couture-LinkCheck/1.0"
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


class Problem(StrEnum):
    """Why an address gave no answer."""

    MALFORMED = "malformed"
    NOT_PUBLIC = "not_public"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    TOO_MANY_REDIRECTS = "too_many_redirects"


class NoAnswer(Exception):
    """An address can't be asked, or doesn't answer."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Visit:
    """What an address answered: an HTTP status, or a problem and no status."""

    status: int | None
    problem: Problem | None = None


@dataclass(frozen=True)
class Target:
    """One hop, taken apart: `path` holds the query too and is ASCII."""

    scheme: str
    host: str
    port: int
    path: str


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the open internet, and nothing is hidden in it."""
    # What else holds an address of IPv4 (mapped, NAT64) lies outside of global unicast.
    if isinstance(address, ipaddress.IPv6Address) and (
        address not in GLOBAL_UNICAST or address.teredo or address.sixtofour
    ):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_private
        or address.is_unspecified
    )


def resolve_name(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises NoAnswer where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        unknown = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
        raise NoAnswer(Problem.UNKNOWN_HOST if unknown else Problem.UNREACHABLE) from None
    except (OSError, UnicodeError):
        raise NoAnswer(Problem.UNKNOWN_HOST) from None
    return [str(entry[4][0]) for entry in found]


def visit(url: str, *, resolve: Resolve = resolve_name, allows: Allows = is_public) -> Visit:
    """Return what `url` answers after its redirects; bodies are not read. Never raises."""
    try:
        for _hop in range(HOPS + 1):
            target = read_target(url)
            status, location = _ask(target, _checked(target, resolve, allows))
            if status not in REDIRECTS or not location:
                return Visit(status)
            url = urljoin(url, location)
    except NoAnswer as error:
        return Visit(None, error.problem)
    except ValueError:
        return Visit(None, Problem.MALFORMED)
    return Visit(None, Problem.TOO_MANY_REDIRECTS)


def read_target(url: str) -> Target:
    """Take an http or https address apart. Raises NoAnswer for anything else."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        if parts.scheme not in ("http", "https") or not host:
            raise NoAnswer(Problem.MALFORMED)
        name = host if ":" in host else host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise NoAnswer(Problem.MALFORMED) from None
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(
        scheme=parts.scheme,
        host=name,
        port=port or (443 if parts.scheme == "https" else 80),
        path=f"{path}?{query}" if query else path,
    )


def _checked(target: Target, resolve: Resolve, allows: Allows) -> str:
    """The address to connect to. Raises NoAnswer if any address of the host isn't public."""
    addresses = [
        ipaddress.ip_address(found.partition("%")[0]) for found in resolve(target.host, target.port)
    ]
    if not addresses:
        raise NoAnswer(Problem.UNKNOWN_HOST)
    if not all(allows(address) for address in addresses):
        raise NoAnswer(Problem.NOT_PUBLIC)
    # Many a machine has no IPv6 to go out by.
    return str(min(addresses, key=lambda address: address.version))


def _ask(target: Target, address: str) -> tuple[int, str]:
    status, location = _request("HEAD", target, address)
    if status in ASKED_AGAIN:
        status, location = _request("GET", target, address)
    return status, location


def _request(method: str, target: Target, address: str) -> tuple[int, str]:
    connection = _Pinned(target, address)
    alarm = threading.Timer(SECONDS_A_HOP, connection.hang_up)
    alarm.daemon = True
    alarm.start()
    try:
        connection.request(method, target.path, headers=_headers(method))
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    except ssl.SSLError:
        raise NoAnswer(Problem.INSECURE) from None
    except (OSError, http.client.HTTPException):
        raise NoAnswer(Problem.UNREACHABLE) from None
    finally:
        alarm.cancel()
        connection.close()


def _headers(method: str) -> dict[str, str]:
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
    return headers | {"Range": "bytes=0-1023"} if method == "GET" else headers


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its host's name leads to by now."""

    def __init__(self, target: Target, address: str) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS_A_READ)
        self._target, self._address = target, address
        self.default_port = 443 if target.scheme == "https" else 80

    def connect(self) -> None:
        """Connect to the address, and ask for the host's own certificate."""
        self.sock = socket.create_connection((self._address, self._target.port), self.timeout)
        if self._target.scheme == "https":
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._target.host)

    def hang_up(self) -> None:
        """End a conversation that a server drags out."""
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
