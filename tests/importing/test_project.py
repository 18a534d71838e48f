"""A deck becomes a project that people like to read, all at once or not at all."""

from __future__ import annotations

import io
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.adopted import AdoptedField
from deckgen.core.text import Html
from deckgen.importing.collection import Collection, Deck, Loss, Medium, Note, Template, Type
from deckgen.importing.names import field_keys, item_id
from deckgen.importing.plan_text import plan_text
from deckgen.importing.planning import plan
from deckgen.importing.problem import UnreadableError
from deckgen.importing.project_files import project_files
from deckgen.importing.proof import Difference, differences
from deckgen.importing.toml_text import table
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from deckgen.rules.bad_note_type import is_usable
from importing.decks import PNG
from importing.taking import NOW, Taken, take

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

_BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{%s}}"


def _type(id_: int, name: str, fields: list[str], *fronts: str, **more: Any) -> Type:
    return Type(
        id=id_,
        name=name,
        mod=1_600_000_000,
        fields=tuple(AdoptedField(name=field) for field in fields),
        templates=tuple(
            Template(name=f"Card {number}", front=front, back=_BACK % fields[-1])
            for number, front in enumerate(fronts, 1)
        ),
        **more,
    )


BASIC = _type(11, "Einfach", ["Vorderseite", "Rückseite"], "{{Vorderseite}}")
BOTH = _type(12, "Länder", ["Land", "hint", "No."], "{{Land}}", "{{#No.}}{{No.}}{{/No.}}")
CLOZE = _type(13, "Lücke", ["Text", "Extra"], "{{cloze:Text}}", cloze=True)


def _note(number: int, kind: Type, fields: list[str], deck: str = "Erde", **more: Any) -> Note:
    cards = more.pop("cards", ((0, deck),))
    return Note(
        id=1_600_000_000_000 + number,
        guid=f"guid{number}",
        type_id=kind.id,
        mod=1_650_000_000 + number,
        fields=tuple(fields),
        tags=more.pop("tags", ()),
        cards=cards,
    )


def _collection(*notes: Note, media: dict[str, bytes] | None = None, **more: Any) -> Collection:
    used = {note.type_id for note in notes}
    return Collection(
        title="deck",
        types=tuple(each for each in (BASIC, BOTH, CLOZE) if each.id in used),
        notes=notes,
        decks=tuple(Deck(name=name) for name in sorted({deck for note in notes for _, deck in note.cards})),
        media={name: _medium(name, content) for name, content in (media or {}).items()},
        **more,
    )


def _medium(name: str, content: bytes, opened: Callable[[], IO[bytes]] | None = None) -> Medium:
    return Medium(name=name, size=len(content), open=opened or (lambda: io.BytesIO(content)))


def _files(taken: Taken) -> dict[str, str]:
    return dict(project_files(taken.plan))


def test_writes_notes_as_people_would(tmp_path: Path) -> None:
    """A field that Markdown says is Markdown, and whatever is odd about a note stands at the note."""
    taken = take(
        _collection(
            _note(
                1,
                BASIC,
                ["Wie hoch ist der <b>Everest</b>?", "8849&nbsp;m<br>über dem Meer"],
                tags=("a", "b::c"),
            ),
            _note(2, BASIC, ['<img src="p.png"><script>x()</script>', "H<sub>2</sub>O"]),
            _note(3, BOTH, ["Peru", "im Westen", "7"], cards=((0, "Erde"), (1, "Erde::Zahlen"))),
            _note(4, BOTH, ["Kuba", "", "8"], cards=((0, "Erde"),)),
            _note(
                5, CLOZE, ["{{c1::Lima}} liegt in {{c2::Peru::Land}}", ""], cards=((0, "Erde"), (1, "Erde"))
            ),
            media={"p.png": PNG},
        ),
        tmp_path / "project",
    )
    assert taken.written.differences == ()
    assert _files(taken)["cards/erde.toml"] == (
        """\
#:schema ../schema/cards.json

[deck]
name = "Erde"

[[note]]
id          = "wie-hoch-ist-der-everest"
type        = "einfach"
Vorderseite = "Wie hoch ist der **Everest**?"
"Rückseite" = '''
8849&nbsp;m\\
über dem Meer'''
tags        = ["a", "b::c"]

# lost: Vorderseite: the element `script`
[[note]]
id          = "h2o"
type        = "einfach"
Vorderseite = "![](media/p.png)"
"Rückseite" = { html = "H<sub>2</sub>O" }

[[note]]
id    = "peru"
type  = "lander"
Land  = "Peru"
hint_ = "im Westen"
No    = "7"
decks = { card-2 = "Erde::Zahlen" }

[[note]]
id      = "kuba"
type    = "lander"
Land    = "Kuba"
No      = "8"
without = ["card-2"]

[[note]]
id   = "lima-liegt-peru"
type = "lucke"
Text = "{{c1::Lima}} liegt in {{c2::Peru::Land}}"
"""
    )
    assert """\
[notetype.lander]
name   = "Länder"
fields = ["Land", { name = "hint_", anki = "hint" }, { name = "No", anki = "No." }]

[[notetype.lander.card]]
id    = "card-1"
name  = "Card 1"
front = "@{Land}"
back  = "@{No}"

[[notetype.lander.card]]
id    = "card-2"
name  = "Card 2"
front = "@{No}"
""" in _files(taken)["cards/note-types.toml"]


