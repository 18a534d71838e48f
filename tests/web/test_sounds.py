"""Sounds on the site: they play from a file, under the page's own policy, by keyboard and by name."""

from __future__ import annotations

import pytest

from cli.conftest import process
from deckgen.web.sounds import LIMIT
from engine.projects import PROJECT, write_files
from sounds.made import tone
from waiting import until

CARDS = """
[deck]
name = "Sounds"

[[concept]]
id = "short"
term = "Short"
definition = "A tone. ![a short tone](media/short.mp3)"

[[concept]]
id = "long"
term = "Long"
definition = "A tone. ![a long tone](media/long.mp3)"
example = "[A link ![in it](media/short.mp3)](https://example.org)"

[[question]]
id = "which"
type = "choice"
prompt = "Which one is it? ![the tone](media/long.mp3)"
answer = "![the first](media/short.mp3)"
distractors = ["![the second](media/short.mp3)"]

[[question]]
id = "silent"
type = "short"
prompt = "And without a sound?"
answer = "x"

[[sheet]]
id = "test"
title = "A test"
outputs = ["quiz"]
from = ["which"]

[[sheet]]
id = "quiet"
title = "A quiet test"
outputs = ["quiz"]
from = ["silent"]
"""
PRIVATE = '[deck]\nname = "Exam"\nbank = true\n[[question]]\nid = "p"\ntype = "short"\nprompt = "![p](media/p.mp3)"\nanswer = "x"\n'
PRIVATE += '[[sheet]]\nid = "exam"\ntitle = "Exam"\nfrom = ["p"]\n'
#: Loads every sound of a page, and tells what came of it.
LOAD = """async () => {
  const found = [];
  for (const audio of document.querySelectorAll("audio")) {
    const where = audio.getAttribute("src").split(/[:-]/)[0];
    found.push([where, audio.preload, audio.getAttribute("aria-label"), await new Promise((done) => {
      audio.addEventListener("loadedmetadata", () => done(audio.duration > 0));
      audio.addEventListener("error", () => done("error"));
      audio.load();
      audio.preload = "auto";
    })]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("sounds")
    write_files(root, {"deckgen.toml": PROJECT, "cards/a.toml": CARDS, "cards/b.toml": PRIVATE})
    (root / "media").mkdir()
    # What follows the last frame is no sound.
    for name, size in (("short", 0), ("long", LIMIT), ("p", LIMIT)):
        (root / f"media/{name}.mp3").write_bytes(tone("mp3") + bytes(size))
    done = process("build", cwd=root)
    assert (done.code, done.err) == (0, "")
    return root / "dist/web"


def test_short_ones_are_in_the_page_and_long_ones_beside_it(site, page):
    """Both play from a file, whatever folder the page is in; a link holds none, and what is private is not there."""
    page.goto((site / "study/sounds.html").as_uri())
    assert page.evaluate(LOAD) == [
        ["data", "none", "a short tone", True],
        ["../media/long", "none", "a long tone", True],
    ]
    page.goto((site / "test.html").as_uri())
    found = page.evaluate(LOAD)
    assert found[0] == ["media/long", "none", "the tone", True]
    assert sorted(name for _, _, name, _ in found[1:]) == ["the first", "the second"]
    assert [path.name.partition("-")[0] for path in (site / "media").iterdir()] == ["long"]


def test_the_policy_lets_in_what_is_needed(site):
    """A page without sounds may load none."""
    assert "media-src data: 'self'; " in (site / "test.html").read_text(encoding="utf-8")
    assert "media-src" not in (site / "quiet.html").read_text(encoding="utf-8")


def test_by_keyboard_and_by_name(site, page, axe):
    """The player is reached by Tab, plays by Space, chooses nothing, and axe finds nothing amiss."""
    page.goto((site / "test.html").as_uri())
    page.locator("#begin").click()
    player = page.locator("audio[aria-label='the first']")
    player.focus()
    page.keyboard.press("Space")
    # The page's policy lets no text be run as a script there, which `wait_for_function` would do.
    until(
        lambda: player.evaluate("audio => audio.played.length > 0"),
        "the sound playing",
        lambda seconds: page.wait_for_timeout(1000 * seconds),
    )
    assert page.locator("input[type=radio]:checked").count() == 0
    assert axe(page) == []
    page.goto((site / "study/sounds.html").as_uri())
    assert axe(page) == []


def test_pages_are_valid(site, html_errors):
    """HTML allows the player where it stands."""
    names = ("test.html", "study/sounds.html")
    assert html_errors({name: (site / name).read_bytes() for name in names}) == []
