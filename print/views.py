"""Hand a press file to whoever holds its signed address: whole, in parts, or its sha256."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from magazine.sending import send
from print.links import read_link


@csrf_exempt  # nothing can be sent here: other methods get 405 from require_safe
@never_cache
@require_safe
def press_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Answer with the file, a part of it, or 404 for anything not signed."""
    found = read_link(token)
    if found is None:
        raise Http404
    if name == f"{found.download_name}.sha256":
        return HttpResponse(
            f"{found.sha256}  {found.download_name}\n", content_type="text/plain; charset=utf-8"
        )
    if name != found.download_name:
        raise Http404
    return send(request, found)
