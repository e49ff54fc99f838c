"""Name the state of all that pages are made by: code, templates, translations, static files."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

SOURCES = (
    ("magazine", "*.py"),
    ("site/website", "*.py"),
    ("templates", "*.*"),
    ("locale", "*.mo"),
)


def version() -> str:
    """Return twelve hexadecimal signs, and the language: other ones, other pages."""
    return f"{_digest()}:{get_language()}"


@lru_cache(maxsize=1)
def _digest() -> str:
    root = Path(settings.ROOT)
    paths = [path for folder, names in SOURCES for path in sorted((root / folder).rglob(names))]
    digest = hashlib.sha256(settings.SECRET_KEY.encode())
    for path in [*paths, Path(settings.STATIC_ROOT) / "staticfiles.json"]:
        if path.exists():
            digest.update(f"{path.relative_to(path.anchor)} {path.stat().st_size}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
