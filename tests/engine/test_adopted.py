"""Decks that were taken over, in the Anki of learners who have the original: nothing is new, nothing is lost."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.importing.package import read_package
from engine.adopting import Adopted, export

if TYPE_CHECKING:
    from anki.collection import Collection

FRONT = """\
<div class="q">{{Land}}</div>
{{#hint}}<p>{{hint:hint}}</p>{{/hint}}
<script>const pairs = [[1, 2], [[3]]]; /* [% no block %] [# no comment #] */</script>
"""
IMAGE = "Flagge von Peru & Co.png"
SOUND = "hoch über.mp3"
LOGO = "_logo.png"


def png(shade: int) -> bytes:
    """Return a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")
    )


def add(col: Collection, kind: str, deck: str, *values: str, tags: tuple[str, ...] = ()) -> int:
    """Add a note as an author does."""
    note = col.new_note(col.models.by_name(kind))
    note.fields = [*values, *[""] * (len(note.fields) - len(values))]
    note.tags = list(tags)
    col.add_note(note, col.decks.id(deck))
    return note.id


def make_original(col: Collection) -> None:
    """Make a deck of Anki's own note types and one of its author's."""
    for name, content in ((IMAGE, png(1)), (SOUND, b"ID3\x04mp3"), (LOGO, png(2)), ("zweimal.png", png(1))):
        (Path(col.media.dir()) / name).write_bytes(content)
    models = col.models
    made = models.new("Länder")
    for name in ("Land", "Hauptstadt", "Flagge", "hint"):
        models.add_field(made, models.new_field(name))
    made["flds"][1] |= {
        "font": "Courier",
        "size": 31,
        "rtl": True,
        "description": "die Stadt",
        "sticky": True,
    }
    for name, front, back in (
        ("Land - Hauptstadt", FRONT, "{{FrontSide}}<hr id=answer>{{Hauptstadt}}"),
        ("Hauptstadt - Land", "{{#Hauptstadt}}{{Hauptstadt}}{{/Hauptstadt}}", "{{Land}}\n\n"),
        ("Flagge", '{{Flagge}}<img src="_logo.png">', "{{Land}}"),
    ):
        template = models.new_template(name)
        template["qfmt"], template["afmt"] = front, back
        models.add_template(made, template)
    made["tmpls"][1]["did"] = col.decks.id("Andersherum")
    made["tmpls"][0] |= {"bqfmt": "{{Land}}!", "bfont": "Arial", "bsize": 13}
    made["sortf"] = 1
    made["css"] = ".card { color: red }\n.q::after { content: '[[x]]' }\n"
    made["latexPre"] = "\\documentclass{article}"
    models.add(made)
    deck = "Erde::Amerika"
    add(
        col,
        "Länder",
        deck,
        "Peru",
        "Lima",
        f'<img src="{IMAGE.replace("&", "&amp;")}">',
        tags=("Anden", "a::b"),
    )
    add(col, "Länder", deck, "Chile", "Santiago [sound:" + SOUND + "]", "", "lang & <b>schmal</b>")
    add(col, "Länder", "Erde", "Fidschi", "", '<img src="zweimal.png">')
    add(col, "Basic", deck, "a<br>b", "\\(x^2\\) &nbsp;<i>c</i>")
    add(col, "Basic (and reversed card)", deck, "1 < 2", "{{no gap}}")
    add(col, "Basic (optional reversed card)", deck, "Question", "Answer", "y")
    add(col, "Basic (optional reversed card)", deck, "Question 2", "Answer")
    add(col, "Basic (type in the answer)", deck, "* star", "12. twelve")
    add(col, "Cloze", deck, "{{c1::Lima::a city}} is in {{c2::Peru}}", "extra")
    add(
        col,
        "Image Occlusion",
        deck,
        "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
        "{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.1}}",
        '<img src="zweimal.png">',
        "Header",
    )
    # A card elsewhere, and one that does not exist.
    peru = col.get_note(col.find_notes("Peru Land:Peru")[0])
    col.set_deck([peru.cards()[2].id], col.decks.id("Flaggen"))
    chile = col.get_note(col.find_notes("Land:Chile")[0])
    col.remove_cards_and_orphaned_notes([card.id for card in chile.cards() if card.ord == 1])


@dataclass
class World:
    """An author with a deck, the project that took it over, and a learner who has it."""

    author: Collection
    original: Path
    project: Adopted
    learner: Collection
    now: int = 1_900_000_000

    def run(self, command: str, *arguments: str) -> Result:
        env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(self.now)}
        return CliRunner().invoke(app, [command, "-C", str(self.project.root), *arguments], env=env)

    def build(self) -> list[Path]:
        """Build an hour later than the last time."""
        self.now += 3600
        self.project.write()
        result = self.run("build")
        assert result.exit_code == 0, result.output
        return sorted((self.project.root / "dist/anki").glob("*.apkg"))

    def take(self, col: Collection | None = None) -> tuple[int, int, int, int]:
        """Build, and import every package: notes new, updated, unchanged and conflicting."""
        return take(col or self.learner, self.build())


