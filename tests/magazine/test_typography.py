"""French micro-typography: what an author types and what a reader sees.

In the tables ~ is U+00A0, the no-break space, and _ is U+202F, the narrow one.
"""

import re
import time

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from magazine.typography import typeset, typeset_html


def spaced(shown: str) -> str:
    return shown.replace("~", "\u00a0").replace("_", "\u202f")


PUNCTUATION = [
    ("Quoi ?", "Quoi_?"),
    ("Quoi?", "Quoi_?"),
    ("Attendre ; revenir : rien !", "Attendre_; revenir~: rien_!"),
    ("Attendre; revenir: rien!", "Attendre_; revenir~: rien_!"),
    ("Qui l'eût cru ?!?! Non !!!", "Qui l’eût cru_?!?! Non_!!!"),
    ("Quoi... ? Bon…!", "Quoi…_? Bon…_!"),
    ("Une erreur (?) ou non (!)", "Une erreur (?) ou non (!)"),
    ("Un mot , puis un autre .", "Un mot, puis un autre."),
    ("Attendez...", "Attendez…"),
    ("un sommaire .....", "un sommaire ....."),
]
QUOTES = [
    ('Il dit "oui"', "Il dit «~oui~»"),
    ("Il dit « oui »", "Il dit «~oui~»"),
    ("Il dit «oui»", "Il dit «~oui~»"),
    ("Il dit “oui”", "Il dit «~oui~»"),
    ("Le 'client' attend", "Le «~client~» attend"),
    ('« Elle a dit "demain" hier »', "«~Elle a dit “demain” hier~»"),
    ('"Elle a dit "demain" hier"', "«~Elle a dit “demain” hier~»"),
    ("l'\"ami\" d'« Emma »", "l’«~ami~» d’«~Emma~»"),
    ('(« enfin ! ») "déjà" ?', "(«~enfin_!~») «~déjà~»_?"),
    ('Une "citation sans fin', 'Une "citation sans fin'),
    ("« »", "« »"),
]
APOSTROPHES = [
    ("L'attente, aujourd'hui, qu'elle", "L’attente, aujourd’hui, qu’elle"),
    ("L’attente", "L’attente"),
    ("l'été '68, rock 'n' roll", "l’été ’68, rock ’n’ roll"),
    ("5' d'attente, 5'30, 6''", "5' d’attente, 5'30, 6''"),
]
NUMBERS = [
    ("10 000 lieues, 1 234 567 tickets", "10_000 lieues, 1_234_567 tickets"),
    ("en 2026, 300 clients ; 2024 2025", "en 2026, 300 clients_; 2024 2025"),
    ("75011 Paris, SIRET 123 456 789 00012", "75011 Paris, SIRET 123 456 789 00012"),
    ("01 23 45 67 89 ou 0 800 123 456", "01~23~45~67~89 ou 0~800~123~456"),
    ("+33 6 12 34 56 78", "+33~6~12~34~56~78"),
    ("50% ou 12,5 %", "50~% ou 12,5~%"),
    ("4,50 €, 5€, 30 k€, 2 millions d'euros", "4,50~€, 5~€, 30~k€, 2~millions d’euros"),
    ("5 km, 12kg, 20 °C, 30 m², 80 km/h", "5~km, 12~kg, 20~°C, 30~m², 80~km/h"),
    ("à 14 h 30, 14h30 ou 15h", "à 14~h~30, 14~h~30 ou 15~h"),
    ("en 1 min 52, 4 min 12 s", "en 1~min~52, 4~min~12~s"),
    ("les 5 s'en vont, 3D, 5G", "les 5 s’en vont, 3D, 5G"),
    ("n° 7, n°8, N° 9, nº 10", "n°~7, n°~8, N°~9, n°~10"),
    ("p. 23, pp. 4-5, fig. 2, § 3", "p.~23, pp.~4-5, fig.~2, §~3"),
    ("le 12 mai, le 1er mars", "le 12~mai, le 1er~mars"),
]
PEOPLE = [
    ("M. Martin, MM. Roux et Blanc", "M.~Martin, MM.~Roux et Blanc"),
    ("Mme de Staël, Mlle Rose, Dr House", "Mme~de Staël, Mlle~Rose, Dr~House"),
    ("J. R. R. Tolkien, J.-P. Roux", "J.~R.~R.~Tolkien, J.-P.~Roux"),
    ("Mes amis, Me voici", "Mes amis, Me voici"),
    ("files, tickets, etc.", "files, tickets,~etc."),
]
ORDINALS = [
    ("2ème, 3èmes, 1ère, 1er, 21ième", "2e, 3es, 1re, 1er, 21e"),
    ("XIXème siècle, XXe siècle", "XIXe~siècle, XXe~siècle"),
    ("Même le 10 000ème", "Même le 10_000e"),
]
LIGATURES = [
    ("coeur, oeuvre, soeurs, oeil, boeuf", "cœur, œuvre, sœurs, œil, bœuf"),
    ("voeux, noeud, moeurs, oeufs", "vœux, nœud, mœurs, œufs"),
    ("Oeuvre, OEUVRE, chef-d'oeuvre", "Œuvre, ŒUVRE, chef-d’œuvre"),
    ("manoeuvre, désoeuvré, écoeurant", "manœuvre, désœuvré, écœurant"),
    ("curriculum vitae, ex aequo", "curriculum vitæ, ex æquo"),
    ("coefficient, moelle, poète, Noé", "coefficient, moelle, poète, Noé"),
]
DASHES = [
    ("- Oui ?\n- Non !", "–~Oui_?\n–~Non_!"),
    ("— Oui, dit-il.", "—~Oui, dit-il."),
    ("La file - la vraie - avance", "La file –~la vraie~– avance"),
    ("La file – la vraie – avance", "La file –~la vraie~– avance"),
    ("Un – deux. Trois – quatre – cinq", "Un –~deux. Trois –~quatre~– cinq"),
    ("peut-être, 10 - 5, -5", "peut-être, 10 - 5, -5"),
]
UNTOUCHED = [
    "12:30",
    "16:9",
    "https://exemple.fr/oeuvre?a=1;b='2'&c=1ère",
    "oeuvre.coeur@exemple.fr",
    "@coeur_2ème",
    "#coeur",
    "oeuvre-2ème.pdf",
    "config.py",
    "/srv/oeuvre/1ère",
    "a != b",
    "f(x)?g:h",
    "a;b",
    ":-) ;)",
    "B 703",
    "978-2-7433-0482-9",
    "",
    "   ",
    "\n\n",
]


