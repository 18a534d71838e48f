"""What the device's voice says: in Anki, on pages, and in `serve`."""

from __future__ import annotations

import typing

import pytest

from anki_judge import collection, import_package
from cli.conftest import process
from deckgen.anki.kinds import KINDS
from deckgen.anki.playing import Speech, played
from deckgen.language.concept import Concept
from deckgen.language.misconception import Misconception
from deckgen.language.question import AnyQuestion
from deckgen.language.speak import spoken_keys
from deckgen.language.word import Word
from deckgen.live.documents import voice
from deckgen.text.clean_field import clean_field
from engine.projects import PROJECT, write_files
from sounds.made import tone

#: Keys of each kind, and what Anki reads aloud on the front and on the back of each of its cards.
CARDS = {
    "choice": (
        'prompt = "Q"\nanswer = "A"\ndistractors = ["B"]\nspeak = { prompt = "en-GB", answer = "ja-JP" }',
        [("Q", "A")],
    ),
    "true-false": (
        (
            'prompt = "Q"\nanswer = false\ncorrection = "C"\nexplanation = "E"\n'
            'speak = { correction = "en-GB", prompt = "en-GB", explanation = "en-GB" }'
        ),
        [("Q", "CE")],
    ),
    "cloze": ('text = "X {{ {食|た} }} {{Y}}"\nspeak = { text = "ja-JP" }', [("", "X 食 Y"), ("", "X 食 Y")]),
    "numeric": ('prompt = "Q"\nanswer = 1\nspeak = { prompt = "es-MX" }', [("Q", "")]),
    "short": (
        (
            'prompt = """Q *one*\n\n![not this](media/a.mp3)"""\nanswer = "{食|た}べる"\n'
            'speak = { prompt = "en-GB", answer = "ja-JP" }'
        ),
        [("Q one", "食べる")],
    ),
    "ordering": ('prompt = "Q"\norder = ["1", "2"]\nspeak = { prompt = "en-GB" }', [("Q", "")]),
    "matching": (
        'prompt = "Q"\npairs = [["1", "2"], ["3", "4"]]\nspeak = { prompt = "en-GB" }',
        [("Q", "")],
    ),
    "open": ('prompt = "Q"\nmodel = "M"\nspeak = { model = "en-GB" }', [("", "M")]),
}
WORDS = """
[[concept]]
id = "concept"
term = "{食|た}べる [/anki:tts] [sound:x.mp3]"
definition = "D"
speak = { term = "ja-JP", definition = "en-GB" }

[[word]]
id = "word"
term = "{飲|の}む"
meaning = ["M", "N"]
language = "ja"
speak = { term = "ja-JP", meaning = "en-GB" }

[[misconception]]
id = "misconception"
claim = "Q"
correction = "C"
speak = { claim = "en-GB" }

[[sheet]]
id = "test"
title = "A test"
outputs = ["quiz", "paper"]
from = ["short"]

[[sheet]]
id = "more"
title = "Another test"
outputs = ["quiz", "paper"]
from = ["choice", "concept", "word", "cloze", "true-false"]
"""
TERM = "食べる [/anki:tts] [sound:x.mp3]"
SAID = {
    "concept": [(TERM, "D"), ("D", TERM)],
    "word": [("飲む", "M, N"), ("M, N", "飲む")],
    "misconception": [("Q", "")],
} | {type_: said for type_, (_, said) in CARDS.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("speech")
    questions = [
        f'[[question]]\nid = "{type_}"\ntype = "{type_}"\n{keys}\n' for type_, (keys, _) in CARDS.items()
    ]
    cards = "\n".join(['[deck]\nname = "Speech"', *questions, WORDS])
    write_files(root, {"deckgen.toml": PROJECT, "cards/a.toml": cards})
    (root / "media").mkdir()
    (root / "media/a.mp3").write_bytes(tone("mp3"))
    done = process("build", cwd=root)
    assert done.code == 0, done
    return root


def test_anki_reads_aloud_where_it_is_said(built):
    """Anki's library finds each speech on its side, once, in its language, the base of ruby alone."""
    with collection() as col:
        import_package(col, built / "dist/anki/Speech.apkg")
        found: dict[str, list[tuple[str, str]]] = {}
        for card_id in sorted(col.find_cards("")):
            card = col.get_card(card_id)
            sides = [
                [tag for tag in tags if hasattr(tag, "lang")]
                for tags in (card.question_av_tags(), card.answer_av_tags())
            ]
            found.setdefault(card.note()["Id"], []).append(
                tuple("".join(tag.field_text for tag in tags) for tags in sides)
            )
            shown = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
            for nodes, tags in zip((shown.question_nodes, shown.answer_nodes), sides, strict=True):
                ours = [
                    each for each in played("".join(node.text for node in nodes)) if isinstance(each, Speech)
                ]
                assert [(each.text, each.language) for each in ours] == [
                    (tag.field_text, tag.lang) for tag in tags
                ]
            for field in card.note().fields:
                assert clean_field(field) == field
        assert found == SAID
        # Anki sorts and lists words by their terms without readings.
        (word,) = (note for note in map(col.get_note, col.find_notes("")) if note["Id"] == "word")
        assert col.db.scalar("select sfld from notes where id = ?", word.id) == "飲む"
        assert list(col.find_notes("飲む")) == [word.id]


def test_each_kind_has_a_place_for_what_it_can_say():
    """What is read aloud by name is a field of the kind, and every kind of question, concept and word takes `speak`."""
    for kind in KINDS.values():
        assert set(kind.spoken.values()) <= set(kind.own), kind.name
    for made in (*typing.get_args(AnyQuestion), Concept, Misconception, Word):
        keys = spoken_keys(made)
        assert keys, made
        assert not {"hint", "id", "sources", "distractors", "term_language"} & set(keys)
    assert spoken_keys(Word) == ("term", "meaning", "explanation")


#: Notes what a page has said.
LISTEN = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {
  value: { cancel() {}, speak(one) { window.said.push([one.text, one.lang]); } },
});
"""


def test_pages_have_a_button(built, page, axe):
    """A quiz and a guide read aloud by a click and by the keyboard; axe finds nothing amiss; the answer's comes with it."""
    page.add_init_script(LISTEN)
    page.goto((built / "dist/web/test.html").as_uri())
    page.locator("#begin").click()
    form = page.locator("form.question[data-id=short]")
    page.get_by_role("button", name="Read aloud: Q one").click()
    assert form.get_by_role("button", name="Read aloud: 食べる").is_visible() is False
    form.locator("fieldset input").fill("食べる")
    assert axe(page) == []
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read aloud: 食べる").click()
    page.goto((built / "dist/web/study/speech.html").as_uri())
    page.get_by_role("button", name="Read aloud: D").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("said") == [["D", "en-GB"]]
    assert axe(page) == []


def test_without_a_voice_there_is_no_button(built, page):
    """Where the browser cannot speak nobody sees one."""
    page.add_init_script("delete Window.prototype.speechSynthesis; delete window.speechSynthesis;")
    page.goto((built / "dist/web/study/speech.html").as_uri())
    assert page.locator("[data-part=speak]").count() > 0
    assert page.get_by_role("button", name="Read aloud: D").count() == 0


def test_pages_are_valid(built, html_errors):
    """The buttons stand where HTML allows them."""
    names = ("web/test.html", "web/more.html", "web/study/speech.html")
    assert html_errors({name.replace("/", "-"): (built / "dist" / name).read_bytes() for name in names}) == []


def test_serve_has_the_browser_say_it(page):
    """The button of a card in `serve` names the language, and says what Anki says; no text of an author is code."""
    page.add_init_script(LISTEN)
    page.goto("about:blank")
    page.set_content(voice(Speech("a \"b\" <i> 'c'", "ja_JP")))
    page.evaluate(LISTEN)
    button = page.locator("a")
    assert button.inner_text().split() == ["▶", "ja-JP"]
    button.click()
    assert page.evaluate("said") == [["a \"b\" <i> 'c'", "ja-JP"]]
