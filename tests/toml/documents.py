"""Random TOML documents in every form that the language has, with what they mean."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from hypothesis import strategies as st

BARE = st.text("abcXYZ019_-", min_size=1, max_size=5)
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t"), max_size=12
) | st.sampled_from(["", " ", "#", '"', "'", "\\", "[a]", "a = 1", "é", "日本", "👩‍🚀", "{{x}}", "$5"])


class Written(NamedTuple):
    """A piece of TOML and the value it means."""

    text: str
    value: Any


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _in_long_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@st.composite
def keys(draw: st.DrawFn) -> Written:
    """Write a key bare or in either kind of quotes."""
    form = draw(st.sampled_from(["bare", "bare", "basic", "literal"]))
    if form == "bare":
        name = draw(BARE)
        return Written(name, name)
    name = draw(TEXT)
    if form == "literal" and "'" not in name:
        return Written(f"'{name}'", name)
    return Written(f'"{_escaped(name)}"', name)


@st.composite
def strings(draw: st.DrawFn) -> Written:
    """Write a string in one of the four forms."""
    form = draw(st.sampled_from(["basic", "literal", "long", "long literal"]))
    text = draw(TEXT)
    if form.startswith("long"):
        text += "\n" + draw(TEXT)
    if "literal" in form and "'" not in text:
        return Written(f"'''\n{text}'''" if "long" in form else f"'{text}'", text)
    if "long" in form:
        joined = draw(st.sampled_from(["", "\\\n   "]))
        return Written(
            f'"""{joined or chr(10)}{_in_long_quotes(text)}"""', text.lstrip(" \t\n") if joined else text
        )
    return Written(f'"{_escaped(text)}"', text)


NUMBERS = st.integers(-(2**63), 2**63 - 1).map(lambda n: Written(str(n), n)) | st.sampled_from(
    [
        Written("+0", 0),
        Written("1_000", 1000),
        Written("0xDEAD_beef", 0xDEADBEEF),
        Written("0o755", 0o755),
        Written("0b1101", 0b1101),
        Written("1.5", 1.5),
        Written("-0.25e+3", -250.0),
        Written("1E6", 1e6),
        Written("inf", float("inf")),
        Written("-inf", float("-inf")),
        Written("true", True),
        Written("false", False),
        Written("2026-01-31", dt.date(2026, 1, 31)),
        Written("07:32:00.5", dt.time(7, 32, 0, 500_000)),
        Written("2026-01-31T07:32:00", dt.datetime(2026, 1, 31, 7, 32)),  # noqa: DTZ001 - TOML has local ones
        Written("2026-01-31 07:32:00Z", dt.datetime(2026, 1, 31, 7, 32, tzinfo=dt.UTC)),
    ]
)
BLANK = st.sampled_from(["", " ", "\t", "   "])
GAP = st.sampled_from(["", " ", "\n", "\n    ", " # a ] comment\n", "\n# \" '''\n  "])


@st.composite
def arrays(draw: st.DrawFn, inner: st.SearchStrategy[Written]) -> Written:
    """Write an array over one or several lines, with comments and a trailing comma."""
    parts = draw(st.lists(inner, max_size=3))
    text = "[" + draw(GAP)
    for number, part in enumerate(parts):
        is_last = number == len(parts) - 1
        text += part.text + draw(GAP) + ("" if is_last and draw(st.booleans()) else "," + draw(GAP))
    return Written(text + "]", [part.value for part in parts])


@st.composite
def inline_tables(draw: st.DrawFn, inner: st.SearchStrategy[Written]) -> Written:
    """Write an inline table, some keys dotted."""
    table: dict[str, Any] = {}
    texts = []
    for key, value in draw(st.lists(st.tuples(keys(), inner), max_size=3)):
        if key.value in table:
            continue
        text = key.text
        if draw(st.integers(0, 3)) == 0:
            second = draw(keys())
            text += f"{draw(BLANK)}.{draw(BLANK)}{second.text}"
            table[key.value] = {second.value: value.value}
        else:
            table[key.value] = value.value
        texts.append(f"{text}{draw(BLANK)}={draw(BLANK)}{value.text}")
    return Written("{" + draw(BLANK) + f"{draw(BLANK)},{draw(BLANK)}".join(texts) + draw(BLANK) + "}", table)


VALUES = st.recursive(strings() | NUMBERS, lambda inner: arrays(inner) | inline_tables(inner), max_leaves=5)
LINE_END = st.sampled_from(["\n", "\n", "\n\n", " # comment with \" and ] and '''\n", "\t\n  "])


@st.composite
def bodies(draw: st.DrawFn) -> Written:
    """Write the statements of one table."""
    table: dict[str, Any] = {}
    text = ""
    for key, value in draw(st.lists(st.tuples(keys(), VALUES), max_size=4)):
        if key.value in table:
            continue
        if draw(st.integers(0, 3)) == 0:
            table[key.value] = {}
            for second in draw(st.lists(keys(), min_size=1, max_size=2, unique_by=lambda one: one.value)):
                table[key.value][second.value] = value.value
                text += f"{key.text}{draw(BLANK)}.{draw(BLANK)}{second.text} = {value.text}{draw(LINE_END)}"
        else:
            table[key.value] = value.value
            text += f"{key.text}{draw(BLANK)}={draw(BLANK)}{value.text}{draw(LINE_END)}"
    return Written(text, table)


@st.composite
def documents(draw: st.DrawFn) -> Written:
    """Write a whole document: statements, tables, arrays of tables and tables inside of them."""
    head = draw(bodies())
    text, document = draw(st.sampled_from(["", "# top\n", "\n"])) + head.text, dict(head.value)
    for key in draw(st.lists(keys(), max_size=3)):
        if key.value in document:
            continue
        if draw(st.booleans()):
            body = draw(bodies())
            text += f"{draw(BLANK)}[{draw(BLANK)}{key.text}{draw(BLANK)}]{draw(LINE_END)}{body.text}"
            document[key.value] = dict(body.value)
            text += _below(draw, key, document[key.value])
        else:
            document[key.value] = []
            for _ in range(draw(st.integers(1, 3))):
                body = draw(bodies())
                text += f"[[{key.text}]]{draw(LINE_END)}{body.text}"
                document[key.value].append(dict(body.value))
                text += _below(draw, key, document[key.value][-1])
    return Written(
        text.replace("\n", "\r\n")
        if draw(st.integers(0, 3)) == 0 and "'''" not in text and '"""' not in text
        else text,
        document,
    )


def _below(draw: st.DrawFn, key: Written, table: dict[str, Any]) -> str:
    """Write a table, or two elements of a list, one level further down."""
    second = draw(keys())
    if second.value in table or draw(st.booleans()):
        return ""
    if draw(st.booleans()):
        body = draw(bodies())
        table[second.value] = dict(body.value)
        return f"[{key.text} . {second.text}]{draw(LINE_END)}{body.text}"
    text, table[second.value] = "", []
    for _ in range(2):
        body = draw(bodies())
        text += f"  [[{key.text}.{second.text}]]{draw(LINE_END)}{body.text}"
        table[second.value].append(dict(body.value))
    return text
