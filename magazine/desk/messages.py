"""Keep the desk's messages until they are shown, quotations inside quotations as in French."""

from typing import Any

from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils.safestring import SafeData
from django.utils.translation import get_language

from magazine.quotations import nested


class TypesetStorage(FallbackStorage):
    """Django's storage; a title that has « » of its own is quoted with “ ” inside ours."""

    def add(self, level: int, message: Any, extra_tags: str = "") -> None:
        """Queue a message for the next page."""
        if not isinstance(message, SafeData) and str(get_language()).startswith("fr"):
            message = nested(str(message))
        super().add(level, message, extra_tags)
