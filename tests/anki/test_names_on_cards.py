"""Names and descriptions of decks, which Anki does not escape, are text on cards and on the pages of decks."""

from __future__ import annotations

from pathlib import Path

import pytest

from anki_judge import collection, import_package
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from engine.projects import write_files

NOW = 1_790_000_000
CARDS = """\
[deck]
name = 'NAME'

[[question]]
id = "one-and-one"
type = "short"
prompt = "What is one and one?"
answer = "two"
"""


def project(root: Path, deck: str, **templates: str) -> Path:
    files = {"deckgen.toml": 'id = "sums"\ntitle = "Sums"\n', "cards/sums.toml": CARDS.replace("NAME", deck)}
    write_files(root, files | {f"templates/anki/short/{name}.html": text for name, text in templates.items()})
    return root


@pytest.mark.parametrize(
    ("deck", "shown"),
    [
        ("Sums::<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("Sums::The <b> element", "The &lt;b&gt; element"),
        ("Sums::&lt;script>", "&amp;lt;script&gt;"),
        ("Sums::R&D", "R&amp;D"),
    ],
)
def test_a_deck_with_the_name_of_an_element_is_text_on_its_cards(
    tmp_path: Path, deck: str, shown: str
) -> None:
    """The name is the deck's in Anki, and stands on both sides as it was written; nothing of it is markup."""
    build(project(tmp_path, deck), Options(now=NOW))
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        assert deck in {each.name for each in col.decks.all_names_and_ids()}
        (id_,) = col.find_cards("")
        card = col.get_card(id_)
        for side in (card.question(), card.answer()):
            assert f'<span class="deck" dir="auto">{shown}</span>' in side
            assert "<img" not in side
            assert "{{Subdeck}}" not in card.template()["qfmt"]


def test_a_plain_deck_is_shown_where_a_learner_has_it(tmp_path: Path) -> None:
    """Where no name could be markup, a card shows the deck that it lies in."""
    build(project(tmp_path, "Sums::Easy"), Options(now=NOW))
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        (id_,) = col.find_cards("")
        assert '<span class="deck" dir="auto">Easy</span>' in col.get_card(id_).question()
        col.set_deck([id_], col.decks.id("Mine"))
        assert '<span class="deck" dir="auto">Mine</span>' in col.get_card(id_).question()


def test_own_templates_that_show_such_a_name_are_reported(tmp_path: Path) -> None:
    """`{{Subdeck}}` of a project's own is an error with file and line where a name would be markup."""
    own = "<p>{{Question}}\n{{Subdeck}}</p>"
    outcome = build(project(tmp_path, "Sums::A <b> c", front=own), Options(now=NOW))
    (found,) = outcome.diagnostics
    assert found.code == "template"
    assert "would take `Sums::A <b> c` for markup" in found.message
    assert found.place.file == "templates/anki/short/front.html"
    assert not build(project(tmp_path, "Sums::A & c", front=own), Options(now=NOW)).failed


def test_a_description_is_text_on_the_page_of_a_deck(tmp_path: Path) -> None:
    """Markdown as on the site; Anki shows a description as the HTML that it is, so nothing else of it is markup."""
    root = project(tmp_path, "Sums")
    cards = root / "cards/sums.toml"
    described = "description = '<img src=x onerror=alert(1)> *well* <script>alert(2)</script>'"
    cards.write_text(cards.read_text().replace("\n\n", f"\n{described}\n\n", 1))
    build(root, Options(now=NOW))
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        assert col.decks.by_name("Sums")["desc"] == (
            "<p>&lt;img src=x onerror=alert(1)&gt; <em>well</em> &lt;script&gt;alert(2)&lt;/script&gt;</p>"
        )
