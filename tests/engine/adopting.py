"""A plain project that takes over a deck, as a person would write it by hand."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from anki.collection import Collection as AnkiCollection
from anki.collection import ExportAnkiPackageOptions

from deckgen.importing.adopt import Adoption, adopted_lock
from deckgen.importing.cards import card_decider
from deckgen.importing.collection import Collection, Note, Type
from deckgen.latin import slug
from engine.projects import write_files

#: Keys of every item: a field of such a name is called otherwise in TOML.
_RESERVED = {
    "id",
    "type",
    "explanation",
    "sources",
    "hint",
    "tags",
    "points",
    "difficulty",
    "language",
    "was",
}
_RESERVED |= {"without", "decks"}


def export(col: AnkiCollection, path: Path) -> Path:
    """Export a collection as its author does for others: without reviews."""
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=False)
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


@dataclass
class Adopted:
    """A project that took over a deck; what an author edits is changed here before it is written again."""

    root: Path
    collection: Collection
    #: Names of types in TOML by their ids.
    names: dict[int, str] = field(default_factory=dict)
    #: Notes by id: TOML lines of their own.
    notes: dict[str, list[str]] = field(default_factory=dict)
    #: TOML of the types.
    types: list[str] = field(default_factory=list)
    templates: dict[str, str] = field(default_factory=dict)
    #: Deck of each note.
    decks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in self.collection.types:
            self._take_type(kind)
        kinds = {each.id: each for each in self.collection.types}
        for index, note in enumerate(self.collection.notes):
            self._take_note(f"n-{index}", note, kinds[note.type_id])

    @property
    def ids(self) -> dict[int, str]:
        return {index: f"n-{index}" for index in range(len(self.collection.notes))}

    def _take_type(self, kind: Type) -> None:
        name = self.names[kind.id] = f"{slug(kind.name)}-{len(self.names)}"
        fields = ", ".join(
            f"{{ name = {_quoted(key(each.name))}, anki = {_quoted(each.name)} }}"
            if key(each.name) != each.name
            else _quoted(each.name)
            for each in kind.fields
        )
        lines = [f"[notetype.{name}]", f"name = {_quoted(kind.name)}", f"fields = [{fields}]"]
        if kind.cloze:
            lines.append(f"cloze = {_quoted(key(kind.fields[0].name))}")
        for number, template in enumerate(kind.templates):
            shown = [each for each in kind.fields if f"{each.name}}}}}" in template.front] or kind.fields[:1]
            rest = [each for each in kind.fields if each not in shown]
            lines += [
                f"\n[[notetype.{name}.card]]",
                f'id = "{card_id(number)}"',
                f"name = {_quoted(template.name)}",
                f"front = {_quoted('@{' + key(shown[0].name) + '}')}",
                f"back = {_quoted(' '.join('@{' + key(each.name) + '}' for each in rest) or 'x')}",
            ]
            if template.deck:
                lines.append(f"deck = {_quoted(template.deck)}")
            folder = f"templates/anki/own/{name}/{card_id(number)}"
            self.templates[f"{folder}/front.html"] = _raw(template.front)
            self.templates[f"{folder}/back.html"] = _raw(template.back)
        self.templates[f"templates/anki/own/{name}/style.css"] = _raw(kind.css)
        self.types.append("\n".join(lines))

    def _take_note(self, id_: str, note: Note, kind: Type) -> None:
        lines = [f'id = "{id_}"', f'type = "{self.names[kind.id]}"']
        for each, value in zip(kind.fields, note.fields, strict=True):
            if value:
                lines.append(f"{_quoted(key(each.name))} = {_value(value)}")
        if note.tags:
            lines.append(f"tags = {json.dumps(note.tags, ensure_ascii=False)}")
        decider = card_decider(kind)
        assert decider is not None
        home = self.decks[id_] = note.cards[0][1]
        there = dict(note.cards)
        without = [ord_ for ord_ in decider.ordinals(note.fields) if ord_ not in there]
        named = (lambda ord_: f"c{ord_ + 1}") if kind.cloze else card_id
        if without:
            lines.append(f"without = {json.dumps([named(ord_) for ord_ in without])}")
        elsewhere = {
            named(ord_): deck
            for ord_, deck in there.items()
            if deck != (kind.templates[0 if kind.cloze else ord_].deck or home)
        }
        if elsewhere:
            decks = ", ".join(f"{name} = {_quoted(deck)}" for name, deck in elsewhere.items())
            lines.append(f"decks = {{ {decks} }}")
        self.notes[id_] = lines

    def write(self) -> None:
        """Write the project, without its lock."""
        files = {
            "deckgen.toml": 'id = "taken-over"\ntitle = "Taken over"\nversion = "1"\n',
            "cards/types.toml": "\n\n".join(['[deck]\nname = "Types"', *self.types]) + "\n",
            **self.templates,
        }
        for number, deck in enumerate(dict.fromkeys(self.decks.values())):
            notes = [
                "\n".join(("[[note]]", *self.notes[id_])) for id_ in self.notes if self.decks[id_] == deck
            ]
            files[f"cards/deck-{number}.toml"] = (
                "\n\n".join([f"[deck]\nname = {_quoted(deck)}", *notes]) + "\n"
            )
        write_files(self.root, files)
        for name, medium in self.collection.media.items():
            path = self.root / "media" / name
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                path.write_bytes(medium.read())

    def adopt(self, now: int = 1_800_000_000) -> Adoption:
        """Write the project and its lock."""
        self.write()
        made = adopted_lock(self.root, self.collection, self.ids, self.names, now=now)
        assert isinstance(made, Adoption), made
        (self.root / "deckgen.lock").write_text(made.text, encoding="utf-8")
        return made

    def replace(self, id_: str, old: str, new: str) -> None:
        """Edit a note."""
        before = self.notes[id_]
        self.notes[id_] = [line.replace(old, new) for line in before]
        assert before != self.notes[id_], before


def key(name: str) -> str:
    """Return the key in TOML of a field that Anki calls `name`."""
    return f"{name}_" if name in _RESERVED else name


def card_id(number: int) -> str:
    """Return the id of a card by its place."""
    return f"card-{number + 1}"


def _value(html: str) -> str:
    if not re.search(r"[<&\\\[{*_`$#>~|!]|^\s|\s$|^\d|^[-+=]|\n|\|", html):
        return _quoted(html)
    return f"{{ html = {_quoted(_with_paths(html))} }}"


def _with_paths(html: str) -> str:
    return re.sub(r'(<img\b[^>]*\ssrc=")(?!data:)', r"\1media/", html)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _raw(text: str) -> str:
    """Return a template that is rendered as this text."""
    if not re.search(r"\[\[|\[%|\[#", text):
        return text
    return re.sub(r"\[(?=[\[%#])", '[[ "[" ]]', text)