def take(col: Collection, packages: list[Path]) -> tuple[int, int, int, int]:
    """Import packages: notes new, updated, unchanged and conflicting."""
    logs = [import_package(col, package) for package in packages]
    counts = [(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)) for log in logs]
    return tuple(map(sum, zip(*counts, strict=True)))  # type: ignore[return-value]


def study(col: Collection) -> None:
    """Give every card a review and an interval."""
    for id_ in col.find_cards("is:new"):
        card = col.get_card(id_)
        card.start_timer()
        col.sched.answerCard(card, 3)
    col.sched.set_due_date(col.find_cards(""), "7")


def state(col: Collection) -> dict[str, Any]:
    """Return all that a learner has."""
    col.models._clear_cache()
    return {
        "notes": col.db.all("SELECT id, guid, mid, mod, tags, flds, sfld FROM notes ORDER BY id"),
        "cards": col.db.all(
            "SELECT id, nid, did, ord, mod, type, queue, due, ivl, reps FROM cards ORDER BY id"
        ),
        "reviews": col.db.all("SELECT * FROM revlog ORDER BY id"),
        "schema": col.db.scalar("SELECT scm FROM col"),
        "types": json.dumps(sorted(col.models.all(), key=lambda each: each["id"]), sort_keys=True),
        "decks": sorted(each.name for each in col.decks.all_names_and_ids()),
        "media": {path.name: path.read_bytes() for path in sorted(Path(col.media.dir()).iterdir())},
    }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with collection() as author, collection() as learner:
        make_original(author)
        original = export(author, tmp_path / "original.apkg")
        import_package(learner, original)
        study(learner)
        project = Adopted(tmp_path / "project", read_package(original))
        project.adopt()
        yield World(author, original, project, learner)


def test_learners_who_have_the_original_have_all_of_it(world: World) -> None:
    """A build of what was taken over changes nothing: neither notes nor cards, types, decks, reviews or media."""
    before = state(world.learner)
    assert world.take() == (0, 0, 10, 0)
    assert state(world.learner) == before
    assert world.take() == (0, 0, 10, 0)
    assert state(world.learner) == before


def test_newcomers_get_what_the_original_has(world: World) -> None:
    """In an empty collection every note, card and file is as in the original, also beside a deck of its author's own."""
    with collection() as newcomer, collection() as other:
        import_package(other, world.original)
        assert world.take(newcomer) == (10, 0, 0, 0)
        ours, theirs = state(newcomer), state(other)
        assert ours["media"] == theirs["media"]
        assert ours["decks"] == theirs["decks"]
        assert [each[:2] for each in ours["notes"]] == [each[:2] for each in theirs["notes"]]
        for one, two in zip(ours["notes"], theirs["notes"], strict=True):
            assert normal(one[5]) == normal(two[5])
        assert cards(newcomer) == cards(other)
        for kind in other.models.all():
            # The stock types of a collection have ids of its own.
            if not (kind["name"].endswith("+") or kind["name"] == "Länder"):
                continue
            assert comparable(newcomer, kind["name"]) == comparable(other, kind["name"])


def normal(html: str) -> str:
    """Return a field without what may differ: an empty alternative text, and how a space that holds is spelt."""
    return unescape(html.replace(' alt=""', ""))


