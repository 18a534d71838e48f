"""A quiz of things that are too long, too wide or too many for any page."""

from __future__ import annotations

from deckgen import core
from sheet.quizzes import course, head, whole

#: A word that no line holds.
_WORD = "x" * 180
_LONG = "incomprehensibilities " * 12
_SUM = "+".join(f"y_{{{place}}}" for place in range(60))
_COLUMNS = 14
_TABLE = "\n".join(
    "| " + " | ".join(cells) + " |"
    for cells in (
        [f"column {place}" for place in range(_COLUMNS)],
        ["---"] * _COLUMNS,
        [f"value {place}" for place in range(_COLUMNS)],
    )
)


def _drawing(width: int, height: int) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}" fill="none" stroke="#000"/></svg>'
    ).encode()


MEDIA = {"wide.svg": _drawing(3000, 60), "tall.svg": _drawing(60, 3000)}


def _choice(id_: str, prompt: str, option: str) -> core.Choice:
    options = (core.Option(option, right=True), core.Option("other", right=False))
    return core.Choice(**head(id_), prompt=prompt, options=options)


def items() -> tuple[core.Item, ...]:
    """Return items that would stick out wherever they can."""
    cells = tuple(core.Cell(f"c{place}", _WORD, "x") for place in range(6))
    return (
        _choice("word", f"Long word {_WORD} ends.", _WORD),
        _choice("table", f"Table\n\n{_TABLE}", f"`{_WORD}`"),
        _choice("formula", f"Formula $${_SUM}$$ and $${_SUM}$ in a line", f"${_SUM}$"),
        _choice("code", f"Code\n\n```python\nprint('{'abcdefghij' * 15}')\n{' ' * 60}deep = 1\n```", "a"),
        _choice(
            "nested",
            f"> quote\n\n1. {_WORD}\n2. b\n   - c\n     - d\n\n![tall](tall.svg)",
            "![wide](wide.svg)",
        ),
        core.Matching(
            **head("match"),
            prompt="Match.",
            pairs=(
                core.Pair(_WORD, "a"),
                core.Pair("b", _WORD),
                core.Pair("c", f"https://example.org/{'path/' * 20}"),
            ),
        ),
        core.Ordering(**head("order"), prompt="Order.", entries=(_WORD, "b", "c")),
        core.Cloze(
            **head("gaps"),
            text=f"A {core.gap_marker(0)} {_WORD} {core.gap_marker(1)}.",
            gaps=(core.Gap(1, _WORD, hint=_LONG), core.Gap(2, "b", hint=_WORD)),
        ),
        core.Numeric(**head("unit"), prompt="Number?", answer="1", unit=_WORD),
        core.Short(**head("short"), prompt="Short?", answer=_WORD),
        core.Concept(**head("concept"), term=_WORD, definition=_LONG * 5),
        core.Contrast(**head("row-1", cell="t/a"), title=_WORD, aspect=_WORD, cells=cells),
        core.Contrast(**head("row-2", cell="t/b"), title=_WORD, aspect="two", cells=cells),
        core.TrueFalse(**head("pictures"), prompt="![wide](wide.svg) and ![tall](tall.svg)", answer=True),
        core.Choice(
            **head("many"),
            prompt="Many?",
            options=tuple(core.Option(f"o{n} {_LONG[: n * 3]}", right=n == 0) for n in range(30)),
        ),
    )


def quiz() -> core.Course:
    """Return a course whose sheet has a long head as well."""
    return course(
        items(),
        whole(
            items(),
            title="A very long title " * 8 + _WORD,
            subtitle=_LONG,
            time=45,
            instructions=_LONG + _WORD,
        ),
    )
