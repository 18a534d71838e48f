"""What the page is told of a project, and when."""

from __future__ import annotations

from deckgen.live.project import LiveProject
from live.live_process import CARDS, FILES, make_project

NOT = FILES[CARDS].replace("What is two and two?", "Which of these is not two and two?")


def watched(root):
    """Return a project that was read once, and what it tells from now on."""
    project, told = LiveProject(root), []
    project.refresh()
    project.listen(lambda: told.append(project.state()))
    return project, told


def test_a_card_is_shown_before_there_is_advice(tmp_path, monkeypatch):
    """Which waits for all questions to be looked at; so does the list of pages."""
    root = make_project(tmp_path / "sums")
    project, told = watched(root)
    before = project.state()["notes"]
    monkeypatch.setattr("deckgen.live.project.advise", lambda *_: told.append("advice") or [])
    (root / CARDS).write_text(NOT)
    project.refresh()
    first, advice, last = told
    assert (first["notes"] != before, advice, last["notes"]) == (True, "advice", first["notes"])


def test_what_is_said_of_cards_does_not_flicker(tmp_path):
    """Advice that still holds would go and come back at each save; that a mistake is mended comes with the rest."""
    root = make_project(tmp_path / "sums")
    (root / CARDS).write_text(NOT)
    project, told = watched(root)
    for text, seen in (
        (NOT.replace("one and one", "1 and 1"), [(0, 1), (0, 1)]),
        (NOT.replace("answer = ", "answr = ", 1), [(1, 0)]),
        (NOT, [(1, 0), (0, 1)]),
    ):
        told.clear()
        (root / CARDS).write_text(text)
        project.refresh()
        assert [(each["errors"], each["advice"]) for each in told] == seen


def test_pages_are_those_of_the_present_sheets(tmp_path):
    """A sheet that is written is listed, and one that is removed is not."""
    root = make_project(tmp_path / "sums")
    project, _ = watched(root)
    none = project.state()["pages"]
    sheet = root / "cards/sheet.toml"
    sheet.write_text('[[sheet]]\nid = "test"\ntitle = "A test"\nfrom = ["file:sums"]\n')
    project.refresh()
    assert "sheets/test/A.html" in {each["path"] for each in project.state()["pages"]}
    sheet.unlink()
    project.refresh()
    assert project.state()["pages"] == none
