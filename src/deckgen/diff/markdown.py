"""A difference as release notes in Markdown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from deckgen.diagnostics.cells import visible
from deckgen.diff.advice import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckgen.diff.difference import Difference, NoteChange, NoteRef
    from deckgen.diff.formats import Setting

#: Characters that CommonMark and GitHub's extensions could read as markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$@:])")
_SIGNS = {"-": "~~", "+": "**"}


def write(difference: Difference, setting: Setting) -> str:
    """Write a difference as Markdown, ready for a page of releases."""
    if not difference.anything:
        return f"No difference from {_escaped(setting.against)}.\n"
    sections = [
        _list("Added", difference.added),
        list(_changes(difference.changed)),
        _list("Stamped again", difference.restamped),
        _list("Retired", difference.retired),
        _list("Restored", difference.restored),
        _list("No longer given", difference.left),
        _cards(difference, "new", "New cards"),
        _cards(difference, "blank", "Cards that are blank from now on"),
        list(_moves(difference)),
        list(_names(difference)),
        _list("Will not arrive", difference.stuck),
        list(_advice(difference)),
    ]
    title = f"# {_escaped(difference.version_after)}\n\n" if difference.version_after else ""
    return title + "\n".join("".join(f"{line}\n" for line in section) for section in sections if section)


def _list(title: str, notes: Iterable[NoteRef]) -> list[str]:
    lines = [f"- {_note(note)}" for note in notes]
    return [f"## {title}", "", *lines] if lines else []


def _changes(changes: tuple[NoteChange, ...]) -> Iterator[str]:
    if changes:
        yield from ("## Changed", "")
    for change in changes:
        yield f"- {_note(change.note, says=False)}"
        for field in change.fields or ():
            said = "".join(_piece(*piece) for piece in field.pieces) or "*only its markup*"
            yield f"  - {_escaped(field.name)}: {said}"
        tags = [("-", tag) for tag in change.tags_removed] + [("+", tag) for tag in change.tags_added]
        if tags:
            yield f"  - Tags: {', '.join(_marked(sign, tag) for sign, tag in tags)}"


def _note(note: NoteRef, *, says: bool = True) -> str:
    said = f": {_escaped(note.says)}" if says and note.says else ""
    return f"{_code(note.id or note.guid)} ({_escaped(note.deck)}){said}"


def _cards(difference: Difference, what: str, title: str) -> list[str]:
    lines = [
        f"- {_escaped(each.card)}: {', '.join(_code(note.id) for note in each.notes)}"
        for each in difference.cards
        if each.what == what
    ]
    return [f"## {title}", "", *lines] if lines else []


def _moves(difference: Difference) -> Iterator[str]:
    by_way: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for move in difference.moved:
        by_way[move.before, move.note.deck].append(move.note.id)
    if by_way:
        yield from ("## Moved", "")
    for (before, after), ids in by_way.items():
        yield f"- {_escaped(before)} → {_escaped(after)}: {', '.join(map(_code, ids))}"


def _names(difference: Difference) -> Iterator[str]:
    lines = [
        f"- Deck {_escaped(deck.before)} is now called {_escaped(deck.after)}"
        for deck in difference.decks_renamed
    ]
    lines += [f"- {_code(before)} is now {_code(note.id)}" for before, note in difference.renamed]
    if difference.restyled:
        names = ", ".join(_escaped(name or kind) for kind, name in difference.restyled)
        lines.append(f"- New look of {names}")
    added = len(difference.media_added or ())
    if added or difference.media_changed:
        lines.append(f"- Pictures and sounds: {added} added, {len(difference.media_changed)} changed")
    if lines:
        yield from ("## Decks, names and looks", "", *lines)


def _advice(difference: Difference) -> Iterator[str]:
    # How a note would look is of interest to its author, not to learners.
    given = [each for each in advice(difference) if each.code != "new-look"]
    if given:
        yield from ("## When you import", "")
    for each in given:
        # These are our own sentences, with code in backticks.
        yield f"- {each.text}"
        if each.search:
            yield f"  Search: {_code(each.search)}"


def _piece(sign: str, text: str) -> str:
    return "<br>".join(_marked(sign, line) for line in text.split("\n"))


def _marked(sign: str, text: str) -> str:
    """Mark removed or added text; white space at its ends stays outside, or Markdown sees no emphasis."""
    mark = _SIGNS.get(sign, "")
    bare = text.strip()
    if not mark or not bare:
        return _escaped(text)
    at = text.index(bare)
    return f"{text[:at]}{mark}{_escaped(bare)}{mark}{text[at + len(bare) :]}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))


def _code(text: str) -> str:
    """Write a code span; CommonMark needs a longer run of backticks around text with backticks."""
    text = visible(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    inner = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return f"{fence}{inner}{fence}"
