"""Lay out what was found in an article and still stands, as the desk shows it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from magazine.models import Article, DismissedFinding, ProofFinding, Proofreading
from magazine.proofreading.asking import is_lost
from magazine.proofreading.dictionary import Dictionary, house_dictionary
from magazine.proofreading.plain import PARAGRAPH
from magazine.proofreading.reading import AROUND
from magazine.proofreading.texts import Text, texts_of

REASONS = {
    "quotes": gettext_lazy("quotation marks as French sets them"),
    "space_in_quotes": gettext_lazy("a no-break space inside the quotation marks"),
    "space_before_mark": gettext_lazy("a no-break space before the mark"),
    "space_of_number": gettext_lazy("a no-break space between a number and its unit"),
    "stray_space": gettext_lazy("no space before a comma or a full stop"),
    "ligature": gettext_lazy("the ligature that the word takes"),
    "dash": gettext_lazy("a dash for a hyphen between spaces"),
    "number_sign": gettext_lazy("the degree sign of n°"),
    "ordinal": gettext_lazy("the short ending of an ordinal number"),
}
NEAR = 12


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its place in words, its reason in the editor's language, and its fellows."""

    pk: int
    place: str
    where: str
    before: str
    found: str
    after: str
    shown_before: str
    shown_after: str
    reason: str
    suggestions: tuple[str, ...]
    fingerprint: str
    can_be_learned: bool
    times: int


@dataclass(frozen=True)
class Sheet:
    """All that the desk shows: how far the reading is, and what it found."""

    state: str
    is_waiting: bool
    may_ask: bool
    is_clean: bool
    findings: tuple[ShownFinding, ...]
    mends: tuple[ShownFinding, ...]
    dismissed: tuple[ShownFinding, ...]


def sheet_of(article: Article) -> Sheet:
    """Return the sheet of an article's newest draft, in the language that is active.

    What was corrected since the reading, and what the dictionary has learned since, is gone.
    """
    reading = Proofreading.objects.filter(pk=article.pk).first()
    if reading is None:
        return Sheet(_("Not read yet."), False, True, False, (), (), ())
    texts = defaultdict(list)
    for text in texts_of(article.get_latest_revision_as_object()):
        texts[text.place].append(text)
    known = house_dictionary()
    dismissed = set(
        DismissedFinding.objects.filter(article_id=article.pk).values_list("fingerprint", flat=True)
    )
    standing = [
        (finding, text)
        for finding in reading.findings.all()
        if (text := _where_it_stands(finding, texts[finding.place]))
        and not _is_known(finding, known)
    ]
    shown = _together(pair for pair in standing if pair[0].fingerprint not in dismissed)
    hidden = _together(pair for pair in standing if pair[0].fingerprint in dismissed)
    findings = tuple(each for each, source in shown if source == ProofFinding.Source.PROOFREADER)
    return Sheet(
        state=_state(reading),
        is_waiting=reading.state == Proofreading.State.ASKED and not is_lost(reading),
        may_ask=reading.state != Proofreading.State.ASKED or is_lost(reading),
        is_clean=reading.state == Proofreading.State.DONE and not findings,
        findings=findings,
        mends=tuple(each for each, source in shown if source == ProofFinding.Source.TYPOGRAPHER),
        dismissed=tuple(each for each, _source in hidden),
    )


def _state(reading: Proofreading) -> str:
    if is_lost(reading):
        return _(
            "Asked for %(ago)s ago, and nobody has read it: the job runner (db_worker) seems to "
            "stand still."
        ) % {"ago": timesince(reading.asked_at, depth=1)}
    if reading.state == Proofreading.State.ASKED:
        return _("A reading was asked for; it begins as soon as the text rests.")
    if reading.state == Proofreading.State.FAILED:
        return _("%(problem)s Only the typographer has read the text.") % {
            "problem": Proofreading.Problem(reading.problem).label
        }
    return _read_when(localtime(reading.read_at))


def _read_when(moment: dt.datetime) -> str:
    """Say at what time of today, or on which day, and that no proofreader took part if so."""
    if moment.date() == localtime().date():
        when = date_format(moment, "TIME_FORMAT")
        said = _("Read at %(when)s.")
        alone = _(
            "Read at %(when)s by the typographer alone: no proofreader is set up (PROOFREADER_URL)."
        )
    else:
        when = date_format(moment, "SHORT_DATETIME_FORMAT")
        said = _("Read on %(when)s.")
        alone = _(
            "Read on %(when)s by the typographer alone: no proofreader is set up (PROOFREADER_URL)."
        )
    return (said if settings.PROOFREADER_URL else alone) % {"when": when}


def _where_it_stands(finding: ProofFinding, texts: list[Text]) -> Text | None:
    """Return the text in which the found words still stand between the same neighbours."""
    around = finding.before[-NEAR:] + finding.found + finding.after[:NEAR]
    return next((text for text in texts if around in text.words), None)


def _is_known(finding: ProofFinding, known: Dictionary) -> bool:
    return finding.is_spelling and finding.found in known


def _together(pairs: Iterable[tuple[ProofFinding, Text]]) -> list[tuple[ShownFinding, str]]:
    """Show an unknown word or a mend that comes again once, with how often."""
    times: dict[tuple[str, ...], int] = defaultdict(int)
    first: dict[tuple[str, ...], tuple[ProofFinding, Text]] = {}
    for finding, text in pairs:
        key = (finding.source, finding.rule, finding.found)
        if finding.source == ProofFinding.Source.PROOFREADER and not finding.is_spelling:
            key = (*key, str(finding.pk))
        times[key] += 1
        first.setdefault(key, (finding, text))
    return [
        (_shown(finding, text, times[key]), finding.source)
        for key, (finding, text) in first.items()
    ]


def _shown(finding: ProofFinding, text: Text, times: int) -> ShownFinding:
    reason = finding.reason or ", ".join(
        str(REASONS[rule]) for rule in finding.rule.split(",") if rule in REASONS
    )
    return ShownFinding(
        pk=finding.pk,
        place=finding.place,
        where=text.label,
        before=finding.before,
        found=finding.found,
        after=finding.after,
        shown_before=_beginning(finding.before),
        shown_after=_end(finding.after),
        reason=reason,
        suggestions=tuple(finding.suggestions),
        fingerprint=finding.fingerprint,
        can_be_learned=finding.is_spelling,
        times=times,
    )


def _beginning(before: str) -> str:
    """Return what stands before in the same paragraph, no word cut in two."""
    paragraph = before.rpartition(PARAGRAPH)[2]
    if len(paragraph) < AROUND:
        return paragraph
    return "…" + paragraph.partition(" ")[2]


def _end(after: str) -> str:
    """Return what follows in the same paragraph, no word cut in two."""
    paragraph = after.partition(PARAGRAPH)[0]
    if len(paragraph) < AROUND:
        return paragraph
    return paragraph.rpartition(" ")[0] + "…"
