"""Note types in Anki's own hands: they load, have the cards we say, and show what our renderer shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from anki_judge import add_note, collection, import_package, render_card
from anki_reviewer import TEMPLATES, Cards
from anki_reviewer import render_card as render_ours
from anki_samples import NASTY, bare, course, full, item, nasty
from deckgen.anki import clozes
from deckgen.anki.cards import CardDecider
from deckgen.anki.kinds import KINDS
from deckgen.anki.layout import StampedType, layout_of
from deckgen.anki.note_text import join_content
from deckgen.anki.notetypes import note_types
from deckgen.anki.package import StampedNote, write_package
from deckgen.core import Choice, Html, Option, Project
from deckgen.templating import Templates
from laws import all_hold

SCHEMA = Path(__file__).parent / "schema.json"
SETS = {"full": full(), "bare": bare()} | {f"nasty{n}": nasty(text) for n, text in enumerate(NASTY)}
CASES = [(name, label) for name, items in SETS.items() for label in items]


@pytest.fixture(scope="module")
def col():
    with collection() as opened:
        yield opened


@pytest.fixture(scope="module")
def cards():
    return Cards(course(*full().values()))


@pytest.fixture(scope="module")
def installed(col, cards):
    """All note types as Anki has them, by kind."""
    return {kind: install(col, made) for kind, made in cards.types.items()}


def install(col, made):
    """Add a note type to a collection."""
    models = col.models
    theirs = models.new(made.name)
    theirs["type"] = 1 if made.cloze else 0
    theirs["css"] = made.style
    for field in made.fields:
        models.add_field(theirs, models.new_field(field.name))
    for template in made.templates:
        new = models.new_template(template.name)
        new["qfmt"], new["afmt"] = template.front, template.back
        models.add_template(theirs, new)
    models.add(theirs)
    return models.by_name(made.name)


def decided(made, fields):
    """Return the ordinals that our own rules give a note."""
    return list(CardDecider(made).ordinals(tuple(fields.values())))


def test_the_schema_is_frozen():
    """Ids, fields and cards of every kind are those of the first release, for ever.

    Never change `schema.json` but to add a kind: Anki would stop updating every note there is of a kind whose
    fields or cards were added, removed or reordered, and another id is another note type.
    """
    project = Project(id="demo", title="Demo")
    made = {
        kind.kind: {
            "id": kind.id,
            "cloze": kind.cloze,
            "fields": {field.name: field.id for field in kind.fields},
            "cards": [template.id for template in kind.templates],
        }
        for kind in note_types(project, TEMPLATES)
    }
    frozen = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert frozen == made
    for kind, schema in frozen.items():
        # JSON objects compare without order, and order is what Anki goes by.
        assert list(schema["fields"]) == list(made[kind]["fields"])


def test_ids_are_distinct_and_exact_in_json():
    """No two note types, fields or cards of a project share an id, and JavaScript keeps each exactly."""
    made = note_types(Project(id="demo", title="Demo"), TEMPLATES)
    ids = [
        *(kind.id for kind in made),
        *(field.id for kind in made for field in kind.fields),
        *(template.id for kind in made for template in kind.templates),
    ]
    assert len(set(ids)) == len(ids)
    assert all(id_ == int(float(id_)) and id_ < 2**53 for id_ in ids)
    other = note_types(Project(id="other", title="Demo"), TEMPLATES)
    assert not {kind.id for kind in made} & {kind.id for kind in other}


def test_cards_are_ankis(col, cards, installed):
    """A note of any kind has in Anki the cards we decide, at least one, and they look as our renderer says."""
    all_hold(
        ((f"{name} {label}", (name, label)) for name, label in CASES),
        lambda case: check_cards(col, cards, installed, *case),
    )


def check_cards(col, cards, installed, name, label):
    sample = SETS[name][label]
    made, theirs = cards.types[sample.kind], installed[sample.kind]
    fields = cards.fields(sample, notice="Retired & <b>gone</b>" if name == "full" else "")
    ordinals = add_note(col, theirs, list(fields.values()), deck=sample.deck)
    assert decided(made, fields) == ordinals != []
    for card_id in col.find_cards(f"nid:{max(col.find_notes(''))}"):
        card = col.get_card(card_id)
        front, back, empty = render_card(col, card_id)
        special = {"CardID": str(card_id)}
        ours = render_ours(made, fields | special, card.ord, deck=sample.deck)
        assert (ours.front, ours.back, ours.empty) == (front, back, empty) == (front, back, False)
        assert card.question_av_tags() == card.answer_av_tags() == []
        for side in (front, back):
            assert col._backend.extract_latex(text=side, svg=False, expand_clozes=False).latex == []
        if name in ("full", "bare"):
            assert not re.search(r"\{\{|\}\}|\[\[|\]\]|\[%|\[#", front.split("<script>")[0])
            assert not re.search(r"\{\{|\}\}|\[\[|\]\]|\[%|\[#", back.split("<script>")[0])


def test_gaps_are_the_only_clozes(cards):
    """Whatever texts hold, a cloze note has a card for each of its gaps' numbers and no other."""
    for name, items in SETS.items():
        sample = items["cloze"]
        fields = cards.fields(sample)
        assert clozes.numbers(fields.values()) == {gap.number for gap in sample.gaps}, name


def test_collection_is_sound(col, cards, installed):
    """Anki's own checks of the collection find nothing to fix, and no empty card, after a note of every kind."""
    for items in SETS.values():
        for sample in items.values():
            add_note(col, installed[sample.kind], list(cards.fields(sample).values()))
    assert not col.get_empty_cards().notes
    _, fine = col.fix_integrity()
    assert fine