@pytest.mark.parametrize(
    ("typed", "shown"),
    PUNCTUATION
    + QUOTES
    + APOSTROPHES
    + NUMBERS
    + PEOPLE
    + ORDINALS
    + LIGATURES
    + DASHES
    + [("http://exemple.fr/? ou a@b.fr: non", "http://exemple.fr/_? ou a@b.fr~: non")],
)
def test_text_is_set_as_a_french_reader_expects(typed: str, shown: str) -> None:
    assert typeset(typed) == spaced(shown)


@pytest.mark.parametrize("typed", UNTOUCHED)
def test_addresses_code_ratios_and_names_of_files_are_left_alone(typed: str) -> None:
    assert typeset(typed) == typed


@pytest.mark.parametrize("space", ["", " ", "  ", "\u00a0", "\u202f", "\u2009"])
@pytest.mark.parametrize("mark", [";", ":", "!", "?", "?!"])
def test_whatever_space_was_typed_the_same_one_is_shown(mark: str, space: str) -> None:
    shown = "~" if mark == ":" else "_"
    assert typeset(f"mot{space}{mark} «{space}oui{space}»") == spaced(f"mot{shown}{mark} «~oui~»")


MARKUP = [
    ("<p>« <b>oui</b> »</p>", "<p>«~<b>oui</b>~»</p>"),
    ("<p>«<b>oui</b>»</p>", "<p>«~<b>oui</b>~»</p>"),
    ('"<b>oui</b>"?', "«~<b>oui</b>~»_?"),
    ("<i>mot</i> ?", "<i>mot</i>_?"),
    ("<i>mot</i>?", "<i>mot</i>_?"),
    ("<i>mot ?</i>", "<i>mot_?</i>"),
    ("<i>mot </i>?", "<i>mot_</i>?"),
    ("<i>mot</i><b>!</b>", "<i>mot</i>_<b>!</b>"),
    ("l'<i>Odyssée</i>", "l’<i>Odyssée</i>"),
    ("<p>Oui</p>? <p>: non</p>", "<p>Oui</p>? <p>: non</p>"),
    ("Mme\n   Dupont\n ?", "Mme~Dupont_?"),
    ("10 <b>000</b> c<b>oe</b>ur c<b>o</b>eur", "10_<b>000</b> c<b>œ</b>ur c<b>o</b>eur"),
    ("&laquo;oui&raquo; &quot;non&quot;", "&laquo;~oui~&raquo; «~non~»"),
    ("a&nbsp;; b&#8239;! c&nbsp;: d&#39;e", "a_; b&#8239;! c&nbsp;: d’e"),
    ("R&amp;D ; &lt;b&gt; ? &copy; 2026", "R&amp;D_; &lt;b&gt;_? &copy; 2026"),
    ("2ème et 1ères", "2<sup>e</sup> et 1<sup>res</sup>"),
    ("1<sup>er</sup>, 3<sup>ème</sup>", "1<sup>er</sup>, 3<sup>e</sup>"),
    ("le XXe siècle, la Ve", "le XX<sup>e</sup>~siècle, la V<sup>e</sup>"),
    ("<b>XX</b>e siècle, <sup>1er</sup>", "<b>XX</b><sup>e</sup>~siècle, <sup>1er</sup>"),
    ("Le 2nd guichet, François Ier", "Le 2<sup>nd</sup> guichet, François I<sup>er</sup>"),
    ("l'<code>a ? b</code> ?", "l’<code>a ? b</code>_?"),
    ("<pre>a ? 'b'</pre><kbd>a ?</kbd><samp>a ?</samp>",) * 2,
    ("<script>a ? '<b>'</script><style>a::b</style>",) * 2,
    ("<!-- a ? --><svg><text>a ?</text></svg>",) * 2,
    ('<a href="/a ?b" title=\'a ? "b"\'>a ?</a>', '<a href="/a ?b" title=\'a ? "b"\'>a_?</a>'),
    ("https://exemple.fr/oeuvre?a=1&amp;b=2",) * 2,
    ("- Oui ?<br>- Non !<br/>: fin", "–~Oui_?<br>–~Non_!<br/>: fin"),
    ('<img alt="a ?"> ?', '<img alt="a ?">_?'),
    ("2 < 3 ; a <b", "2 < 3_; a <b"),
    ('Oui ? <a href="', 'Oui_? <a href="'),
    ("a <code>b ? c", "a <code>b ? c"),
]


