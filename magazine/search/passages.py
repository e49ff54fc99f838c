"""Choose the passages that answer a question, and mark in them what was found. No Django here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from magazine.search.accents import held_terms
from magazine.search.analysis import (
    ELIDED,
    ODD,
    UNSEEN,
    WORD,
    Word,
    exact_form,
    folded,
    with_plain_apostrophes,
    words_of,
)
from magazine.search.engines.base import KeptText
from magazine.search.plan import Alternative, Plan
from magazine.search.results import ShownPassage
from magazine.typography import typeset_html

LONGEST_PASSAGE = 220
MOST_PASSAGES = 2
LONGEST_DIRECTIVE = 5
# Letters, and those that are folded into them or begin with them.
ACCENTED = "àâäáãåéèêëîïíìôöóòõûüùúçñœæłøđðħŧı"
FOLDED = "aaaaaaeeeeiiiiooooouuuucnoaloddhti"
# Words that stand on the page as they were typed: typography changes nothing between them.
PLAIN_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@dataclass(frozen=True)
class Span:
    """A place in a text, from sign to sign, that holds what a group of the plan looks for."""

    start: int
    end: int
    group: int


class Marker:
    """Finds the words of a plan in texts, whatever their form."""

    def __init__(self, plan: Plan) -> None:
        self._by_term: dict[str, list[tuple[int, Alternative]]] = {}
        for number, group in enumerate(plan.groups):
            for alternative in group.alternatives:
                runs = [alternative] if alternative.is_phrase else _apart(alternative)
                for run in runs:
                    self._by_term.setdefault(run.words[0].term, []).append((number, run))
        runs = [run for each in self._by_term.values() for _number, run in each]
        starts = {start for run in runs for start in _start(run)}
        wanted = "|".join(_rough(start) for start in sorted(starts)) or r"(?!)"
        self._rough = re.compile(rf"(?<![^\W_])(?:{wanted})", re.IGNORECASE)

    def spans(self, text: str) -> list[Span]:
        """Return where the text holds what is looked for, in order, none inside another."""
        if ODD.search(text):
            return list(self._spans_of_odd(text))
        plain = with_plain_apostrophes(text)
        found: list[Span] = []
        done = 0
        for candidate in self._rough.finditer(plain):
            if candidate.start() < done:
                continue
            for span in self._spans_at(plain, candidate.start()):
                found.append(span)
                done = span.end
                break
        return found

    def _spans_of_odd(self, text: str) -> Iterator[Span]:
        """Return the same where accents stand apart or signs can't be seen: rare, word by word."""
        words = words_of(text)
        done = 0
        for place, word in enumerate(words):
            for number, run in self._runs_from(word.exact):
                last = place + len(run.words)
                if place >= done and _is_run(words[place:last], run):
                    yield Span(word.start, words[last - 1].end, number)
                    done = last
                    break

    def _runs_from(self, exact: str) -> list[tuple[int, Alternative]]:
        """Return what may begin with a form, the longest first."""
        runs = [run for term in held_terms(exact) for run in self._by_term.get(term, ())]
        return sorted(runs, key=lambda each: -len(each[1].words))

    def _spans_at(self, text: str, place: int) -> Iterator[Span]:
        first = _word_at(text, place)
        if first is None:
            return
        for number, run in self._runs_from(exact_form(first.group())):
            end = _end_of_run(text, first.end(), run)
            if end:
                yield Span(place, end, number)


def _is_run(words: Sequence[Word], run: Alternative) -> bool:
    return len(words) == len(run.words) and all(
        wanted.term in held_terms(word.exact) for word, wanted in zip(words, run.words, strict=True)
    )


def mark(text: str, spans: Sequence[Span]) -> str:
    """Return a text as escaped, typeset HTML, every span in `<mark>`."""
    return typeset_html(_marked(text, spans, 0, len(text)))


