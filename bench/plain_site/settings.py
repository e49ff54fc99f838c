"""The house's settings, but for what the readers' site adds to Wagtail."""

from website.settings import *  # noqa: F403
from website.settings import MIDDLEWARE, ROOT, TEMPLATES

PAGES_KEPT_SECONDS = 0
OURS = ("website.", "magazine.")
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(OURS)]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [ROOT / "bench/plain_site/templates", *TEMPLATES[0]["DIRS"]]}]
