"""Examine many files, each in a fork with the limits of preflight's own child.

Reads a JSON object from standard input: paths, megabytes, seconds, facts. Writes one JSON
object a file: path, code (how the fork ended), complaint, rules found, seconds, megabytes at most
and, with `facts`, what is compared with poppler; None if the file was refused.
"""

import json
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from print.preflight.child import answer, set_limits
from print.preflight.document import UnreadablePdf, read_document
from print.preflight.telling import as_data
from print.preflight.variants import VARIANTS, examine
from tests.print.foreign_pdfs import facts_of

VARIANT = "sheet-cmyk"


def told_of(path):
    return answer({"path": path, "variant": VARIANT, "ink": False})


def with_facts(path):
    """As `answer` does, with all that was read."""
    try:
        document = read_document(Path(path))
    except UnreadablePdf:
        return told_of(path)
    return as_data(examine(document, VARIANTS[VARIANT])) | {"compared": facts_of(document)}


def examined(path, request):
    """One file in one fork."""
    before = time.monotonic()
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        pid = os.fork()
        if not pid:
            os.dup2(complained.fileno(), 2)
            signal.alarm(request["seconds"] * 2)
            set_limits(megabytes=request["megabytes"], seconds=request["seconds"])
            told = with_facts(path) if request["facts"] else told_of(path)
            said.write(json.dumps(told).encode())
            said.flush()
            os._exit(0)
        _pid, status, used = os.wait4(pid, 0)
        said.seek(0)
        complained.seek(0)
        told = json.loads(said.read() or b"{}")
        return {
            "path": path,
            "code": os.waitstatus_to_exitcode(status),
            "complaint": complained.read().decode("utf-8", "replace")[-2000:],
            "rules": sorted({finding["rule"] for finding in told.get("findings", ())}),
            "compared": told.get("compared"),
            "seconds": time.monotonic() - before,
            "megabytes": used.ru_maxrss // 1024,
        }


def main():
    request = json.load(sys.stdin)
    for path in request["paths"]:
        sys.stdout.write(json.dumps(examined(path, request)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
