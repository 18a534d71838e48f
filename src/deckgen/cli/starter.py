"""The project that `deckgen new` makes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from deckgen.cli import starter_exam, starter_geography, starter_vocabulary
from deckgen.language.schema import KINDS, schema_text
from deckgen.latin import slug

#: Letters of an id that cannot be mistaken for each other, and how many make it unique: 60 bits.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
UNIQUE = 12
#: Letters of the readable part.
_LONGEST = 40

_PROJECT = """\
#:schema schema/project.json

id       = {id}  # permanent: never change it, learners' histories depend on it
title    = {title}
language = "en"
authors  = []
license  = {license}
version  = "1"
"""

_SOURCES = """\
#:schema ../schema/cards.json

# Where facts come from. A card cites a source by its key and the place in it: "bipm 2.3.1".

[source.bipm]
title = "The International System of Units (SI), 9th edition"
url   = "https://www.bipm.org/en/publications/si-brochure"
year  = 2019
"""

_CARDS = r"""#:schema ../schema/cards.json

[deck]
name = "Measuring"
tags = ["units"]

[[concept]]
id         = "unit"
term       = "Unit"
definition = "A quantity of a kind, fixed by agreement, that others of the kind are measured in."
example    = "The metre is a unit of length."

[[concept]]
id         = "quantity"
term       = "Quantity"
definition = "A property that can be measured: a number times a unit."
example    = "3 m is a length, and so a quantity."

[[question]]
id          = "unit-of-time"
type        = "choice"
prompt      = "What is the unit of time in the SI?"
answer      = "The second"
distractors = ["The hour", { text = "The minute", why = "It is used with the SI, but not one of its units." }]
explanation = "Hours and minutes are defined by it."
sources     = ["bipm 2.3.1"]

[[question]]
id          = "base-units"
type        = "multiple"
prompt      = "Which of these are base units of the SI?"
answers     = ["metre", "kilogram", "kelvin"]
distractors = ["litre", "newton"]

[[question]]
id         = "litre-is-si"
type       = "true-false"
prompt     = "The litre is a unit of the SI."
answer     = false
correction = "It is accepted for use with the SI: 1 L = 1 dm³."

[[question]]
id   = "newton-defined"
type = "cloze"
text = 'One newton is one {{kilogram}} times {{metre}} per second squared: $1\,\mathrm{N} = 1\,\mathrm{kg\,m/s^2}$.'

[[question]]
id        = "boiling-water"
type      = "numeric"
prompt    = "At how many degrees Celsius does water boil at sea level?"
answer    = 100
tolerance = 0.1
unit      = "°C"

[[question]]
id     = "unit-of-force"
type   = "short"
prompt = "What is the unit of force called?"
answer = "newton"
accept = ["N", "the newton"]

[[question]]
id     = "prefixes-by-size"
type   = "ordering"
prompt = "Put these prefixes in order, the smallest first."
order  = ["milli", "centi", "kilo", "mega"]

[[question]]
id     = "units-and-quantities"
type   = "matching"
prompt = "Which unit measures what?"
pairs  = [["metre", "length"], ["second", "time"], ["ampere", "electric current"]]
extra  = ["mass"]

[[question]]
id     = "why-units"
type   = "open"
prompt = "Why does a number alone not tell how long something is?"
model  = "A length is a number times a unit; without the unit the number could mean anything."
lines  = 3

[[comparison]]
id      = "unit-vs-quantity"
title   = "Unit and quantity"
between = ["unit", "quantity"]
make    = ["contrast", "which"]

[[comparison.row]]
id       = "what-it-is"
aspect   = "What it is"
unit     = "A fixed amount to measure in"
quantity = "What is measured"

[[comparison.row]]
id       = "example"
aspect   = "Example"
unit     = "metre"
quantity = "the length of this table"

[[misconception]]
id         = "kilogram-is-weight"
claim      = "The kilogram is the unit of weight."
verdict    = "misleading"
correction = "It is the unit of mass; weight is a force, and its unit is the newton."
sources    = ["bipm 2.3.1"]
"""

_SHEETS = """\
#:schema ../schema/cards.json

[[sheet]]
id       = "measuring"
title    = "Measuring"
outputs  = ["paper", "quiz"]  # "quiz" puts it on the web site, with its answers; without it a sheet is for paper alone
from     = ["measuring"]
versions = 2
seed     = 1
"""

#: The files of cards by their names.
_COURSE = {
    "cards/sources.toml": _SOURCES,
    "cards/measuring.toml": _CARDS,
    "cards/sheets.toml": _SHEETS,
}

_IGNORE = """\
dist/
.deckgen/
"""

# Both sides' lines are kept in a merge; deckgen sorts out lines that are there twice.
_ATTRIBUTES = """\
deckgen.lock merge=union
"""


#: What is to be learned, by the kind of project.
_FILES = {
    "course": _COURSE,
    "vocabulary": starter_vocabulary.CARDS,
    "geography": starter_geography.CARDS,
    "exam": starter_exam.CARDS,
}
#: What a kind of project has at the end of the files that every new one has.
_MORE = {"exam": {"deckgen.toml": starter_exam.SETTINGS, ".gitignore": starter_exam.IGNORE}}


def project_id(name: str, letters: Iterable[str]) -> str:
    """Return the id of a new project: the name of its folder, to be readable, and letters that nobody else has."""
    return f"{slug(name)[:_LONGEST].strip('-') or 'course'}-{''.join(letters)}"


def starter(id_: str, title: str, kind: str = "course") -> dict[str, str]:
    """Return the files of a new project of a kind by their names: `course`, `vocabulary`, `geography` or `exam`."""
    more = _MORE.get(kind, {})
    return {name: text + more.get(name, "") for name, text in frame(id_, title).items()} | _FILES[kind]


def frame(id_: str, title: str, license_: str = "CC-BY-4.0") -> dict[str, str]:
    """Return the files that every new project has, by their names."""
    return {
        "deckgen.toml": _PROJECT.format(id=_quoted(id_), title=_quoted(title), license=_quoted(license_)),
        ".gitignore": _IGNORE,
        ".gitattributes": _ATTRIBUTES,
        **{f"schema/{kind}.json": schema_text(kind) for kind in KINDS},
    }


def _quoted(text: str) -> str:
    """Write a TOML basic string; JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False)
