"""Send a letter in a process of its own, on the database that DATABASE_URL names.

letter_runner.py send LETTER          all of it, as soon as a line comes in
letter_runner.py die LETTER MAIL WHEN dies at the nth mail: `before` it is handed over, or `after`
"""

import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "website.settings"

import django  # noqa: E402

django.setup()

from django.core.mail.backends.filebased import EmailBackend  # noqa: E402

from magazine import letter_sending  # noqa: E402


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def dying(at, when):
    """Wrap the mail server: this process dies at its nth mail."""
    deliver, seen = EmailBackend.send_messages, []

    def send_messages(self, messages):
        seen.append(messages)
        if len(seen) == at and when == "before":
            die()
        sent = deliver(self, messages)
        if len(seen) == at:
            die()
        return sent

    EmailBackend.send_messages = send_messages


if __name__ == "__main__":
    if sys.argv[1] == "die":
        dying(int(sys.argv[3]), sys.argv[4])
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    letter_sending.send_some(int(sys.argv[2]))
