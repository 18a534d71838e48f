"""Marks on simulated scans are read as they were meant, or sent to a person."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from marking import simulator, trial
from marking.exam import Exam, exam

#: Of a hundred responses. What is faint, crossed, rubbed out or crossed out is for a person to decide.
ODD = simulator.Strange(faint=0.005, crossed=0.005, circled=0.003, erased=0.008, cancelled=0.005)
#: Faint pencil leaves no trace where each dot is black or white: nobody could read it.
BLACK_OR_WHITE = simulator.Strange(crossed=0.005, circled=0.003, cancelled=0.005)
LAYOUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "choices, A4": ("choices", {}),
    "mixed, Letter": ("mixed", {"paper": "Letter"}),
    "mixed, A4, large print": ("mixed", {"profile": "large-print"}),
    "few, Letter, large print": ("few", {"paper": "Letter", "profile": "large-print"}),
    "several, A4": ("several", {}),
    "above boxes, A4": ("above boxes", {}),
}


@cache
def printed(layout: str) -> Exam:
    name, printing = LAYOUTS[layout]
    return exam(name, **printing)


#: How many copies of each layout, of a hundred: the long ones take longest.
SHARES = {
    "choices, A4": 100,
    "mixed, Letter": 100,
    "mixed, A4, large print": 20,
    "few, Letter, large print": 100,
    "several, A4": 100,
}


def clean(count: int) -> list[tuple[str, int, simulator.Machine, simulator.Strange]]:
    """Pages of a feeder: every layout, in grey."""
    return [
        (layout, max(1, count * share // 100), simulator.CLEAN, simulator.Strange())
        for layout, share in SHARES.items()
    ]


def degraded(count: int) -> list[tuple[str, int, simulator.Machine, simulator.Strange]]:
    """Everything else: worn feeders, telephones, 100 to 600 dpi, black and white."""
    machines = [
        (simulator.DEGRADED, ODD, 100),
        (simulator.BLACK_AND_WHITE, BLACK_OR_WHITE, 100),
        (simulator.COARSE, ODD, 100),
        (simulator.PHOTOGRAPH, ODD, 70),
        (simulator.FINE, ODD, 10),
        (simulator.YELLOW, ODD, 50),
        (simulator.PINK, ODD, 50),
    ]
    return [
        (layout, max(1, count * share * part // 10_000), machine, strange)
        for layout, share in SHARES.items()
        for machine, strange, part in machines
    ]


def read(
    folder: Path, piles: list[tuple[str, int, simulator.Machine, simulator.Strange]], seed: int
) -> trial.Result:
    """Fill in, take pictures of and read piles of a layout each; the pictures are deleted again."""
    results = []
    for number, (layout, count, machine, strange) in enumerate(piles):
        there = folder / str(number)
        there.mkdir()
        pens = simulator.PENS if machine.tint == (255, 255, 255) else simulator.COLOURED
        truth = trial.a_class(printed(layout), there, count, machine, strange, seed + number, pens)
        results.append(trial.trial(there, printed(layout), truth))
        shutil.rmtree(there)
    return trial.together(results)


def test_a_few_pages_are_read_as_meant(tmp_path: Path) -> None:
    """Clean, black and white, worn and photographed: nothing is wrong that a person is not asked about."""
    piles = [
        ("few, Letter, large print", 1, simulator.PHOTOGRAPH, ODD),
        ("few, Letter, large print", 1, simulator.DEGRADED, ODD),
        ("few, Letter, large print", 1, simulator.BLACK_AND_WHITE, BLACK_OR_WHITE),
        ("mixed, Letter", 2, simulator.COARSE, ODD),
    ]
    found = read(tmp_path, piles, seed=1)
    assert (found.wrong, found.unread) == ([], [])
    assert found.rows > 200
    assert found.doubtful < 0.08 * found.rows


def test_what_is_not_simply_filled_is_never_decided_silently(tmp_path: Path) -> None:
    """Faint marks, circles, rubbed out or crossed out ones everywhere: read as meant, or sent to a person."""
    for number, kind in enumerate(("faint", "circled", "erased", "cancelled")):
        there = tmp_path / kind
        there.mkdir()
        strange = simulator.Strange(blank=0, **{kind: 1.0})
        pile = ("few, Letter, large print", 2, simulator.CLEAN, strange)
        found = read(there, [pile], seed=3 + number)
        assert (found.wrong, found.unread) == ([], [])
        assert found.doubtful > 0.4 * found.rows


def test_circles_do_not_pass_for_paper(tmp_path: Path) -> None:
    """A circle may cover most of what is free around a bubble, at 100 dpi too: it is never taken for the paper."""
    pile = ("mixed, Letter", 1, simulator.COARSE, simulator.Strange(blank=0, circled=1.0))
    found = read(tmp_path, [pile], seed=11)
    assert (found.wrong, found.unread) == ([], [])


def test_a_page_of_crosses_is_read(tmp_path: Path) -> None:
    """Who always makes crosses means them all."""
    there = tmp_path / "scans"
    there.mkdir()
    crosses = simulator.Strange(crossed=1.0, blank=0, double=0)
    truth = trial.a_class(printed("mixed, Letter"), there, 2, simulator.CLEAN, crosses, 5)
    found = trial.trial(there, printed("mixed, Letter"), truth)
    assert (found.wrong, found.unread) == ([], [])
    assert found.doubtful < 0.3 * found.rows


def test_coloured_pens_on_coloured_paper_are_read(tmp_path: Path) -> None:
    """Blue, red and light felt pens, scanned in colour: as grey ones."""
    piles = [
        ("mixed, Letter", 1, simulator.YELLOW, simulator.Strange()),
        ("few, Letter, large print", 3, simulator.PINK, simulator.Strange()),
    ]
    found = read(tmp_path, piles, seed=21)
    assert (found.wrong, found.unread) == ([], [])
    assert found.rows > 60
    assert found.doubtful <= 0.05 * found.rows


def test_a_mark_in_a_square_is_taken_back_by_a_short_cross(tmp_path: Path) -> None:
    """The arms of a cross just leave a square at its corners, so that the ring around has hardly any of their ink."""
    pile = ("several, A4", 2, simulator.YELLOW, simulator.Strange(blank=0, cancelled=1.0))
    found = read(tmp_path, [pile], seed=2)
    assert (found.wrong, found.unread) == ([], [])


def test_what_is_printed_below_a_square_is_not_drawn_around_it(tmp_path: Path) -> None:
    """The boxes of a number begin just below the squares of the question above."""
    pens = simulator.PENS[:1]
    truth = trial.a_class(
        printed("above boxes, A4"), tmp_path, 8, simulator.CLEAN, simulator.Strange(double=0), 3, pens
    )
    found = trial.trial(tmp_path, printed("above boxes, A4"), truth)
    assert (found.wrong, found.unread, found.doubtful) == ([], [], 0)


@pytest.mark.long
def test_nothing_is_wrong_among_a_hundred_thousand_marks(tmp_path: Path) -> None:
    """At most 1 % of clean responses are sent to a person, and 5 % of degraded ones; no other is read wrongly."""
    marks = 0
    for name, piles, most in (("clean", clean(45), 0.01), ("degraded", degraded(20), 0.05)):
        there = tmp_path / name
        there.mkdir()
        found = read(there, piles, seed=100)
        print(
            f"{name}: {found.rows} responses, {found.marks} bubbles, {found.doubtful} doubtful, {found.unread}"
        )
        assert found.wrong == []
        assert found.doubtful <= most * found.rows
        # A page that cannot be read is told, never guessed.
        assert len(found.unread) <= 0.005 * found.pages
        marks += found.marks
    assert marks >= 100_000
