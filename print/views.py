"""Hand a press file to whoever holds its signed address: whole, in parts, or its sha256."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from print.byte_ranges import ByteRange, UnsatisfiableRange, read_range
from print.links import read_link
from print.models import PressFile

CHUNK = 256 * 1024


@csrf_exempt  # nothing can be sent here: other methods get 405 from require_safe
@never_cache
@require_safe
def press_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Answer with the file, a part of it (RFC 9110 §14), or 404 for anything not signed."""
    found = read_link(token)
    if found is None:
        raise Http404
    if name == f"{found.download_name}.sha256":
        return HttpResponse(
            f"{found.sha256}  {found.download_name}\n", content_type="text/plain; charset=utf-8"
        )
    if name != found.download_name:
        raise Http404
    file = _open_unaltered(found)
    return _answer(request, found, file)


def _open_unaltered(found: PressFile) -> BinaryIO:
    """Open the stored file, which must still be the one that was signed for."""
    try:
        file = storages["press"].open(found.name, "rb")
    except OSError as error:
        raise Http404 from error
    digest = hashlib.sha256()
    for chunk in iter(lambda: file.read(CHUNK), b""):
        digest.update(chunk)
    if digest.hexdigest() != found.sha256:
        file.close()
        raise Http404
    return file


def _answer(request: HttpRequest, found: PressFile, file: BinaryIO) -> HttpResponse:
    etag = f'"{found.sha256}"'
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        wanted = ""
    try:
        part = read_range(wanted, found.size)
    except UnsatisfiableRange:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    body = part or ByteRange(0, found.size - 1)
    response: HttpResponse | StreamingHttpResponse
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type="application/pdf")
    else:
        response = StreamingHttpResponse(_chunks(file, body), content_type="application/pdf")
    response.status_code = 206 if part else 200
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{found.size}"
    response["Content-Length"] = str(body.length)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    # RFC 9530 names the digest of the whole file, whatever part is sent.
    digest = b64encode(bytes.fromhex(found.sha256)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["X-Checksum-Sha256"] = found.sha256
    response["Content-Disposition"] = f'attachment; filename="{found.download_name}"'
    return response


def _chunks(file: BinaryIO, part: ByteRange) -> Iterator[bytes]:
    with file:
        file.seek(part.first)
        left = part.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
