"""What is remembered of texts changes nothing but the time it takes: files of cards, and locks."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from msgspec import inspect

from deckgen.cli.starter import starter
from deckgen.compiler.parse import parse
from deckgen.engine import worker
from deckgen.engine.store import Store
from deckgen.identity import Lock, dumps
from deckgen.identity import parse as parse_lock
from deckgen.language.cards import CardsFile
from deckgen.pipeline.lock_texts import LockTexts
from deckgen.pipeline.parsing import Parsing
from identity.lock_strategies import locks
from laws import law

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

ROOT = Path(__file__).parents[2]
#: Types of values that MessagePack carries exactly.
_EXACT = (
    inspect.StrType,
    inspect.BoolType,
    inspect.IntType,
    inspect.FloatType,
    inspect.NoneType,
    inspect.LiteralType,
    inspect.UnionType,
    inspect.VarTupleType,
    inspect.TupleType,
    inspect.DictType,
    inspect.StructType,
    inspect.Metadata,
)
NUMBERS = """\
[deck]
name = "Numbers"

[[question]]
id = "q"
type = "numeric"
prompt = "?"
answer = 3.10
points = 2.0

[[question]]
id = "r"
type = "numeric"
prompt = "?"
answer = 6.022e23
tolerance = 1
points = 2
"""
WRONG = '[deck]\nname = "A"\n\n[[question]]\nid = "q"\n'
TABLE = (
    '[deck]\nname = "A"\n\n[[table]]\nfile = "a.csv"\nas = "word"\ncolumns = { term = "a", meaning = 1 }\n'
)


def _texts() -> dict[str, str]:
    """Return files of cards of all kinds, good and wrong."""
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in ROOT.glob("cards/**/*.toml")}
    texts |= {str(path): path.read_text() for path in ROOT.glob("tests/sheet/drawn/cards/*.toml")}
    for kind in ("course", "vocabulary", "geography", "exam"):
        files = starter("an-id-k3v9", "A title", kind)
        texts |= {f"{kind}/{name}": text for name, text in files.items() if name.startswith("cards/")}
    return texts | {"numbers": NUMBERS, "wrong": WRONG, "table": TABLE, "empty": "", "broken": "[deck"}


def test_files_are_what_they_were(tmp_path: Path) -> None:
    """The second time, files come from the store; of numbers also their spelling, and what is no integer, is kept."""
    texts = _texts()
    for _ in range(2):
        parsing = Parsing(Store(tmp_path, "1"), texts)
        for name, text in texts.items():
            # In a representation, 1 and 1.0 and True are not alike.
            assert repr(parsing(name, text)) == repr(parse(name, text)), name


def test_they_are_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what has changed, or has mistakes, or names spreadsheets, is parsed."""
    texts = _texts()
    Parsing(Store(tmp_path, "1"), texts)
    texts["numbers"] += "\n# more"
    parsed = []
    monkeypatch.setattr(
        "deckgen.pipeline.parsing.parse", lambda name, *rest: parsed.append(name) or parse(name, *rest)
    )
    parsing = Parsing(Store(tmp_path, "1"), texts)
    for name, text in texts.items():
        parsing(name, text)
    with_tables = {name for name, text in texts.items() if "[[table]]" in text}
    assert set(parsed) == {"numbers", "wrong", "broken"} | with_tables
    assert len(parsed) == len(set(parsed))


def test_other_processes_parse_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that other processes parsed are the same, and stay in the store."""
    monkeypatch.setattr(worker, "_WORTH_IT", 0)
    monkeypatch.setattr(worker, "_processes", lambda: 3)
    texts = _texts()
    for _ in range(2):
        store = Store(tmp_path, "1")
        parsing = Parsing(store, texts)
        for name, text in texts.items():
            assert repr(parsing(name, text)) == repr(parse(name, text)), name
        store.sweep()
    stored = len(list(tmp_path.iterdir()))
    assert stored == sum(not parse(name, text)[1] and "[[table]]" not in text for name, text in texts.items())


def test_values_survive_the_store() -> None:
    """A file's values have no type that an encoder changes: a date would come back as a text."""
    strange = {f"{path}: {kind}" for path, kind in _types(inspect.type_info(CardsFile), "", set())}
    # Files with tables are not stored.
    assert strange == {".table.columns: AnyType"}


