"""Builds of press files as jobs: made once, by one worker, whatever the queue does."""

import datetime as dt
import io
import threading

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import default_task_backend

from print import heartbeat, jobs
from print.builds import BuildError
from print.editions import open_edition
from print.models import PressBuild, PressFile, PressProfile

State = PressBuild.State


@pytest.fixture
def edition(magazine):
    issue = magazine.issue(magazine.article(title="La file"), number=7)
    profile = PressProfile.objects.create(
        name="Essai", slug="essai", trim_width_mm=148, trim_height_mm=210
    )
    return open_edition(issue, profile)


@pytest.fixture
def ines(db):
    return get_user_model().objects.create_user("ines", "ines@guichet.example", "x")


@pytest.fixture
def order(edition, ines):
    default_task_backend.clear()
    cache.clear()
    return jobs.ask_for(edition, ines)


@pytest.fixture
def made(monkeypatch, edition):
    """Stand in for the build itself: count how often it is made."""
    calls = []

    def build(edition, *, final, tell):
        tell(PressBuild.Step.TYPE, len(calls), 3)
        calls.append(final)
        return stored(edition, sha256=str(len(calls)))

    monkeypatch.setattr(jobs, "build", build)
    return calls


def stored(edition, *, errors=0, sha256="a"):
    return PressFile.objects.create(
        edition=edition, inputs_digest=sha256, sha256=sha256, name=f"{sha256}.pdf",
        pages=8, size=1, seconds=1, errors=errors, warnings=0,
    )  # fmt: skip


def age(order, **fields):
    """Let a build's moments lie that many seconds back."""
    ago = {name: timezone.now() - dt.timedelta(seconds=back) for name, back in fields.items()}
    PressBuild.objects.filter(pk=order.pk).update(**ago)


def again(order):
    return PressBuild.objects.get(pk=order.pk)


def messages():
    return [result.args for result in default_task_backend.results]


def test_an_order_is_one_message_and_ends_with_its_file(order, made, edition):
    assert (order.state, order.is_open) == (State.WAITING, True)
    jobs.run(order.pk)
    ended = again(order)
    assert (ended.state, ended.attempt, ended.lease) == (State.DONE, 1, None)
    assert ended.press_file == edition.press_files.get()
    assert ended.ended_at
    assert (ended.step, ended.total) == (PressBuild.Step.TYPE, 3)


@pytest.mark.django_db(transaction=True)
def test_the_message_goes_out_with_the_order(order):
    assert messages() == [[order.pk]]


def test_whoever_asks_again_gets_the_build_in_the_making(order, edition, ines):
    assert jobs.ask_for(edition, ines) == order
    assert PressBuild.objects.count() == 1


def test_a_message_that_comes_twice_is_worked_on_once(order, made):
    jobs.run(order.pk)
    jobs.run(order.pk)
    assert made == [False]


def test_a_second_worker_leaves_a_running_build_alone(order, made):
    assert jobs.claim(order.pk)
    assert jobs.claim(order.pk) is None
    jobs.run(order.pk)
    assert (made, again(order).attempt) == ([], 1)


def test_a_build_whose_worker_was_killed_is_taken_over(order, made):
    jobs.claim(order.pk)
    age(order, beat_at=130)
    jobs.run(order.pk)
    assert (again(order).state, again(order).attempt, made) == (State.DONE, 2, [False])


def test_a_worker_that_comes_to_after_a_takeover_stops_and_spoils_nothing(order, monkeypatch):
    def slow(edition, *, final, tell):
        age(order, beat_at=130)
        jobs.claim(order.pk)
        tell(PressBuild.Step.PRESS, 0, 0)
        raise AssertionError("it went on without its lease")

    monkeypatch.setattr(jobs, "build", slow)
    jobs.run(order.pk)
    assert (again(order).state, again(order).attempt, again(order).step) == (State.RUNNING, 2, "")


def test_after_three_killed_workers_it_has_failed_and_says_so(order, made):
    for _attempt in range(3):
        assert jobs.claim(order.pk)
        age(order, beat_at=130)
    jobs.run(order.pk)
    assert (again(order).state, made) == (State.FAILED, [])
    assert again(order).message


def test_a_build_that_breaks_off_is_tried_three_times(order, monkeypatch):
    calls = []

    def broken(edition, *, final, tell):
        calls.append(final)
        raise MemoryError

    monkeypatch.setattr(jobs, "build", broken)
    for _message in range(5):
        jobs.run(order.pk)
    assert (len(calls), again(order).state) == (3, State.FAILED)
    assert again(order).message


