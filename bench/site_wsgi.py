"""The readers' site, which a header makes forget the page that is asked for, or all it kept.

`X-Forget: page` drops the page whole and nothing that it is made of; `X-Forget: everything` all.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")

from django.core.cache import cache  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

site = get_wsgi_application()

from magazine.shown import EVERYTHING  # noqa: E402
from website.keeping import forget, key_of  # noqa: E402
from website.purging import page_name  # noqa: E402


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    """Forget what the request says, then answer it."""
    wanted = environ.get("HTTP_X_FORGET", "")
    if wanted == "page":
        address = f"http://{environ['HTTP_HOST']}{environ['PATH_INFO']}"
        cache.delete(key_of(page_name(address)))
    elif wanted == "everything":
        forget({EVERYTHING})
    return site(environ, start_response)
