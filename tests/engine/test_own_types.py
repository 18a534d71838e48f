"""Note types of one's own in a learner's Anki: every law of updates holds, and what is added later comes in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package, render_card
from deckgen.cli.app import app
from deckgen.cli.session import compile_at
from deckgen.identity import Lock, parse
from deckgen.live.course_view import CourseView
from engine.projects import write_files

if TYPE_CHECKING:
    from anki.collection import Collection

FIELDS = ["country", "capital", "flag", "info"]
CAPITAL = """
[[notetype.country.card]]
id        = "capital"
needs     = ["capital"]
front     = "What is the capital of **@{country}**?"
back      = "@{capital}"
answer_as = "short"
"""
FLAG = """
[[notetype.country.card]]
id    = "flag"
needs = ["flag"]
front = "Whose flag is this?\\n\\n@{flag}"
back  = "@{country}"
"""
#: Added by a later version.
COUNTRY = """
[[notetype.country.card]]
id    = "country"
needs = ["capital"]
front = "Of which country is @{capital} the capital?"
back  = "@{country}\\n\\n@{info}"
"""
NOTES = {
    "peru": {"country": "Peru", "capital": "Lima", "flag": "red, white, red"},
    "chad": {"country": "Chad", "capital": "N'Djamena"},
    "fiji": {"country": "Fiji", "flag": "blue"},
}


@dataclass
class Author:
    """A project that is built again and again."""

    root: Path
    fields: list[str] = field(default_factory=lambda: [f'"{name}"' for name in FIELDS])
    cards: list[str] = field(default_factory=lambda: [CAPITAL, FLAG])
    notes: dict[str, dict[str, str]] = field(
        default_factory=lambda: {id_: dict(values) for id_, values in NOTES.items()}
    )
    more: str = ""
    #: Former ids of notes, by their ids.
    former: dict[str, str] = field(default_factory=dict)
    bank: bool = False
    templates: dict[str, str] = field(default_factory=dict)
    now: int = 1_700_000_000

    def write(self) -> None:
        notes = "\n".join(
            "\n".join(
                (
                    "[[note]]",
                    f'id = "{id_}"',
                    'type = "country"',
                    *([f'was = ["{self.former[id_]}"]'] if id_ in self.former else []),
                    *(f'{key} = "{value}"' for key, value in each.items()),
                )
            )
            for id_, each in self.notes.items()
        )
        kind = f"[notetype.country]\nfields = [{', '.join(self.fields)}]\n{self.more}"
        text = "\n".join(
            ('[deck]\nname = "Countries"' + "\nbank = true" * self.bank, kind, *self.cards, notes, "")
        )
        write_files(
            self.root,
            {
                "deckgen.toml": 'id = "countries"\ntitle = "Countries"\nversion = "1"\n',
                "cards/countries.toml": text,
                **self.templates,
            },
        )

    def run(self, command: str) -> Result:
        self.write()
        env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(self.now)}
        return CliRunner().invoke(app, [command, "-C", str(self.root)], env=env)

    def build(self) -> Path:
        """Build an hour later than the last time."""
        self.now += 3600
        result = self.run("build")
        assert result.exit_code == 0, result.output
        return self.root / "dist/anki/Countries.apkg"

    @property
    def lock(self) -> Lock:
        lock = parse((self.root / "deckgen.lock").read_bytes())
        assert isinstance(lock, Lock)
        return lock


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path / "project")


@pytest.fixture
def learner() -> Iterator[Collection]:
    with collection() as col:
        yield col


def take(col: Collection, package: Path) -> tuple[int, int, int, int]:
    """Import a package: notes new, updated, unchanged and conflicting."""
    log = import_package(col, package)
    return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)


def study(col: Collection) -> None:
    """Give every card a review and an interval."""
    for id_ in col.find_cards("is:new"):
        card = col.get_card(id_)
        card.start_timer()
        col.sched.answerCard(card, 3)
    col.sched.set_due_date(col.find_cards(""), "7")


def cards(col: Collection) -> set[tuple[str, int]]:
    """Return each card: the first field of its note, and its ordinal."""
    return {(card.note().fields[0], card.ord) for card in map(col.get_card, col.find_cards(""))}


def history(col: Collection) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Return what a learner did with each card that was studied."""
    found = {}
    for id_ in col.find_cards("-is:new"):
        card = col.get_card(id_)
        reviews = col.db.scalar("SELECT count() FROM revlog WHERE cid = ?", id_)
        found[card.note().fields[0], card.ord] = (card.due, card.ivl, card.reps, reviews)
    return found