def test_fields_without_text_leave_no_trace(cards):
    """A part that an item lacks has no label, border or empty element on either side."""
    for label, sample in bare().items():
        for ordinal in decided(cards.types[sample.kind], cards.fields(sample)):
            shown = cards.render(sample, ordinal)
            for side in (shown.front, shown.back):
                html = side.split("<script>")[0]
                for absent in ("hint", "notice", "explanation", "sources", "accept", "tolerance", "unit"):
                    assert f'class="{absent}' not in html, label


def test_options_tell_nothing(cards):
    """Where no script shuffles, the order of options does not put the right one first, nor keep the author's order."""
    firsts = set()
    for number in range(40):
        options = tuple(Option(f"option {n}", n == 0) for n in range(4))
        html = cards.fields(item(Choice, f"q{number}", prompt="?", options=options))["Options"]
        firsts.add(re.search(r"option (\d)", html)[1])
    assert firsts == set("0123")


def test_the_front_keeps_what_the_answer_is(cards):
    """No front of a kind that asks for a text has that text in it, not even hidden."""
    samples = full()
    for label, secret in {
        "numeric": "204190",
        "short": "accept",
        "open": "descriptor that",
        "concept": "An endpoint",
        "contrast": "As many as",
        "true-false": "A port is a number",
        "word": "apple",
    }.items():
        assert secret not in cards.render(samples[label]).front.split("<script>")[0], label


def test_html_of_authors_stays_whole(col, installed, cards):
    """A text given as HTML comes out as it is, and a card is there for it."""
    sample = item(
        Choice,
        "html",
        prompt=Html("<ruby>漢<rt>kan</rt></ruby> <b>?</b>"),
        options=(Option(Html("<i>a</i>"), True), Option("b", False)),
    )
    fields = cards.fields(sample)
    assert add_note(col, installed["choice"], list(fields.values())) == [0]
    assert "<ruby>漢<rt>kan</rt></ruby> <b>?</b>" in cards.render(sample).front


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("ar", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr")]
)
def test_direction_is_the_languages(language, direction):
    """Every side says which language it is in, and which way that is written."""
    for made in note_types(Project(id="p", title="P", language=language), TEMPLATES):
        for template in made.templates[: len(KINDS[made.kind].cards)]:
            for side in (template.front, template.back):
                assert f'lang="{language}" dir="{direction}"' in side


def test_a_package_brings_the_note_types_as_they_are(tmp_path, cards):
    """From a package Anki takes names, ids, fields, templates, style and what its editor folds, and makes our cards."""
    samples = list(full().values())
    notes = [
        StampedNote(
            id=1_700_000_000_000 + number,
            guid=f"guid{number}",
            note_type=cards.types[sample.kind].id,
            mod=1_700_000_000,
            deck=sample.deck,
            number=number,
            cards=tuple(decided(cards.types[sample.kind], cards.fields(sample))),
        )
        for number, sample in enumerate(samples)
    ]
    contents = [join_content(tuple(cards.fields(sample).values()), ("a", "b::c")) for sample in samples]
    types = [StampedType(made, 1_700_000_000) for made in cards.types.values()]
    path = tmp_path / "all.apkg"
    path.write_bytes(write_package(notes, contents, layout_of(types, {samples[0].deck: ""}), {}))
    with collection() as fresh:
        log = import_package(fresh, path)
        assert (len(log.new), len(log.conflicting)) == (len(notes), 0)
        for made in cards.types.values():
            theirs = fresh.models.get(made.id)
            assert theirs["name"] == made.name
            assert theirs["type"] == made.cloze
            assert theirs["css"] == made.style
            assert [(f["name"], f["id"], f["collapsed"], f["rtl"]) for f in theirs["flds"]] == [
                (field.name, field.id, field.folded, False) for field in made.fields
            ]
            assert [(t["name"], t["id"], t["qfmt"], t["afmt"]) for t in theirs["tmpls"]] == [
                (template.name, template.id, template.front, template.back) for template in made.templates
            ]
        for stamped in notes:
            assert [card.ord for card in fresh.get_note(stamped.id).cards()] == list(stamped.cards)
        assert not fresh.get_empty_cards().notes
        _, fine = fresh.fix_integrity()
        assert fine


def test_every_kind_has_a_note_type_and_a_sample():
    """No kind is left out of these tests."""
    assert set(KINDS) == {made.kind for made in note_types(Project(id="p", title="P"), TEMPLATES)}
    assert set(KINDS) == {sample.kind for sample in full().values()} == set(nasty("x")) == set(bare())


def test_own_rules_come_last_on_every_kind():
    """`anki/own.css` is in the style of every kind, after all that it may want to change; as shipped it adds nothing."""
    rule = ".card { --accent: #7a3e9d; }"
    project = Project(id="p", title="P")
    shipped = note_types(project, TEMPLATES)
    own = note_types(
        project, Templates(TEMPLATES.texts | {"anki/own.css": rule}, frozenset(["anki/own.css"]))
    )
    assert [made.style for made in own] == [f"{made.style}\n{rule}" for made in shipped]


def test_a_new_version_changes_no_note_type():
    """A project's version is in no template: a release alone restyles nothing."""
    one, two = (note_types(Project(id="p", title="P", version=version), TEMPLATES) for version in ("1", "2"))
    assert one == two