def test_writes_many_alike_as_a_spreadsheet(tmp_path: Path) -> None:
    """25 notes of a type in a deck are rows; what a row cannot say stands below the table."""
    notes = [
        _note(n, BASIC, [f"Frage {n}, wirklich?", f"Antwort *{n}*"], tags=("x",) if n == 3 else ())
        for n in range(25)
    ]
    odd = _note(99, BASIC, ["<u>anders</u>", "="])
    taken = take(_collection(*notes, odd), tmp_path / "project")
    assert taken.written.differences == ()
    files = _files(taken)
    header, first, *_ = files["data/erde.csv"].splitlines()
    assert (header, first) == (
        "id,Vorderseite,Rückseite,tags",
        'frage-0-wirklich,"Frage 0, wirklich?",Antwort \\*0\\*,',
    )
    cards = tomllib.loads(files["cards/erde.toml"])
    assert cards["table"] == [
        {
            "file": "data/erde.csv",
            "as": "note",
            "type": "einfach",
            "split": " ",
            "columns": {"Vorderseite": "Vorderseite", "Rückseite": "Rückseite", "tags": "tags"},
        }
    ]
    assert [note["id"] for note in cards["note"]] == ["anders"]


def test_says_its_plan_before(tmp_path: Path) -> None:
    """The plan counts notes by type, names what stays HTML, what is otherwise and what is lost."""
    collection = _collection(
        _note(1, BASIC, ["a<div>b</div>", "<u>c</u>"], deck="Default"),
        _note(2, BASIC, ["x", '<img src="gone.png">y'], tags=("deckgen::old", 'a"b'), deck="Default"),
        losses=(Loss(what="a damaged note is left out", where="note 7"),),
        unknown={"note type Einfach": {"addon": 1}},
    )
    taken = take(collection, tmp_path / "project")
    assert plan_text(taken.plan, taken.written.files) == (
        """\
Taken: 2 notes with 2 cards

  Einfach  2 notes: the same note type; learners keep their reviews

It becomes 2 files of cards, 3 templates.

Written otherwise, and the same to learners:
  1 field: lines in `<div>` end with a line break
  1 field: HTML that Markdown has no words for stays HTML: b (Rückseite)

Lost, or repaired:
  a damaged note is left out: note 7
  a deck has another name here: Default → Taken
  taken out of fields: pictures that the deck does not have: x (Rückseite)
  tags that Anki or deckgen keep for themselves are left out: deckgen::old
  tags are spelt otherwise: a"b → a-b
  settings of add-ons are left out: note type Einfach
"""
    )


def test_tells_descriptions_that_no_file_can_keep(tmp_path: Path) -> None:
    """A deck that has notes keeps its description; that of a deck which only contains others is told as lost."""
    made = _collection(_note(1, BASIC, ["a", "b"], deck="Welt::Erde"))
    decks = (Deck(name="Welt", description="All of it"), Deck(name="Welt::Erde", description="A <b>part</b>"))
    taken = take(msgspec.structs.replace(made, decks=decks), tmp_path / "project")
    assert taken.plan.descriptions == {"Welt::Erde": "A part"}
    assert [(loss.what.partition(" is ")[0], loss.where) for loss in taken.plan.losses] == [
        ("the description of a deck without notes of its own", "Welt"),
        ("the description of a deck", "Welt::Erde"),
    ]


