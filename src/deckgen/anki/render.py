"""Render a card as Anki does, for the preview and the tests; compared with Anki's own library in tests."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from deckgen.anki import clozes, filters
from deckgen.anki.template import (
    Conditional,
    Node,
    Replacement,
    TemplateError,
    is_empty,
    parse,
    shows_anything,
)

_HELP = "https://docs.ankiweb.net/templates/errors.html"


class Rendered(msgspec.Struct, frozen=True):
    """Both sides of a card as HTML, without the style; `empty` if Anki would show an error message instead."""

    front: str
    back: str
    empty: bool = False


def render(
    front: str, back: str, fields: Mapping[str, str], *, ordinal: int = 0, cloze: bool = False
) -> Rendered:
    """Render both sides of one card.

    `front` and `back` are the templates, `fields` the note's values and the special ones (`special_fields`),
    `ordinal` the number of the template, or for `cloze` note types the cloze number minus one.

    Raises:
        TemplateError: Anki would refuse the template.
    """
    values = dict(fields)
    values.setdefault(f"c{ordinal + 1}", "1")
    filled = frozenset(name for name, value in values.items() if not is_empty(value))
    nodes = parse(front)
    parts = _Side(values, filled, ordinal + 1, None).parts(nodes)
    question = "".join(parts)
    complaint = _complaint(nodes, values, filled, ordinal, cloze)
    if complaint:
        return Rendered(question + complaint, complaint, empty=True)
    if not parts:
        raise TemplateError("the front has nothing on it")
    answer = _Side(values, filled, ordinal + 1, question).parts(parse(back))
    return Rendered(question, "".join(answer))


def special_fields(
    *, deck: str, tags: tuple[str, ...], note_type: str, card: str, card_id: int = 1, flag: int = 0
) -> dict[str, str]:
    """Return the fields that Anki adds to a note's own, which take precedence if names are equal."""
    return {
        "Tags": " ".join(tags),
        "Type": note_type,
        "Deck": deck,
        "Subdeck": deck.rpartition("::")[2],
        "CardFlag": f"flag{flag}",
        "Card": card,
        "CardID": str(card_id),
    }


class _Side(msgspec.Struct, frozen=True):
    """One side of a card while it is rendered; `front` is None on the question."""

    values: dict[str, str]
    filled: frozenset[str]
    number: int
    front: str | None

    def parts(self, nodes: tuple[Node, ...]) -> list[str]:
        """Return the texts that the nodes become; to Anki, no text at all differs from an empty one."""
        parts: list[str] = []
        for node in nodes:
            if isinstance(node, str):
                parts.append(node)
            elif isinstance(node, Conditional):
                # Anki also renders what it hides, so that a mistake in it is found.
                holds, inner = self._holds(node), self.parts(node.nodes)
                parts += inner if holds else ()
            elif node.field or not node.filters:
                parts.append(self._replaced(node))
        return parts

    def _replaced(self, node: Replacement) -> str:
        if node.field == "FrontSide":
            return self.front or ""
        if node.field not in self.values:
            name = ":".join([*reversed(node.filters), node.field])
            raise TemplateError(f"found `{{{{{name}}}}}`, but there is no field called `{node.field}`")
        return filters.apply(
            self.values[node.field], node.filters, node.field, self.number, question=self.front is None
        )

    def _holds(self, node: Conditional) -> bool:
        known = node.field in self.values or _is_card_number(node.field)
        if node.field not in self.filled and not known:
            sign = "^" if node.negated else "#"
            raise TemplateError(
                f"found `{{{{{sign}{node.field}}}}}`, but there is no field called `{node.field}`"
            )
        return (node.field in self.filled) is not node.negated


def _is_card_number(name: str) -> bool:
    digits = name[2:] if name.startswith("c+") else name[1:]
    return name.startswith("c") and digits.isascii() and digits.isdecimal() and int(digits) < 2**32


def _complaint(
    nodes: tuple[Node, ...], values: dict[str, str], filled: frozenset[str], ordinal: int, cloze: bool
) -> str:
    """Return what Anki shows instead of a card that should not exist."""
    if cloze:
        if ordinal + 1 in clozes.numbers(values.values()):
            return ""
        text = (
            f"No cloze \u2068{ordinal + 1}\u2069 found on card.\n"
            "Please either add a cloze deletion, or use the Empty Cards tool."
        )
        anchor = "no-cloze-filter-on-cloze-note-type"
    else:
        if shows_anything(nodes, filled):
            return ""
        text, anchor = "The front of this card is blank.", "front-of-card-is-blank"
    return f"<div>{text}<br><a href='{_HELP}#{anchor}'>More information</a></div>"
