"""Serve pictures from this machine's folder, where no web server in front does; and documents."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as serve_document

from magazine.models import Picture
from magazine.page_access import sees_every_draft

RENDITIONS, ORIGINALS = "images", "original_images"
A_WEEK = 7 * 24 * 3600
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def picture(request: HttpRequest, folder: str, name: str) -> HttpResponseBase:
    """Answer with a size of a picture; with an original only for those who may work with it.

    An original lies there from its upload, long before anything is published with it.
    A browser may do nothing with either but show it.
    """
    if folder not in {RENDITIONS, ORIGINALS}:
        raise Http404
    if folder == ORIGINALS and not _may_have_original(request.user, name):
        raise Http404
    try:
        response = serve(request, name, document_root=Path(settings.MEDIA_ROOT) / folder)
    except SuspiciousFileOperation as outside:
        raise Http404 from outside
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    shared = "public" if folder == RENDITIONS else "private"
    response["Cache-Control"] = f"{shared}, max-age={A_WEEK}"
    return response


@require_safe
def document(request: HttpRequest, document_id: int, name: str) -> HttpResponseBase:
    """Answer with a document as Wagtail does, but for what it says of files without a coding.

    It names a coding “None”, which programs that unpack what they fetch refuse.
    """
    response = serve_document(request, document_id, name)
    if response.get("Content-Encoding") == "None":
        del response["Content-Encoding"]
    return response


def _may_have_original(user: AbstractBaseUser | AnonymousUser, name: str) -> bool:
    """Tell whether somebody at the desk reads every draft, or brought this picture themselves."""
    if not user.has_perm("wagtailadmin.access_admin"):
        return False
    own = Picture.objects.filter(file=f"{ORIGINALS}/{name}", uploaded_by_user=user.pk)
    return sees_every_draft(user) or own.exists()
