"""Decks to read: a collection of everything that Anki has, made and exported by its own library, and one of genanki."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import genanki
from anki.collection import Collection as AnkiCollection
from anki.collection import DeckIdLimit, ExportAnkiPackageOptions
from anki.stdmodels import get_stock_notetypes

from anki_judge import note_type

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # noqa: F401 -- tests take it from here

#: 1 × 1 pixels.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006"
    "0005571bfc860000000049454e44ae426082"
)
#: GUIDs of any string.
GUIDS = ("e+/O]%*qfk", "ünï…", "with space", "{{c1::x}}", "'\"\\")
#: Names that are hard on a file system or on HTML.
MEDIA = ("plain.png", "With Space & ümlaut.png", "per%20cent#1.png", "Upper's.PNG", "_style.css")
TEXTS = (
    "plain",
    "<b>bold</b> &amp; <i>more</i><br>line",
    "quotes \"' and \t tabs",
    "[sound:a.mp3] \\(x^2\\) [latex]y[/latex]",
    "日本語 العربية \U0001f600",
    "",
    "<div>one</div><div>two</div>",
    "a\nb\r\nc",
    "<style>b { color: red }</style><b>styled</b> [[type:x]]",
    "cafe\u0301",
)


@contextmanager
def full_collection() -> Iterator[AnkiCollection]:
    """Open a collection with notes of all stock types, of Image Occlusion and of two more, studied in part."""
    with tempfile.TemporaryDirectory() as folder:
        col = AnkiCollection(str(Path(folder) / "collection.anki2"))
        try:
            _fill(col, Path(folder))
            yield col
        finally:
            col.close()


def _fill(col: AnkiCollection, folder: Path) -> None:
    for name in MEDIA:
        # Not by `add_file`, which writes names in small letters.
        (Path(col.media.dir()) / name).write_bytes(PNG + name.encode())
    (folder / "occluded.png").write_bytes(PNG)
    for name, add in get_stock_notetypes(col):
        del name
        made = add(col)
        if not col.models.by_name(made["name"]):
            col.models.add(made)
    _custom_types(col)
    number = 0
    for each in sorted(col.models.all(), key=lambda each: each["name"]):
        if "occlusion" in each["name"].lower():
            continue
        for text in TEXTS:
            number += 1
            note = col.new_note(each)
            cloze = each["type"] == 1
            note.fields = [f"{number} {text}" for _ in note.fields]
            note.fields[0] = f"{{{{c1::{number}}}}} {{{{c3::{text}}}}}" if cloze else f"{number} {text}"
            if len(note.fields) > 1:
                note.fields[-1] = (
                    f'<img src="{MEDIA[number % 4].replace("&", "&amp;")}">' if number % 3 else text
                )
            note.tags = ["one", "two::three", "ümlaut"][: number % 4] + ["leech", "Marked"][: number % 3]
            if number <= len(GUIDS):
                note.guid = GUIDS[number - 1]
            deck = ("Default", "Geo", "Geo::Flags & <capitals>", "Geo::日本::Deep")[number % 4]
            col.add_note(note, col.decks.id(deck))
    _occlusion(col, folder)
    deck = col.decks.by_name("Geo")
    deck["desc"] = "<b>About</b> it"
    col.decks.save(deck)
    for count, cid in enumerate(sorted(col.find_cards("deck:Geo"))):
        if count % 5 == 0:
            card = col.get_card(cid)
            card.start_timer()
            col.sched.answerCard(card, 4)
    col.sched.reposition_new_cards(
        list(col.find_cards("is:new")), 100, 3, randomize=True, shift_existing=False
    )
    filtered = col.sched.get_or_create_filtered_deck(0)
    filtered.name = "Cram"
    filtered.config.search_terms[0].search = "deck:Geo::日本"
    filtered.config.search_terms[0].limit = 5
    col.sched.add_or_update_filtered_deck(filtered)


def _custom_types(col: AnkiCollection) -> None:
    made = note_type(
        col,
        "Länder",
        ["Land", "Hauptstadt", "c1", "F"],
        "{{Land}}",
        "{{Hauptstadt}}",
        back="{{FrontSide}}",
        cloze=False,
    )
    made["css"] = ".card { color: red }\n"
    made["flds"][1] |= {
        "font": "Courier",
        "size": 33,
        "rtl": True,
        "sticky": True,
        "description": "wo?",
        "plainText": True,
        "collapsed": True,
        "excludeFromSearch": True,
    }
    made["tmpls"][1] |= {
        "bqfmt": "{{Land}}!",
        "bafmt": "?",
        "bfont": "Serif",
        "bsize": 15,
        "did": col.decks.id("Elsewhere"),
    }
    made["latexPre"], made["latexPost"], made["latexsvg"], made["sortf"] = "pre", "post", True, 1
    made["addon"] = {"x": [1, 2]}
    col.models.add(made)
    col.models.add(note_type(col, "Lücke", ["Text"], "{{cloze:Text}}", back="{{cloze:Text}}", cloze=True))


def _occlusion(col: AnkiCollection, folder: Path) -> None:
    col.add_image_occlusion_notetype()
    col.add_image_occlusion_note(
        notetype_id=next(each["id"] for each in col.models.all() if each.get("originalStockKind") == 6),
        image_path=str(folder / "occluded.png"),
        occlusions="{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>{{c2::image-occlusion:ellipse:left=.1:top=.2:rx=.3:ry=.4}}",
        header="head",
        back_extra="extra",
        tags=["io"],
    )


def apkg(
    col: AnkiCollection, path: Path, *, legacy: bool = False, scheduling: bool = True, deck: str = ""
) -> Path:
    """Export a package."""
    options = ExportAnkiPackageOptions(
        with_scheduling=scheduling, with_deck_configs=scheduling, with_media=True, legacy=legacy
    )
    col.export_anki_package(
        out_path=str(path), options=options, limit=DeckIdLimit(col.decks.id(deck)) if deck else None
    )
    return path


def changed(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Change the members of a package."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return path


def with_sql(
    path: Path, how: Callable[[sqlite3.Connection], object], member: str = "collection.anki2"
) -> Path:
    """Change the collection in a package of the legacy layouts."""

    def change(members: dict[str, bytes]) -> None:
        with sqlite3.connect(":memory:") as connection:
            connection.deserialize(members[member])
            connection.text_factory = lambda content: content.decode(errors="replace")
            how(connection)
            connection.commit()
            members[member] = connection.serialize()

    return changed(path, change)


def genanki_deck(path: Path, notes: list[tuple[str, ...]], *, media: list[str] = [], **more: Any) -> Path:  # noqa: B006
    """Write a package with genanki: the type `Simple` with a field for each value, two cards a note."""
    names = [f"Field {number + 1}" for number in range(max(map(len, notes), default=2))]
    model = genanki.Model(
        1607392319,
        "Simple",
        fields=[{"name": name} for name in names],
        templates=[
            {"name": "Card 1", "qfmt": "{{Field 1}}", "afmt": "{{FrontSide}}<hr>{{Field 2}}"},
            {"name": "Card 2", "qfmt": "{{Field 2}}", "afmt": "{{Field 1}}"},
        ],
    )
    deck = genanki.Deck(2059400110, "Made::by genanki")
    for values in notes:
        deck.add_note(genanki.Note(model=model, fields=[*values], **more))
    genanki.Package(deck, media_files=media).write_to_file(path, timestamp=1_700_000_000)
    return path
