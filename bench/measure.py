"""Time whole processes in turn, so that what drifts on the machine drifts for all of them; and print what came out."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Whether times are those of the processors, of a process and of those that it waited for.
BY_CPU = False

MEGABYTE = 1_000_000


class Results:
    """Collects what was measured, and prints it."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def tell(self, what: str, value: float, bound: float | None, unit: str = "×") -> None:
        """Print and keep a figure with its bound (from above where the unit is × or MB)."""
        fine = bound is None or value <= bound
        self.rows.append({"what": what, "value": round(value, 3), "bound": bound, "unit": unit, "fine": fine})
        aim = "" if bound is None else f"  (at most {bound:g} {unit}{'' if fine else ': MISSED'})"
        print(f"  {what:<66}{value:>9.2f} {unit}{aim}", flush=True)

    def timings(self, timings: dict[str, Timing]) -> None:
        """Print and keep the medians of a round."""
        for timing in timings.values():
            self.rows.append(
                {
                    "what": timing.name,
                    "seconds": timing.seconds,
                    "cpu": timing.cpu,
                    "memory": timing.memory,
                }
            )
            memory = timing.memory / MEGABYTE
            print(f"    {timing.name:<58}{timing.median:>8.3f} s {memory:>7.0f} MB", flush=True)


@dataclass
class Program:
    """A process to time: its command, and what has to be done before each run."""

    name: str
    command: list[str]
    before: Callable[[], None] = lambda: None
    #: Whether the process prints what it is timed for (`tell_time`).
    tells: bool = False


@dataclass(frozen=True)
class Timing:
    """What the runs of one program took: seconds, and the largest resident set in bytes."""

    name: str
    seconds: tuple[float, ...]
    #: What the process itself told, where it does.
    told: tuple[float, ...]
    cpu: tuple[float, ...]
    memory: int

    @property
    def median(self) -> float:
        """Return the median of the seconds."""
        return statistics.median(self.counted)

    @property
    def counted(self) -> tuple[float, ...]:
        """Return the seconds that count."""
        return self.cpu if BY_CPU else self.seconds


def in_turn(programs: list[Program], runs: int, folder: Path, *, warm: bool = True) -> dict[str, Timing]:
    """Run programs in turn, A B C A B C …, after a first round that does not count, if they are to be `warm`."""
    seconds: dict[str, list[float]] = {program.name: [] for program in programs}
    told: dict[str, list[float]] = {program.name: [] for program in programs}
    cpu: dict[str, list[float]] = {program.name: [] for program in programs}
    memory: dict[str, int] = {program.name: 0 for program in programs}
    for number in range(runs + 1 if warm else runs):
        for program in programs:
            program.before()
            took, itself, busy, peak = _run(program, folder)
            if number or not warm:
                seconds[program.name].append(took)
                told[program.name].append(itself)
                cpu[program.name].append(busy)
                memory[program.name] = max(memory[program.name], peak)
    return {
        name: Timing(name, tuple(seconds[name]), tuple(told[name]), tuple(cpu[name]), memory[name])
        for name in seconds
    }


def tell_time(work: Callable[[], object]) -> None:
    """Do a piece of work, and print its seconds: those that passed, and those of the processors, children included."""
    begun, before = time.perf_counter(), sum(os.times()[:4])
    work()
    print(time.perf_counter() - begun, sum(os.times()[:4]) - before)


def ratio(one: Timing, other: Timing, *, told: bool = False) -> float:
    """Return the median of the ratios of runs that stood side by side."""
    pairs = zip(*((each.told if told else each.counted) for each in (one, other)), strict=True)
    return statistics.median(a / b for a, b in pairs)


def memory_of_all(program: Program, folder: Path) -> int | None:
    """Return the largest memory in bytes that a program and its children had together; None where nobody can tell.

    What they share is counted once. It is asked for all the time, so this run is not for timing.
    """
    program.before()
    peak = 0
    with (
        (folder / "log").open("wb") as stream,
        subprocess.Popen(program.command, stdout=stream, stderr=stream) as run,
    ):
        while run.poll() is None:
            peak = max(peak, sum(map(_share, [run.pid, *_children(run.pid)])))
            time.sleep(0.02)
    return peak or None


def _children(process: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def _share(process: int) -> int:
    """Return the proportional set size of a process (https://docs.kernel.org/filesystems/proc.html)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _run(program: Program, folder: Path) -> tuple[float, float, float, int]:
    log = folder / "log"
    with log.open("wb") as stream:
        begun = time.perf_counter()
        process = subprocess.Popen(program.command, stdout=stream, stderr=stream)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > (0 if program.tells else 1):
        raise RuntimeError(f"{program.name}: {log.read_text(errors='replace')[-2000:]}")
    itself = float(log.read_text().split()[-1 if BY_CPU else -2]) if program.tells else took
    return took, itself, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