def _types(of: inspect.Type, path: str, seen: set[type[msgspec.Struct]]) -> Iterator[tuple[str, str]]:
    """Yield where a type that is not carried exactly stands, and what it is."""
    if not isinstance(of, _EXACT):
        yield path, type(of).__name__
    if isinstance(of, inspect.StructType):
        if of.cls not in seen:
            seen.add(of.cls)
            for field in of.fields:
                yield from _types(field.type, f"{path}.{field.name}", seen)
        return
    inner = [
        getattr(of, name) for name in ("item_type", "key_type", "value_type", "type") if hasattr(of, name)
    ]
    for each in (*inner, *getattr(of, "item_types", ()), *getattr(of, "types", ())):
        yield from _types(each, path, seen)


@law(40)
@given(locks(), locks(), st.data())
def test_a_lock_is_what_its_text_says(before: Lock, other: Lock, data: st.DataObject) -> None:
    """Whatever notes stay, change, come and go: the text is that of `dumps`, and what it says that of `parse`."""
    fate = st.sampled_from(["kept", "stamped", "gone"])
    fates = [data.draw(fate) for _ in before.notes]
    shuffled = msgspec.structs.replace(before, notes=tuple(data.draw(st.permutations(before.notes))))
    with tempfile.TemporaryDirectory() as folder:
        LockTexts(Store(Path(folder), "1")).dumps("lock", shuffled)
        texts = LockTexts(Store(Path(folder), "1"))
        known = texts.parse("lock", dumps(before))
        assert isinstance(known, Lock)
        assert dumps(known) == dumps(before)
        notes = {note.id: note for note in other.notes}
        for note, becomes in zip(known.notes, fates, strict=True):
            if becomes != "gone":
                stamped = msgspec.structs.replace(note, mod=note.mod + 1)
                notes[note.id] = note if becomes == "kept" else stamped
        after = msgspec.structs.replace(other, notes=tuple(notes.values()))
        assert texts.dumps("lock", after) == dumps(after)


def test_a_text_that_somebody_changed_is_parsed(tmp_path: Path) -> None:
    """What is remembered of a lock counts for its text only, whichever way it was written."""
    lock = _lock("123", 5)
    LockTexts(Store(tmp_path, "1")).dumps("lock", lock)
    lines = dumps(lock).splitlines()
    # Another stamp, another order of lines, and one line twice.
    changed = "\n".join([*lines[:-3], lines[-1].replace(" 5 ", " 6 "), lines[-3], lines[-2], lines[-3], ""])
    for _ in range(2):
        texts = LockTexts(Store(tmp_path, "1"))
        now = texts.parse("lock", changed)
        assert now == parse_lock(changed) != lock
        assert isinstance(now, Lock)
        assert texts.dumps("draft", now) == dumps(now) != changed
    damaged = changed.replace("note 1", "note  1")
    assert LockTexts(Store(tmp_path, "1")).parse("lock", damaged) == parse_lock(damaged)


def test_a_draft_takes_the_lines_of_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a draft does not stamp are the notes of the lock, whatever the last draft says."""
    lock, draft = _lock("123", 5), _lock("123", 6)
    LockTexts(Store(tmp_path, "1")).dumps("lock", lock)
    LockTexts(Store(tmp_path, "1")).dumps("draft", draft)
    texts = LockTexts(Store(tmp_path, "1"))
    now = texts.parse("lock", dumps(lock))
    assert texts.parse("draft", dumps(draft)) == draft
    assert isinstance(now, Lock)
    made: list[str] = []
    monkeypatch.setattr("deckgen.identity.lock_text.line_of", lambda note: made.append(note.id) or "a line")
    texts.dumps("draft", msgspec.structs.replace(now, notes=(*now.notes[:2], draft.notes[2])))
    assert made == ["3"]


def _lock(ids: str, mod: int) -> Lock:
    lock = parse_lock(
        "deckgen.lock 2\nrelease 1 1.0\n"
        + "".join(f"note {id_} {id_ * 16} 1{id_} cloze {'0' * 24} {'1' * 24} {mod} Deck\n" for id_ in ids)
    )
    assert isinstance(lock, Lock)
    return lock
