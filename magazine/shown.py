"""Note what a page shows while it is made and until when, and tell when such a thing changes.

A thing is a word and, for most, a number: `page:12`, `picture:7`, `talk:12`, `articles`. Whoever
keeps what was made keeps its things too, and lets it go when `things_changed` names one of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_init
from django.dispatch import Signal
from wagtail.models import Page

# Sent with `things`, a set of words, once the transaction is through.
things_changed = Signal()

EVERYTHING = "everything"
# What no reader ever sees of the desk, and what is told by `comments_changed`.
UNSEEN = {
    *("comment", "dismissedfinding", "followedhit", "houseword", "letter", "letterdelivery"),
    *("passedcheck", "picturerendition", "plannedpiece", "prooffinding", "proofreading"),
    *("questionday", "refusedrelease", "remark", "reviewlink", "searchchange", "step"),
    *("subscriber", "synonymset", "trashedpage", "visitedlink", "digitaltext"),
}


@dataclass
class Shown:
    """What was shown, and the first moment from which it would have to look different."""

    things: set[str] = field(default_factory=set)
    until: dt.datetime | None = None
    around: Shown | None = field(default=None, repr=False)

    def add(self, things: set[str], until: dt.datetime | None = None) -> None:
        """Note that more was shown."""
        self.things |= things
        if until is not None and (self.until is None or until < self.until):
            self.until = until


_making: ContextVar[Shown | None] = ContextVar("magazine_shown", default=None)


@contextmanager
def noting() -> Iterator[Shown]:
    """Note what is shown inside; whoever notes around it gets the same."""
    outer = _making.get()
    shown = Shown(around=outer)
    token = _making.set(shown)
    try:
        yield shown
    finally:
        _making.reset(token)
        if outer is not None:
            outer.add(shown.things, shown.until)


def note(*things: str, until: dt.datetime | None = None) -> None:
    """Say that something is shown, or that it may be shown until a moment only."""
    shown = _making.get()
    if shown is not None:
        shown.add(set(things), until)


def is_noting() -> bool:
    """Tell whether a page is being made for strangers, from what is published."""
    return _making.get() is not None


def noted_so_far() -> Shown:
    """Return a copy of what was noted of the page that is being made."""
    whole = Shown()
    shown = _making.get()
    while shown is not None:
        whole.add(shown.things, shown.until)
        shown = shown.around
    return whole


def changed(*things: str) -> None:
    """Tell, once the transaction is through, that readers see something else of these things."""
    told = set(things)
    transaction.on_commit(
        lambda: things_changed.send_robust(sender=Shown, things=told), robust=True
    )


def thing(instance: models.Model) -> str:
    """Return the word for one object; every kind of page is a `page`."""
    word = "page" if isinstance(instance, Page) else instance._meta.model_name
    return f"{word}:{instance.pk}"


def seen_models() -> list[type[models.Model]]:
    """Return the models of which readers see something."""
    own = apps.get_app_config("magazine").get_models()
    seen = {model for model in own if model._meta.model_name not in UNSEEN}
    seen |= {apps.get_model("wagtaildocs.Document"), Page}
    return sorted(seen, key=lambda model: model._meta.label)


def watch() -> None:
    """Have every object that is fetched while a page is made noted as shown by it."""
    for model in seen_models():
        uid = f"magazine.shown.{model._meta.label}"
        post_init.connect(_note_fetched, sender=model, dispatch_uid=uid)


def _note_fetched(instance: models.Model, **kwargs: Any) -> None:
    shown = _making.get()
    if shown is None:
        return
    shown.things.add(thing(instance))
    expires = instance.__dict__.get("expire_at")
    if expires is not None and instance.__dict__.get("live"):
        shown.add(set(), expires)
