"""Cards that a note type has no place for: they come as notes of their own, and no learner loses a review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from anki_judge import collection, import_package
from deckgen.identity import SPARE_CARDS
from deckgen.importing.package import read_package
from engine.adopting import Adopted, export
from engine.test_adopted import World, differences, kind_of, make_original, state, study
from engine.test_adopted import take as take_packages
from engine.test_own_types import Author, history, take

if TYPE_CHECKING:
    from anki.collection import Collection

#: A field and a card that the type does not have in Anki.
RIVER = """
[[notetype.{name}.card]]
id    = "fluss"
name  = "Land - Fluss"
needs = ["Fluss"]
front = "Welcher **Fluss** fließt durch @{{Land}}?"
back  = "@{{Fluss}}"
"""


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


def _add_river(world: World, more: str = "") -> None:
    """Add a field and a card that asks for it, and fill it in two of three notes."""
    at = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    text = world.project.types[at].replace('"Flagge", ', '"Flagge", "Fluss", ')
    world.project.types[at] = text + RIVER.format(name=_name(world)) + more
    world.project.notes["n-0"].append('Fluss = "Amazonas"')
    world.project.notes["n-1"].append('Fluss = "Loa"')


def _name(world: World) -> str:
    return next(name for name in world.project.names.values() if "nder" in name)


def _cards(col: Collection, found: str) -> dict[str, tuple[str, str]]:
    """Return both sides of the cards that a search finds, by the first field of their notes."""
    cards = [col.get_card(id_) for id_ in col.find_cards(found)]
    return {card.note().fields[0]: (card.question(), card.answer()) for card in cards}


def test_a_card_added_to_an_adopted_type_is_a_new_note(world: World) -> None:
    """Those with what it needs get it as a new card; all that the learner has stays to the byte, and so it does again."""
    world.take()
    before = state(world.learner)
    _add_river(world)
    world.project.write()
    assert world.run("release").exit_code == 0
    assert take_packages(world.learner, _packages(world)) == (2, 0, 10, 0)
    after = state(world.learner)
    for kept in ("reviews", "schema", "media"):
        assert after[kept] == before[kept], kept
    for kept in ("notes", "cards"):
        assert [each for each in after[kept] if each in before[kept]] == before[kept], kept
        assert len(after[kept]) == len(before[kept]) + 2
    made = _cards(world.learner, '"note:Länder 2"')
    assert made.keys() == {"Peru", "Chile"}
    front, back = made["Peru"]
    assert "Welcher <strong>Fluss</strong> fließt durch Peru?" in front
    assert "Amazonas" in back
    assert ".q::after" in front, "it has the style of the others"
    assert not world.learner.get_empty_cards().notes
    assert world.take() == (0, 0, 12, 0)
    assert world.learner.fix_integrity()[1]


def test_templates_of_ones_own_give_it_the_look_of_the_others(world: World) -> None:
    """They lie where those of the other cards do, and know all fields by Anki's names."""
    _add_river(world)
    folder = f"templates/anki/own/{_name(world)}/fluss"
    world.project.templates[f"{folder}/front.html"] = "{{#Fluss}}Fluss: {{Land}} {{hint:hint}}{{/Fluss}}"
    world.project.templates[f"{folder}/back.html"] = "{{FrontSide}}<hr>{{Fluss}} {{Flagge}}"
    assert world.take() == (2, 0, 10, 0)
    front, back = _cards(world.learner, '"note:Länder 2"')["Chile"]
    assert "Fluss: Chile" in front
    assert "schmal" in front
    assert "<hr>Loa" in back
    del world.project.templates[f"{folder}/back.html"]
    (world.project.root / f"{folder}/back.html").unlink()
    world.project.write()
    result = world.run("build")
    assert result.exit_code == 1
    assert f"no `{folder}/back.html`" in result.output


