"""Sign the address from which a printer downloads one press file, until a given moment."""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from print.models import PressFile

SALT = "print.press-file"


def sign_link(press_file: PressFile, days: int | None = None) -> tuple[str, dt.datetime]:
    """Return the whole address of the file, and when it ends to work."""
    ends = timezone.now() + dt.timedelta(days=days or settings.PRESS_LINK_DAYS)
    token = signing.dumps([press_file.pk, press_file.sha256, int(ends.timestamp())], salt=SALT)
    path = reverse("press-file", args=[token, press_file.download_name])
    return f"{settings.BASE_URL}{path}", ends


def read_link(token: str) -> PressFile | None:
    """Return the press file that a token names; None if forged, altered or past its end."""
    try:
        pk, sha256, ends = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if timezone.now().timestamp() > ends:
        return None
    return PressFile.objects.filter(pk=pk, sha256=sha256).first()
