"""Run jobs in several processes at once, which saves about a third of the time of a cold build."""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, NamedTuple, Self, TypeVar, cast

_Result = TypeVar("_Result")

#: Milliseconds of work below which a second process costs more than it saves.
_WORTH_IT = 60
#: Each process needs some memory.
_MOST_PROCESSES = 4
#: Bytes of a ticket, and how many a pipe holds on any system.
_TICKET, _MOST_TICKETS = 2, 256
#: In a fork: the process that it works for.
_FORKED_BY: list[int] = []


class Job(NamedTuple):
    """A task with a named result."""

    name: str
    #: Returns a value that can be pickled.
    run: Callable[[], Any]
    #: Estimated milliseconds.
    cost: float = 5


def run(jobs: Sequence[Job], *, alone: bool = False) -> Iterator[tuple[str, Any]]:
    """Run jobs, in this process and, unless `alone`, in forks of it if that saves time; yield each name and result.

    The longest start first, and a process that is free takes the next one. A job that fails in another process
    runs again in this one, and raises here.
    """
    with Running(jobs, alone=alone) as running:
        yield from running.results()


def run_apart(function: Callable[[], _Result]) -> _Result:
    """Call a function in a fork of this process, whose memory is gone afterwards; here where there can be none.

    If it fails in the fork it is called again in this process, and raises here.
    """
    if _can_fork():
        tickets = _Tickets(1)
        worker = _Worker([Job("", function)], tickets)
        try:
            for _, result in worker.results():
                return cast("_Result", result)
        finally:
            tickets.close()
            worker.terminate()
    return function()


class Running:
    """Jobs that other processes work on; `results` makes this one work with them."""

    def __init__(self, jobs: Sequence[Job], *, alone: bool = False, meanwhile: bool = False) -> None:
        """Start processes, unless `alone` or there is too little to do.

        `meanwhile` is whether this process will do something else first.
        """
        self._jobs = sorted(jobs, key=lambda job: -job.cost)
        self.names = [job.name for job in self._jobs]
        #: Estimated milliseconds of all jobs.
        self.cost = sum(job.cost for job in jobs)
        count = 0 if alone or self.cost < _WORTH_IT else min(_processes() - 1, len(jobs) - (not meanwhile))
        self._tickets = _Tickets(len(jobs))
        self._workers: list[_Worker] = []
        try:
            for _ in range(count):
                self._workers.append(_Worker(self._jobs, self._tickets))
        except BaseException:
            self.stop()
            raise

    @property
    def is_divided(self) -> bool:
        """Whether other processes work on them."""
        return bool(self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def results(self) -> Iterator[tuple[str, Any]]:
        """Run what nobody has begun, wait for the rest, and yield the name and result of each job."""
        done: set[int] = set()
        for index in self._tickets:
            _end_if_orphaned()
            yield self._jobs[index].name, self._jobs[index].run()
            done.add(index)
        for worker in self._workers:
            for index, result in worker.results():
                yield self._jobs[index].name, result
                done.add(index)
        for index, job in enumerate(self._jobs):
            if index not in done:
                yield job.name, job.run()

    def stop(self) -> None:
        """End the other processes, whether they are done or not."""
        self._tickets.close()
        for worker in self._workers:
            worker.terminate()


class _Tickets:
    """Numbers that several processes take from a pipe, each number one time."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._step = min(count, _MOST_TICKETS)
        self._source, there = os.pipe()
        os.write(there, b"".join(number.to_bytes(_TICKET, "big") for number in range(self._step)))
        os.close(there)

    def __iter__(self) -> Iterator[int]:
        """Take numbers until none are left, in order."""
        while ticket := os.read(self._source, _TICKET):
            # Where there are more numbers than tickets, a ticket is for several.
            yield from range(int.from_bytes(ticket, "big"), self._count, self._step)

    def close(self) -> None:
        """Free the pipe."""
        os.close(self._source)


class _Worker:
    """A fork of this process that runs some jobs and writes their results to an anonymous file."""

    def __init__(self, jobs: Sequence[Job], tickets: _Tickets) -> None:
        self._stream: IO[bytes] = tempfile.TemporaryFile(prefix="deckgen-")  # noqa: SIM115 -- closed by `terminate`
        here = os.getpid()
        try:
            self._process = os.fork()
        except OSError:
            self._process = -1
        if self._process == 0:
            _FORKED_BY.append(here)
            _work(jobs, tickets, self._stream)

    def results(self) -> Iterator[tuple[int, Any]]:
        """Wait for it, and yield the results of its jobs with their numbers; nothing if it failed."""
        if self._process <= 0:
            return
        process, self._process = self._process, -1
        _, status = os.waitpid(process, 0)
        if status == 0:
            self._stream.seek(0)
            while (index := pickle.load(self._stream)) is not None:  # noqa: S301 -- our own, from an anonymous file
                yield index, pickle.load(self._stream)  # noqa: S301 -- the same

    def terminate(self) -> None:
        """Kill it if it still runs, and free its file."""
        self._stream.close()
        if self._process > 0:
            with suppress(OSError):
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)


def _work(jobs: Sequence[Job], tickets: _Tickets, stream: IO[bytes]) -> None:
    """Run jobs in this process, which then exits without the exit handlers that it inherited."""
    code = 1
    try:
        for index in tickets:
            _end_if_orphaned()
            pickle.dump(index, stream)
            pickle.dump(jobs[index].run(), stream)
        pickle.dump(None, stream)
        stream.flush()
        code = 0
    finally:
        os._exit(code)


def _end_if_orphaned() -> None:
    """End a fork whose parent was killed: nobody waits for it any more but the next build."""
    if _FORKED_BY and os.getppid() != _FORKED_BY[-1]:
        os._exit(1)


def _can_fork() -> bool:
    """Return whether this process can be forked: only one without threads can."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _processes() -> int:
    """Return how many processes can run in parallel."""
    if not _can_fork():
        return 1
    processors = getattr(os, "sched_getaffinity", lambda _process: range(os.cpu_count() or 1))(0)
    return min(len(processors), _MOST_PROCESSES)