def test_a_second_card_takes_a_spare_place(world: World) -> None:
    """The companion has spare places: what is added later is a sibling there, and no further note."""
    _add_river(world)
    world.project.write()
    assert world.run("release").exit_code == 0
    assert take_packages(world.learner, _packages(world)) == (2, 0, 10, 0)
    study(world.learner)
    before = state(world.learner)
    at = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    world.project.types[at] = world.project.types[at].replace('"Fluss", ', '"Fluss", "Berg", ')
    more = RIVER.replace("fluss", "berg").replace("Fluss", "Berg")
    world.project.types[at] += more.format(name=_name(world))
    world.project.notes["n-0"].append('Berg = "Huascarán"')
    world.project.write()
    assert differences(world)["changed"] == ["n-0/+"]
    assert world.take() == (0, 1, 11, 0)
    after = state(world.learner)
    assert len(after["cards"]) == len(before["cards"]) + 1
    assert [card for card in after["cards"] if card in before["cards"]] == before["cards"]
    assert after["reviews"] == before["reviews"]
    assert after["schema"] == before["schema"]
    assert "Berg" in _cards(world.learner, '"note:Länder 2" is:new')["Peru"][0]


def _packages(world: World) -> list[Path]:
    return sorted((world.project.root / "dist/anki").glob("*.apkg"))


def test_diff_tells_what_learners_get(world: World) -> None:
    """The card, the notes that have it by their own ids, and that it is no sibling of the others."""
    world.take()
    _add_river(world)
    world.project.write()
    told = json.loads(world.run("diff", "--format", "json").output)
    assert [(each["what"], each["card"], each["apart"]) for each in told["cards"]] == [
        ("new", "Land - Fluss", True)
    ]
    assert [note["id"] for note in told["cards"][0]["notes"]] == ["n-0", "n-1"]
    assert told["notes"]["added"] == []
    assert [each["code"] for each in told["advice"]] == ["cards-apart"]
    text = world.run("diff").output
    assert "Get a card: 2 notes" in text
    assert "n-0, n-1" in text
    assert "does not bury them" in " ".join(text.split())


def test_notes_of_further_cards_follow_theirs(world: World) -> None:
    """A corrected fact arrives in both, a note without the fact keeps what it has, and `without` names such a card."""
    _add_river(world)
    world.project.notes["n-2"] += ['Fluss = "Rewa"', 'without = ["fluss"]']
    assert world.take() == (2, 0, 10, 0)
    world.project.replace("n-0", "Lima", "Lima am Meer")
    assert world.take() == (0, 2, 10, 0)
    world.project.replace("n-0", "Amazonas", "Marañón")
    assert world.take() == (0, 1, 11, 0)
    world.project.notes["n-1"].remove('Fluss = "Loa"')
    assert world.take() == (0, 0, 11, 0)
    assert _cards(world.learner, '"note:Länder 2"').keys() == {"Peru", "Chile"}


def test_a_learner_who_changed_the_type_gets_the_card(world: World) -> None:
    """The further type is one of its own, so that even who added a field to the adopted one gets the card."""
    kind = kind_of(world.learner, "Länder")
    world.learner.models.add_field(kind, world.learner.models.new_field("Notiz"))
    kind["css"] = ".card { color: blue }"
    world.learner.models.update_dict(kind)
    world.learner.models.rename_field(kind, kind["flds"][0], "Staat")
    world.learner.models.update_dict(kind)
    before = state(world.learner)
    _add_river(world)
    assert world.take() == (2, 0, 7, 3)
    after = state(world.learner)
    assert after["reviews"] == before["reviews"]
    assert [card for card in after["cards"] if card in before["cards"]] == before["cards"]


def test_learners_may_edit_the_further_type(world: World) -> None:
    """Anki saves their edits: no two fronts are equal, each has a field, and spare ones make no card."""
    _add_river(world)
    world.take()
    kind = kind_of(world.learner, "Länder 2")
    kind["css"] += ".card { color: blue }"
    world.learner.models.update_dict(kind)
    note = world.learner.get_note(world.learner.find_notes('"note:Länder 2" Fluss:Loa')[0])
    note["Fluss"] = "Loa!"
    world.learner.update_note(note)
    assert len(note.cards()) == 1
    assert not world.learner.get_empty_cards().notes


def test_a_lost_lock_comes_back_with_further_cards(world: World) -> None:
    """Packages say which cards are apart: without the lock nobody gets anything anew."""
    _add_river(world)
    world.take()
    before = state(world.learner)
    (world.project.root / "deckgen.lock").unlink()
    assert world.take() == (0, 0, 12, 0)
    assert state(world.learner) == before


