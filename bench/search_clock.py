"""Time answers: kind by kind in turns, then of so many readers at once beside a writer."""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search_questions import Question, Reader

TIMES = 40
# A run ends after so many seconds, however many questions are left: slow engines are asked less.
SECONDS_A_RUN = 180.0
SECONDS_OF_READERS = 15.0
PAUSE = 0.25


class UnansweredError(Exception):
    """An engine gave no answer in the time that it has."""


@dataclass(frozen=True)
class Wait:
    """What somebody waited, in milliseconds: on the clock, and of the processor."""

    clock: float
    processor: float


@dataclass(frozen=True)
class Waits:
    """Half of the answers took no more than `half`, 95 in 100 no more than `most`.

    `asked` counts the answers, `unanswered` the questions that got none.
    """

    half: Wait
    most: Wait
    asked: int
    unanswered: int = 0

    def __str__(self) -> str:
        shown = [f"processor {self.half.processor:6.1f}, {self.most.processor:6.1f}"]
        shown.append(f"{self.asked} answers")
        if self.unanswered:
            shown.append(f"{self.unanswered} unanswered")
        clock = f"p50 {self.half.clock:7.1f} ms, p95 {self.most.clock:7.1f} ms"
        return f"{clock}   ({'; '.join(shown)})"


Ask = Callable[["Question"], Wait]


class Stopwatch:
    """Says what has passed since it was made."""

    def __init__(self) -> None:
        self._clock, self._busy = time.perf_counter(), time.process_time()

    def wait(self) -> Wait:
        """Return what somebody waited until now."""
        clock, busy = time.perf_counter() - self._clock, time.process_time() - self._busy
        return Wait(clock * 1000, busy * 1000)


def measure(
    ask: Ask, reader: Reader, runs: int, kinds: Iterable[str], times: int = TIMES
) -> dict[str, Waits]:
    """Return what readers wait by kind of question, and of all: medians of the runs."""
    wanted = frozenset(kinds)
    for name, question in reader.each(1):
        if name in wanted:
            _asked(ask, question)
    seen: defaultdict[str, list[Waits]] = defaultdict(list)
    for _run in range(runs):
        answers = _one_run(ask, reader, wanted, times)
        answers["all"] = [each for some in list(answers.values()) for each in some]
        for name, some in answers.items():
            seen[name].append(waits(some))
    return {name: median_of(rows) for name, rows in seen.items()}


def _one_run(
    ask: Ask, reader: Reader, wanted: frozenset[str], times: int
) -> defaultdict[str, list[Wait | None]]:
    answers: defaultdict[str, list[Wait | None]] = defaultdict(list)
    until = time.monotonic() + SECONDS_A_RUN
    for _turn in range(times):
        for name, question in reader.each(1):
            if name in wanted:
                answers[name].append(_asked(ask, question))
        if time.monotonic() > until:
            break
    return answers


def _asked(ask: Ask, question: Question) -> Wait | None:
    try:
        return ask(question)
    except UnansweredError:
        return None


def measure_crowd(
    ask: Ask, write: Callable[[int], None], reader: Reader, kinds: Iterable[str], readers: int
) -> tuple[Waits, Waits]:
    """Return what readers wait who ask at once, and what the writes meanwhile take.

    `write` writes the article of a number below that of the sample.
    """
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    until = time.monotonic() + SECONDS_OF_READERS
    crowd = [
        context.Process(target=_read_on, args=(ask, reader, frozenset(kinds), until, answers))
        for _reader in range(readers)
    ]
    for process in crowd:
        process.start()
    writes: list[Wait | None] = []
    while time.monotonic() < until:
        watch = Stopwatch()
        try:
            write(len(writes))
            writes.append(watch.wait())
        except UnansweredError:
            writes.append(None)
        time.sleep(PAUSE)
    times = [each for _process in crowd for each in answers.get()]
    for process in crowd:
        process.join()
    return waits(times), waits(writes)


def _read_on(ask: Ask, reader: Reader, wanted: frozenset[str], until: float, answers: Any) -> None:
    from django.db import connections

    connections.close_all()
    times: list[Wait | None] = []
    try:
        while time.monotonic() < until:
            for name, question in reader.each(1):
                if name in wanted and time.monotonic() < until:
                    times.append(_asked(ask, question))
    finally:
        # Whoever waits for this would wait for ever.
        answers.put(times)


def waits(times: Sequence[Wait | None]) -> Waits:
    """Return what half, and 95 in 100, don't exceed; None stands for no answer."""
    answered = [each for each in times if each]

    def at(part: float) -> Wait:
        if not answered:
            return Wait(float("nan"), float("nan"))
        place = min(int(len(answered) * part), len(answered) - 1)
        return Wait(
            sorted(each.clock for each in answered)[place],
            sorted(each.processor for each in answered)[place],
        )

    return Waits(at(0.5), at(0.95), len(answered), len(times) - len(answered))


def median_of(runs: Sequence[Waits]) -> Waits:
    """Return the medians of several runs."""

    def median(some: list[Wait]) -> Wait:
        return Wait(
            statistics.median(each.clock for each in some),
            statistics.median(each.processor for each in some),
        )

    return Waits(
        median([each.half for each in runs]),
        median([each.most for each in runs]),
        sum(each.asked for each in runs),
        sum(each.unanswered for each in runs),
    )
