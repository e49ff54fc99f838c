"""Take a reader's comment from a form; errors stand next to their fields, nothing is lost."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.comments import CommentError, readable_name, readable_text
from magazine.models import Comment
from magazine.models.comments import LONGEST_COMMENT, LONGEST_NAME

SALT = "website.comment_form"
LEAST, MOST = dt.timedelta(seconds=3), dt.timedelta(hours=12)


class TicketError(Exception):
    """A form was sent too fast, too late, or wasn't ours; the message says so."""


class TooFast(TicketError):
    """Nobody reads and writes so fast; the same ticket is good in a moment."""


@dataclass(frozen=True)
class Ticket:
    """One showing of the form: for which article, and the key of the comment that comes of it."""

    article: int
    key: str

    def signed(self) -> str:
        """Return the ticket as the form carries it, with the moment of its making."""
        return signing.dumps([self.article, self.key], salt=SALT)


def new_ticket(article: int) -> Ticket:
    """Return a ticket that no form has had."""
    return Ticket(article, secrets.token_urlsafe(24))


def read_ticket(signed: str, article: int) -> Ticket:
    """Return the ticket that a form carried. Raises TicketError."""
    try:
        value = signing.loads(signed, salt=SALT, max_age=MOST)
        ticket = Ticket(int(value[0]), str(value[1]))
    except signing.SignatureExpired as error:
        raise TicketError(
            _("This page had been open for a long time: send your comment once more.")
        ) from error
    except (signing.BadSignature, ValueError, TypeError, LookupError) as error:
        raise TicketError(_("The page had to be renewed: send your comment once more.")) from error
    if ticket.article != article:
        raise TicketError(_("The page had to be renewed: send your comment once more."))
    if _is_young(signed):
        raise TooFast(_("That was very fast. Read it again, and send it once more."))
    return ticket


def _is_young(signed: str) -> bool:
    try:
        signing.loads(signed, salt=SALT, max_age=LEAST)
    except signing.SignatureExpired:
        return False
    return True


class RuledField(forms.CharField):
    """A text that the house's own rule takes or refuses, each time with a reason."""

    def __init__(self, rule: Callable[[str], str], **kwargs: object) -> None:
        super().__init__(strip=False, **kwargs)
        self.rule = rule
        # The rule removes NUL and its like; nothing else may refuse what it takes.
        self.validators = []

    def clean(self, value: object) -> str:
        """Return what is kept. Raises ValidationError with the rule's reason."""
        try:
            return self.rule(str(value or ""))
        except CommentError as error:
            raise forms.ValidationError(str(error)) from error


class CommentForm(forms.Form):
    """One comment, with what proves that the form was ours and somebody read it."""

    text = RuledField(
        readable_text,
        label=gettext_lazy("Your comment"),
        widget=forms.Textarea({"rows": 9, "maxlength": LONGEST_COMMENT, "dir": "auto"}),
    )
    name = RuledField(
        readable_name,
        label=gettext_lazy("Your name, as it will be signed"),
        widget=forms.TextInput({"maxlength": LONGEST_NAME, "autocomplete": "name", "dir": "auto"}),
    )
    mail = forms.EmailField(
        label=gettext_lazy("Your mail address (if you like)"),
        required=False,
        help_text=gettext_lazy("Never shown: only for the newsroom, should it want to answer you."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("I agree"),
        error_messages={"required": gettext_lazy("Without your agreement we may not keep it.")},
    )
    # Nobody sees it: who fills it in is a robot.
    site = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}),
    )
    ticket = forms.CharField(required=False, widget=forms.HiddenInput)
    answers = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, answered: Comment | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.answered = answered
        for name, field in self.fields.items():
            told = [f"id_{name}-help"] if field.help_text else []
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                told.append(f"id_{name}-error")
            if told:
                field.widget.attrs["aria-describedby"] = " ".join(told)
