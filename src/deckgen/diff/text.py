"""A difference as text: with colours on a terminal, with signs in a pipe."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from deckgen.counting import counted
from deckgen.diagnostics.cells import visible
from deckgen.diff.advice import advice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckgen.diff.difference import Difference, FieldChange, NoteChange, NoteRef
    from deckgen.diff.formats import Setting
    from deckgen.diff.words import Piece

#: ECMA-48: struck through as well as red, since not everybody can see colours.
_WENT, _CAME, _HEAD, _DIM, _PLAIN = "\x1b[31;9m", "\x1b[32;1m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
#: Notes that are named for a card that they all get or lose.
_NAMED = 8
#: Number of words that are shown around a change.
_AROUND = 8


def write(difference: Difference, setting: Setting) -> str:
    """Write a difference as text."""
    return _Text(color=setting.color).write(difference, setting.against)


class _Text:
    """Writes the parts; all text of authors goes through `visible`, so that it cannot control the terminal."""

    def __init__(self, *, color: bool) -> None:
        self._color = color

    def write(self, difference: Difference, against: str) -> str:
        if not difference.anything:
            same = f"No difference from {visible(against)}."
            return "".join(f"{line}\n" for line in (same, *self._advice(difference)))
        sections = [
            [self._bold(f"Compared with {visible(against)}{_versions(difference)}")],
            self._section("Added", "+", difference.added),
            self._changes(difference.changed),
            self._section("Stamped again, though unchanged", "~", difference.restamped),
            self._section("Retired", "-", difference.retired),
            self._section("Restored", "+", difference.restored),
            self._section("No longer given", "-", difference.left),
            list(self._cards(difference, "new", "+", "Get a card")),
            list(self._cards(difference, "blank", "-", "Have a card that is blank from now on")),
            list(self._moves(difference)),
            list(self._names(difference)),
            list(self._media(difference)),
            self._section("Will not arrive", "!", difference.stuck),
            list(self._advice(difference)),
        ]
        return "\n".join("".join(f"{line}\n" for line in section) for section in sections if section)

    def _section(self, title: str, sign: str, notes: Iterable[NoteRef]) -> list[str]:
        lines = [self._note(sign, note) for note in notes]
        return [self._head(title, len(lines)), *lines] if lines else []

    def _changes(self, changes: tuple[NoteChange, ...]) -> list[str]:
        if not changes:
            return []
        lines = [self._head("Changed", len(changes))]
        for change in changes:
            lines.append(self._note("~", change.note, says=False))
            if change.fields is None:
                lines.append(self._dim("      the old content is not known: no package has it"))
                continue
            for field in change.fields:
                lines += self._field(field)
            tags = [("-", tag) for tag in change.tags_removed] + [("+", tag) for tag in change.tags_added]
            if tags:
                lines.append(f"      Tags: {' '.join(self._piece(sign, tag) for sign, tag in tags)}")
        return lines

    def _field(self, field: FieldChange) -> Iterator[str]:
        if not field.pieces:
            yield self._dim(f"      {field.name}: only its markup differs")
            return
        said = "".join(self._piece(sign, text) for sign, text in _shortened(field.pieces))
        first, *rest = said.split("\n")
        yield f"      {field.name}: {first}"
        for line in rest:
            yield f"        {line}"

    def _piece(self, sign: str, text: str) -> str:
        shown = "\n".join(visible(line) for line in text.split("\n"))
        if sign == "=" or not shown:
            return shown
        if self._color:
            # Each line by itself: pagers and logs of continuous integration reset colours at the end of a line.
            style = _WENT if sign == "-" else _CAME
            return "\n".join(f"{style}{line}{_PLAIN}" if line else "" for line in shown.split("\n"))
        return f"[-{shown}-]" if sign == "-" else f"{{+{shown}+}}"

    def _note(self, sign: str, note: NoteRef, *, says: bool = True) -> str:
        mark = self._sign(sign)
        line = (
            f"  {mark} {visible(note.id or note.guid)}{self._dim(f'  {note.kind} in {visible(note.deck)}')}"
        )
        return f"{line}\n      {visible(note.says)}" if says and note.says else line

    def _sign(self, sign: str) -> str:
        style = {"+": _CAME, "-": "\x1b[31m", "!": "\x1b[31;1m"}.get(sign, "\x1b[33m")
        return f"{style}{sign}{_PLAIN}" if self._color else sign

    def _cards(self, difference: Difference, what: str, sign: str, title: str) -> Iterator[str]:
        some = [each for each in difference.cards if each.what == what]
        if some:
            yield self._head(title, len({note.guid for each in some for note in each.notes}))
        for each in some:
            ids = [visible(note.id or note.guid) for note in each.notes]
            shown = ", ".join(ids[:_NAMED]) + (f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else "")
            yield f"  {self._sign(sign)} {visible(each.card)}{self._dim(f'  {each.kind}')}: {shown}"

    def _moves(self, difference: Difference) -> Iterator[str]:
        by_way: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for move in difference.moved:
            by_way[move.before, move.note.deck].append(move.note.id)
        if by_way:
            yield self._head("Moved to another deck", len(difference.moved))
        for (before, after), ids in by_way.items():
            yield f"  {visible(before)} → {visible(after)}: {', '.join(map(visible, ids))}"

    def _names(self, difference: Difference) -> Iterator[str]:
        for deck in difference.decks_renamed:
            notes = counted(deck.notes, "note")
            yield f"{self._bold('Deck renamed:')} {visible(deck.before)} → {visible(deck.after)} ({notes})"
        for before, note in difference.renamed:
            yield f"{self._bold('Id renamed:')} {visible(before)} → {visible(note.id)}"
        if difference.restyled:
            names = ", ".join(visible(name or kind) for kind, name in difference.restyled)
            yield f"{self._bold('Note types restyled:')} {names}"
        if difference.types_stuck:
            names = ", ".join(visible(name or kind) for kind, name in difference.types_stuck)
            yield f"{self._bold('Note types that will not arrive:')} {names}"

    def _media(self, difference: Difference) -> Iterator[str]:
        if difference.media_added is None:
            yield self._dim("The previous pictures and sounds are not known: no package has them.")
            return
        for title, names in (
            ("Media added:", difference.media_added),
            ("Media changed:", [name for _, name in difference.media_changed]),
            ("Media no longer used:", difference.media_removed),
        ):
            if names:
                yield f"{self._bold(title)} {', '.join(map(visible, names))}"

    def _advice(self, difference: Difference) -> Iterator[str]:
        from textwrap import wrap

        given = list(advice(difference))
        if given:
            yield self._bold("What Anki does, and does not do by itself")
        for each in given:
            yield from wrap(visible(each.text), 100, initial_indent="  * ", subsequent_indent="    ")
            if each.search:
                yield f"      search: {visible(each.search)}"

    def _head(self, title: str, count: int) -> str:
        return self._bold(f"{title}: {counted(count, 'note')}")

    def _bold(self, text: str) -> str:
        return f"{_HEAD}{text}{_PLAIN}" if self._color else text

    def _dim(self, text: str) -> str:
        return f"{_DIM}{text}{_PLAIN}" if self._color else text


def _versions(difference: Difference) -> str:
    before, after = visible(difference.version_before), visible(difference.version_after)
    return f", version {before} → {after}" if before and before != after else ""


def _shortened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Shorten unchanged text that is far from any change."""
    for index, (sign, text) in enumerate(pieces):
        words = text.split(" ")
        first, last = index == 0, index == len(pieces) - 1
        if sign == "=" and len(words) > (1 if first or last else 2) * _AROUND + 1:
            head = "" if first else " ".join(words[:_AROUND]) + " "
            tail = "" if last else " " + " ".join(words[-_AROUND:])
            yield sign, f"{head}…{tail}"
        else:
            yield sign, text
