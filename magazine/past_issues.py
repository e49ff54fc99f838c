"""The verbs of older issues: take in the PDF of one, say in words why a file is refused."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from magazine.leafing_tasks import draw_leaves
from magazine.models.past_issues import IssueFile
from magazine.pdf_checking import LARGEST, MOST_PAGES, PdfRefused
from magazine.pdf_work import check

FOLDER = "older"
REASONS = {
    "size": gettext_noop("This file is too large: %(megabytes)s MB at most."),
    "no_pdf": gettext_noop("This file isn’t a PDF: export the issue as PDF."),
    "encrypted": gettext_noop("This PDF is locked by a password: save it without one."),
    "broken": gettext_noop("This PDF is damaged or cut short: export it again."),
    "pages": gettext_noop("This PDF has no page, or more than %(pages)s."),
    "script": gettext_noop("This PDF holds a script: export it without any."),
    "launch": gettext_noop("This PDF starts another program: export it without that."),
    "form": gettext_noop("This PDF holds a form that sends data: export it flattened."),
    "media": gettext_noop("This PDF holds film or sound: export it without them."),
    "attachment": gettext_noop("This PDF has other files attached: export it without them."),
}


class FileRefused(Exception):
    """A file that can't be an older issue's PDF; the message says why, in the user's language."""


def take_in(upload: BinaryIO, by: AbstractBaseUser | None) -> IssueFile:
    """Check a PDF, keep it in the press storage and have its pages drawn. Raises FileRefused.

    The same bytes again are the same file.
    """
    upload.seek(0)
    data = upload.read(LARGEST + 1)
    try:
        checked = check(data, settings.PRESS_RENDER_MEGABYTES)
    except PdfRefused as refused:
        facts = {"megabytes": LARGEST // (1024 * 1024), "pages": MOST_PAGES}
        raise FileRefused(_(REASONS[refused.reason]) % facts) from refused
    sha256 = hashlib.sha256(data).hexdigest()
    known = IssueFile.objects.filter(sha256=sha256).first()
    if known:
        return known
    wanted = f"{FOLDER}/{sha256}.pdf"
    storage = storages["press"]
    name = wanted if storage.exists(wanted) else storage.save(wanted, ContentFile(data))
    with transaction.atomic():
        kept, is_new = IssueFile.objects.get_or_create(
            sha256=sha256,
            defaults={
                "name": name,
                "size": len(data),
                "pages": checked.pages,
                "added_by": by if by and by.pk else None,
            },
        )
        if is_new:
            transaction.on_commit(lambda: draw_leaves.enqueue(sha256))
    return kept
