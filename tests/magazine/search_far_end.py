"""Stand in for a search server that is unwell: one that refuses, hangs, babbles or isn't one."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

REFUSING = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}"
# Says that it is Elasticsearch, and goes on to say nothing that can be read.
BABBLING = (
    b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 9\r\n\r\n{'hits':["
)
EMPTY = (
    b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
    b"Content-Length: 2\r\n\r\n{}"
)
A_WEBSITE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p/>"
LOCKED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}"

FAR_ENDS = {
    "refuses": REFUSING,
    "babbles": BABBLING,
    "says nothing of hits": EMPTY,
    "is a website": A_WEBSITE,
    "wants a password": LOCKED,
    "speaks no HTTP": b"\x00\xff\r\n" * 40,
    "hangs": None,
}


@contextmanager
def far_end(answer: bytes | None) -> Iterator[str]:
    """The address of a server that gives every question the same answer; None: none at all."""
    ended = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            while not ended.is_set() and self.request.recv(65_536):
                if answer is not None:
                    self.request.sendall(answer)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler, bind_and_activate=True)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    try:
        yield f"http://reader:s%C3%A9same@127.0.0.1:{server.server_address[1]}"
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


def seconds(work) -> float:
    """How long a work takes."""
    start = time.monotonic()
    work()
    return time.monotonic() - start
