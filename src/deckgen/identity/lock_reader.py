"""Read the text of a lock, even after a merge or an edit by hand."""

from __future__ import annotations

import re
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

import msgspec

from deckgen.adopted import AdoptedType, is_media_name
from deckgen.identity import escape
from deckgen.identity.fingerprint import GUID_PATTERN
from deckgen.identity.lock import (
    Lock,
    LockedAdoption,
    LockedMedium,
    LockedNote,
    LockedType,
    LockProblem,
    Release,
    Retirement,
)
from deckgen.identity.lock_problems import RESTORE, controls, damage, whole_line
from deckgen.identity.lock_text import HEADER, HEADERS, RetiredTail
from deckgen.identity.schema import LockedSchema, Schema, fold_schemas
from deckgen.identity.union import fold_notes, fold_releases, fold_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = "[1-9][0-9]{0,14}"
_HASH = "[0-9a-f]{24}"


def _note_with(guid: str) -> re.Pattern[str]:
    return re.compile(
        rf"(note|gone|retired) ([^ ]+) ({guid}) ({_NUMBER}) ([^ ]+) "
        rf"(?:({_HASH}) )?({_HASH}) ({_NUMBER})(?:@({_NUMBER}))? ([^ ].*)"
    )


_NOTE = _note_with(GUID_PATTERN.pattern)
#: A note that was taken over may have any GUID.
_ADOPTED_NOTE = _note_with("[^ ]+")
_TYPE = re.compile(rf"type ([^ ]+) ({_HASH}) (0|{_NUMBER})")
_SCHEMA = re.compile(r"schema ([^ ]+) (\{.*)")
_ADOPTED = re.compile(r"adopted ([^ ]+) (\{.*)")
_MEDIUM = re.compile(rf"media ({_HASH}) ([^ ].*)")
_RELEASE = re.compile(rf"release ({_NUMBER})(?:@({_NUMBER}))? ([^ ].*)")
_OTHER_HEADER = re.compile(r"deckgen\.lock ([0-9]+)")
_MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_RETIRED = msgspec.json.Decoder(RetiredTail)
_SCHEMAS = msgspec.json.Decoder(Schema)
_TYPES = msgspec.json.Decoder(AdoptedType)


def parse(text: str | bytes) -> Lock | tuple[LockProblem, ...]:
    """Parse a lock, or return everything that is wrong in it, sorted by line. Never raises.

    Lines may come in any order and more than once: of two lines for one id the greater `mod` wins.
    """
    if isinstance(text, bytes):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            return (_not_utf8(error),)
    return _Reading(text.removeprefix("\ufeff").replace("\r\n", "\n")).result()