def cards(col: Collection) -> set[tuple[str, int, str]]:
    """Return each card: the first field of its note, its ordinal, and its deck."""
    return {
        (normal(card.note().fields[0]), card.ord, col.decks.name(card.did))
        for card in map(col.get_card, col.find_cards(""))
    }


def kind_of(col: Collection, name: str) -> dict[str, Any]:
    """Return a note type as it is now: Anki's library remembers what it returned before an import."""
    col.models._clear_cache()
    made = col.models.by_name(name)
    assert made is not None, name
    return made


def comparable(col: Collection, name: str) -> dict[str, Any]:
    """Return a note type without what every collection gives it anew."""
    made = kind_of(col, name)
    kept = {key: value for key, value in made.items() if key not in ("usn", "req", "id", "mod", "originalId")}
    for template in kept["tmpls"]:
        template["did"] = None
    return kept


def test_an_edit_updates_one_note(world: World) -> None:
    """What was edited arrives, in the fields alone; no other note, card or type is touched."""
    world.take()
    before = state(world.learner)
    world.project.replace("n-0", "Lima", "Lima (Ciudad de los Reyes)")
    assert world.take() == (0, 1, 9, 0)
    after = state(world.learner)
    changed = [pair for pair in zip(before["notes"], after["notes"], strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert "Lima (Ciudad de los Reyes)" in changed[0][1][5]
    for kept in ("cards", "reviews", "schema", "types", "media"):
        assert after[kept] == before[kept], kept
    assert world.take() == (0, 0, 10, 0)


def test_notes_are_added_and_removed(world: World) -> None:
    """A new note of an adopted type is new; one that is removed stays with learners as it is, and leaves the package."""
    world.take()
    before = state(world.learner)
    name = world.project.names[
        next(each.id for each in world.project.collection.types if each.name == "Länder")
    ]
    world.project.decks["fiji"] = "Erde"
    world.project.notes["fiji"] = [
        'id = "fiji"',
        f'type = "{name}"',
        'Land = "Fidschi"',
        'Hauptstadt = "Suva"',
    ]
    del world.project.notes["n-2"]
    assert world.take() == (1, 0, 9, 0)
    after = state(world.learner)
    assert [each for each in after["notes"] if each in before["notes"]] == before["notes"]
    assert after["schema"] == before["schema"]
    lock = (world.project.root / "deckgen.lock").read_text(encoding="utf-8")
    assert "\ngone n-2 " in lock
    assert "no longer" not in "".join(str(each) for each in after["notes"])
    # It comes back as what it was.
    world.project.notes["n-2"] = ['id = "n-2"', f'type = "{name}"', 'Land = "Fidschi (Inseln)"']
    assert world.take() == (0, 1, 10, 0)


def test_the_look_of_a_type_is_edited(world: World) -> None:
    """A style or template that is edited comes with a later stamp, and no note is touched; the type has all else."""
    world.take()
    before = state(world.learner)
    kind = kind_of(world.learner, "Länder")
    for file in world.project.templates:
        if file.endswith("/style.css") and "nder" in file:
            world.project.templates[file] += ".card { color: green }\n"
    assert world.take() == (0, 0, 10, 0)
    after = state(world.learner)
    now = kind_of(world.learner, "Länder")
    assert now["css"] == kind["css"] + ".card { color: green }\n"
    assert now["mod"] > kind["mod"]
    same = {key: value for key, value in kind.items() if key not in ("css", "mod", "usn", "tmpls")}
    kind["tmpls"][1]["did"] = now["tmpls"][1]["did"]
    assert kind["tmpls"] == now["tmpls"]
    assert {key: value for key, value in now.items() if key in same} == same
    for kept in ("notes", "cards", "reviews", "schema", "media"):
        assert after[kept] == before[kept], kept


def test_pictures_keep_their_names_until_they_are_edited(world: World) -> None:
    """Another picture under an adopted name comes as a new file, with the note that shows it alone."""
    world.take()
    (world.project.root / "media" / IMAGE).write_bytes(png(7))
    assert world.take() == (0, 1, 9, 0)
    media = state(world.learner)["media"]
    assert media[IMAGE] == png(1)
    (new,) = (name for name, content in media.items() if content == png(7))
    notes = [
        note
        for note in map(world.learner.get_note, world.learner.find_notes(""))
        if new in "".join(note.fields)
    ]
    assert [note.fields[0] for note in notes] == ["Peru"]
    (world.project.root / "media" / SOUND).write_bytes(b"ID3\x04other")
    assert world.take() == (0, 1, 9, 0)
    media = state(world.learner)["media"]
    assert media[SOUND] == b"ID3\x04mp3"
    (note,) = (each for each in map(world.learner.get_note, world.learner.find_notes("Land:Chile")))
    assert any(
        f"[sound:{name}]" in note["Hauptstadt"] for name, what in media.items() if what.endswith(b"other")
    )


def test_gaps_and_masks_come_in_place(world: World) -> None:
    """A gap, or a mask of Image Occlusion, that is added is a card of the note that learners have."""
    world.take()
    before = state(world.learner)
    world.project.replace("n-8", "{{c2::Peru}}", "{{c2::Peru}} in {{c3::America}}")
    world.project.replace(
        "n-9",
        "rx=.1:ry=.1}}",
        "rx=.2:ry=.1}}<br>{{c3::image-occlusion:rect:left=.7:top=.7:width=.1:height=.1}}",
    )
    assert world.take() == (0, 2, 8, 0)
    after = state(world.learner)
    assert len(after["cards"]) == len(before["cards"]) + 2
    assert [each for each in after["cards"] if each in before["cards"]] == before["cards"]
    assert not world.learner.get_empty_cards().notes
    (id_,) = world.learner.find_notes("Header:Header")
    shown = world.learner._backend.get_image_occlusion_note(id_).note
    assert shown.image_data == png(1)
    assert sorted(each.ordinal for each in shown.occlusions) == [1, 2, 3]


def test_what_learners_did_to_a_type_decides_nothing(world: World) -> None:
    """A learner who renamed a type, its fields and templates, and edited its style gets edits of notes as before."""
    world.take()
    models = world.learner.models
    kind = kind_of(world.learner, "Länder")
    kind["name"], kind["css"] = "Meine Länder", ".card { color: blue }"
    models.rename_field(kind, kind["flds"][0], "Staat")
    kind["tmpls"][0]["name"] = "eine Karte"
    models.update_dict(kind)
    before = state(world.learner)
    world.project.replace("n-0", "Lima", "Lima am Meer")
    assert world.take() == (0, 1, 9, 0)
    after = state(world.learner)
    assert {
        name: after[name] == before[name] for name in ("cards", "reviews", "schema", "types")
    } == dict.fromkeys(("cards", "reviews", "schema", "types"), True)


def test_a_field_of_a_learners_own_stops_updates_until_they_merge(world: World) -> None:
    """Anki refuses the notes of a type that a learner gave a field, and says so; nothing that they have is lost."""
    world.take()
    kind = kind_of(world.learner, "Länder")
    world.learner.models.add_field(kind, world.learner.models.new_field("Notiz"))
    world.learner.models.update_dict(kind)
    before = state(world.learner)
    world.project.replace("n-0", "Lima", "Lima am Meer")
    assert world.take() == (0, 0, 7, 3)
    after = state(world.learner)
    assert (after["cards"], after["reviews"], after["notes"]) == (
        before["cards"],
        before["reviews"],
        before["notes"],
    )


def test_releases_and_what_differs(world: World) -> None:
    """A release gives what was taken over a number and no stamp; `diff` tells the edit, the note that left, and no more."""
    before = state(world.learner)
    world.project.write()
    assert world.run("release").exit_code == 0
    assert take(world.learner, sorted((world.project.root / "dist/anki").glob("*.apkg"))) == (0, 0, 10, 0)
    assert state(world.learner) == before
    assert differences(world) == {}
    world.project.replace("n-0", "Lima", "Lima am Meer")
    del world.project.notes["n-2"]
    world.project.write()
    assert differences(world) == {"changed": ["n-0"], "left": ["n-2"]}
    world.now += 3600
    assert world.run("release", "2").exit_code == 0
    assert take(world.learner, sorted((world.project.root / "dist/anki").glob("*.apkg"))) == (0, 1, 8, 0)


def differences(world: World) -> dict[str, Any]:
    """Return what `diff` tells of notes, with the ids of each kind of difference, and of media."""
    told = json.loads(world.run("diff", "--format", "json").output)
    found = {kind: [each["id"] for each in notes] for kind, notes in told["notes"].items() if notes}
    media = {kind: names for kind, names in (told["media"] or {}).items() if names and kind != "removed"}
    return found | media


def test_lines_of_two_branches_fold(world: World) -> None:
    """Both sides of a merge may stand in the lock: what was taken over is said once again."""
    lock = world.project.root / "deckgen.lock"
    text = lock.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    lock.write_text("".join([*lines, *lines[3:]]), encoding="utf-8")
    assert world.take() == (0, 0, 10, 0)
    assert lock.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"id":', '"id":0,"idd":', "not a note type that was taken over"),
        ("adopted own/", "adopted own/x", "no line `schema` says"),
        ("media ", "media zz", "damaged hash"),
        ("_logo.png", "../_logo.png", "damaged name"),
        ('"fields":[{', '"fields":[{"name":"x"},{', "no line `schema` says"),
        ("note n-0 ", "note n-0  ", "damaged"),
    ],
)  # fmt: skip
def test_a_damaged_lock_is_told_with_its_place(world: World, old: str, new: str, said: str) -> None:
    """Whatever stands in the lines of what was taken over, a build tells it, and makes nothing."""
    lock = world.project.root / "deckgen.lock"
    text = lock.read_text(encoding="utf-8")
    assert old in text
    lock.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = world.run("build")
    assert result.exit_code == 1
    assert said in result.output
    assert "deckgen.lock:" in result.output
    assert not (world.project.root / "dist").exists()


