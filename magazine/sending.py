"""Send what the press storage keeps: whole or in parts, and only if nobody altered it."""

from __future__ import annotations

import hashlib
import mimetypes
from base64 import b64encode
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from magazine.byte_ranges import ByteRange, UnsatisfiableRange, read_range

CHUNK = 256 * 1024


class Stored(Protocol):
    """A file of the press storage: its name there, its digest, and how it is saved."""

    name: str
    sha256: str
    size: int
    download_name: str


def send(request: HttpRequest, stored: Stored, *, inline: bool = False) -> HttpResponse:
    """Answer with a file or a part of it (RFC 9110 §14), or 304 to who has it already (§13).

    `inline` lets a browser show it rather than save it. Raises Http404 if it was altered.
    """
    etag = f'"{stored.sha256}"'
    if kept := get_conditional_response(request, etag=etag):
        return kept
    file = _open_unaltered(stored)
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        part = read_range(wanted, stored.size)
    except UnsatisfiableRange:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
    body = part or ByteRange(0, stored.size - 1)
    kind = mimetypes.guess_type(stored.download_name)[0] or "application/octet-stream"
    response: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type=kind)
    else:
        response = StreamingHttpResponse(_chunks(file, body), content_type=kind)
    response.status_code = 206 if part else 200
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{stored.size}"
    response["Content-Length"] = str(body.length)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # RFC 9530 names the digest of the whole file, whatever part is sent.
    digest = b64encode(bytes.fromhex(stored.sha256)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["X-Checksum-Sha256"] = stored.sha256
    manner = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{manner}; filename="{stored.download_name}"'
    return response


def _open_unaltered(stored: Stored) -> BinaryIO:
    """Open the stored file, which must still be the one that was noted down."""
    try:
        file = storages["press"].open(stored.name, "rb")
    except OSError as error:
        raise Http404 from error
    digest = hashlib.sha256()
    for chunk in iter(lambda: file.read(CHUNK), b""):
        digest.update(chunk)
    if digest.hexdigest() != stored.sha256:
        file.close()
        raise Http404
    return file


def _chunks(file: BinaryIO, part: ByteRange) -> Iterator[bytes]:
    with file:
        file.seek(part.first)
        left = part.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