def passages_of(kept: KeptText, marker: Marker) -> tuple[ShownPassage, ...]:
    """Return the passages that hold most of what is looked for, in the order of the text.

    The beginning of the text where none holds anything.
    """
    found = []
    texts = [("standfirst", kept.standfirst, "")]
    texts += [(passage.kind, passage.text, passage.block) for passage in kept.passages]
    for place, (kind, text, anchor) in enumerate(texts):
        spans = marker.spans(text)
        if spans:
            groups = len({span.group for span in spans})
            found.append((-groups, -min(len(spans), 3), place, kind, text, anchor, spans))
    best = sorted(found, key=lambda each: each[:3])[:MOST_PASSAGES]
    best.sort(key=lambda each: each[2])
    if not best:
        kind, text, anchor = next((each for each in texts if each[1]), ("standfirst", "", ""))
        return (ShownPassage(_cut(text, []), kind, anchor, f"#{anchor}" if anchor else ""),)
    whole = folded(" ".join([kept.title, *(text for _kind, text, _anchor in texts)]))
    return tuple(
        ShownPassage(_cut(text, spans), kind, anchor, _fragment(text, spans[0], anchor, whole))
        for _groups, _count, _place, kind, text, anchor, spans in best
    )


def _apart(alternative: Alternative) -> list[Alternative]:
    return [Alternative((word,)) for word in alternative.words]


def _start(run: Alternative) -> Iterator[str]:
    """Return the rough beginning that every form of the first word of a run shares."""
    word = folded(run.words[0].exact)
    short = 1 if word[0].isdigit() or word[:2] in {"oe", "ae"} else 2
    yield word[:short]


def _rough(start: str) -> str:
    """Return a pattern for a beginning with any accents; abbreviations have points in them."""
    return "['.]?".join(
        f"[{sign}{''.join(a for a, f in zip(ACCENTED, FOLDED, strict=True) if f == sign)}]"
        for sign in start
    )


def _word_at(text: str, place: int) -> re.Match[str] | None:
    match = WORD.match(text, place)
    if match and "'" in match.group():
        head = match.group().partition("'")[0]
        if head.lower() in ELIDED:
            return WORD.match(text, place + len(head) + 1)
    return match


def _end_of_run(text: str, end: int, run: Alternative) -> int:
    """Return where the run ends whose first word ends at `end`, or 0 where it isn't that run."""
    for word in run.words[1:]:
        following = WORD.search(text, end)
        following = following and _word_at(text, following.start())
        if following is None or word.term not in held_terms(exact_form(following.group())):
            return 0
        end = following.end()
    return end


def _cut(text: str, spans: Sequence[Span]) -> str:
    """Return at most 220 signs around the place where most of what is found stands together."""
    start, end = 0, len(text)
    if end > LONGEST_PASSAGE:
        start = _best_start(text, spans)
        end = min(len(text), start + LONGEST_PASSAGE)
        if end < len(text):
            end = max(text.rfind(" ", start, end), start + 1)
    shown = _marked(text, spans, start, end).strip()
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    return typeset_html(before + shown + after)


def _best_start(text: str, spans: Sequence[Span]) -> int:
    if not spans:
        return 0

    def held(first: Span) -> int:
        reach = first.start + LONGEST_PASSAGE * 2 // 3
        return len({s.group for s in spans if first.start <= s.start and s.end <= reach})

    first = max(spans, key=lambda span: (held(span), -span.start))
    earliest = first.start - LONGEST_PASSAGE // 3
    if earliest <= 0:
        return 0
    sentence = max(text.rfind(stop, earliest, first.start) for stop in (". ", "? ", "! ", "… "))
    if sentence >= 0:
        return sentence + 2
    space = text.find(" ", earliest, first.start)
    return space + 1 if space >= 0 else first.start


def _marked(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    parts, done = [], start
    for span in spans:
        if span.start < done or span.end > end:
            continue
        parts += [escape(text[done : span.start]), "<mark>", escape(text[span.start : span.end])]
        parts.append("</mark>")
        done = span.end
    return "".join([*parts, escape(text[done:end])])


def _fragment(text: str, span: Span, anchor: str, whole: str) -> str:
    """Return what leads to the block and, where a browser can, to the very words.

    A browser goes to the first place that has them: words that stand elsewhere too in the `whole`
    article, folded, are left to the block.
    """
    run = PLAIN_RUN.match(text, span.start)
    words = run.group().split(" ")[:LONGEST_DIRECTIVE] if run else []
    # The last word of a run may be cut in two by an apostrophe that typography changes.
    goes_on = run and text[run.end() : run.end() + 1] in {"'", "’", "-", *UNSEEN}
    if goes_on and len(words) < LONGEST_DIRECTIVE:
        words = words[:-1]
    if whole.count(folded(" ".join(words))) != 1:
        words = []
    directive = f":~:text={quote(' '.join(words), safe='')}" if words else ""
    return f"#{anchor}{directive}" if anchor or directive else ""