@pytest.mark.parametrize(("typed", "shown"), MARKUP)
def test_a_fragment_is_set_across_its_tags(typed: str, shown: str) -> None:
    assert typeset_html(typed) == spaced(shown)


def test_no_superior_letter_character_is_ever_written() -> None:
    assert "ᵉ" not in typeset_html("2ème, XXe siècle") + typeset("2ème, XXe siècle")


# Pieces that meet in manuscripts, so that hypothesis finds the rules' borders quickly.
PIECES = """... -- mot l' M. Mme Non 000 2ème 1ère XXe siècle km n° p. etc. coeur http://x.fr a@b.fr
    x.pdf mars ‘ 🎫 \ufffc \ud800"""
MARKS = " \u00a0\u202f\n\t\r\"'’«»“”?!;:.…,-–—()[]abMI12e%h€§°@#/&"
WORDS = st.sampled_from([*MARKS, *PIECES.split(), "01 23 45 67 89"])
ELEMENTS = """<b> </b> <i> </i> <p> </p> <br> <img> <sup> </sup> </a> <code> </code> < </
    &nbsp; &laquo; &raquo; &quot; &#39; &amp; &nbsp &#8239;"""
TAGS = st.sampled_from([*ELEMENTS.split(), '<a href="a ?">', '<!-- " -->', "<code>a ?</code>"])
PLAIN = st.lists(WORDS, max_size=16).map("".join) | st.text(max_size=40)
FRAGMENTS = st.lists(WORDS | TAGS, max_size=16).map("".join) | st.text(
    "<>&;/b\"'= ?!-", max_size=30
)


