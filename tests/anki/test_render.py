"""Our rendering of card templates is Anki's: every text here is judged by Anki's own library."""

from __future__ import annotations

import pytest
from anki.errors import AnkiException
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from anki_judge import add_note, collection, note_type, render_card, render_uncommitted, without_hint_ids
from deckgen.anki import clozes
from deckgen.anki.filters import strip_html
from deckgen.anki.render import render, special_fields
from deckgen.anki.template import SPECIAL_FIELDS, TemplateError, is_empty, parse, shows_anything
from laws import all_hold, law


@pytest.fixture(scope="module")
def col():
    with collection() as opened:
        yield opened


@pytest.fixture(scope="module")
def types(col):
    """Two note types, normal and cloze, whose templates are replaced in every case."""
    made = {}
    for cloze in (False, True):
        made[cloze] = note_type(
            col,
            f"T{cloze}",
            ["Front", "Back", "Extra"],
            "{{cloze:Front}}",
            back="{{cloze:Front}}",
            cloze=cloze,
        )
        col.models.add(made[cloze])
    return made


def ours(made, values, front, back, ordinal, cloze):
    special = special_fields(deck="Default", tags=(), note_type=made["name"], card="Card 1", card_id=0)
    special["Deck"] = special["Subdeck"] = "(Deck)"
    fields = special | dict(zip(["Front", "Back", "Extra"], values, strict=True))
    try:
        shown = render(front, back, fields, ordinal=ordinal, cloze=cloze)
    except TemplateError:
        return "error"
    return without_hint_ids(shown.front), without_hint_ids(shown.back), shown.empty


def theirs(col, made, values, front, back, ordinal):
    try:
        question, answer, empty = render_uncommitted(col, made, values, front, back, ordinal)
    except AnkiException:
        return "error"
    return without_hint_ids(question), without_hint_ids(answer), empty


TEMPLATES = [
    "{{Front}}",
    "{{{Front}}}",
    "{{ Front }} {{  text:Front  }}",
    "{{text: Front}}",
    "{{#Front}}a{{/Front}}{{^Back}}b{{/Back}}",
    "{{#Front}}{{#Back}}x{{/Back}}{{/Front}}{{Front}}",
    "{{#Front}}x",
    "{{/Front}}",
    "{{#Front}}{{/Back}}",
    "{{#Nope}}{{/Nope}}",
    "{{#Back}}{{Nope}}{{/Back}}{{Front}}",
    "{{Nope}}",
    "{{text:Nope}}",
    "{{text:}}{{Front}}",
    "{{}}",
    "{{:}}",
    "{{Front",
    "Front}}",
    "<!-- {{Front}} --> {{Back}}",
    "<!-- {{Front}}",
    "{{=<% %>=}}<%Front%> {{Back}}",
    "  {{=<% %>=}}{{=<% %>=}}<%#Front%>x<%/Front%>",
    "{{#c1}}one{{/c1}}{{#c2}}two{{/c2}}{{^c2}}not two{{/c2}}{{Front}}",
    "{{#c+1}}x{{/c+1}}{{Front}}",
    "{{hint:Front}}|{{hint:Back}}",
    "{{type:Front}}{{type:cloze:Front}}{{type:nc:Front}}{{text:type:Front}}{{type:text:Front}}",
    "{{furigana:Front}}/{{kanji:Front}}/{{kana:Front}}",
    "{{furigana:text:Front}}",
    "{{unknown:Front}}{{text:unknown:Front}}{{unknown:text:Front}}{{::Front}}",
    "{{tts en_US voices=A,B:Front}}",
    "{{cloze:Front}}",
    "{{cloze:Front}}{{cloze:Back}}",
    "{{cloze-only:Front}}",
    "{{text:cloze:Front}}{{hint:cloze:Front}}",
    "{{Tags}}{{Type}}{{Deck}}{{Subdeck}}{{Card}}{{CardFlag}}{{CardID}}",
    "{{FrontSide}}{{Front}}",
    "",
    " ",
]
VALUES = [
    "",
    " ",
    "<br>",
    "<div></div><BR/> \n",
    "<br  >",
    "plain",
    "<b>a</b>&nbsp;&amp;&lt;&euro; c",
    "a &nope; b &amp;",
    "a &#65;&#x41; &#xD800;",
    "漢字[かんじ] 日[に][sound:a.mp3] x[sound:b.mp3]",
    "{{c1::one}} and {{c2::two::hint}}",
    "{{c1::outer {{c2::inner::h}} rest::oh}}",
    "{{c1,2::both}} {{c3,::x}} {{c::y}} {{c,::z}}",
    "{{c1::\\(a_{<b>1</b>}\\)}} \\[<i>x</i>\\]",
    "{{c1::a::b::c}} }} {{c1::}}",
    "{{c1::never closed",
    "{{c0::zero}} {{c1::é \"<'>_~ü漢}}",
    "{{c1::image-occlusion}} {{c500::far}} {{c70000::x}}",
    "{{c499::a}}{{c500::b}}{{c501::c}}{{c502::d}}",
    "{{c1::a" * 12 + "}}" * 12,
    "".join(f"{{{{c{n}::{n} " for n in range(1, 13)) + "}}" * 11,
    "<br />",
    "<br/ >",
    "</Div /><div/>",
    "<div>x</div>",
    "<br class=x>",
    "\v\f\t",
    "\u00a0",
    "&nbsp;",
    "<span></span>",
]


