"""A far end that stands in for LanguageTool where only its failures matter."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

GOOD = {"matches": []}


def finding(offset, length, *, rule="AGREEMENT", kind="grammar", instead=("mieux",)):
    """One row of an answer, as LanguageTool writes it."""
    return {
        "offset": offset,
        "length": length,
        "message": "Vérifiez l’accord.",
        "replacements": [{"value": each} for each in instead],
        "rule": {"id": rule, "issueType": kind},
    }


@contextmanager
def far_end(answer=None, *, status=200, body=None, hang=0.0, drip=False):
    """Serve on a free port; yield its address and the texts that it was sent."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            asked.append(parse_qs(self.rfile.read(length).decode())["text"][0])
            time.sleep(hang)
            raw = body if body is not None else json.dumps(answer or GOOD).encode()
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            try:
                if drip:
                    for sign in raw:
                        self.wfile.write(bytes([sign]))
                        time.sleep(0.05)
                else:
                    self.wfile.write(raw)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
