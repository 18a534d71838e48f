"""The report on a test as a page that stands alone: what the class believes, and what to look at first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from types import MappingProxyType

import msgspec

from deckgen.direction import direction
from deckgen.marking.analysis import (
    EASY,
    ENOUGH,
    HARD,
    IDLE,
    RELIABLE,
    SCOREPAK,
    TARRANT,
    WEAK,
    Figures,
    Flag,
    ItemFigures,
    first_to_look_at,
)
from deckgen.words import words
from deckgen.words.numbers import marks


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
table { border-collapse: collapse; width: 100%; } table.few { width: auto; } .wide { overflow-x: auto; }
th { text-align: start; font-weight: 600; }
th, td { padding-block: .35rem; padding-inline: 0 .7rem; vertical-align: top; }
tr { border-bottom: 1px solid var(--line); }
td[colspan] { padding-inline-start: 1.4rem; font-size: .95rem; color: #3c3934; }
td.n, th.n { text-align: end; white-space: nowrap; }
code { unicode-bidi: isolate; }
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
    grades: Mapping[str, int] = MappingProxyType({}),
    *,
    language: str = "en",
) -> bytes:
    """Return the report as HTML in a BCP 47 language; all texts in it are data.

    `left` says what nobody decided yet, and how often; `grades`, from the best one down, how many papers have each.
    """
    return _Page(figures, wordings, left, grades, language).html(title).encode()


def where(id_: str, wordings: Mapping[str, Wording]) -> str:
    """Return the place of an item in the project; empty where that is not known."""
    return wordings[id_].where if id_ in wordings else ""


class _Page:
    """The parts of the report."""

    def __init__(
        self,
        figures: Figures,
        wordings: Mapping[str, Wording],
        left: Mapping[str, int],
        grades: Mapping[str, int],
        language: str,
    ) -> None:
        self._figures = figures
        self._wordings = wordings
        self._open = left
        self._grades = grades
        self._language = language
        self._words = words(language)

    def html(self, title: str) -> str:
        name = f"<bdi>{escape(title)}</bdi>"
        head = (
            f'<!DOCTYPE html>\n<html lang="{escape(self._language)}" dir="{direction(self._language)}">\n'
            '<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" '
            "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{escape(title)} – {self._say('item-analysis')}</title>\n<style>{_STYLE}</style>\n</head>\n"
        )
        return "".join(
            [
                head,
                f'<body>\n<main>\n<p class="kicker">{self._say("item-analysis")}</p>\n<h1>{name}</h1>\n',
                self._left(),
                self._summary(),
                self._beliefs(),
                self._first(),
                self._given_grades(),
                self._items(),
                "</main>\n</body>\n</html>\n",
            ]
        )

    def _say(self, key: str, **filled: str) -> str:
        """Return fixed words as HTML."""
        return escape(self._words[f"report-{key}"].format(**filled))

    def _number(self, value: float | None, digits: int = 2) -> str:
        if value is None:
            return "–"
        shown = f"{round(value, digits) + 0:.{digits}f}".replace("-", "−")
        return shown.replace(".", marks(self._language).decimal)

    def _bound(self, value: float) -> str:
        return f"{value:g}".replace(".", marks(self._language).decimal)

    def _per_cent(self, share: float) -> str:
        return self._words["report-per-cent"].format(number=f"{100 * share:.0f}")

    def _of(self, count: str, all_: str) -> str:
        return self._say("count-of", count=count, all=all_)

    def _left(self) -> str:
        if not self._open:
            return ""
        rows = "".join(
            f"<li>{f'{count} ' if count > 1 else ''}{escape(line)}</li>\n"
            for line, count in self._open.items()
        )
        return (
            f'<h2>{self._say("not-decided")}</h2>\n<p class="note">{self._say("left-out")}</p>\n'
            f"<ul>\n{rows}</ul>\n"
        )

    def _summary(self) -> str:
        figures = self._figures
        facts = {
            "persons": str(figures.persons),
            "mean": self._of(self._number(figures.mean, 1), self._bound(figures.most)),
            "deviation": self._number(figures.deviation, 1),
            "alpha": f"<bdi>{self._number(figures.alpha)}</bdi>",
        }
        listed = "".join(
            f"<div><dt>{self._say(key)}</dt><dd>{value}</dd></div>" for key, value in facts.items()
        )
        notes = []
        if figures.persons < ENOUGH:
            notes.append(self._say("few", count=str(ENOUGH)))
        if figures.alpha is not None and figures.alpha < RELIABLE:
            notes.append(self._say("unreliable", bound=self._bound(RELIABLE), source=SCOREPAK))
        return f"<dl>{listed}</dl>\n" + "".join(f'<p class="note">{note}</p>\n' for note in notes)

    def _beliefs(self) -> str:
        if not self._figures.held:
            return ""
        rows = "".join(
            f'<tr><td class="n"><b>{self._per_cent(each.share)}</b></td><td>{_bar(each.share)}</td>'
            f"<td>{self._text(each.misconception)}</td>"
            f'<td class="n">{self._of(str(each.holders), str(each.asked))}</td></tr>\n'
            for each in self._figures.held
        )
        head = _head(f"n:{self._say('hold-it')}", "", self._say("misconception"), f"n:{self._say('persons')}")
        return f'<h2>{self._say("beliefs")}</h2>\n<div class="wide"><table>\n{head}{rows}</table></div>\n'

    def _first(self) -> str:
        found = first_to_look_at(self._figures)
        if not found:
            return ""
        rows = "".join(
            f"<li>{self._text(item.id)} {self._place(item.id)}"
            f'<br><span class="flags">{" · ".join(map(self._flag, item.flags))}</span></li>\n'
            for item in found
        )
        return f"<h2>{self._say('first')}</h2>\n<ol>\n{rows}</ol>\n"

    def _given_grades(self) -> str:
        papers = sum(self._grades.values())
        if not papers:
            return ""
        rows = "".join(
            f"<tr><td><bdi>{escape(name)}</bdi></td><td>{_bar(count / papers)}</td>"
            f'<td class="n">{count}</td><td class="n">{self._per_cent(count / papers)}</td></tr>\n'
            for name, count in self._grades.items()
        )
        head = _head(escape(self._words["sheet-grade"]), "", f"n:{self._say('persons')}", "")
        return f'<h2>{self._say("grades")}</h2>\n<div class="wide"><table class="few">\n{head}{rows}</table></div>\n'

    def _flag(self, flag: Flag) -> str:
        bounds = {Flag.WEAK: WEAK, Flag.HARD: HARD, Flag.EASY: EASY}
        bound = self._per_cent(IDLE) if flag is Flag.IDLE else self._bound(bounds.get(flag, 0))
        return self._say(f"flag-{flag}", bound=bound)

    def _items(self) -> str:
        columns = [self._say(key) for key in ("chosen-all", "chosen-upper", "chosen-lower")]
        head = _head(self._say("question"), "n:p", "n:r", *(f"n:{name}" for name in columns))
        rows = "".join(map(self._item, self._figures.items))
        legend = (
            self._say("difficulty"),
            self._say("discrimination", bound=self._bound(WEAK), source=SCOREPAK),
            self._say(
                "chosen",
                upper=self._words["report-chosen-upper"],
                lower=self._words["report-chosen-lower"],
                share=self._per_cent(IDLE),
                source=TARRANT,
            ),
        )
        return (
            f'<h2>{self._say("all-questions")}</h2>\n<div class="wide"><table>\n{head}{rows}</table></div>\n'
            f'<p class="note">{"<br>".join(legend)}</p>\n'
        )

    def _item(self, item: ItemFigures) -> str:
        made = (
            f"<tr><td>{self._text(item.id)} {self._place(item.id)}</td>"
            f'<td class="n">{self._number(item.difficulty)}</td>'
            f'<td class="n"><bdi>{self._number(item.discrimination)}</bdi></td>'
            f'<td class="n">{item.persons}</td><td></td><td></td></tr>\n'
        )
        known = dict(self._wordings[item.id].options) if item.id in self._wordings else {}
        if item.kind == "true-false":
            known = {0: self._words["sheet-true"], 1: self._words["sheet-false"]}
        for option in item.options:
            mark = "✓" if option.right else "✗"
            name = known.get(option.source)
            shown = (
                f"<bdi>{escape(name)}</bdi>" if name else self._say("option", number=str(option.source + 1))
            )
            made += (
                f'<tr><td colspan="3">{mark} {shown}</td><td class="n">{option.all}</td>'
                f'<td class="n">{option.upper}</td><td class="n">{option.lower}</td></tr>\n'
            )
        return made

    def _text(self, id_: str) -> str:
        return f"<bdi>{escape(self._wordings[id_].text if id_ in self._wordings else id_)}</bdi>"

    def _place(self, id_: str) -> str:
        return f"<code>{escape(where(id_, self._wordings) or id_)}</code>"


def _head(*names: str) -> str:
    """Return the head of a table of names as HTML; a name after `n:` is of a column of numbers."""
    cells = (
        f'<th scope="col" class="n">{name[2:]}</th>'
        if name.startswith("n:")
        else f'<th scope="col">{name}</th>'
        if name
        else "<td></td>"
        for name in names
    )
    return f"<tr>{''.join(cells)}</tr>\n"


def _bar(share: float) -> str:
    return f'<span class="bar"><i style="width: {share:.0%}"></i></span>'