def test_a_lost_lock_comes_back_from_packages(world: World) -> None:
    """Without the lock, the packages of the last build say what was taken over, and which note is which."""
    world.take()
    before = state(world.learner)
    lock = world.project.root / "deckgen.lock"
    text = lock.read_text(encoding="utf-8")
    lock.unlink()
    assert world.take() == (0, 0, 10, 0)
    assert state(world.learner) == before
    kept = ("adopted ", "media ")
    again = lock.read_text(encoding="utf-8")
    assert [line for line in again.splitlines() if line.startswith(kept)] == [
        line for line in text.splitlines() if line.startswith(kept)
    ]
    world.project.replace("n-0", "Lima", "Lima am Meer")
    assert world.take() == (0, 1, 9, 0)


SHEET = """
[[sheet]]
id     = "all"
title  = "Everything"
from   = ["deck:Erde"]
outputs = ["paper", "quiz"]
"""


def test_paper_and_screen_ask_their_cards(world: World) -> None:
    """Cards are questions of a sheet, HTML of fields and its gaps as well; masks of pictures are for Anki alone."""
    world.project.notes["html"] = [
        'id = "html"',
        f'type = "{next(name for name in world.project.names.values() if name.startswith("cloze"))}"',
        'Text = { html = "{{c1::<b>Quito</b>::a city}} is in {{c2::Ecuador}}, {{c2::A_m}}" }',
    ]
    world.project.decks["html"] = "Erde"
    world.project.types[0] += "\n" + SHEET
    assert world.take() == (1, 0, 10, 0)
    root = world.project.root / "dist"
    sheet, key, quiz = (
        (root / name).read_text(encoding="utf-8")
        for name in ("sheets/all/A.html", "sheets/all/key.html", "web/all.html")
    )
    for shown in ("Peru", "a<br>b", "is in"):
        assert shown in sheet, shown
        assert shown in quiz, shown
    assert "Quito" not in sheet
    assert "Quito" in key
    assert "A_m" in key
    assert "image-occlusion" not in sheet + key + quiz
    assert "{{c1" not in sheet + key + quiz


