"""Sounds on cards, in the hands of Anki's own library: each is played once, on the side where its author put it."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from anki_judge import collection, import_package
from cli.conftest import process
from deckgen.anki.media import named_in
from deckgen.anki.playing import Sound, Speech, played
from deckgen.contents import in_memory
from deckgen.core import Html
from deckgen.media import KINDS, media_name
from deckgen.text import Medium, Renderer
from deckgen.text.clean_field import clean_field as cleaned
from deckgen.text.sound import on_request
from engine.projects import PROJECT, write_files
from sounds.made import FOLDER, FORMATS, make, tone

HEAD = '[deck]\nname = "Sounds"\n'
CARDS = {
    "choice": 'prompt = "Q ![q](media/q.mp3)"\nanswer = "A ![a](media/a.mp3)"\ndistractors = ["B ![b](media/b.mp3)"]',
    "multiple": 'prompt = "![q](media/q.mp3)"\nanswers = ["A"]\ndistractors = ["B"]',
    "true-false": 'prompt = "![q](media/q.mp3)"\nanswer = false\ncorrection = "![a](media/a.mp3)"',
    "cloze": 'prompt = "![p](media/p.mp3)"\ntext = "{{x ![a](media/a.mp3)}} ![q](media/q.mp3) {{y ![b](media/b.mp3)}}"',
    "numeric": 'prompt = "![q](media/q.mp3)"\nanswer = 1',
    "short": 'prompt = "![q](media/q.mp3)"\nanswer = "x"\nhint = "![h](media/h.mp3)"\nexplanation = "![a](media/a.mp3)"',
    "ordering": 'prompt = "![q](media/q.mp3)"\norder = ["1 ![a](media/a.mp3)", "2"]',
    "matching": 'prompt = "![q](media/q.mp3)"\npairs = [["1 ![a](media/a.mp3)", "2"], ["3", "4"]]',
    "open": 'prompt = "![q](media/q.mp3)"\nmodel = "![a](media/a.mp3)"',
}
#: Letters of the sounds that Anki plays on the front and on the back of each card.
PLAYED = {
    "choice": [("q", "")],
    "multiple": [("q", "")],
    "true-false": [("q", "a")],
    "cloze": [("pqb", "a"), ("paq", "b")],
    "numeric": [("q", "")],
    "short": [("q", "a")],
    "ordering": [("q", "")],
    "matching": [("q", "")],
    "open": [("q", "a")],
    "concept": [("", "de"), ("d", "e")],
    # Recognise, produce, listen, spell.
    "word": [("", "s"), ("", "s"), ("s", ""), ("s", "")],
}
WORD = """
[[word]]
id = "word"
term = "taberu"
meaning = ["to eat"]
sound = "media/s.mp3"
directions = ["recognise", "produce", "listen", "spell"]
language = "ja"
"""
CONCEPT = '[[concept]]\nid = "concept"\nterm = "T"\ndefinition = "![d](media/d.mp3)"\nexample = "![e](media/e.mp3)"\n'


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A project with a sound in every text of every kind, built."""
    root = tmp_path_factory.mktemp("sounds")
    questions = [f'[[question]]\nid = "{type_}"\ntype = "{type_}"\n{keys}\n' for type_, keys in CARDS.items()]
    write_files(root, {"deckgen.toml": PROJECT, "cards/a.toml": "\n".join([HEAD, CONCEPT, WORD, *questions])})
    (root / "media").mkdir()
    for letter in "abdehpqs":
        # Another content is another name.
        (root / f"media/{letter}.mp3").write_bytes(tone("mp3") + letter.encode())
    done = process("build", cwd=root)
    assert (done.code, done.err) == (0, "")
    return root


