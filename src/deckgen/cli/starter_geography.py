"""The course of countries that `deckgen new --kind geography` makes: a note type, a table, and pictures of flags."""

from __future__ import annotations

_CARDS = """\
#:schema ../schema/cards.json

# Each row of data/countries.csv is a note with four cards, which are siblings in Anki.
[deck]
name = "Countries"
new  = "mixed"

[notetype.country]
name   = "Country"
fields = ["country", "capital", "flag"]

[[notetype.country.card]]
id        = "capital"
front     = "What is the capital of **@{country}**?"
back      = "@{capital}"
answer_as = "short"

[[notetype.country.card]]
id        = "capital-of"
front     = "Of which country is **@{capital}** the capital?"
back      = "@{country}"
answer_as = "short"

[[notetype.country.card]]
id        = "flag-of"
front     = "Whose flag is this?\\n\\n@{flag}"
back      = "@{country}"
answer_as = "short"

[[notetype.country.card]]
id    = "flag"
needs = ["flag"]
front = "What does the flag of **@{country}** look like?"
back  = "@{flag}"
lines = 2

[[table]]
file    = "data/countries.csv"
as      = "note"
type    = "country"
columns = { country = "country", capital = "capital" }
flag    = "![A flag](media/flags/@{id}.svg){width=50%}"

[[sheet]]
id      = "capitals"
title   = "Capitals"
outputs = ["paper", "quiz"]
from    = ["type:country/capital"]       # one card of each note: no question answers another
"""

#: Id, name, capital, whether the stripes of the flag are upright, and their colours.
_COUNTRIES = (
    ("austria", "Austria", "Vienna", False, ("#c8102e", "#ffffff", "#c8102e")),
    ("belgium", "Belgium", "Brussels", True, ("#000000", "#fdda24", "#ef3340")),
    ("bulgaria", "Bulgaria", "Sofia", False, ("#ffffff", "#00966e", "#d62612")),
    ("estonia", "Estonia", "Tallinn", False, ("#0072ce", "#000000", "#ffffff")),
    ("france", "France", "Paris", True, ("#000091", "#ffffff", "#e1000f")),
    ("germany", "Germany", "Berlin", False, ("#000000", "#dd0000", "#ffcc00")),
    ("hungary", "Hungary", "Budapest", False, ("#ce2939", "#ffffff", "#477050")),
    ("ireland", "Ireland", "Dublin", True, ("#169b62", "#ffffff", "#ff883e")),
    ("italy", "Italy", "Rome", True, ("#008c45", "#ffffff", "#cd212a")),
    ("lithuania", "Lithuania", "Vilnius", False, ("#ffb81c", "#046a38", "#be3a34")),
    ("poland", "Poland", "Warsaw", False, ("#ffffff", "#dc143c")),
    ("romania", "Romania", "Bucharest", True, ("#002b7f", "#fcd116", "#ce1126")),
)


def _flag(colours: tuple[str, ...], *, upright: bool) -> str:
    """Return a flag of equal stripes as SVG, three wide and two high."""
    width, height = (300 // len(colours), 200) if upright else (300, 200 / len(colours))
    stripes = "".join(
        f'<rect x="{number * width if upright else 0:g}" y="{0 if upright else number * height:g}" '
        f'width="{width:g}" height="{height:g}" fill="{colour}"/>'
        for number, colour in enumerate(colours)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200">'
        f'{stripes}<rect x="0.5" y="0.5" width="299" height="199" fill="none" stroke="#888888"/></svg>\n'
    )


CARDS = {
    "cards/countries.toml": _CARDS,
    "data/countries.csv": "id,country,capital\n"
    + "".join(f"{id_},{name},{capital}\n" for id_, name, capital, _, _ in _COUNTRIES),
    **{
        f"media/flags/{id_}.svg": _flag(colours, upright=upright)
        for id_, _, _, upright, colours in _COUNTRIES
    },
}
