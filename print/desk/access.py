"""Say who may see and do what at the press; what somebody may not see answers 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from print.models import Edition, PressFile

SEE = "print.view_edition"
ARRANGE = "print.change_edition"
BUILD = "print.add_pressbuild"


class PressMixin:
    """Views of the press: 404 for those without the permission."""

    permission = SEE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in those who may, and find what the address names."""
        if not request.user.has_perm(self.permission):
            raise Http404
        self.find(kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, named: dict[str, Any]) -> None:
        """Take what the address names out of its arguments. Raises Http404."""


class EditionMixin(PressMixin):
    """Views of one edition."""

    edition: Edition

    def find(self, named: dict[str, Any]) -> None:
        """Find the edition. Raises Http404."""
        editions = Edition.objects.select_related("issue", "profile")
        self.edition = get_object_or_404(editions, pk=named.pop("pk"))


class PressFileMixin(PressMixin):
    """Views of one press file."""

    press_file: PressFile

    def find(self, named: dict[str, Any]) -> None:
        """Find the file. Raises Http404."""
        files = PressFile.objects.select_related("edition__issue", "edition__profile")
        self.press_file = get_object_or_404(files, pk=named.pop("pk"))