@pytest.mark.parametrize(
    ("kind", "type_", "fields", "item"),
    [
        (
            "short",
            BASIC,
            ["Capital?", "<b>Lima</b>"],
            {"type": "short", "prompt": "Capital?", "answer": "Lima"},
        ),
        ("short", BASIC, ["Capital?", "a<br>b"], {"type": "open", "prompt": "Capital?", "model": "a\\\nb"}),
        ("concept", BASIC, ["Port", "A <i>number</i>"], {"term": "Port", "definition": "A *number*"}),
        (
            "cloze",
            CLOZE,
            ["{{c1::Lima}} is in {{c2::Peru}}", "since ever"],
            {"type": "cloze", "text": "{{c1::Lima}} is in {{c2::Peru}}", "explanation": "since ever"},
        ),
        (
            "choice",
            BASIC,
            ["Which?<br>A) this<br>B) that<br>C) none", "B"],
            {"type": "choice", "prompt": "Which?", "answer": "that", "distractors": ["this", "none"]},
        ),
    ],
)
def test_makes_questions_where_they_are_wanted(
    kind: str, type_: Type, fields: list[str], item: dict[str, Any], tmp_path: Path
) -> None:
    """Notes become questions of deckgen's own, and the project builds; the note type is gone."""
    cards = ((0, "Erde"), (1, "Erde")) if type_.cloze and "{{c2" in fields[0] else ((0, "Erde"),)
    taken = take(_collection(_note(1, type_, fields, cards=cards)), tmp_path / "project", {type_.name: kind})
    written = tomllib.loads(_files(taken)["cards/erde.toml"])
    (made,) = written.get("question") or written["concept"]
    assert made.pop("id")
    assert made == item
    assert taken.build()


def test_keeps_notes_that_fit_no_question(tmp_path: Path) -> None:
    """What is no choice question stays a note of its type, and the plan says so."""
    notes = (_note(1, BASIC, ["Which? A) x B) y", "A"]), _note(2, BASIC, ["Who?", "me"]))
    taken = take(_collection(*notes), tmp_path / "project", {"Einfach": "choice"})
    text = plan_text(taken.plan, taken.written.files)
    assert (
        "1 become choice questions, new to learners, who lose their reviews of them; 1 that do not fit stay as they are"
        in text
    )
    assert "a note cannot become choice, and stays a note of its type: who" in text
    assert tomllib.loads(_files(taken)["cards/erde.toml"])["note"][0]["type"] == "einfach"


def test_names_media_as_what_they_are(tmp_path: Path) -> None:
    """A JPEG called `.png` is `.jpg` in the project and keeps its name in Anki; a film stays a file of the deck."""
    media = {"b&w.png": b"\xff\xd8\xff\xe0", "film.mp4": b"\0\0\0 ftypmp42", "nobody.png": PNG}
    note = _note(1, BASIC, ['<img src="b&amp;w.png">', "[sound:film.mp4]"])
    taken = take(_collection(note, media=media), tmp_path / "project")
    assert taken.written.differences == ()
    assert sorted(path.name for path in (taken.root / "media").iterdir()) == ["b&w.jpg", "film.mp4"]
    assert taken.plan.notes[0].values == ("![](<media/b\\&w.jpg>)", Html("[sound:film.mp4]"))
    assert any(loss.where == "nobody.png" for loss in taken.plan.losses)


def test_tells_files_that_are_missing(tmp_path: Path) -> None:
    """Sounds that notes name and files that templates and styles use are looked for, in HTML as well."""
    note = _note(1, BASIC, ["<u>a</u>[sound:gone.mp3]", "b[sound:a&amp;b.mp3]"])
    front = '{{Vorderseite}}<img src="_logo.png"><script src=_app.js></script>'
    kind = msgspec.structs.replace(
        BASIC,
        css="@font-face { src: url('_font.woff2') }",
        templates=(msgspec.structs.replace(BASIC.templates[0], front=front),),
    )
    made = msgspec.structs.replace(_collection(note, media={"_app.js": b"1"}), types=(kind,))
    losses = take(made, tmp_path / "project").plan.losses
    assert [loss.where for loss in losses if "does not have" in loss.what] == [
        "note 1600000000001 (a [sound:gone.mp3]): gone.mp3",
        "note 1600000000001 (a [sound:gone.mp3]): a&b.mp3",
        "Einfach: _font.woff2",
        "Einfach: _logo.png",
    ]


def test_what_the_plan_names_as_lost_is_no_difference(tmp_path: Path) -> None:
    """A handler that is taken out of a field which Markdown can say is told once, as lost."""
    note = _note(1, BASIC, ["mouse", "<b>big</b><img src='a.png' onerror=alert(1)>"])
    taken = take(_collection(note, media={"a.png": PNG}), tmp_path / "project")
    assert taken.plan.notes[0].values[1] == "**big**![](media/a.png)"
    assert taken.plan.notes[0].lost == ("Rückseite: the attribute `onerror`",)
    assert taken.written.differences == ()


