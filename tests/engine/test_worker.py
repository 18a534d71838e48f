"""Jobs give the same wherever they run."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from select import select

import pytest

from deckgen.engine import worker
from deckgen.engine.worker import Job, Running, run, run_apart
from waiting import PATIENCE


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide any work between two processes, whatever the machine."""
    monkeypatch.setattr(worker, "_WORTH_IT", 0)
    monkeypatch.setattr(worker, "_processes", lambda: 2)


def who(number: int) -> bytes:
    return b"%d %d" % (number, os.getpid())


class Meeting:
    """Lets two jobs wait for each other, so that neither process does both."""

    def __init__(self) -> None:
        self._pipes = [os.pipe(), os.pipe()]

    def job(self, place: int, then: Callable[[], bytes]) -> Callable[[], bytes]:
        """Return a job that goes on when that of the other place has begun."""

        def meet() -> bytes:
            os.write(self._pipes[place][1], b"!")
            assert select([self._pipes[1 - place][0]], [], [], PATIENCE)[0], "nobody came"
            return then()

        return meet


def test_all_jobs_are_done_once_by_several_processes() -> None:
    """Each job gives one result, and not all are of this process."""
    meeting = Meeting()
    jobs = [Job(str(number), partial(who, number), 1) for number in range(700)]
    for place in (0, 1):
        jobs[place] = Job(str(place), meeting.job(place, jobs[place].run), 9)
    done = list(run(jobs))
    assert sorted((name, int(content.split()[0])) for name, content in done) == sorted(
        (str(n), n) for n in range(700)
    )
    assert len({content.split()[1] for _, content in done}) == 2


def test_long_jobs_start_first() -> None:
    """Two jobs that take longer than all others are done by two processes at the same time."""
    meeting = Meeting()
    started = []

    def note(number: int) -> bytes:
        started.append(number)
        return who(number)

    jobs = [Job(str(n), partial(note, n), 1) for n in range(4)]
    jobs += [Job(str(n), meeting.job(n - 4, partial(note, n)), 100) for n in (4, 5)]
    done = dict(run(jobs))
    assert started[0] in (4, 5)
    assert done["4"].split()[1] != done["5"].split()[1]


def test_what_a_process_leaves_undone_is_done_here() -> None:
    """A process that is killed costs time and nothing else."""
    here = os.getpid()
    meeting = Meeting()

    def dies() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    done = list(run([Job("a", meeting.job(0, dies)), Job("b", meeting.job(1, dies)), Job("c", dies)]))
    assert sorted(done) == [("a", b"done"), ("b", b"done"), ("c", b"done")]


def test_a_mistake_is_raised_where_it_can_be_told() -> None:
    """What a job raises in another process is raised in this one."""

    def fails() -> bytes:
        raise LookupError("nothing here")

    with pytest.raises(LookupError, match="nothing here"):
        list(run([Job("a", partial(who, 1), 9), Job("b", fails)]))


def test_no_process_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that fails here ends the other process, too."""
    started: list[int] = []
    fork = os.fork

    def forked() -> int:
        process = fork()
        started.append(process)
        return process

    def fails() -> bytes:
        raise LookupError

    monkeypatch.setattr(os, "fork", forked)
    with pytest.raises(LookupError):
        list(run([Job("a", fails, 9), Job("b", partial(who, 1))]))
    (process,) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)


@pytest.mark.parametrize("apart", [False, True])
def test_others_end_when_the_first_is_killed(monkeypatch: pytest.MonkeyPatch, apart: bool) -> None:
    """Whoever was left behind would hold up the next build, also one that does many jobs by itself."""
    monkeypatch.setattr(worker, "_can_fork", lambda: True)
    source, there = os.pipe()

    def done(number: int) -> bytes:
        os.write(there, b"%d" % number)
        while number == 0 and os.getppid() == parent:
            os.sched_yield()
        return b""

    parent = os.fork()
    if parent == 0:
        parent = os.getpid()
        jobs = [Job(str(number), partial(done, number), 9 - number) for number in range(2)]
        if apart:
            run_apart(lambda: list(run(jobs, alone=True)))
        Running(jobs, meanwhile=True)
        signal.pause()
    os.read(source, 1)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    os.close(there)
    # The end of the pipe comes when the last process that could write to it has ended.
    assert b"1" not in iter(lambda: os.read(source, 1), b"")


def test_a_process_with_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy has only one of the threads, and whatever the others held stays held."""
    monkeypatch.undo()
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert worker._processes() == 1
    finally:
        done.set()
        other.join()