def test_a_build_that_fails_says_why_and_is_not_tried_again(order, monkeypatch, edition, ines):
    def refused(edition, *, final, tell):
        raise BuildError("« La file » : une image manque, chargez-la de nouveau.")

    monkeypatch.setattr(jobs, "build", refused)
    jobs.run(order.pk)
    assert (again(order).state, again(order).message) == (
        State.FAILED,
        "« La file » : une image manque, chargez-la de nouveau.",
    )
    assert jobs.ask_for(edition, ines) != order


def test_a_lost_message_is_sent_again(order):
    default_task_backend.clear()
    call_command("recover_builds", stdout=io.StringIO())
    assert messages() == []
    age(order, asked_at=40)
    told = io.StringIO()
    call_command("recover_builds", stdout=told)
    assert (messages(), told.getvalue().strip()) == ([[order.pk]], "1")


def test_a_killed_workers_build_is_sent_again_and_a_living_ones_is_not(order):
    jobs.claim(order.pk)
    age(order, asked_at=600)
    default_task_backend.clear()
    assert jobs.recover() == 0
    age(order, beat_at=130)
    assert jobs.recover() == 1


def test_a_page_that_waits_orders_again_but_once_in_half_a_minute(order):
    default_task_backend.clear()
    jobs.wake_if_overdue(order)
    assert messages() == []
    age(order, asked_at=40)
    jobs.wake_if_overdue(order)
    jobs.wake_if_overdue(order)
    assert messages() == [[order.pk]]


def test_a_waiting_build_is_called_off_at_once(order, ines, made):
    assert jobs.call_off(order, ines)
    assert again(order).state == State.CANCELLED
    jobs.run(order.pk)
    assert (made, jobs.call_off(order, ines)) == ([], False)


def test_a_running_build_is_called_off_at_its_next_step(order, ines, monkeypatch, edition):
    def called_off(edition, *, final, tell):
        tell(PressBuild.Step.TYPE, 1, 3)
        jobs.call_off(order, ines)
        assert again(order).state == State.RUNNING
        tell(PressBuild.Step.PRESS, 0, 0)
        raise AssertionError("it went on")

    monkeypatch.setattr(jobs, "build", called_off)
    jobs.run(order.pk)
    assert again(order).state == State.CANCELLED
    assert not edition.press_files.exists()


def test_a_build_called_off_whose_worker_died_ends_as_cancelled(order, ines, made):
    jobs.claim(order.pk)
    jobs.call_off(order, ines)
    age(order, beat_at=130)
    jobs.run(order.pk)
    assert (again(order).state, made) == (State.CANCELLED, [])


def test_a_final_file_wants_a_faultless_proof_that_somebody_saw(edition, ines):
    with pytest.raises(jobs.JobError):
        jobs.ask_for(edition, ines, final=True)
    stored(edition, errors=2, sha256="a")
    with pytest.raises(jobs.JobError, match="2"):
        jobs.ask_for(edition, ines, final=True)
    stored(edition, sha256="b")
    assert jobs.ask_for(edition, ines, final=True).is_final


def test_a_final_file_waits_for_the_proof_in_the_making(order, edition, ines):
    stored(edition)
    with pytest.raises(jobs.JobError):
        jobs.ask_for(edition, ines, final=True)


def test_counts_are_written_once_a_second_and_each_step_at_once(order):
    lease = jobs.claim(order.pk)
    heart = heartbeat.Heartbeat(order.pk, lease)
    for done in range(3):
        heart.tell(PressBuild.Step.TYPE, done, 9)
    assert (again(order).step, again(order).done) == (PressBuild.Step.TYPE, 0)
    heart.tell(PressBuild.Step.PRESS, 0, 0)
    assert again(order).step == PressBuild.Step.PRESS


@pytest.mark.django_db(transaction=True)
def test_a_build_beats_while_one_article_takes_its_time(order, monkeypatch):
    monkeypatch.setattr(heartbeat, "BEAT_SECONDS", 0.05)
    lease = jobs.claim(order.pk)
    age(order, beat_at=130)
    with heartbeat.Heartbeat(order.pk, lease):
        for _look in range(100):
            if not PressBuild.objects.to_be_claimed().exists():
                break
            threading.Event().wait(0.05)
        assert jobs.claim(order.pk) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_wake_at_once_make_one_file(order, made):
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            jobs.run(order.pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (made, again(order).state, again(order).attempt) == ([False], State.DONE, 1)