class _Reading:
    """The state while a lock is read: the values of its lines, and the problems."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: dict[str, LockedNote] = {}
        self.types: dict[str, LockedType] = {}
        self.schemas: dict[str, Schema] = {}
        self.adopted: dict[str, AdoptedType] = {}
        self.media: dict[str, str] = {}
        self.release: Release | None = None
        self.problems: list[LockProblem] = []
        self.newer: LockProblem | None = None
        self.headed = False
        self.in_conflict = False

    def result(self) -> Lock | tuple[LockProblem, ...]:
        lines = enumerate(self._whole_lines(), 1)
        left = [(number, line) for number, line in lines if not self._take(line, number)]
        for number, line in left:
            if not self._take_adopted(line, number):
                self._look_closer(line, number)
        if self.newer is not None:
            # The other lines of a later format cannot be understood here.
            return (self.newer,)
        self._check_whole()
        if self.problems or self.release is None:
            return tuple(sorted(self.problems, key=attrgetter("line", "column")))
        notes = sorted(self.notes.values(), key=attrgetter("id"))
        return Lock(
            self.release,
            tuple(notes),
            tuple(sorted(self.types.values(), key=attrgetter("key"))),
            tuple(LockedSchema(key, schema) for key, schema in sorted(self.schemas.items())),
            tuple(LockedAdoption(key, kind) for key, kind in sorted(self.adopted.items())),
            tuple(LockedMedium(name, hash_) for name, hash_ in sorted(self.media.items())),
        )

    def _whole_lines(self) -> Iterator[str]:
        """Yield the lines that end, one by one: all of a large lock take much memory."""
        start = 0
        while (end := self.text.find("\n", start)) >= 0:
            yield self.text[start:end]
            start = end + 1

    @cached_property
    def lines(self) -> Sequence[str]:
        """All lines, to report what is wrong in one."""
        return self.text.split("\n")

    def _take(self, line: str, number: int) -> bool:
        """Read a well-formed line; return whether it is one."""
        if escape.forbidden(line):
            return False
        try:
            if found := _NOTE.fullmatch(line):
                self._note(number, found)
            elif found := _TYPE.fullmatch(line):
                kind = LockedType(escape.read_word(found[1]), found[2], int(found[3]))
                self.types[kind.key] = fold_types(self.types.get(kind.key, kind), kind)
            elif found := _SCHEMA.fullmatch(line):
                self._schema(number, line, escape.read_word(found[1]), _SCHEMAS.decode(found[2]))
            elif found := _ADOPTED.fullmatch(line):
                self._adopted(number, line, escape.read_word(found[1]), _TYPES.decode(found[2]))
            elif found := _MEDIUM.fullmatch(line):
                name = escape.read_rest(found[2])
                if not is_media_name(name):
                    return False
                self._medium(number, line, name, found[1])
            elif found := _RELEASE.fullmatch(line):
                release = Release(int(found[1]), escape.read_rest(found[3]), int(found[2] or 0))
                self.release = fold_releases(self.release or release, release)
            else:
                return False
        except (ValueError, msgspec.MsgspecError):
            return False
        return True

    def _take_adopted(self, line: str, number: int) -> bool:
        """Read a note whose GUID is not one of deckgen's; return whether it is one of a type that was taken over."""
        if not self.adopted or escape.forbidden(line) or not (found := _ADOPTED_NOTE.fullmatch(line)):
            return False
        try:
            if escape.read_word(found[5]) in self.adopted:
                self._note(number, found)
                return True
        except (ValueError, msgspec.MsgspecError):
            pass
        return False

    def _look_closer(self, line: str, number: int) -> None:
        if line in HEADERS:
            self.headed = True
        elif escape.forbidden(line):
            self.problems += controls(number, line)
        elif found := _OTHER_HEADER.fullmatch(line):
            message = f"format {found[1]} of the lock is not known to this deckgen"
            self.newer = whole_line("lock-version", number, line, message, "install a newer deckgen")
        elif line.startswith(_MARKS):
            self._mark(number, line)
        elif line.strip(" ") and not line.startswith("#"):
            self.problems += damage(number, line, self.adopted)

    def _note(self, number: int, found: re.Match[str]) -> None:
        kind, word, guid, nid, note_type, content_hash, html_hash, mod, release, rest = found.groups()
        state: Literal["live", "gone"] | Retirement
        if kind == "retired":
            tail = _RETIRED.decode(rest)
            deck = tail.deck
            state = Retirement(tail.since, tail.fields, tail.tags)
        else:
            deck = escape.read_rest(rest)
            state = "live" if kind == "note" else "gone"
        if "\\" in word or "\\" in note_type:
            word, note_type = escape.read_word(word), escape.read_word(note_type)
        guid = guid if "\\" not in guid and guid != "-" else escape.read_rest(guid)
        note = LockedNote(
            word,
            guid,
            int(nid),
            note_type,
            content_hash or "",
            html_hash,
            int(mod),
            deck,
            state,
            int(release or 0),
        )
        known = self.notes.setdefault(note.id, note)
        if known is note:
            return
        if known.guid == guid:
            self.notes[note.id] = fold_notes(known, note)
        else:
            self.problems.append(_two_guids(number, found.start(3) + 1, known, note))

    def _schema(self, number: int, line: str, key: str, schema: Schema) -> None:
        both = fold_schemas(self.schemas.setdefault(key, schema), schema)
        if both is not None:
            self.schemas[key] = both
            return
        message = f"two lines give the fields or cards of `{key}` different places"
        help_ = (
            "keep the line that was released and delete the other: what the other one added is added again"
        )
        self.problems.append(whole_line("lock-two-schemas", number, line, message, help_))

    def _adopted(self, number: int, line: str, key: str, kind: AdoptedType) -> None:
        if self.adopted.setdefault(key, kind) != kind:
            message = f"two lines take over two note types as `{key}`"
            help_ = "keep the line that was released: learners have that note type"
            self.problems.append(whole_line("lock-two-types", number, line, message, help_))

    def _medium(self, number: int, line: str, name: str, hash_: str) -> None:
        if self.media.setdefault(name, hash_) != hash_:
            message = f"two lines take over two files as `{name}`"
            help_ = "keep the line that was released: learners have that file"
            self.problems.append(whole_line("lock-two-media", number, line, message, help_))

    def _mark(self, number: int, line: str) -> None:
        """Report one problem for a whole conflict, where it begins."""
        opened, self.in_conflict = self.in_conflict, not line.startswith(">>>>>>>")
        if opened:
            return
        help_ = (
            "keep the lines of both sides and delete the conflict markers: duplicate lines resolve themselves; "
            "`deckgen.lock merge=union` in `.gitattributes` lets git do it"
        )
        self.problems.append(whole_line("lock-conflict", number, line, "an unresolved merge", help_))

    def _without_schema(self, key: str) -> LockProblem:
        start = f"adopted {escape.write_word(key)} "
        number = next(number for number, line in enumerate(self.lines, 1) if line.startswith(start))
        message = f"no line `schema` says which fields and cards `{key}` has, or it says others"
        return whole_line("lock-damaged", number, self.lines[number - 1], message)

    def _check_whole(self) -> None:
        """Check what only the whole text shows: its end, its header, its release."""
        for key, kind in self.adopted.items():
            schema = self.schemas.get(key)
            sizes = (len(kind.fields), len(kind.templates), kind.cloze)
            if schema is None or sizes != (len(schema.fields), len(schema.cards), bool(schema.cloze)):
                self.problems.append(self._without_schema(key))
        last = self.text[self.text.rfind("\n") + 1 :]
        if last or "\n" not in self.text:
            message = (
                "the last line has no line end: the lock may be cut off" if last else "the lock is empty"
            )
            self.problems.append(whole_line("lock-truncated", len(self.lines), last, message))
        elif not self.problems and not self.headed:
            message = f"the line `{HEADER}` is missing"
            self.problems.append(whole_line("lock-header", 1, self.lines[0], message))
        elif not self.problems and self.release is None:
            message = "the line that starts with `release` is missing"
            self.problems.append(whole_line("lock-header", 1, self.lines[0], message))


def _two_guids(number: int, column: int, known: LockedNote, note: LockedNote) -> LockProblem:
    message = f"`{note.id}` has two GUIDs, `{known.guid}` and `{note.guid}`"
    help_ = "learners' histories depend on one of them: keep that line and delete the other"
    return LockProblem("lock-two-guids", number, column, column + len(note.guid), message, help_)


def _not_utf8(error: UnicodeDecodeError) -> LockProblem:
    before = error.object[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
    return LockProblem("lock-not-utf8", line, column, column + 1, "the lock is not UTF-8 here", RESTORE)