def test_what_an_adopted_type_cannot_have_is_told_at_its_place(world: World) -> None:
    """Fields and cards stay as they are; what Anki has no place for is an error, all in one run."""
    laender = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    types = world.project.types
    types[laender] = (
        types[laender]
        .replace('"Flagge", ', '"Fahne", "Fluss", ')
        .replace('id = "card-3"', 'id = "new"\nretired = true')
    )
    world.project.notes["n-0"] += ['hint = "no"', 'without = ["card-9"]']
    world.project.notes["n-4"] += ['decks = { nowhere = "X" }']
    world.project.notes["n-8"] += ['without = ["card-1"]']
    lost = next(iter(world.project.templates))
    del world.project.templates[lost]
    (world.project.root / lost).unlink()
    world.project.write()
    result = world.run("build")
    assert result.exit_code == 1
    for said in (
        "learners have notes with the field `Flagge`",
        "learners have the card `card-3`",
        "the card `new` of an adopted type cannot be withdrawn",
        "`hint` in a note of the adopted type",
        "has no card `card-9`",
        "has no card `nowhere`",
        "has no card `card-1`",
        f"has no `{lost}`",
    ):
        assert said in result.output, (said, result.output)
    assert not (world.project.root / "dist").exists()


def test_names_are_what_anki_knows_where_there_are_no_ids(tmp_path: Path) -> None:
    """A field without an id, as genanki writes them, keeps its name in Anki; with one it may be renamed."""
    import genanki

    kind = genanki.Model(
        1607392319,
        "Simple",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card 1", "qfmt": "{{Question}}", "afmt": "{{Answer}}"}],
    )
    deck = genanki.Deck(2059400110, "Capitals")
    deck.add_note(genanki.Note(kind, ["Peru", "Lima"], guid="a guid \\ with spaces"))
    deck.add_note(genanki.Note(kind, ["Chile", "Santiago"], guid="-"))
    original = tmp_path / "simple.apkg"
    genanki.Package(deck).write_to_file(original, timestamp=1_700_000_000)
    with collection() as learner:
        import_package(learner, original)
        study(learner)
        before = state(learner)
        project = Adopted(tmp_path / "project", read_package(original))
        project.adopt()
        world = World(learner, original, project, learner)
        assert world.take() == (0, 0, 2, 0)
        assert state(learner) == before
        project.replace("n-1", "Santiago", "Santiago de Chile")
        assert world.take() == (0, 1, 1, 0)
        project.types[0] = project.types[0].replace('"Answer"]', '{ name = "Answer", anki = "Solution" }]')
        project.write()
        result = world.run("build")
        assert result.exit_code == 1
        assert "the field `Answer` cannot be called `Solution` in Anki" in result.output