def test_tells_decks_that_were_perhaps_filtered(tmp_path: Path) -> None:
    """A deck of strays, whose siblings are elsewhere, is named; one that a template or an author fills is not."""
    three = _type(14, "Drei", ["A"], "{{A}}", "{{A}}2", "{{A}}3")
    kind = msgspec.structs.replace(
        three, templates=(*three.templates[:2], msgspec.structs.replace(three.templates[2], deck="Drittes"))
    )
    stray = ((0, "Erde"), (1, "Erde"), (2, "Heute"))
    placed = ((0, "Erde"), (1, "Erde"), (2, "Drittes"))

    def told(kind: Type, *cards: tuple[tuple[int, str], ...]) -> list[str]:
        notes = [_note(number, kind, [str(number)], cards=each) for number, each in enumerate(cards)]
        made = msgspec.structs.replace(_collection(*notes), types=(kind,))
        return [loss.where for loss in plan(made, "Erde", {}).losses if "filtered" in loss.what]

    assert told(three, stray, placed) == ["Drittes", "Heute"]
    assert told(kind, placed, placed) == []
    assert told(three, stray, ((0, "Heute"), (1, "Heute"), (2, "Heute"))) == []


def test_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """A picture that turns out to be damaged while it is copied leaves nothing behind."""
    opened: list[int] = []

    def damaged() -> IO[bytes]:
        opened.append(1)
        if len(opened) > 1:
            raise UnreadableError("deck.apkg", "has a damaged file `p.png`")
        return io.BytesIO(PNG)

    collection = _collection(_note(1, BASIC, ['<img src="p.png">', "x"]))
    collection = Collection(
        **{name: getattr(collection, name) for name in collection.__struct_fields__}
        | {"media": {"p.png": _medium("p.png", PNG, damaged)}}
    )
    with pytest.raises(UnreadableError):
        take(collection, tmp_path / "project")
    (tmp_path / "empty").mkdir()
    opened.clear()
    with pytest.raises(UnreadableError):
        take(collection, tmp_path / "empty")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["empty"]


def test_the_comparison_sees_what_is_otherwise(tmp_path: Path) -> None:
    """A text, a tag, a deck and a style that are not as they came are told, each at its note or type."""
    notes = (_note(1, BASIC, ["one", "1"], tags=("t",)), _note(2, BASIC, ["two", "2"], deck="Mond"))
    taken = take(_collection(*notes), tmp_path / "project")
    guids = {"one": "guid1", "two": "guid2"}

    def compare() -> set[Difference]:
        outcome = build(taken.root, Options(now=NOW + 100, purpose="release"))
        assert outcome.outputs
        return {*differences(taken.plan, guids, sorted((taken.root / "dist/anki").glob("*.apkg")))}

    assert compare() == set()
    taken.replace("cards/erde.toml", '"1"', '"one more"')
    taken.replace("cards/erde.toml", '["t"]', '["u"]')
    taken.replace("cards/mond.toml", '"Mond"', '"Mars"')
    (taken.root / "templates/anki/own/einfach/style.css").write_text(".card {}", "utf-8")
    taken.replace("deckgen.toml", 'version  = "1"', 'version  = "2"')
    found = compare()
    assert Difference("one", "`Rückseite` is 'one more', and was '1'") in found
    assert Difference("one", "its tags are u") in found
    assert Difference("two", "card 1 is in `Mars`") in found
    assert Difference("Einfach", "its `css` is '.card {}', and was ''") in found


@given(
    st.dictionaries(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=8),
        st.text(
            st.characters(
                codec="utf-8",
                exclude_categories=["Cs"],
                exclude_characters="\r\x7f" + "".join(map(chr, (*range(9), *range(11, 32)))),
            ),
            max_size=20,
        ),
        max_size=4,
    )
)
def test_toml_is_read_as_it_was_meant(entries: dict[str, str]) -> None:
    """Whatever the keys and texts are, TOML reads the same; what is empty is left out."""
    text = table("[a]", entries)
    assert tomllib.loads(text)["a"] == {key: value for key, value in entries.items() if value}


@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_names_are_words_of_the_language(texts: list[str]) -> None:
    """Any fields give an id, and any names of fields keys that are unique and that a note can have."""
    id_ = item_id(texts)
    assert id_
    assert all(part and part.isascii() and part.isalnum() for part in id_.split("-"))
    names = list(dict.fromkeys(text for text in texts if text))
    keys = field_keys(names)
    assert len({key.casefold() for key in keys.values()}) == len(names)
    assert all(map(is_usable, keys.values()))


@pytest.mark.parametrize(
    ("fields", "id_"),
    [
        (["What is the capital of Peru?", "Lima"], "capital-peru"),
        (["Москва", ""], "moskva"),
        (["食べる", "たべる", "to eat"], "eat"),
        (["{{c1::Lima::city}} is in Peru", ""], "lima-peru"),
        (["<img src='a.png'>", "A flag"], "flag"),
        (["???", ""], "note"),
        (["{{c1::image-occlusion:rect:left=.1}}", "<img src='a.png'>", "The heart"], "heart"),
    ],
)
def test_ids_say_what_a_note_is_about(fields: list[str], id_: str) -> None:
    """An id is made of the first text that Latin letters can spell, without gaps, pictures and empty words."""
    assert item_id(fields) == id_