def shown(col: Collection, country: str, ordinal: int) -> tuple[str, str]:
    """Return both sides of a card, as Anki renders them."""
    (note,) = (each for each in map(col.get_note, col.find_notes("")) if each.fields[0] == country)
    (card,) = (each for each in note.cards() if each.ord == ordinal)
    front, back, is_empty = render_card(col, card.id)
    assert not is_empty, "blank"
    return front, back


FIRST = {("Peru", 0), ("Peru", 1), ("Chad", 0), ("Fiji", 1)}


def test_a_note_has_the_cards_that_it_has_the_fields_for(author: Author, learner: Collection) -> None:
    """The cards of a note are siblings, and no card is blank."""
    assert take(learner, author.build()) == (3, 0, 0, 0)
    assert cards(learner) == FIRST
    assert not learner.get_empty_cards().notes
    assert learner.fix_integrity() == ("Database rebuilt and optimized.", True)
    front, back = shown(learner, "Peru", 0)
    assert "What is the capital of <strong>Peru</strong>?" in front
    assert '<b dir="auto">Lima</b>' in back


def test_braces_of_a_side_are_text(author: Author, learner: Collection) -> None:
    """Anki finds fields wherever a template has two braces; those that an author wrote are shown, on all sides."""
    said = "{{Front}} {{#Tags}} {{{x}}} `{{Id}}` <img src=x>"
    author.cards[0] = CAPITAL.replace("What is", f"{said} What is").replace(
        '"@{capital}"', f'"{said} @{{capital}}"'
    )
    author.cards[1] = FLAG.replace('"@{country}"', f'"{said}\\n\\n@{{country}}"')
    take(learner, author.build())
    assert cards(learner) == FIRST
    for ordinal in (0, 1):
        _, back = shown(learner, "Peru", ordinal)
        plain = back.replace("&#123;", "{")
        assert "{{Front}} {{#Tags}} {{{x}}} <code>{{Id}}</code> &lt;img src=x&gt;" in plain
    assert "{{Front}} {{#Tags}}" in shown(learner, "Peru", 0)[0].replace("&#123;", "{")


def test_other_answers_are_shown_where_there_are_some(author: Author, learner: Collection) -> None:
    """What counts as right as well stands on the back of the notes that have it."""
    author.fields.append('"also <R&D>"')
    author.cards[0] += 'accept = ["@{also <R&D>}"]\n'
    author.notes["peru"]['"also <R&D>"'] = "Ciudad de los Reyes"
    take(learner, author.build())
    assert '<li dir="auto">Ciudad de los Reyes</li>' in shown(learner, "Peru", 0)[1]
    assert 'class="accept"' not in shown(learner, "Chad", 0)[1]


def test_what_is_the_same_updates_nothing(author: Author, learner: Collection) -> None:
    """A build of the same updates no note, one of an edited note that note alone."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    assert take(learner, author.build()) == (0, 0, 3, 0)
    author.notes["peru"]["info"] = "Lima is by the sea."
    assert take(learner, author.build()) == (0, 1, 2, 0)
    assert history(learner) == before
    assert cards(learner) == FIRST


def test_a_card_comes_in_place(author: Author, learner: Collection) -> None:
    """A card that is added later is a sibling of those that learners have: no note is touched, no review lost."""
    take(learner, author.build())
    study(learner)
    before, schema = history(learner), learner.db.scalar("SELECT scm FROM col")
    author.cards.insert(0, COUNTRY)
    assert take(learner, author.build()) == (0, 0, 3, 0)
    assert cards(learner) == FIRST | {("Peru", 2), ("Chad", 2)}
    assert {key: each for key, each in history(learner).items() if key in before} == before
    assert learner.db.scalar("SELECT scm FROM col") == schema
    assert not learner.get_empty_cards().notes
    assert "Of which country is Lima the capital?" in shown(learner, "Peru", 2)[0]
    with collection() as newcomer:
        take(newcomer, author.root / "dist/anki/Countries.apkg")
        assert cards(newcomer) == cards(learner)


def test_all_spare_places_can_be_taken(author: Author, learner: Collection) -> None:
    """Six cards and six fields more, one after the other: each comes in place, and a seventh field has no place."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    for number in range(6):
        author.fields.append(f'"more {number}"')
        author.cards.append(COUNTRY.replace('id    = "country"', f'id = "more-{number}"'))
        author.notes["peru"][f'"more {number}"'] = f"said {number}"
        assert take(learner, author.build()) == (0, 1, 2, 0)
    assert {key: each for key, each in history(learner).items() if key in before} == before
    assert cards(learner) == FIRST | {(name, ord_) for name in ("Peru", "Chad") for ord_ in range(2, 8)}
    author.fields.append('"one too many"')
    result = author.run("build")
    assert result.exit_code == 1
    assert "no spare place is left for the fields `one too many`" in result.output