@pytest.mark.parametrize("cloze", [False, True])
def test_templates_render_as_in_anki(col, types, cloze):
    """Every template over every value gives the same front, back, emptiness or refusal."""

    def check(front):
        for value in VALUES:
            for back, ordinal in (("{{FrontSide}}<hr id=answer>{{Back}}", 0), (front, 1)):
                values = [value, "<i>back</i>", ""]
                expected = theirs(col, types[cloze], values, front, back, ordinal)
                assert expected == ours(types[cloze], values, front, back, ordinal, cloze), (value, back)

    all_hold(((front, front) for front in TEMPLATES), check)


def test_special_fields_are_ankis(col):
    """Tags, type, deck, subdeck, card, flag and id of a real card are what `special_fields` makes of them."""
    names = ["Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"]
    front = "|".join(f"{{{{{name}}}}}" for name in names) + "".join(
        f"{{{{#{n}}}}}+{{{{/{n}}}}}" for n in names
    )
    made = note_type(
        col, "Special <b>&", ["Front", "Back", "Extra"], front, front, back="{{FrontSide}}", cloze=False
    )
    col.models.add(made)
    for deck, tags, flag in (("Plain", (), 0), ("A & b::C <i>", ("x", "y::z"), 3), ("Ä::b::c", ("ä",), 7)):
        note = col.new_note(col.models.by_name("Special <b>&"))
        note.fields = ["f", "b", "e"]
        note.tags = list(tags)
        col.add_note(note, col.decks.id(deck))
        for card in note.cards():
            col.set_user_flag_for_cards(flag, [card.id])
            special = special_fields(
                deck=deck,
                tags=tags,
                note_type="Special <b>&",
                card=f"Card {card.ord + 1}",
                card_id=card.id,
                flag=flag,
            )
            ours = render(
                front, "{{FrontSide}}", special | {"Front": "f", "Back": "b", "Extra": "e"}, ordinal=card.ord
            )
            assert render_card(col, card.id) == (ours.front, ours.back, False)


@pytest.mark.parametrize("value", VALUES)
def test_values_are_filtered_as_in_anki(col, types, value):
    """Every template on the back over every value."""
    for template in TEMPLATES:
        for cloze in (False, True):
            values = ["x {{c1::y}}", value, ""]
            back = template.replace("Front}}", "Back}}")
            expected = theirs(col, types[cloze], values, "{{Front}}", back, 0)
            assert expected == ours(types[cloze], values, "{{Front}}", back, 0, cloze), template


names = st.sampled_from(
    ["Front", "Back", "Extra", "FrontSide", "Tags", "c1", "c2", "Nope", "", " Front", "{Front"]
)
filter_names = st.sampled_from(
    ["text", "hint", "type", "cloze", "cloze-only", "nc", "furigana", "kana", "kanji", "tts de", "x", ""]
)
replacements = st.builds(
    lambda f, n: "{{" + ":".join([*f, n]) + "}}", st.lists(filter_names, max_size=3), names
)
scraps = st.sampled_from(
    [
        "a",
        " ",
        "<b>",
        "}}",
        "{{",
        "<!--",
        "-->",
        "{{c1::",
        "::",
        "\\(",
        "\\)",
        "{{#",
        "\n",
        "é",
        "<br>",
        "{{/Front}}",
    ]
)
templates = st.recursive(
    st.one_of(replacements, scraps),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.builds(
            lambda sign, name, body: f"{{{{{sign}{name}}}}}{body}{{{{/{name}}}}}",
            st.sampled_from("#^"),
            names,
            inner,
        ),
    ),
    max_leaves=8,
)
bits = st.sampled_from(
    [
        "a",
        "b ",
        "<b>x</b>",
        "{{c1::",
        "{{c2::",
        "{{c1,2::",
        "{{c",
        "}}",
        "::",
        "h",
        "&amp;",
        "&x;",
        "\\(",
        "\\)",
        "<br>",
        "<div>",
        "[",
        "]",
        "漢[かん]",
        "[sound:x]",
        "<!-- ",
        " -->",
        "é",
        "image-occlusion:rect",
        "\n",
        "<",
    ]
)
values_ = st.lists(bits, max_size=10).map("".join).filter(lambda value: "image-occlusion:" not in value)


