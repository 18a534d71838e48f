"""What is shown of a course is what Anki renders once it has imported the decks."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from anki_judge import collection, import_package, render_card, without_hint_ids
from anki_samples import bare, course, full
from deckgen.anki.edition import Edition, make_edition
from deckgen.anki.kinds import KINDS
from deckgen.anki.media import MediaNames
from deckgen.anki.previous import PreviousPackages
from deckgen.anki.target import TARGET
from deckgen.compiler.compile import compile_project
from deckgen.core import Section, Sheet, Short
from deckgen.engine.store import Store
from deckgen.identity import Build
from deckgen.live.course_view import CourseView
from deckgen.live.documents import card_document, page_document
from deckgen.pipeline.notes import make_notes
from deckgen.reading import read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.targets import Context
from deckgen.templating.own import templates_of
from deckgen.web.sounds import LIMIT
from sounds.made import tone

ROOT = Path(__file__).parents[2]


def compiled(root: Path):
    """Compile a project."""
    snapshot, _ = read_project(root)
    return compile_project(snapshot, lambda path: read_media(root, path), lambda: pictures_in(root))


def samples():
    """Return items of every kind, with all they can have and with nothing they need not have."""
    bares = {f"bare-{kind}": each for kind, each in bare().items()}
    return course(*full().values(), *bares.values()), {}


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/web/project"], ids=["real", "all-kinds"])
def test_each_card_shows_as_in_anki(root, tmp_path):
    """Fronts and backs of all cards are those of Anki's own rendering, and there are no other cards."""
    project = compiled(root)
    made, pictures = project.course, project.pictures
    templates = templates_of({})
    order = Build(
        project_id=made.project.id, version="1", now=1_790_000_000, restamp=frozenset(), keep_retired=3
    )
    store = Store(tmp_path, "", lasting=False)
    notes = make_notes(project.lowering, project.manuscript.files, pictures, templates, store)
    edition = make_edition(made, notes, None, templates, order, PreviousPackages(made.project.id, ()), store)
    assert isinstance(edition, Edition)
    context = Context(
        templates=templates,
        media=pictures,
        pictures=lambda names: {name: MediaNames(pictures).contents[name] for name in names},
        edition=edition,
        store=store,
    )
    view = CourseView(made, made.items, pictures, {}, (), ())
    ours = {(row["id"], ordinal) for row in view.index for ordinal, _ in row["cards"]}
    with collection() as col:
        for number, output in enumerate(TARGET.outputs(made, context)):
            path = tmp_path / f"{number}.apkg"
            path.write_bytes(output.make(b""))
            import_package(col, path)
        theirs = set()
        for card_id in col.find_cards(""):
            card = col.get_card(card_id)
            place = (card.note()["Id"], card.ord)
            theirs.add(place)
            question, answer, _ = render_card(col, card_id)
            rendered, kind = view.card(*place)
            assert without_hint_ids(rendered.front) == without_hint_ids(question), place
            assert without_hint_ids(rendered.back) == without_hint_ids(answer), place
            assert kind.style == card.note_type()["css"]
        assert theirs == ours
        assert {kind.kind for kind in view.types.values()} == set(KINDS)
    shutil.rmtree(tmp_path)


def test_what_is_the_same_is_taken_over():
    """After a change of one item its note is another, and those of all others are the very same objects."""
    made, pictures = samples()
    before = CourseView(made, made.items, pictures, {}, (), ())
    others = made.items[1:]
    after = CourseView(course(*others), others, pictures, {}, (), (), before)
    assert all(after.notes[id_] is before.notes[id_] for id_ in after.notes)
    assert len(after.notes) == len(before.notes) - 1
    other_project = CourseView(course(*others, title="Another"), others, pictures, {}, (), (), before)
    assert not any(other_project.notes[id_] is before.notes[id_] for id_ in other_project.notes)


def test_sounds_play_in_the_frames(tmp_path):
    """A card has a player for what Anki plays when a side appears, and a page holds the sounds that lie beside it."""
    long = tone("mp3") + bytes(LIMIT)
    item = Short(
        id="heard",
        deck="D",
        file="d",
        prompt="Hear ![asked](media/a.mp3)",
        answer="x",
        explanation="![told](media/b.mp3)",
        hint="![hinted](media/a.mp3)",
        speak=(("prompt", "en-GB"), ("answer", "ja-JP")),
    )
    quiz = Sheet(id="q", title="Q", outputs=("quiz",), sections=(Section(("heard",)),))
    made = replace(course(item), sheets=(quiz,))
    view = CourseView(made, made.items, {"media/a.mp3": long, "media/b.mp3": tone("mp3")}, {}, (), ())
    document = card_document(view, "heard", 0, night=False, phone=False)
    assert document is not None
    sides = json.loads(re.search(r'id="sides">(.*?)</script>', document.decode())[1])
    sound = '<audio controls src="data:audio/mpeg;base64,'
    # Of what was asked the back has no player; the hint waits on the front.
    assert [side.count(sound) for side in (sides["front"], sides["back"])] == [1, 1]
    assert (
        sides["front"].count('<audio class="sound" controls preload="none" src="data:audio/mpeg;base64,') == 1
    )
    assert re.findall(r'data-language="([^"]*)"', sides["front"]) == ["en-GB"]
    assert re.findall(r'data-language="([^"]*)"', sides["back"]) == ["ja-JP"]
    path = "web/q.html"
    html = view.pages[path].make()
    assert b'src="media/a-' in html
    shown = page_document(path, html, view.media.contents).decode()
    assert 'src="media/' not in shown
    assert shown.count('src="data:audio/mpeg;base64,') == html.count(b"<audio")
