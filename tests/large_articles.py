"""Long articles for tests and measures: what the browser posts, block by block."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

SENTENCE = (
    "L'attente est un métier : on y revient <b>chaque matin</b>, on s'y tient droit, "
    'on relit <a href="https://exemple.fr/attente">le règlement</a>. '
)


def posted_article(count, picture, *, title="La file est un pacte", mark="", **fields):
    """The form of a feature of `count` blocks, of eight types in turn, as a browser sends it."""
    blocks = [_block(number, picture, mark) for number in range(count)]
    return nested_form_data(
        {
            **dict.fromkeys(EMPTY, ""),
            "title": title,
            "slug": "la-file-est-un-pacte",
            "standfirst": "Un chapeau qui dit l'essentiel, en deux phrases. Ou trois.",
            "channel": "everywhere",
            "body": streamfield(blocks),
            "bylines": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
    )


EMPTY = (
    "kicker",
    "short_title",
    "lead_caption",
    "lead_alt",
    "edition_label",
    "advertiser",
    "paid_mention",
    "provenance_title",
    "provenance_place",
    "provenance_url",
    "seo_title",
    "search_description",
)


def _block(number, picture, mark):
    text = f"<p>{SENTENCE * 5}Bloc {number}{mark}.</p>"
    made = [
        ("paragraph", {"text": rich_text(text)}),
        ("paragraph", {"text": rich_text(text * 2)}),
        ("crosshead", {"text": f"Intertitre {number}"}),
        (
            "question_answer",
            {"question": "Pourquoi attendre ?", "speaker": "", "answer": rich_text(text)},
        ),
        ("paragraph", {"text": rich_text(text)}),
        ("list", {"style": "bullets", "items": streamlist([rich_text("<p>Un</p>")] * 3)}),
        (
            "picture",
            {
                "image": picture.pk,
                "caption": "Une légende.",
                "credit": "",
                "alt_text": "Une image unie.",
                "width": "column",
            },
        ),
        ("pull_quote", {"quote": "On attend, donc on est", "author": "Agnès", "role": ""}),
    ]
    kind, value = made[number % len(made)]
    return kind, {**value, "channel": "everywhere"}


def streamlist(values):
    """A ListBlock's part of the form."""
    return {
        "count": str(len(values)),
        **{
            str(at): {"deleted": "", "order": str(at), "type": "item", "id": "", "value": value}
            for at, value in enumerate(values)
        },
    }