def test_a_field_is_renamed_in_place(author: Author, learner: Collection) -> None:
    """With `was` a field keeps its place and what it holds: no note is stamped anew."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    author.fields[1] = '{ name = "main city", was = ["capital"] }'
    author.cards = [
        card.replace("capital}", "main city}").replace('["capital"]', '["main city"]')
        for card in author.cards
    ]
    for values in author.notes.values():
        if "capital" in values:
            values['"main city"'] = values.pop("capital")
    assert take(learner, author.build()) == (0, 0, 3, 0)
    assert history(learner) == before
    assert '<b dir="auto">Lima</b>' in shown(learner, "Peru", 0)[1]
    assert next(each.schema.fields[1] for each in author.lock.schemas) == "main city"


def test_cards_and_notes_are_renamed_in_place(author: Author, learner: Collection) -> None:
    """With `was` a card keeps its place, and a note its history: nothing is stamped anew."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    author.cards[0] = CAPITAL.replace('"capital"\nneeds', '"main-city"\nwas       = ["capital"]\nneeds')
    author.former["republic-of-peru"] = "peru"
    author.notes["republic-of-peru"] = author.notes.pop("peru")
    assert take(learner, author.build()) == (0, 0, 3, 0)
    assert history(learner) == before
    assert [card.id for card in author.lock.schemas[0].schema.cards[:2]] == ["main-city", "flag"]
    with collection() as newcomer:
        take(newcomer, author.root / "dist/anki/Countries.apkg")
        assert cards(newcomer) == FIRST


def test_the_order_in_the_file_does_not_count(author: Author, learner: Collection) -> None:
    """Fields and cards keep their places, in whatever order they are written."""
    take(learner, author.build())
    before = (author.root / "deckgen.lock").read_text()
    author.fields.reverse()
    author.cards.reverse()
    assert take(learner, author.build()) == (0, 0, 3, 0)
    assert (author.root / "deckgen.lock").read_text() == before


def test_a_card_that_is_withdrawn_says_so(author: Author, learner: Collection) -> None:
    """Who has it keeps it, with its history and a front that tells; newcomers do not get it."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    author.cards[1] += "retired = true\n"
    author.notes["fiji"]["capital"] = "Suva"
    assert take(learner, author.build()) == (0, 1, 2, 0)
    assert {key: each for key, each in history(learner).items() if key in before} == before
    assert "no longer part of “Countries”" in shown(learner, "Peru", 1)[0]
    assert not learner.get_empty_cards().notes
    with collection() as newcomer:
        take(newcomer, author.root / "dist/anki/Countries.apkg")
        assert cards(newcomer) == {("Peru", 0), ("Chad", 0), ("Fiji", 0)}


def test_a_note_that_is_removed_is_retired(author: Author, learner: Collection) -> None:
    """Its cards show the banner, also where all notes of the type are gone, and the type with them."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    del author.notes["peru"]
    assert take(learner, author.build()) == (0, 1, 2, 0)
    assert "no longer part of" in shown(learner, "Peru", 0)[0]
    (author.root / "cards/countries.toml").unlink()
    author.now += 3600
    write_files(author.root, {"cards/other.toml": '[deck]\nname = "Countries"\n'})
    env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(author.now)}
    result = CliRunner().invoke(app, ["build", "-C", str(author.root)], env=env)
    assert result.exit_code == 0, result.output
    log = take(learner, author.root / "dist/anki/Countries.apkg")
    assert (log[0], log[3]) == (0, 0)
    assert history(learner) == before
    for country, ordinal in FIRST:
        assert "no longer part of" in shown(learner, country, ordinal)[0]


