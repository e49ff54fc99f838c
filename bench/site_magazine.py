"""Make a small magazine to be measured: an issue of twenty long articles, with pictures."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")

import django  # noqa: E402

django.setup()

from tests.factories import (  # noqa: E402
    ContributorFactory,
    Magazine,
    PictureFactory,
    TopicFactory,
    block,
)
from website.preparing import prepare_everything  # noqa: E402

ARTICLES = 20
PARAGRAPH = (
    "<p>On attend, puis on attend encore : « la file », dit-elle, « est un <b>pacte</b> ». "
    'Il y avait 38 personnes à 9 h 30 ; <a href="https://example.org/">le registre</a> le dit. '
    "Personne n'avait demandé le numéro, ni l'heure, ni le nom de celui qui fermait le guichet ! "
    "Et pourtant, c'est là que se joue l'accueil : dans les douze secondes d'un regard levé.</p>"
)


def body(number: int) -> list:
    """A long interview: forty questions, crossheads, four pictures, quotes and figures."""
    blocks = []
    for part in range(8):
        blocks += [
            block("crosshead", text=f"Partie {part + 1}"),
            block("paragraph", text=PARAGRAPH * 2),
            *(
                block("question_answer", question="Et l'attente ?", speaker="Agnès", answer=text)
                for text in [PARAGRAPH * 2] * 5
            ),
        ]
        if part % 2:
            picture = PictureFactory()
            words = {"caption": "L'horloge", "credit": "", "alt_text": "Une horloge"}
            blocks += [
                block("picture", image=picture, width="column", **words),
                block("pull_quote", quote="Un manteau, non.", author="Agnès", role="sociologue"),
            ]
    return blocks


def main() -> None:
    """Fill an empty database and print the addresses that are measured."""
    magazine = Magazine()
    people = [ContributorFactory(portrait=PictureFactory()) for _ in range(4)]
    topics = [TopicFactory() for _ in range(3)]
    articles = [
        magazine.article(
            slug=f"article-{number}",
            by=people[number % 4],
            about=[topics[number % 3]],
            lead_picture=PictureFactory(),
            body=body(number),
        )
        for number in range(ARTICLES)
    ]
    magazine.issue(*articles, number=7, slug="l-attente", cover=PictureFactory())
    prepare_everything()


if __name__ == "__main__":
    main()