@law(100, suppress_health_check=list(HealthCheck))
@given(
    front=templates,
    back=templates,
    values=st.tuples(values_, values_, values_),
    ordinal=st.integers(0, 2),
    cloze=st.booleans(),
)
def test_random_templates_render_as_in_anki(col, types, front, back, values, ordinal, cloze):
    """Random templates over random values give the same as Anki's own rendering."""
    expected = theirs(col, types[cloze], list(values), front, back, ordinal)
    assert expected == ours(types[cloze], list(values), front, back, ordinal, cloze)


FRONTS = [
    "{{Front}}",
    "{{text:Front}}",
    "{{type:Front}}{{#Back}}x{{/Back}}",
    "{{#Front}}{{Back}}{{/Front}}",
    "{{^Front}}{{Extra}}{{/Front}}{{#Front}}no field{{/Front}}{{#Back}}{{Front}}{{/Back}}",
    "{{^Front}}{{Back}}{{/Front}}",
    "{{#Back}}{{Front}}{{/Back}}",
    "{{#Front}}{{Tags}}{{/Front}}",
    "{{Subdeck}}{{#Front}}x{{/Front}}",
    "{{#CardFlag}}{{#Type}}{{CardID}}{{/Type}}{{/CardFlag}}",
    "{{FrontSide}}{{#Front}}x{{/Front}}",
    "{{hint:Front}}{{#Back}}{{#Extra}}{{Extra}}{{/Extra}}{{/Back}}",
]


#: A front that is never empty to Anki, so that the note has a card whatever the other template decides.
ALWAYS = "{{Deck}}"


def cards_we_decide(values, front):
    filled = {n for n, v in zip(["Front", "Back", "Extra"], values, strict=True) if not is_empty(v)}
    filled |= SPECIAL_FIELDS - {"FrontSide", "Tags"}
    return [n for n, text in enumerate((ALWAYS, front)) if shows_anything(parse(text), filled)]


def cards_anki_decides(col, values, *fronts, cloze):
    made = note_type(col, "N", ["Front", "Back", "Extra"], *fronts, back=fronts[0], cloze=cloze)
    col.models.add(made)
    found = add_note(col, col.models.by_name("N"), list(values))
    col.models.remove(col.models.by_name("N")["id"])
    return found


@pytest.mark.parametrize("front", FRONTS)
def test_cards_are_decided_as_in_anki(col, front):
    """The cards that Anki makes for a note are the ones we say, over all values and conditional sections."""
    for value in VALUES:
        for values in (
            [value, "back", "extra"],
            ["front", value, "extra"],
            ["", value, ""],
            ["", "back", value],
        ):
            assert cards_anki_decides(col, values, ALWAYS, front, cloze=False) == cards_we_decide(
                values, front
            ), values


@law(40, suppress_health_check=list(HealthCheck))
@given(values=st.tuples(values_, values_, values_))
@example(values=("{{c499::a}}{{c500::b}}{{c501::c}}", "{{c502::d}}", ""))
@example(values=("{{c1::" * 9 + "{{c2::{{c3::{{c4::x" + "}}" * 12, "", ""))
def test_cloze_cards_are_decided_as_in_anki(col, values):
    """A cloze note has a card for each number in any of its fields, and none above the 500th."""
    expected = cards_anki_decides(col, values, "{{cloze:Front}}", cloze=True)
    # Anki gives a note without any card its first one, and makes the 500th card again for each number above 500, which Check Database then calls duplicates.
    assert sorted(set(expected)) == (list(clozes.ordinals(values)) or [0])


@given(text=st.lists(bits, max_size=8).map("".join))
def test_html_is_stripped_as_in_anki(col, text):
    """The filter `text:` and the browser see the same text."""
    assert col._backend.strip_html(text=text, mode=0) == strip_html(text)