def _renamed(kind: dict[str, Any]) -> None:
    kind["name"] = "My countries"


def _restyled(kind: dict[str, Any]) -> None:
    kind["css"] += "\n.card { color: red; }"


def _retitled(kind: dict[str, Any]) -> None:
    kind["flds"][1]["name"] = "City"
    kind["tmpls"][0]["name"] = "First"
    kind["tmpls"][0]["qfmt"] = kind["tmpls"][0]["qfmt"] + "<p>mine</p>"


@pytest.mark.parametrize("change", [_renamed, _restyled, _retitled])
def test_a_learner_may_change_the_type(author: Author, learner: Collection, change: Any) -> None:
    """Who renamed the type, a field or a card, or restyled it, gets updates and added cards all the same."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    kind = next(each for each in learner.models.all() if each["name"].startswith("Countries"))
    change(kind)
    learner.models.update_dict(kind)
    assert take(learner, author.build()) == (0, 0, 3, 0)
    author.notes["peru"]["info"] = "Lima is by the sea."
    author.cards.append(COUNTRY)
    author.now += 10**9
    assert take(learner, author.build()) == (0, 1, 2, 0)
    assert {key: each for key, each in history(learner).items() if key in before} == before
    assert ("Chad", 2) in cards(learner)


def test_a_learner_can_edit_and_add(author: Author, learner: Collection) -> None:
    """Anki takes a learner's own notes of the type, and the spare cards make none of them."""
    take(learner, author.build())
    kind = next(each for each in learner.models.all() if each["name"].startswith("Countries"))
    note = learner.new_note(kind)
    note["country"], note["capital"] = "Oz", "Emerald City"
    learner.add_note(note, learner.decks.id("Countries"))
    assert [card.ord for card in note.cards()] == [0]
    kind["tmpls"][1]["qfmt"] += " "
    learner.models.update_dict(kind)
    assert not learner.get_empty_cards().notes


def test_own_html_takes_the_place_of_a_side(author: Author, learner: Collection) -> None:
    """A template of the project is the side of a card; the note has the card only with what it needs."""
    author.templates["templates/anki/own/country/capital/front.html"] = "<h1>{{country}} [[ language ]]</h1>"
    author.templates["templates/anki/own/country/style.css"] = ".own-country h1 { color: green; }"
    take(learner, author.build())
    assert cards(learner) == FIRST
    assert shown(learner, "Peru", 0)[0].strip() == "<h1>Peru en</h1>"
    kind = next(each for each in learner.models.all() if each["name"].startswith("Countries"))
    assert ".own-country h1 { color: green; }" in kind["css"]


def test_a_template_of_no_card_is_reported(author: Author) -> None:
    """A misspelt name would leave the card as it is without a word."""
    author.templates["templates/anki/own/country/captial/front.html"] = "<h1>{{country}}</h1>"
    result = author.run("check")
    assert "did you mean `templates/anki/own/country/capital/front.html`?" in result.output


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda author: author.fields.pop(2), "learners have notes with the field `flag`"),
        (lambda author: author.cards.pop(), "learners have the card `flag` of `country`"),
    ],
)
def test_what_would_break_learners_is_an_error(author: Author, change: Any, message: str) -> None:
    """A field or a card that is taken away is reported with what to do, where it is written."""
    author.build()
    change(author)
    author.cards = [card for card in author.cards if "@{flag}" not in card or "flag" in str(author.fields)]
    for values in author.notes.values():
        values.pop("flag", None)
    author.notes["fiji"]["capital"] = "Suva"
    result = author.run("build")
    assert result.exit_code == 1
    assert message in result.output
    assert "cards/countries.toml" in result.output


def test_places_outlive_the_lock(author: Author, learner: Collection) -> None:
    """Where the lock is lost, the last packages say which field and card has which place."""
    take(learner, author.build())
    study(learner)
    author.fields.insert(0, '"river"')
    author.fields[:2] = reversed(author.fields[:2])
    author.cards.insert(0, COUNTRY)
    take(learner, author.build())
    before = (author.root / "deckgen.lock").read_text()
    (author.root / "deckgen.lock").unlink()
    assert take(learner, author.build()) == (0, 0, 3, 0)
    lines = [
        line for line in (author.root / "deckgen.lock").read_text().split("\n") if line.startswith("schema")
    ]
    assert lines == [line for line in before.split("\n") if line.startswith("schema")]


