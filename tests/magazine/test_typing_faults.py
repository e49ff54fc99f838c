"""What was mistyped and the typographer can't mend; what is fine, or what it mends by itself."""

import time

import pytest

from magazine.checks.typing_faults import faults
from magazine.typography import typeset


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("L’expÃ©rience", "misread"),
        ("ÃŽle", "misread"),
        ("à‡a va", "misread"),
        ("dÃ¨s lâ€™aube", "misread"),
        ("Å“uvre", "misread"),
        ("c’est-à -dire", "misread"),
        ("perdu \ufffd en route", "misread"),
        ("un mot\u200b caché", "invisible"),
        ("à l’en\u202evers", "invisible"),
        ("deux  espaces", "spaces"),
        ("fin.. Suite", "dots"),
        ("fin.... Suite", "dots"),
        ("des mots, etc...", "etc"),
        ("des mots, etc…", "etc"),
        ("Non !!!", "marks"),
        ("Quoi ??", "marks"),
        ("mot,mot", "no_space"),
        ("fin.Début", "no_space"),
        ("mot ,mot", "space_before"),
        ("( mot )", "brackets"),
        ("l' ami", "apostrophe"),
        ("d ’un", "apostrophe"),
        ("mot -mot", "hyphen"),
        ("mot- mot", "hyphen"),
        ("« sans fin", "unpaired"),
        ("sans début »", "unpaired"),
        ('dit "sans fin', "unpaired"),
        ("(sans fin", "unpaired"),
        ("un cafe\u0301", "accent"),
    ],
)
def test_what_stays_wrong_on_the_page_is_told(text, kind):
    assert kind in {fault.kind for fault in faults(text)}
    # The typographer leaves it as it is: that is why an editor must know.
    assert kind in {fault.kind for fault in faults(typeset(text))}


@pytest.mark.parametrize(
    "text",
    [
        "Elle dit : « Viens ! » et lui, “jamais” ?",
        "« Un paragraphe.\n« Qui continue. »",
        'Des "guillemets droits", et d\'autres : "ici".',
        '« Une "citation" dans l\'autre »',
        "Quoi ?! Vraiment…",
        "mot , mot ; mot",
        "1) un, 2) deux, a) trois",
        "M. A.-B. Dupont (dir.), p. 12-14, n° 5, 3,5 %, 12:30, 1.2.3",
        "São Paulo, Ângela, l’Île, ça, où, à « Lyon » – à Lyon",
        "Voir exemple.fr, https://exemple.fr/a..b?c=(d et ines@exemple.fr.",
        "le pré- et le post-achat, avant- ou arrière-garde",
        "À remplir : ........................",
        "peut-être vit-on là-bas ; a-t-il dit",
    ],
)
def test_what_is_right_or_is_mended_on_output_is_left_alone(text):
    assert list(faults(text)) == []


def test_a_fault_is_shown_with_the_words_around_it():
    (fault,) = faults("Un long début de phrase, puis mot,mot et une longue fin de phrase.")
    assert fault.excerpt == "…e phrase, puis mot,mot et une longue…"


@pytest.mark.parametrize(
    "text",
    [" " * 60_000, "(" * 60_000, ")" * 60_000, "." * 60_000, "!" * 60_000, '"' * 60_001,
     "«" * 60_000, "\n«" * 30_000, "à -" * 20_000, "e\u0301" * 30_000, "a.b" * 20_000,
     "( " * 30_000, "l '" * 20_000],
    ids=lambda text: repr(text[:3]),
)  # fmt: skip
def test_no_text_takes_long(text):
    begun = time.process_time()
    assert sum(1 for _ in faults(text)) >= 0
    assert time.process_time() - begun < 3