def test_each_sound_is_played_once(built):
    """Anki plays on the front what stands there, and on the back what the front did not have; hints and options wait."""
    with collection() as col:
        import_package(col, built / "dist/anki/Sounds.apkg")
        found: dict[str, list[tuple[str, str]]] = {}
        for card_id in sorted(col.find_cards("")):
            card = col.get_card(card_id)
            sides = [card.question_av_tags(), card.answer_av_tags()]
            found.setdefault(card.note()["Id"], []).append(
                tuple("".join(tag.filename[0] for tag in tags) for tags in sides)
            )
            # Our own reading of a side is Anki's.
            shown = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
            for nodes, tags in zip((shown.question_nodes, shown.answer_nodes), sides, strict=True):
                ours = played("".join(node.text for node in nodes))
                assert [sound.name for sound in ours] == [tag.filename for tag in tags]
        assert found == PLAYED
        # Every sound is there, under a name with its hash, and none too many.
        names = sorted(
            media_name(f"media/{letter}.mp3", in_memory(tone("mp3") + letter.encode()).short)
            for letter in "abdehpqs"
        )
        assert sorted(path.name for path in Path(col.media.dir()).iterdir()) == names
        check = col.media.check()
        assert (list(check.missing), list(check.unused)) == ([], [])


def test_a_second_build_changes_nothing_and_another_sound_one_note(built, tmp_path):
    """A sound belongs to what its note says: its bytes alone send the note again, under another name."""
    again = process("build", cwd=built)
    assert (again.code, "changed" in again.out) == (0, False)
    (built / "media/e.mp3").write_bytes(tone("mp3") + b"other")
    changed = process("diff", cwd=built)
    assert "concept" in changed.out
    assert "e-" in changed.out
    assert process("build", cwd=built).code == 0
    with zipfile.ZipFile(built / "dist/anki/Sounds.apkg") as package:
        contents = [package.read(name) for name in package.namelist() if name.isdigit()]
    assert tone("mp3") + b"other" in contents
    assert tone("mp3") + b"e" not in contents


def test_no_author_makes_anki_play(tmp_path):
    """`[sound:…]` of an author is text; our own way is the only one, and passes where fields come from outside."""
    renderer = Renderer(Medium.ANKI, lambda path: path)
    assert played(renderer.block("[sound:a.mp3] [anki:tts lang=ja_JP]x[/anki:tts] [anki:front]")) == ()
    field = renderer.block('![a "b" [sound:x.mp3]](media/a-0123456789abcdef.mp3)')
    assert [sound.name for sound in played(field)] == ["media/a-0123456789abcdef.mp3"]
    ours = Renderer(Medium.ANKI, lambda _: "a-0123456789abcdef.mp3").block("![a](media/a.mp3)")
    assert cleaned(ours) == ours
    assert cleaned(on_request(ours)) == on_request(ours)
    assert "autoplay" not in cleaned('<audio src="a.mp3" autoplay></audio>')
    assert named_in([ours]) == named_in([on_request(ours)]) == {"a-0123456789abcdef.mp3"}
    # What an author's raw HTML says as text is no file of the project.
    assert named_in([renderer.block(Html("[sound:a-0123456789abcdef.mp3]"))]) == set()


def test_regions_and_speech():
    """A region of another name holds nothing to play; speech needs a language."""
    assert played("<!--[anki:front]-->[sound:a.mp3]<!--[/anki:front]-->[sound:b.mp3]") == (Sound("b.mp3"),)
    assert played("[anki:tts lang=ja_JP voices=A]<b>x</b> &amp;[/anki:tts]") == (Speech("x &", "ja_JP"),)
    assert played("[anki:tts voices=A]x[/anki:tts]") == ()


@pytest.mark.long
def test_the_sounds_of_the_tests_can_be_made(tmp_path):
    """The command makes a file of each kind; encoders differ, so their bytes may."""
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is missing")
    make(tmp_path)
    for ending in FORMATS:
        made = (tmp_path / f"tone.{ending}").read_bytes()
        (kind,) = (kind for kind in KINDS if kind.is_sound and ending in kind.extensions)
        assert kind.signature.match(made)
        assert len(made) < 20_000
    assert sorted(path.name for path in FOLDER.glob("tone.*")) == sorted(f"tone.{each}" for each in FORMATS)
