"""Keep the pictures of paper pages in the press's storage, under the digest of what they show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from magazine.previews import PagePicture
from print.remedies import Phrase

FACTS = "facts.json"
KEPT_OF_AN_ARTICLE = 6


@dataclass(frozen=True)
class Kept:
    """What was made of a draft: its pages, or why there are none, and how many seconds ago."""

    revision_id: int
    pages: tuple[PagePicture, ...]
    refusal: Phrase | None
    seconds_ago: float


def find(article_id: int, digest: str) -> Kept | None:
    """Return what is kept under a digest."""
    storage, name = storages["press"], _name(article_id, digest, FACTS)
    try:
        with storage.open(name, "rb") as file:
            facts = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return Kept(
        revision_id=facts["revision"],
        pages=tuple(PagePicture(**page) for page in facts["pages"]),
        refusal=_phrase(facts["refusal"]) if facts["refusal"] else None,
        seconds_ago=timezone.now().timestamp() - facts["made"],
    )


def picture(article_id: int, digest: str, number: int) -> bytes | None:
    """Return the PNG of one page."""
    try:
        with storages["press"].open(_name(article_id, digest, f"{number}.png"), "rb") as file:
            return file.read()
    except OSError:
        return None


def keep(
    article_id: int,
    digest: str,
    revision_id: int,
    drawn: Sequence[tuple[PagePicture, bytes]],
    refusal: Phrase | None = None,
) -> None:
    """Keep a draft's pages, or the refusal; what was kept of older drafts goes."""
    for page, png in drawn:
        _write(_name(article_id, digest, f"{page.number}.png"), png)
    facts = {
        "revision": revision_id,
        "pages": [asdict(page) for page, _png in drawn],
        "refusal": refusal and _told(refusal),
        "made": timezone.now().timestamp(),
    }
    # The facts come last: where they are, the pictures are.
    _write(_name(article_id, digest, FACTS), json.dumps(facts).encode())
    _drop_old(article_id)


def _name(article_id: int, digest: str, file: str) -> str:
    return f"previews/{article_id}/{digest}/{file}"


def _write(name: str, data: bytes) -> None:
    storage = storages["press"]
    if storage.exists(name):
        storage.delete(name)
    storage.save(name, ContentFile(data))


def _drop_old(article_id: int) -> None:
    storage, folder = storages["press"], f"previews/{article_id}"
    digests, _files = storage.listdir(folder)
    kept = {digest: found for digest in digests if (found := find(article_id, digest))}
    newest_first = sorted(kept, key=lambda digest: kept[digest].seconds_ago)
    for digest in newest_first[KEPT_OF_AN_ARTICLE:]:
        for name in [FACTS, *(f"{page.number}.png" for page in kept[digest].pages)]:
            storage.delete(_name(article_id, digest, name))


def _told(phrase: Phrase) -> dict:
    facts = {
        name: _told(fact) if isinstance(fact, Phrase) else fact
        for name, fact in phrase.facts.items()
    }
    return {"template": phrase.template, "facts": facts}


def _phrase(told: dict) -> Phrase:
    facts = {
        name: _phrase(fact) if isinstance(fact, dict) else fact
        for name, fact in told["facts"].items()
    }
    return Phrase(told["template"], **facts)
