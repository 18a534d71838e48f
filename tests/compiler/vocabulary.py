"""Random projects in the authors' own words: mostly right, with anything wrong in any place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st
from msgspec import inspect

from deckgen.language.cards import CardsFile
from deckgen.language.gathered import GATHERED
from deckgen.language.project import Project

IDS = st.sampled_from(["a", "b", "c", "sum", "sum/x", "sum/x/a", "A b", "", "x" * 101, "a--b", "ü"])
TEXTS = st.sampled_from(
    ["", " ", "x", "42", "Six", "`c`", "$x^2$", "$\\foo$", "$5 and $6", "{{a}} b", "{{c1::a}} {{b}}", "{{", "{{}}",
     "![x](media/a.png)", "![x](../a.png)", "[l](javascript:a)", "<b onclick=a>", "\u202e", "\x80", "a::b",
     "en", "de-CH", "https://example.org/", "rfc 4", "rfc", "a\n\n- b\n- c", "choice", "cloze", "Deck", "Deck::Sub",
     "deck", " Deck", "Deck::", "::", "tag", "@{a}", "x @{b} @{", "file:a", "id:a", "tag:x", "deck:Deck", "difficulty:easy", "None of these"]
)  # fmt: skip
WRONG = (
    st.sampled_from(
        [
            0,
            -1,
            1,
            2.5,
            1e400,
            float("nan"),
            True,
            [],
            {},
            [[]],
            [{}],
            [""],
            {"text": ""},
            {"html": "<b>x</b>"},
        ]
    )
    | TEXTS
    | IDS
)


def value(info: Any) -> st.SearchStrategy[Any]:
    """Return values for a type of the language: right ones, and now and then any other."""
    return st.integers(0, 11).flatmap(lambda n: WRONG if n == 0 else _right(info))


def _right(info: Any) -> st.SearchStrategy[Any]:
    if isinstance(info, inspect.Metadata):
        return _right(info.type)
    if isinstance(info, inspect.UnionType):
        return st.one_of([_right(part) for part in info.types if not isinstance(part, inspect.NoneType)])
    if isinstance(info, inspect.StructType):
        return struct(info)
    if isinstance(info, inspect.VarTupleType):
        return st.lists(value(info.item_type), max_size=3)
    if isinstance(info, inspect.TupleType):
        return st.tuples(*[value(part) for part in info.item_types]).map(list)
    if isinstance(info, inspect.DictType):
        return st.dictionaries(st.sampled_from(["a", "b", "rfc"]), value(info.value_type), max_size=2)
    if isinstance(info, inspect.LiteralType):
        return st.sampled_from([word for word in info.values if word])
    if isinstance(info, inspect.BoolType):
        return st.booleans()
    if isinstance(info, inspect.IntType | inspect.FloatType):
        return st.integers(-1, 4) | st.sampled_from([1000, 2026])
    return IDS | TEXTS


@st.composite
def struct(draw: st.DrawFn, info: inspect.StructType) -> dict[str, Any]:
    """Write a table: most required keys, some of the others, rarely a misspelt one."""
    table: dict[str, Any] = {}
    if info.tag_field:
        table[info.tag_field] = draw(st.just(info.tag) | st.just(info.tag) | TEXTS)
    for field in info.fields:
        wanted = draw(st.integers(0, 9)) > 0 if field.required else draw(st.integers(0, 3)) == 0
        if not wanted:
            continue
        if field.name == GATHERED.get(info.cls):
            table |= draw(st.dictionaries(st.sampled_from(["a", "b", "c"]), TEXTS, max_size=3))
            continue
        key = field.encode_name
        if draw(st.integers(0, 15)) == 0:
            key = key[:-1] + "x"
        table[key] = draw(IDS if key == "id" else value(field.type))
    return table


CARDS = struct(inspect.type_info(CardsFile))  # type: ignore[arg-type]
PROJECTS = struct(inspect.type_info(Project))  # type: ignore[arg-type]


def dump(document: dict[str, Any]) -> str:
    """Write a document as TOML, each array of tables under headers, as authors do."""
    scalars = [f"{_key(key)} = {_inline(held)}" for key, held in document.items() if not _is_tables(held)]
    lines = [*scalars]
    for key, held in document.items():
        if isinstance(held, dict) and _is_tables(held):
            lines += _table([key], held, "[{}]")
        elif _is_tables(held):
            for one in held:
                lines += _table([key], one, "[[{}]]")
    return "\n".join(lines) + "\n"


def _table(path: list[str], table: dict[str, Any], form: str) -> Iterable[str]:
    yield "\n" + form.format(".".join(map(_key, path)))
    yield from (
        f"{_key(key)} = {_inline(held)}" for key, held in table.items() if not _is_list_of_tables(held)
    )
    for key, held in table.items():
        if _is_list_of_tables(held):
            for one in held:
                yield from _table([*path, key], one, "[[{}]]")


def _is_tables(held: Any) -> bool:
    return (isinstance(held, dict) and bool(held)) or _is_list_of_tables(held)


def _is_list_of_tables(held: Any) -> bool:
    return isinstance(held, list) and bool(held) and all(isinstance(one, dict) for one in held)


def _key(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def _inline(held: Any) -> str:
    if isinstance(held, dict):
        return "{" + ", ".join(f"{_key(key)} = {_inline(inner)}" for key, inner in held.items()) + "}"
    if isinstance(held, list):
        return "[" + ", ".join(map(_inline, held)) + "]"
    if isinstance(held, str):
        return json.dumps(held, ensure_ascii=True)
    if isinstance(held, bool):
        return "true" if held else "false"
    return {"Infinity": "inf", "NaN": "nan"}.get(json.dumps(held), json.dumps(held))
