"""Find what French micro-typography changes in a passage, as edits that leave its words alone.

A rule reads the view of a passage (one character per cell, see magazine.typography) and yields
edits. Source, where a rule names none: Lexique des règles typographiques en usage à l'Imprimerie
nationale (2002). Quotation marks are paired by polytypo (locale fr).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import polytypo

NARROW = "\u202f"  # espace fine insécable
NBSP = "\u00a0"  # espace mots insécable
OPAQUE = "\ufffc"  # stands for a picture or a piece of code inside a sentence
SPACES = " \t\u00a0\u202f\u2007\u2009\u200a"

Edit = tuple[int, int, str]  # start, end, what stands there instead
Rule = Callable[[str, bytearray], Iterator[Edit]]

S = f"[{SPACES}]"
LETTER = r"[^\W\d_]"
CAPITAL = "[A-ZÀ-ÖØ-ÞŒ]"

PROTECTED = re.compile(
    r"""(?<!\w)(?:(?:https?|ftps?|file)://|mailto:|tel:|www\.)[^\s<>"«»“”…]++
    | (?<![\w.+-])[\w.+-]++@[\w-]++(?>(?:\.[\w-]++)*)
    | (?<![\w@])@\w++(?>(?:[.-]\w++)*)
    | (?<![\w&\#])\#\w++
    | (?<![\w/.])(?:~|\.{1,2})?(?:/[\w.-]++){2,}+/?
    | (?<!\w)[A-Za-z]:\\[^\s<>"«»“”…]++
    | (?<![\w.…-])[\w-]++(?>(?:\.[\w-]++)+)(?:/[^\s<>"«»“”…]++)?+""",
    re.VERBOSE,
)
TRAILING = ".,;:!?'’)]"


def protected_spans(view: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of addresses, handles, hashtags, file names and paths."""
    for match in PROTECTED.finditer(view):
        end = match.start() + len(match[0].rstrip(TRAILING))
        if "(" in match[0] and view[end : end + 1] == ")":
            end += 1
        yield match.start(), end


SINGLE_QUOTED = re.compile(
    r"(?<![\w'‘’])['‘](?=[^\W\d_])"
    r"(?:[^'‘’\"«»“”\n]|(?<=\w)['’](?=\w)){2,80}?(?<=[\w.!?…])['’](?![\w'’])"
)
WIDE_MARKS = re.compile('["«»“”„‟]')
ONLY_QUOTES = dict.fromkeys(("spaces", "ellipsis", "hyphen", "dashes"), False) | dict.fromkeys(
    ("apostrophe", "symbols", "nbsp"), False
)
# polytypo's pairing grows with the square of the marks it is given at once.
MARKS_AT_ONCE = 64
# An apostrophe is no quotation mark here, but one may follow it: l'"ami".
NO_SINGLE_MARKS = str.maketrans(dict.fromkeys("'‘’‚‛‹›", "-") | {OPAQUE: "x"})


def quotation_marks(view: str, locked: bytearray) -> Iterator[Edit]:
    """« » at the first level, “ ” inside, whatever marks were typed; unpaired ones stay."""
    masked = view
    single = [m.span() for m in SINGLE_QUOTED.finditer(view) if not locked[m.start()]]
    if single:
        letters = list(view)
        for start, end in single:
            letters[start] = letters[end - 1] = '"'
        masked = "".join(letters)
    masked = masked.translate(NO_SINGLE_MARKS)
    if any(locked):
        masked = "".join(
            "x" if lock and char != "\n" else char
            for char, lock in zip(masked, locked, strict=True)
        )
    marks = [m.start() for m in WIDE_MARKS.finditer(masked)]
    if not marks:
        return
    cuts = [0, *marks[MARKS_AT_ONCE::MARKS_AT_ONCE], len(masked)]
    for first, last in pairwise(cuts):
        for change in polytypo.analyze(masked[first:last], locale="fr", rules=ONLY_QUOTES):
            yield first + change.start, first + change.end, change.after


APOSTROPHE = re.compile(
    rf"(?<={LETTER})'(?![('])|(?<=[)\]»”{OPAQUE}])'(?=\w)|(?<=\d)'(?={LETTER})"
    rf"|(?<![\w')\]»”{OPAQUE}])'(?=\w)|(?<={LETTER})[´‘](?={LETTER})"
)
ELLIPSIS = re.compile(r"(?<!\.)\.{3}(?!\.)")
NUMERO = re.compile(r"(?<!\w)[nN](º)(?=\W*\d)")
LIGATURES = re.compile(
    r"\b(?:(?:c|ch|s|cons|ranc|contrec|écc?|hautec)(?:oeur)|(?:man|dés)?oeuvr|oeil|boeuf|voeu|noeud"
    r"|moeurs|oeuf|foet(?:us|al|aux)|oed[èei]|oes(?:oph|tr)|oecum|oenolog|coel(?:acanth|iaq|ioscop)"
    r"|vitae\b|aequo\b|caetera\b|naev[ui])",
    re.IGNORECASE,
)
TWO_LETTERS = re.compile("oe|ae", re.IGNORECASE)
ROMAN = r"(?:X?L[IVX]*|[IVX]+)"
LONG_ORDINAL = re.compile(
    rf"(?<![\w.,])(?:1(?P<first>(?:ère|ere|ière)(?P<firsts>s?))"
    rf"|(?:\d+|{ROMAN})(?P<later>(?:ième|ieme|ème|eme|è)(?P<laters>s?)))(?!\w)"
)
ORDINAL = re.compile(
    r"(?<![\w.,:/])(?:\d+(?P<a>es?)|1(?P<b>ers?|res?)|2(?P<c>ndes?|nds?)|I(?P<d>er)"
    r"|(?:X?L[IVX]+|XL|[IVX]{2,}|[VX])(?P<e>es?))(?!\w)"
)


def letters_and_marks(view: str, locked: bytearray) -> Iterator[Edit]:
    """’ and …, n° with a degree sign, œ and æ in the words that have them, 2e for 2ème."""
    for match in APOSTROPHE.finditer(view):
        yield match.start(), match.end(), "’"
    for match in ELLIPSIS.finditer(view):
        yield match.start(), match.end(), "…"
    for match in NUMERO.finditer(view):
        yield match.start(1), match.end(1), "°"
    for word in LIGATURES.finditer(view):
        for match in TWO_LETTERS.finditer(view, word.start(), word.end()):
            yield match.start(), match.end(), {"o": "œ", "O": "Œ", "a": "æ", "A": "Æ"}[match[0][0]]
    for match in LONG_ORDINAL.finditer(view):
        if match["first"]:
            yield match.start("first"), match.end("first"), "re" + match["firsts"]
        else:
            yield match.start("later"), match.end("later"), "e" + match["laters"]


def ordinal_endings(view: str, locked: bytearray) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what is set superior: e, er, re, nd after a number."""
    for match in ORDINAL.finditer(view):
        start, end = match.span(match.lastgroup or 0)
        if not any(locked[start:end]):
            yield start, end


LINE_DASH = re.compile(rf"(?:\A|(?<=\n)){S}*+(?P<dash>--?|–|—)(?P<s>{S}++)(?=[^\s;:!?,.–—-])")
INCISE = re.compile(rf"(?<=\S)(?P<before>{S}++)(?P<dash>--?|–|—)(?P<after>{S}++)(?=(?P<next>\S))")
NEW_SENTENCE = re.compile(rf"\n|(?<!\bMM)(?<!\b[A-Z])[.!?…][»”\")]?\s++[«“\"]?\s*+{CAPITAL}")


def dashes(view: str, locked: bytearray) -> Iterator[Edit]:
    """– for a spaced hyphen; a dash stays with the words of its speech or its aside.

    In a sentence the first dash opens an aside and the next one closes it.
    """
    for match in LINE_DASH.finditer(view):
        if match["dash"] == "-" and view[match.end()].isdigit():
            continue
        yield (
            match.start("dash"),
            match.end("dash"),
            match["dash"].replace("--", "–").replace("-", "–"),
        )
        yield match.start("s"), match.end("s"), NBSP
    opened, seen = False, 0
    for match in INCISE.finditer(view):
        previous = view[match.start() - 1]
        if "-" in match["dash"] and previous.isdigit() and match["next"].isdigit():
            continue
        if NEW_SENTENCE.search(view, seen, match.start()):
            opened = False
        seen = match.start()
        if "-" in match["dash"]:
            yield match.start("dash"), match.end("dash"), "–"
        starts = previous in "«“(" or not (opened or match["next"] in ",.;:!?)»”")
        if previous not in "«“(":
            yield match.start("before"), match.end("before"), " " if starts else NBSP
        if match["next"] not in ",.;:!?)»”":
            yield match.start("after"), match.end("after"), NBSP if starts else " "
        opened = starts


MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
SPACED_UNITS = "[mghslLtW$£°]|ha|ms|[kM]W|dpi|ppp|pt|px|millions?|milliards?|euros?|ans?"
BINDINGS = [
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)[nN]°(?P<s>{S}*+)(?=\d)",
        rf"(?<!\w)(?i:pp?|art|fig|vol|chap|t|éd|ill|col|tél)\.(?P<s>{S}++)(?=[\dIVXLC+])",
        rf"(?<!\w)pages?(?P<s>{S}++)(?=\d)",
        rf"§(?P<s>{S}*+)(?=\d)",
        rf"(?<!\w)(?:MM?\.|Mmes?|Mlles?)(?P<s>{S}++)(?={LETTER})",
        rf"(?<!\w)(?:Drs?|Prs?|Mes?|Mgr|Ste?)(?P<s>{S}++)(?={CAPITAL})",
        rf"(?<![\w.'’-])(?>(?:[A-Z]\.-?)+)(?P<s>{S}++)(?={CAPITAL}[\w.])",
        rf",(?P<s>{S}++)(?=etc\b)",
        rf"(?<=\d)(?P<s>{S}*+)(?=(?:[%‰€]|[kM]€|°[CF])(?!\w))",
        rf"(?<=\d)(?P<s>{S}*+)(?=(?:km/h|kWh|[kcm]m|kg|[mcd]l|[KMGT]o|min)[²³23]?(?!\w))",
        rf"(?<=\d)(?P<s>{S}++)(?=(?:{SPACED_UNITS})[²³23]?(?![\w'’]))",
        rf"(?<!\w)\d{{1,3}}(?P<s>{S}*+)(?=h(?:{S}*+[0-5]\d)?(?!\w))",
        rf"(?<!\w)\d{{1,3}}{S}*+h(?P<s>{S}*+)(?=[0-5]\d(?!\w))",
        rf"(?<!\w)\d{{1,3}}{S}*+min(?P<s>{S}++)(?=[0-5]\d(?!\w))",
        rf"(?<!\w)(?:1er|[12]?\d|3[01])(?P<s>{S}++)(?=(?:{MONTHS})(?!\w))",
        rf"(?<!\w){ROMAN}(?:er|es?)(?P<s>{S}++)(?=siècles?(?!\w))",
    )
]
PHONE = re.compile(
    rf"(?<![\w+])(?:0\d(?:{S}\d\d){{4}}|0{S}?[89]\d\d{S}\d{{3}}{S}\d{{3}}"
    rf"|\+\d{{1,3}}(?:{S}?\(0\))?(?:{S}\d{{1,4}}){{2,6}})(?!\d)"
)
THOUSANDS = re.compile(rf"(?<![\w.,/])(?<!\d{S})[1-9]\d{{0,2}}(?>(?:{S}\d{{3}})+)(?!{S}?\d)")
ONE_SPACE = re.compile(S)


def numbers_and_abbreviations(view: str, locked: bytearray) -> Iterator[Edit]:
    """What is read in one breath is not broken: 12 %, n° 5, M. Dupont, 14 h 30, 10 000."""
    phones = list(PHONE.finditer(view))
    for match in phones:
        for space in ONE_SPACE.finditer(view, *match.span()):
            yield space.start(), space.end(), NBSP
    dialled = {index for match in phones for index in range(*match.span())}
    for match in THOUSANDS.finditer(view):
        if match.start() not in dialled:
            for space in ONE_SPACE.finditer(view, *match.span()):
                yield space.start(), space.end(), NARROW
    for binding in BINDINGS:
        for match in binding.finditer(view):
            yield match.start("s"), match.end("s"), NBSP


STRAY_SPACES = re.compile(rf"(?<=[\w»)\]’”{OPAQUE}]){S}++(?=[,.](?:[\s]|\Z))")
CLUSTER = re.compile("[;:!?]+")
MAY_FOLLOW_COLON = f"\n»”«“…{OPAQUE}{SPACES}"
CODE_AFTER_MARK = re.compile(r'[\w=<>/&\[(@#$%^*|"]')


def high_punctuation(view: str, locked: bytearray) -> Iterator[Edit]:
    """U+202F before ; ! ? and U+00A0 before :, never twice inside a group such as ?!"""
    for match in STRAY_SPACES.finditer(view):
        yield match.start(), match.end(), ""
    for match in CLUSTER.finditer(view):
        left = match.start()
        while left and view[left - 1] in SPACES:
            left -= 1
        if not left or view[left - 1] in "\n([{«“‹\"'":
            continue
        marks, following = match[0], view[match.end() : match.end() + 1]
        if marks in (";", ":"):
            if not following or following in MAY_FOLLOW_COLON:
                yield left, match.start(), NBSP if marks == ":" else NARROW
        elif set(marks) <= set("!?") and not CODE_AFTER_MARK.match(following):
            yield left, match.start(), NARROW


def guillemets(view: str, locked: bytearray) -> Iterator[Edit]:
    """U+00A0 inside « and »; an empty or unfinished pair stays as it is."""
    for match in re.finditer("«", view):
        end = match.end()
        while view[end : end + 1] and view[end] in SPACES:
            end += 1
        if view[end : end + 1] not in ("", "\n", "»"):
            yield match.end(), end, NBSP
    for match in re.finditer("»", view):
        start = match.start()
        while start and view[start - 1] in SPACES:
            start -= 1
        if start and view[start - 1] not in "\n«":
            yield start, match.start(), NBSP


RULES: tuple[Rule, ...] = (
    quotation_marks,
    letters_and_marks,
    dashes,
    numbers_and_abbreviations,
    high_punctuation,
    guillemets,
)
