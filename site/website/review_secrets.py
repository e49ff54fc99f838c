"""Keep the keys of private addresses out of the log."""

import logging
import re

KEY_IN_ADDRESS = re.compile(
    r"(/(?:relecture|commentaire|lettre/confirmer|lettre/partir)/)[^/\s\"'?]+"
)


class WithoutKeys(logging.Filter):
    """Write `…` where an address in a message holds a guest's key, or a comment's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the message; let every record pass."""
        message = record.getMessage()
        if KEY_IN_ADDRESS.search(message):
            record.msg, record.args = KEY_IN_ADDRESS.sub(r"\1…", message), None
        return True
