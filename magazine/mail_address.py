"""Read a mail address that a stranger typed: one form for one mailbox, nothing that could harm."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

LONGEST_ADDRESS = 254
# Of what RFC 5321 allows, what mailboxes have: no quotes, no comments, no signs beyond ASCII.
MAILBOX = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)


class AddressError(Exception):
    """What was typed is no mail address; the message says so."""


def read_address(typed: str) -> str:
    """Return an address in small letters, its host in ASCII, so that each has one form.

    Raises AddressError, also for whatever would end a line of a mail's head.
    """
    mailbox, at, host = typed.strip(" \t").rpartition("@")
    mailbox = mailbox.lower()
    wrong = AddressError(_("This isn’t a mail address: type it again, such as name@example.org."))
    if not at or len(mailbox) > 64 or not MAILBOX.fullmatch(mailbox):
        raise wrong
    try:
        address = f"{mailbox}@{punycode(host).lower()}"
        validate_email(address)
    except (ValidationError, UnicodeError) as error:
        raise wrong from error
    if len(address) > LONGEST_ADDRESS or not address.isascii():
        raise wrong
    return address
