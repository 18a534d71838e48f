"""What a watch says after each rebuild: on a terminal the present state, in a log what changed.

A terminal's screen is redrawn each time, so a mistake that is fixed disappears from it. A pipe or a log gets lines
that say what is new and what is fixed.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from deckgen.diagnostics import Report
from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.paint import painted, painter
from deckgen.diagnostics.text import blocks, summary

if TYPE_CHECKING:
    from deckgen.diagnostics import Located
    from deckgen.live.rebuilding import Rebuilt

#: So many ids and file names are listed; the rest are counted.
_NAMED = 4
#: Clear the screen, but not the lines that were scrolled out.
_CLEAR = "\x1b[H\x1b[J"


def screen(done: Rebuilt, *, time: str, color: bool, width: int, height: int) -> str:
    """Return a terminal's screen: as many diagnostics as fit, and below them the status."""
    diagnostics = _blocks(done.report, color=color, width=width)
    foot = [
        f"{time}  {line}" if not number else line for number, line in enumerate(_status(done, color=color))
    ]
    room = max(height - len(foot) - 2, 4)
    lines = "\n\n".join(diagnostics).splitlines()
    if diagnostics:
        lines += ["", summary(done.report, painter(color=color))]
    if len(lines) > room:
        # A diagnostic counts as shown if its first two lines are: what is wrong, and where.
        shown = sum(start + 1 < room - 1 for start in _starts(diagnostics))
        lines = [*lines[: room - 1], f"… and {len(diagnostics) - shown} more: `deckgen check` lists all"]
    return _CLEAR + "\n".join([*lines, *([""] if lines else []), *foot]) + "\n"


def log(done: Rebuilt, before: Rebuilt | None, *, time: str, width: int) -> str:
    """Return what to add to a log: new mistakes, and a summary."""
    new, gone = _news(done.report, before.report if before else Report((), {}))
    fresh = Report(tuple(new), done.report.texts)
    lines = "\n\n".join(_blocks(fresh, color=False, width=width)).splitlines()
    status = _status(done, color=False, counted=_counted_news(len(new), gone) if before else "")
    return "\n".join([*lines, f"{time} {status[0]}", *status[1:]]) + "\n"


def _blocks(report: Report, *, color: bool, width: int) -> list[str]:
    """Return the lines of each diagnostic."""
    return [painted(block, painter(color=color)) for block in blocks(report, width)]


def _starts(diagnostics: list[str]) -> list[int]:
    """Return the line at which each diagnostic starts; an empty line separates them."""
    return list(accumulate((block.count("\n") + 2 for block in diagnostics[:-1]), initial=0))


def _status(done: Rebuilt, *, color: bool, counted: str = "") -> list[str]:
    """Return the status: one line, or several for a problem."""
    paint = painter(color=color)
    saved = f"{_listed(done.saved)}: " if done.saved else ""
    if done.problem:
        first, *more = done.problem.splitlines()
        first = first.removeprefix("error: ")
        return [paint("error", f"{saved}{first}"), *more]
    found = summary(done.report, paint) if done.report.found else paint("good", "no mistakes")
    news = f" ({counted})" if counted else ""
    if done.counts is None:
        return [f"{saved}{found}{news}; dist/ is unchanged"]
    counts = done.counts
    there = f"{counts.notes} notes, {counts.cards} cards, {counts.sheets} sheets"
    what = ", ".join(_change(what, ids) for what, ids in done.changes) or "nothing changed for learners"
    first = f"{saved}{found}{news}; {what}; {there} in {done.seconds:.1f} s"
    return [first, *([f"withdrawn: {visible(done.withdrawn)}"] if done.withdrawn else [])]


def _change(what: str, ids: tuple[str, ...]) -> str:
    """Return `2 changed (port-range, five-tuple)`; for a long list only its number."""
    named = f" ({', '.join(map(visible, ids))})" if len(ids) <= _NAMED else ""
    return f"{len(ids)} {what}{named}"


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(map(visible, names[:_NAMED]))
    return shown if len(names) <= _NAMED else f"{shown} and {len(names) - _NAMED} more"


def _news(now: Report, before: Report) -> tuple[list[Located], int]:
    """Return the new mistakes, and how many are gone; one that only moved to another line is neither."""
    known = Counter(map(_identity, before.found))
    new = []
    for item in now.found:
        if known[_identity(item)]:
            known[_identity(item)] -= 1
        else:
            new.append(item)
    return new, known.total()


def _identity(item: Located) -> tuple[str, str, str]:
    return item.diagnostic.place.file, item.diagnostic.code, item.diagnostic.message


def _counted_news(new: int, gone: int) -> str:
    return ", ".join(f"{count} {what}" for count, what in ((new, "new"), (gone, "fixed")) if count)
