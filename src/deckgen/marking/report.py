"""The report on a test as a page that stands alone: what the class believes, and what to look at first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

import msgspec

from deckgen.marking.analysis import ENOUGH, RELIABLE, Figures, ItemFigures, first_to_look_at
from deckgen.marking.spreadsheets import table


class Wording(msgspec.Struct, frozen=True):
    """What the project says of an item: its text, those of its options by their place in the source, and its place."""

    text: str
    options: Mapping[int, str] = {}
    #: `cards/quiz.toml:12`
    where: str = ""


_STYLE = """
:root { color-scheme: light; --ink: #1d1b18; --quiet: #635e56; --line: #d8d3ca; --bar: #1f5f8b; --warn: #9a4a12; }
body { margin: 0 auto; max-width: 58rem; padding: 2rem 1.5rem 4rem; color: var(--ink); background: #fff;
  font: 1rem/1.55 Charter, Georgia, serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; }
.kicker, .note, th, td.id, .flags, dt { font-family: system-ui, sans-serif; font-size: .85rem; color: var(--quiet); }
.kicker { margin: 0; } dl { display: flex; flex-wrap: wrap; gap: .4rem 2.2rem; margin: 1.2rem 0; }
dd { margin: 0; font-size: 1.35rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th { text-align: left; font-weight: 600; } th, td { padding: .35rem .7rem .35rem 0; vertical-align: top; }
tr { border-bottom: 1px solid var(--line); }
td[colspan] { padding-inline-start: 1.4rem; font-size: .95rem; color: #3c3934; }
td.n, th.n { text-align: right; white-space: nowrap; }
.bar { display: block; width: 8rem; height: .7rem; background: #ece9e3; }
.bar i { display: block; height: 100%; background: var(--bar); }
.flags { color: var(--warn); } code { font: .85em ui-monospace, monospace; color: var(--quiet); }
ol, ul { padding-inline-start: 1.4rem; } li { margin-block-end: .7rem; }
@media print { body { padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def page(
    title: str,
    figures: Figures,
    wordings: Mapping[str, Wording],
    left: Mapping[str, int] = MappingProxyType({}),
) -> bytes:
    """Return the report as HTML; all texts in it are data.

    `left` says what nobody decided yet, and how often.
    """
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}: what the class believes</title>\n<style>{_STYLE}</style>\n</head>\n"
    )
    parts = [
        head,
        f'<body>\n<main>\n<p class="kicker">Item analysis</p>\n<h1>{escape(title)}</h1>\n',
        _left(left),
        _summary(figures),
        _beliefs(figures, wordings),
        _first(figures, wordings),
        _items(figures, wordings),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts).encode()


def items_csv(figures: Figures, wordings: Mapping[str, Wording]) -> bytes:
    """Return a line for each question, with the options behind it: chosen by all, by the upper, by the lower third."""
    most = max((len(item.options) for item in figures.items), default=0)
    head = ["question", "kind", "persons", "difficulty", "discrimination", "flags", "place"]
    columns = ("option {}", "chosen {}", "upper {}", "lower {}", "misconception {}")
    lines = [[*head, *(name.format(number) for number in range(most) for name in columns)]]
    for item in figures.items:
        start = [
            item.id,
            item.kind,
            str(item.persons),
            f"{item.difficulty:.3f}",
            _figure(item.discrimination, ""),
        ]
        line = [*start, "; ".join(item.flags), _where(item.id, wordings)]
        for option in item.options:
            right = "right" if option.right else "wrong"
            line += [right, str(option.all), str(option.upper), str(option.lower), option.misconception]
        lines.append(line)
    return table(lines)


def misconceptions_csv(figures: Figures) -> bytes:
    """Return a line for each misconception: who holds it, of whom."""
    lines = [["misconception", "hold it", "asked", "share"]]
    lines += [
        [each.misconception, str(each.holders), str(each.asked), f"{each.share:.3f}"] for each in figures.held
    ]
    return table(lines)


def _left(left: Mapping[str, int]) -> str:
    if not left:
        return ""
    rows = "".join(
        f"<li>{f'{count} ' if count > 1 else ''}{escape(line)}</li>\n" for line, count in left.items()
    )
    return (
        f'<h2>Not decided yet</h2>\n<p class="note">It is left out of all figures.</p>\n<ul>\n{rows}</ul>\n'
    )


def _summary(figures: Figures) -> str:
    facts = {
        "persons": str(figures.persons),
        "mean": f"{figures.mean:.1f} of {figures.most:g}",
        "standard deviation": f"{figures.deviation:.1f}",
        "alpha": _figure(figures.alpha, "–"),
    }
    listed = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    notes = []
    if figures.persons < ENOUGH:
        notes.append(f"With fewer than {ENOUGH} persons the figures say little.")
    if figures.alpha is not None and figures.alpha < RELIABLE:
        notes.append(
            f"Alpha is below {RELIABLE} (Nunnally 1978): do not rely on small differences of points."
        )
    return f"<dl>{listed}</dl>\n" + "".join(f'<p class="note">{note}</p>\n' for note in notes)


def _beliefs(figures: Figures, wordings: Mapping[str, Wording]) -> str:
    if not figures.held:
        return ""
    rows = "".join(
        f'<tr><td class="n"><b>{each.share:.0%}</b></td><td><span class="bar"><i style="width: {each.share:.0%}"></i>'
        f"</span></td><td>{escape(_text(each.misconception, wordings))}</td>"
        f'<td class="n">{each.holders} of {each.asked}</td></tr>\n'
        for each in figures.held
    )
    head = _head("n:hold it", "", "misconception", "n:persons")
    return f'<h2>What the class believes</h2>\n<div class="wide"><table>\n{head}{rows}</table></div>\n'


def _first(figures: Figures, wordings: Mapping[str, Wording]) -> str:
    found = first_to_look_at(figures)
    if not found:
        return ""
    rows = "".join(
        f"<li>{escape(_text(item.id, wordings))} <code>{escape(_where(item.id, wordings) or item.id)}</code>"
        f'<br><span class="flags">{escape("; ".join(item.flags))}</span></li>\n'
        for item in found
    )
    return f"<h2>What to look at first</h2>\n<ol>\n{rows}</ol>\n"


def _items(figures: Figures, wordings: Mapping[str, Wording]) -> str:
    rows = "".join(_item(item, wordings) for item in figures.items)
    head = _head("question", "n:p", "n:r", "n:all", "n:upper", "n:lower")
    return (
        f'<h2>All questions</h2>\n<div class="wide"><table>\n{head}{rows}</table></div>\n'
        '<p class="note"><b>p</b>: mean share of the points. <b>r</b>: correlation with the points of all other '
        "questions; below 0.2 a question should be improved (Ebel &amp; Frisbie 1991). <b>upper</b>, <b>lower</b>: how "
        "many of the third with the most and the fewest points chose an option; one that fewer than 5 % choose does "
        "nothing (Haladyna &amp; Downing 1993).</p>\n"
    )


def _head(*names: str) -> str:
    """Return the head of a table; a name after `n:` is of a column of numbers."""
    cells = (
        f'<th scope="col" class="n">{name[2:]}</th>'
        if name.startswith("n:")
        else f'<th scope="col">{name}</th>'
        if name
        else "<td></td>"
        for name in names
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _item(item: ItemFigures, wordings: Mapping[str, Wording]) -> str:
    first = (
        f"<tr><td>{escape(_text(item.id, wordings))} <code>{escape(_where(item.id, wordings) or item.id)}</code></td>"
        f'<td class="n">{item.difficulty:.2f}</td><td class="n">{_figure(item.discrimination, "–")}</td>'
        f'<td class="n">{item.persons}</td><td></td><td></td></tr>\n'
    )
    known = wordings[item.id].options if item.id in wordings else {}
    for option in item.options:
        mark = "✓" if option.right else "✗"
        name = known.get(option.source, f"option {option.source}")
        first += (
            f'<tr><td colspan="3">{mark} {escape(name)}</td><td class="n">{option.all}</td>'
            f'<td class="n">{option.upper}</td><td class="n">{option.lower}</td></tr>\n'
        )
    return first


def _figure(value: float | None, none: str) -> str:
    return none if value is None else f"{round(value, 2) + 0:.2f}"


def _text(id_: str, wordings: Mapping[str, Wording]) -> str:
    return wordings[id_].text if id_ in wordings else id_


def _where(id_: str, wordings: Mapping[str, Wording]) -> str:
    return wordings[id_].where if id_ in wordings else ""
