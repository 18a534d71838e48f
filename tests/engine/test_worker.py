"""Jobs give the same wherever they run."""

from __future__ import annotations

import os
import signal
import threading
from functools import partial

import pytest

from deckgen.engine import worker
from deckgen.engine.worker import Job, run


@pytest.fixture(autouse=True)
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Divide any work between two processes, whatever the machine."""
    monkeypatch.setattr(worker, "_WORTH_IT", 0)
    monkeypatch.setattr(worker, "_processes", lambda: 2)


def who(number: int) -> bytes:
    return b"%d %d" % (number, os.getpid())


def test_all_jobs_are_done_once_by_several_processes() -> None:
    """Each job gives one result, and not all are of this process."""
    done = dict(run([Job(str(number), partial(who, number)) for number in range(7)]))
    assert {name: int(content.split()[0]) for name, content in done.items()} == {str(n): n for n in range(7)}
    assert len({content.split()[1] for content in done.values()}) == 2


def test_long_jobs_are_shared_out() -> None:
    """Two jobs that take longer than all others go to different processes."""
    costs = (100, 1, 100, 1)
    done = dict(run([Job(str(n), partial(who, n), cost) for n, cost in enumerate(costs)]))
    assert done["0"].split()[1] != done["2"].split()[1]


def test_what_a_process_leaves_undone_is_done_here() -> None:
    """A process that is killed costs time and nothing else."""
    here = os.getpid()

    def dies() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    assert [content for _, content in run([Job("a", dies), Job("b", dies)])] == [b"done", b"done"]


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