def test_a_note_that_moves_into_a_bank_says_nothing_more(author: Author, learner: Collection) -> None:
    """Its cards show the banner, and its texts are gone from the package and the lock."""
    take(learner, author.build())
    study(learner)
    before = history(learner)
    author.bank = True
    assert take(learner, author.build()) == (0, 3, 0, 0)
    assert len(learner.find_cards("-is:new")) == len(before)
    for id_ in learner.find_cards(""):
        front, back, is_empty = render_card(learner, id_)
        assert "no longer part of" in front
        assert not is_empty
        assert "Lima" not in front + back
    assert "Lima" not in (author.root / "deckgen.lock").read_text()


def test_serve_shows_what_anki_shows(author: Author, learner: Collection) -> None:
    """The live page has the cards that Anki makes, and renders them as Anki does."""
    author.cards.append(COUNTRY)
    take(learner, author.build())
    compiled, snapshot, _ = compile_at(author.root)
    assert compiled.course is not None
    assert compiled.lowering is not None
    items = tuple(compiled.lowering.items())
    view = CourseView(compiled.course, items, {}, snapshot.templates, (), tuple(snapshot.cards))
    ours = {}
    for row in view.index:
        for ordinal, _ in row["cards"]:
            found = view.card(row["id"], ordinal)
            assert found is not None
            ours[row["title"], ordinal] = (found[0].front, found[0].back)
    assert ours == {(country, ord_): shown(learner, country, ord_) for country, ord_ in cards(learner)}


def test_diff_tells_cards_that_a_type_gives_and_blanks(author: Author) -> None:
    """A change of `needs`, or an added card, is told by card and note before anybody gets it."""
    author.build()
    author.cards.append(COUNTRY)
    output = author.run("diff").output
    assert "Get a card: 2 notes\n  + country  own/country: peru, chad\n" in output
    assert "blank" not in output
    author.build()
    assert "card" not in author.run("diff").output
    author.cards[0] = CAPITAL.replace('["capital"]', '["capital", "flag"]')
    output = author.run("diff").output
    assert "Have a card that is blank from now on: 1 note\n  - capital  own/country: chad\n" in output
    assert "Empty Cards" in output
    author.cards[0] = CAPITAL + "retired = true\n"
    output = author.run("diff").output
    assert "blank" not in output


VERSE = """
[deck]
name = "Verses"

[notetype.verse]
fields = ["text", "source"]
cloze  = "text"

[[notetype.verse.card]]
id    = "gap"
front = "@{text}"
back  = "From @{source}"

[[note]]
id     = "psalm"
type   = "verse"
text   = "The Lord is my {{shepherd}}; I shall not {{want::lack}}."
source = "*Psalm 23*"
"""


def test_a_cloze_has_a_card_for_each_gap(tmp_path: Path, learner: Collection) -> None:
    """A gap that is added later is a card beside the others, which keep their reviews."""
    project = {"deckgen.toml": 'id = "verses"\ntitle = "Verses"\nversion = "1"\n', "cards/verses.toml": VERSE}

    def build(now: int) -> Path:
        write_files(tmp_path, project)
        env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": str(now)}
        result = CliRunner().invoke(app, ["build", "-C", str(tmp_path)], env=env)
        assert result.exit_code == 0, result.output
        return tmp_path / "dist/anki/Verses.apkg"

    assert take(learner, build(1_700_000_000)) == (1, 0, 0, 0)
    assert sorted(ord_ for _, ord_ in cards(learner)) == [0, 1]
    study(learner)
    reviewed = sorted(history(learner).items())
    project["cards/verses.toml"] = VERSE.replace("The Lord", "The {{Lord}}").replace(
        "{{shepherd", "{{c1::shepherd"
    )
    project["cards/verses.toml"] = (
        project["cards/verses.toml"].replace("{{want", "{{c2::want").replace("{{Lord", "{{c3::Lord")
    )
    assert take(learner, build(1_700_003_600)) == (0, 1, 0, 0)
    assert sorted(ord_ for _, ord_ in cards(learner)) == [0, 1, 2]
    assert [each for _, each in sorted(history(learner).items())] == [each for _, each in reviewed]
    (note,) = map(learner.get_note, learner.find_notes(""))
    front, back, _ = render_card(learner, note.cards()[1].id)
    assert "[lack]" in front
    assert "From <em>Psalm 23</em>" in back
