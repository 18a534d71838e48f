"""Decks that were taken over, in the Anki of learners who have the original: nothing is new, nothing is lost."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.importing.reading import read
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
        f'<img src="{IMAGE.replace("&", "&amp;")}">',
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
        project = Adopted(tmp_path / "project", read([original]))
        project.adopt()
        yield World(author, original, project, learner)


def test_learners_who_have_the_original_have_all_of_it(world: World) -> None:
    """A build of what was taken over changes nothing: neither notes nor cards, types, decks, reviews or media."""
    before = state(world.learner)
    assert world.take() == (0, 0, 10, 0)
    assert state(world.learner) == before
    assert world.take() == (0, 0, 10, 0)
    assert state(world.learner) == before