def letters(text: str) -> str:
    """What must survive: the text without its spaces and what typography may exchange."""
    for old, new in {"œ": "oe", "æ": "ae", "…": "...", "º": "°"}.items():
        text = text.replace(old, new)
    text = re.sub("[«»“”‘’´]", "'", text.replace('"', "'"))
    text = re.sub("[–—-]+", "-", text)
    return re.sub(r"\s", "", re.sub("(?:(?:i?[eè][rm]e|re|e)s?)+", "e", text))


@given(PLAIN)
@example("1......d.http://x.fr!")
def test_setting_twice_changes_nothing_and_no_word_is_lost(text: str) -> None:
    shown = typeset(text)
    assert typeset(shown) == shown
    assert letters(shown) == letters(text)


def structure(fragment: str) -> tuple[list[object], str]:
    """Elements and attributes in order, <sup> aside, and the text that a reader sees."""
    seen: list[object] = []
    text: list[str] = []

    def visit(element: object) -> None:
        if not isinstance(element.tag, str):
            seen.append(("comment", element.text))
            return
        if element.tag != "sup":
            seen.append((element.tag, sorted(element.attrib.items())))
        text.append(element.text or "")
        for child in element:
            visit(child)
            text.append(child.tail or "")
        if element.tag != "sup":
            seen.append("/" + element.tag)

    visit(html5lib.parseFragment(fragment, namespaceHTMLElements=False))
    return seen, "".join(text)


@given(FRAGMENTS)
def test_a_fragment_keeps_its_elements_and_its_words(fragment: str) -> None:
    fragment = fragment.replace("\ud800", "")  # html5lib, the witness, does not read it
    shown = typeset_html(fragment)
    assert typeset_html(shown) == shown
    (elements, text), (elements_shown, text_shown) = structure(fragment), structure(shown)
    assert elements_shown == elements
    assert letters(text_shown) == letters(text)


@given(st.text())
def test_any_unicode_is_accepted(text: str) -> None:
    assert typeset_html(typeset(text)) is not None


PARAGRAPH = (
    "L'attente, c'est « long » ; on dit \"oui\" : non ? 10 000 personnes (l'an dernier)... ! "
    "Le 2ème guichet - celui de Mme Dupont - ouvre à 14h30. "
)


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH * 360,
        "<p>" + PARAGRAPH * 5 + "<b>",
        '"a" ',
        "<b>",
        "<a ",
        "&a",
        "I",
        "a.",
        "1 000 ",
    ],
    ids=["prose", "markup", "quotes", "tags", "half tags", "ampersands", "I", "dots", "thousands"],
)
def test_a_long_text_takes_seconds_not_minutes(text: str) -> None:
    text = (text * (50_000 // len(text) + 1))[:50_000]
    start = time.perf_counter()
    typeset(text)
    typeset_html(text)
    assert time.perf_counter() - start < 15