def test_a_field_with_an_id_is_renamed(world: World) -> None:
    """Anki knows a field by its id: learners get the new name with the type, and no note is touched."""
    world.take()
    before = state(world.learner)
    laender = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    types = world.project.types
    types[laender] = types[laender].replace('"Hauptstadt", ', '{ name = "Hauptstadt", anki = "Capital" }, ')
    for file, text in world.project.templates.items():
        world.project.templates[file] = text.replace("Hauptstadt}}", "Capital}}")
    assert world.take() == (0, 0, 10, 0)
    assert kind_of(world.learner, "Länder")["flds"][1]["name"] == "Capital"
    after = state(world.learner)
    assert (after["notes"], after["reviews"]) == (before["notes"], before["reviews"])
    # Anki makes all cards of a type whose templates change, the one that did not exist among them.
    assert [each for each in after["cards"] if each not in before["cards"]] == after["cards"][-1:]


def test_two_notes_with_one_guid_are_two(world: World) -> None:
    """The first keeps the GUID, the other is new to learners, and the adoption says so; ids of notes differ too."""
    notes = list(world.project.collection.notes)
    notes[4] = replace(notes[4], guid=notes[3].guid, id=notes[3].id)
    notes[5] = replace(notes[5], id=0, mod=0)
    world.project.collection = replace(world.project.collection, notes=tuple(notes))
    adoption = world.project.adopt()
    assert [loss.where for loss in adoption.losses] == ["n-4"]
    lines = {line.id: line for line in adoption.lock.notes}
    assert len({line.guid for line in lines.values()}) == len({line.nid for line in lines.values()}) == 10
    assert lines["n-5"].mod == 1
    assert world.take() == (1, 0, 9, 0)


def test_an_export_as_text_tells_what_it_cannot_say(world: World) -> None:
    """A text has one deck for a note: those with cards in others are named."""
    world.project.write()
    result = CliRunner().invoke(app, ["export", "csv", "-C", str(world.project.root)])
    assert result.exit_code == 0
    assert "warning: a text names one deck for a note: some cards of `n-0` are in others" in result.stderr
