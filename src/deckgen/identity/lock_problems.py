"""Describe what is wrong with a line of a lock, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from deckgen.adopted import AdoptedType
from deckgen.identity import escape
from deckgen.identity.fingerprint import GUID_PATTERN, HASH_PATTERN
from deckgen.identity.lock import LockProblem
from deckgen.identity.lock_text import RetiredTail
from deckgen.identity.schema import Schema
from deckgen.patterns import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

RESTORE = "restore the file from git (`git checkout -- deckgen.lock`) and run `deckgen build`"

_DIGITS = lazy_pattern(r"[1-9][0-9]{0,14}")


def whole_line(code: str, number: int, line: str, message: str, help_: str = RESTORE) -> LockProblem:
    """Report a line as a whole."""
    return LockProblem(code, number, 1, len(line) + 1, message, help_)


def controls(number: int, line: str) -> Iterator[LockProblem]:
    """Report each character that is not allowed in a lock."""
    for found in escape.forbidden(line):
        message = f"control character U+{ord(found[0]):04X}"
        yield LockProblem("lock-control", number, found.start() + 1, found.end() + 1, message, RESTORE)


def damage(number: int, line: str, adopted: Container[str] = ()) -> Iterator[LockProblem]:
    """Report each damaged field, or else the whole line; notes of types that were `adopted` have any GUID."""
    kind = line.split(" ", 1)[0]
    fields = _FIELDS.get(kind)
    if fields is None:
        known = ", ".join(f"`{name}`" for name in _FIELDS)
        help_ = f"a line starts with {known} or `#`; {RESTORE}"
        message = f"unknown kind of line `{kind}`"
        yield LockProblem("lock-unknown-line", number, 1, len(kind) + 1, message, help_)
        return
    words = line.split(" ", len(fields))[1:]
    if kind in _OF_NOTES and _STAMP.fullmatch("".join(words[_SECOND_HASH : _SECOND_HASH + 1])):
        # Format 1 has one hash.
        fields = (*fields[:_SECOND_HASH], *fields[_SECOND_HASH + 1 :])
        words = line.split(" ", len(fields))[1:]
    if kind in _OF_NOTES and "".join(words[_TYPE : _TYPE + 1]) in adopted:
        fields = tuple((name, _text if check is _guid else check) for name, check in fields)
    if len(words) != len(fields):
        message = f"a `{kind}` line has {len(fields) + 1} fields, not {len(words) + 1}"
        yield whole_line("lock-damaged", number, line, message)
        return
    column = len(kind) + 2
    sound = True
    for word, (name, check) in zip(words, fields, strict=True):
        wrong = check(word)
        if wrong:
            message = f"damaged {name}: {wrong}"
            yield LockProblem("lock-damaged", number, column, column + len(word), message, RESTORE)
            sound = False
        column += len(word) + 1
    if sound:
        yield whole_line("lock-damaged", number, line, f"a damaged `{kind}` line")


def _guid(text: str) -> str:
    return "" if GUID_PATTERN.fullmatch(text) else "a GUID is 16 letters, digits, `-` or `_`"


def _hash(text: str) -> str:
    return "" if HASH_PATTERN.fullmatch(text) else "a hash is 24 digits of `0-9a-f`"


def _number(text: str) -> str:
    return "" if _DIGITS.fullmatch(text) else "a number has 1 to 15 digits here, and does not start with 0"


def _stamp(text: str) -> str:
    """Check a number, which another one may follow after `@`."""
    first, at, second = text.partition("@")
    return _number(first) or (_number(second) if at else "")


def _text(text: str) -> str:
    if not text or text.startswith(" "):
        return "fields are separated by one space, and no field is empty"
    try:
        escape.read_word(text)
    except ValueError:
        return r"a backslash is written `\\`"
    return ""


def _json(text: str) -> str:
    try:
        msgspec.json.decode(text, type=RetiredTail)
    except msgspec.MsgspecError as error:
        return f"this is not the end of a retired note: {error}"
    return ""


def _schema(text: str) -> str:
    try:
        msgspec.json.decode(text, type=Schema)
    except msgspec.MsgspecError as error:
        return f"this is not a schema: {error}"
    return ""


def _type_stamp(text: str) -> str:
    """Check the stamp of a note type, which may be 0: those that come with Anki have it until they are edited."""
    return "" if text == "0" else _number(text)


def _adopted(text: str) -> str:
    try:
        msgspec.json.decode(text, type=AdoptedType)
    except msgspec.MsgspecError as error:
        return f"this is not a note type that was taken over: {error}"
    return ""


def _name(text: str) -> str:
    return _text(text) or "a picture or sound has a plain name, without folders"


_NOTE_FIELDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("id", _text),
    ("GUID", _guid),
    ("note id", _number),
    ("note type", _text),
    ("hash", _hash),
    ("hash", _hash),
    ("stamp", _stamp),
)
_TYPE, _SECOND_HASH = 3, 5
#: Not a hash, but possibly a damaged stamp.
_STAMP = lazy_pattern(r"-?[0-9]{1,19}(@.*)?")
_OF_NOTES = ("note", "gone", "retired")
#: The fields of each kind of line; the last field takes the rest of the line.
_FIELDS: dict[str, tuple[tuple[str, Callable[[str], str]], ...]] = {
    "note": (*_NOTE_FIELDS, ("deck", _text)),
    "gone": (*_NOTE_FIELDS, ("deck", _text)),
    "retired": (*_NOTE_FIELDS, ("content", _json)),
    "type": (("note type", _text), ("hash", _hash), ("stamp", _type_stamp)),
    "schema": (("note type", _text), ("schema", _schema)),
    "adopted": (("note type", _text), ("note type", _adopted)),
    "media": (("hash", _hash), ("name", _name)),
    "release": (("count", _stamp), ("version", _text)),
}