def test_what_has_no_place_is_told(world: World) -> None:
    """An added field without a card that may show it, and a card of the type that shows one, are errors."""
    at = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    plain = world.project.types[at]
    world.project.types[at] = plain.replace('"Flagge", ', '"Flagge", "Fluss", ')
    world.project.write()
    result = world.run("build")
    assert result.exit_code == 1
    assert "an adopted type has no place for the fields `Fluss`" in result.output
    world.project.types[at] = plain
    _add_river(world)
    world.project.types[at] = world.project.types[at].replace('back = "', 'back = "@{Fluss} ', 1)
    world.project.write()
    result = world.run("build")
    assert result.exit_code == 1
    assert "the card `card-1` has no place for the field `Fluss` in Anki" in result.output
    assert "`fluss`" in result.output


def test_a_further_card_is_never_lost(world: World) -> None:
    """Learners have it: taking it or its field away is an error, as it is for the others; renaming is not."""
    _add_river(world)
    world.project.write()
    assert world.run("release").exit_code == 0
    at = next(number for number, text in enumerate(world.project.types) if "Hauptstadt" in text)
    whole = world.project.types[at]
    world.project.types[at] = whole.partition("\n[[notetype." + _name(world) + '.card]]\nid    = "fluss"')[0]
    assert world.project.types[at] != whole
    world.project.write()
    result = world.run("build")
    assert result.exit_code == 1
    assert "learners have the card `fluss`" in result.output
    world.project.types[at] = (
        whole.replace('"Fluss"', '{ name = "Strom", was = ["Fluss"] }', 1)
        .replace("{Fluss}", "{Strom}")
        .replace('["Fluss"]\nfront', '["Strom"]\nfront')
    )
    for id_ in ("n-0", "n-1"):
        world.project.replace(id_, "Fluss =", "Strom =")
    assert take_packages(world.learner, world.build()) == (2, 0, 10, 0)
    assert _cards(world.learner, '"note:Länder 2"').keys() == {"Peru", "Chile"}


SHEET = """
[[sheet]]
id      = "all"
title   = "Everything"
from    = ["type:{name}/fluss"]
outputs = ["paper", "quiz"]
"""


def test_paper_and_screen_know_the_card_by_its_note(world: World) -> None:
    """A sheet draws it by type, card and note as the others, and asks for the fact."""
    _add_river(world, SHEET.format(name=_name(world)))
    world.take()
    sheet = (world.project.root / "dist/sheets/all/A.html").read_text("utf-8")
    assert "fließt durch Peru" in sheet
    assert "fließt durch Chile" in sheet


# Types of one's own whose spare places are taken.


def _card(number: int) -> str:
    return f"""
[[notetype.country.card]]
id    = "more-{number}"
needs = ["capital"]
front = "Number {number}: @{{capital}}?"
back  = "@{{country}}"
"""


@pytest.fixture
def learner() -> Iterator[Collection]:
    with collection() as col:
        yield col


def test_a_type_of_ones_own_outgrows_its_spare_places(tmp_path: Path, learner: Collection) -> None:
    """Six cards take its spare places, and the next is a note of its own, which retires when its note does."""
    author = Author(tmp_path / "project")
    assert take(learner, author.build()) == (3, 0, 0, 0)
    author.cards += [_card(number) for number in range(SPARE_CARDS)]
    assert take(learner, author.build()) == (0, 0, 3, 0)
    study(learner)
    before = history(learner)
    author.cards.append(_card(SPARE_CARDS))
    # Peru and Chad have a capital.
    assert take(learner, author.build()) == (2, 0, 3, 0)
    told: Any = {key: value for key, value in history(learner).items() if key in before}
    assert told == before
    (id_,) = learner.find_cards('"note:Countries · country 2" country:Peru')
    assert learner.get_card(id_).ord == 0
    assert "Number 6: Lima?" in learner.get_card(id_).question()
    assert not learner.get_empty_cards().notes
    del author.notes["peru"]
    assert take(learner, author.build()) == (0, 2, 3, 0)
    assert {note["Id"] for note in map(learner.get_note, learner.find_notes("tag:deckgen::retired"))} == {
        "peru",
        "peru/+",
    }
    author.cards.append(_card(SPARE_CARDS + 1))
    assert take(learner, author.build())[0] == 0
    assert "Number 7: N'Djamena?" in shown_further(learner, "Chad", 1)


def shown_further(col: Collection, country: str, ordinal: int) -> str:
    """Return the front of a further card."""
    cards = [col.get_card(id_) for id_ in col.find_cards(f'"note:Countries · country 2" country:{country}')]
    return next(card.question() for card in cards if card.ord == ordinal)
