"""Rows of spreadsheets become what TOML would say, go the same way, and their mistakes stand at their cells."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.compiler.rows.places import Rows
from deckgen.diagnostics.locate import locate
from deckgen.language.cards import ROW_KINDS
from laws import law
from tables.make_files import FILES
from texts import compiled, deck, project

FILE = "data/t.csv"


def table(more: str, kind: str = "short", file: str = FILE) -> str:
    return deck("D", f'[[table]]\nfile = "{file}"\nas = "{kind}"\n{more}')


def items(toml: str, text: str) -> list[dict[str, Any]]:
    """Return what the rows of a CSV file become, without what is as always."""
    made = compiled({"t": toml}, {FILE: text.encode()})
    assert made.diagnostics == ()
    assert made.manuscript is not None
    found = []
    for entry in made.manuscript.items:
        value = msgspec.json.decode(msgspec.json.encode(entry.item))
        usual = {"type": value.get("type"), "points": 1, "corrects": ""}
        found.append(
            {key: part for key, part in value.items() if part not in ("", [], {}) and usual.get(key) != part}
        )
    return found


def reported(toml: str, text: str | bytes, file: str = FILE) -> list[str]:
    """Return what is wrong: `file:line:column cell code label`."""
    content = text if isinstance(text, bytes) else text.encode()
    snapshot = project({"t": toml}, {file: content})
    made = compiled({"t": toml}, {file: content})
    report = locate(made.diagnostics, snapshot.cards, Rows(snapshot.cards, snapshot.tables))
    return [
        f"{each.diagnostic.place.file}:{each.span.line if each.span else 0}"
        f":{each.span.column if each.span else 0} {each.diagnostic.place.cell or '-'} {each.diagnostic.code}"
        f" {each.diagnostic.label}".rstrip()
        for each in report.found
    ]


def test_a_row_is_what_toml_would_say():
    """Columns give keys, and other keys of the table are the same in every row."""
    assert items(
        table(
            'columns = { prompt = "Frage", answer = "Antwort", accept = "Auch" }\nsplit = "|"\ndifficulty = "easy"'
        ),
        "id,Frage,Antwort,Auch\na,What?,Lima,Ciudad| Los Reyes \n\nb, Who? ,Me,\n",
    ) == [
        {
            "id": "a",
            "prompt": "What?",
            "answer": "Lima",
            "accept": ["Ciudad", "Los Reyes"],
            "difficulty": "easy",
        },
        {"id": "b", "prompt": "Who?", "answer": "Me", "difficulty": "easy"},
    ]


def test_columns_that_are_called_like_keys_need_no_word():
    """Without `columns` each column is taken whose name is a key, and no other."""
    assert items(table(""), "Answer,ID,prompt,Remark\nx,a,P,none\n") == [
        {"id": "a", "prompt": "P", "answer": "x"}
    ]


def test_placeholders_stand_for_cells():
    """They are put into any text as data, once, and an id is spelt."""
    toml = table(
        'id = "capital-@{Land}"\nprompt = "Capital of *@{Land}*, \\\\@{x}?"\nanswer = "@{ Stadt }"\n'
        'deck = "D::@{Teil}"\ntags = ["part::@{Teil}", "@{Leer}"]'
    )
    made = compiled(
        {"t": toml}, {FILE: "Land;Stadt;Teil;Leer\nPerú;@{Teil};South America;\nOman;Maskat;Asia;\n".encode()}
    )
    assert made.diagnostics == ()
    assert made.course is not None
    assert [(each.id, each.deck, each.tags) for each in made.course.items] == [
        ("capital-peru", "D::South America", ("part::South-America",)),
        ("capital-oman", "D::Asia", ("part::Asia",)),
    ]
    first = made.course.items[0]
    assert (first.prompt, first.answer) == ("Capital of *Perú*, @{x}?", "@{Teil}")


def test_entries_of_arrays_have_columns_of_their_own():
    """`distractors.1` is the first one; empty cells are no entries, and deeper parts can be named."""
    toml = table(
        'columns = { prompt = "P", answer = "A", distractors.1 = "W1", "distractors.2.text" = "W2", distractors.2.why = "Y" }',
        "choice",
    )
    assert [
        each["distractors"] for each in items(toml, "id,P,A,W1,W2,Y\na,P,x,y,z,since\nb,Q,x,,z,since\n")
    ] == [
        ["y", {"text": "z", "why": "since", "misconception": "", "html": None}],
        [{"text": "z", "why": "since", "misconception": "", "html": None}],
    ]


def test_pairs_are_parted_twice():
    """Entries that are pairs are parted by the second word of `split`, `=` where there is none."""
    by_default = table('columns = { prompt = "P", pairs = "Q" }\nsplit = ";"', "matching")
    said = table('columns = { prompt = "P", pairs = "Q" }\nsplit = ["|", ":"]', "matching")
    pairs = [["22", "ssh"], ["80", "http"]]
    assert items(by_default, "id,P,Q\na,P,22 = ssh; 80=http\n")[0]["pairs"] == pairs
    assert items(said, "id,P,Q\na,P,22: ssh|80: http\n")[0]["pairs"] == pairs


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("id,prompt,answer\na,P,3.10\n", "3.10"),
        ('id,prompt,answer\na,P,"1,234.5"\n', "1234.5"),
        ("id;prompt;answer\na;P;3,10\n", "3.10"),
        ("id;prompt;answer\na;P;1.234,5\n", "1234.5"),
        ("id\tprompt\tanswer\na\tP\t−5\n", "-5"),
        ("id,prompt,answer\na,P,1/3\n", "1/3"),
    ],
)
def test_numbers_have_the_decimal_sign_of_the_file(text, answer):
    """Where `;` parts the cells the comma is the decimal sign; digits are kept as they are written."""
    assert items(table("", "numeric"), text)[0]["answer"] == answer


def test_the_decimal_sign_can_be_said():
    """`decimal` is for files that do not keep to it."""
    assert items(table('decimal = ","', "numeric"), 'id,prompt,answer\na,P,"3,5"\n')[0]["answer"] == "3.5"


def test_truth_and_whole_numbers_are_read():
    """`TRUE` is what spreadsheets write."""
    assert items(table("", "true-false"), "id,prompt,answer\na,P,TRUE\n")[0]["answer"] is True
    assert items(table("", "open"), "id,prompt,model,lines,points\na,P,M,7,2.5\n")[0] == {
        "id": "a", "prompt": "P", "model": "M", "lines": 7, "points": 2.5,
    }  # fmt: skip


def test_types_may_differ_from_row_to_row():
    """`as = "question"` with a column `type`: each row is read as its type wants it."""
    made = items(
        table('columns = { type = "T", prompt = "P", answer = "A", correction = "C" }', "question"),
        "id,T,P,A,C\na,short,P,TRUE,\nb,true-false,P,FALSE,Not so.\n",
    )
    assert [each["answer"] for each in made] == ["TRUE", False]


def test_every_kind_of_item_can_be_a_row():
    """Whatever can be written in TOML can be taken from a row; a comparison has its parts in columns."""
    assert {"short", "choice", "question", "concept", "misconception", "comparison"} <= set(ROW_KINDS)
    toml = table(
        'between = ["x", "y"]\ncolumns = { title = "T", row.1.id = "R", row.1.aspect = "A", row.1.x = "X", row.1.y = "Y" }',
        "comparison",
    )
    made = compiled(
        {"t": toml, "u": table("", "concept", "data/c.csv")},
        {
            FILE: b"id,T,R,A,X,Y\nxy,X and Y,use,Use,for x,for y\n",
            "data/c.csv": b"id,term,definition\nx,X,An x.\ny,Y,A y.\n",
        },
    )
    assert made.diagnostics == ()
    assert made.course is not None
    assert [each.id for each in made.course.items] == ["xy/use/contrast", "x", "y"]


def test_the_same_questions_are_the_same_course():
    """Nothing of an item tells that it came from a spreadsheet."""
    toml = deck(
        "D",
        *(f'[[question]]\nid = "q{n}"\ntype = "short"\nprompt = "P{n}"\nanswer = "{n}"\n' for n in range(3)),
    )
    rows = "id,prompt,answer\n" + "".join(f"q{n},P{n},{n}\n" for n in range(3))
    written, read = compiled({"t": toml}), compiled({"t": table("")}, {FILE: rows.encode()})
    assert written.course == read.course


def test_bare_names_lie_in_the_folder_of_media():
    """`media` goes before names without a folder, in Markdown too."""
    toml = table(
        'media = "media/flags/"\nprompt = "![Flag](@{F}) ![x](media/x.png)"\ncolumns = { answer = "A", hint = "H" }'
    )
    made = compiled({"t": toml}, {FILE: b"id,F,A,H\na,peru.png,Peru,![see](a.svg)\n"})
    assert sorted(each.message for each in made.diagnostics) == [
        "no picture `media/flags/a.svg`",
        "no picture `media/flags/peru.png`",
        "no picture `media/x.png`",
    ]


def test_a_bank_stays_private():
    """Rows of a bank are as private as what is written in it."""
    toml = deck("Exam", f'[[table]]\nfile = "{FILE}"\nas = "concept"', more="bank = true")
    public = deck("P", '[[misconception]]\nid = "m"\nclaim = "C"\ncorrection = "D"\ncorrects = "c"\n')
    made = compiled({"t": toml, "p": public}, {FILE: b"id,term,definition\nc,C,A c.\n"})
    assert [each.code for each in made.diagnostics] == ["bank-made-public"]


def test_sheets_draw_rows_by_file_deck_and_tag():
    """Selectors see rows as they see what is written in the file of cards."""
    toml = table('deck = "D::@{L}"\ntags = ["l::@{L}"]\nprompt = "P @{id}"\nanswer = "x"')
    for selector, count in (("file:t", 3), ("deck:D::1", 2), ("tag:l::2", 1)):
        sheet = f'[[sheet]]\nid = "s"\ntitle = "S"\nfrom = ["{selector}"]\n'
        made = compiled({"t": toml, "s": sheet}, {FILE: b"id,L\na,1\nb,1\nc,2\n"})
        assert made.diagnostics == ()
        assert made.course is not None
        assert len(made.course.sheets[0].sections[0].items) == count


def test_all_mistakes_are_told_at_their_cells():
    """Each in its own row and column, in one run; what the table itself says wrong is told there, once."""
    toml = table(
        'columns = { prompt = "P", answer = "A", distractors = "W" }\nsplit = "/"\ntags = ["t::@{T}"]\ndifficulty = "hardly"',
        "choice",
    )
    text = (
        "id,P,A,W,T\n"
        "a,What?,x,y/z,ok\n"
        "b,,x,y/z,ok\n"
        'A B,"two\nlines $\\squareroot{1}$",x,y/z,ok\n'
        "b,What?,#N/A,y/z,\n"
        "c,What?,x,,o<k\n"
        ",What else?,x,y/y,ok\n"
    )
    assert reported(toml, text) == [
        'cards/t.toml:10:14 - unknown-value did you mean "hard"?',
        "data/t.csv:3:3 row 3, column B missing-key `prompt` is missing here",
        "data/t.csv:4:1 row 4, column A malformed-id perhaps `b`?",
        "data/t.csv:5:8 row 4, column B bad-maths",
        "data/t.csv:6:9 row 5, column C cell-error",
        "data/t.csv:7:11 row 6, column D missing-key `distractors` is missing here",
        "data/t.csv:8:1 row 7, column A missing-id write `else` into the column `id`",
        "data/t.csv:8:15 row 7, column D duplicate-option",
    ]


def test_two_rows_of_one_id_are_told_together():
    """The second points at the first, in whatever column the id is made of."""
    toml = table('id = "@{Land}"\ncolumns = { prompt = "P", answer = "A" }')
    snapshot = project({"t": toml}, {FILE: b"P,A,Land\nx,y,Peru\n\nz,y,per\xc3\xba\n"})
    made = compiled({"t": toml}, dict(snapshot.tables))
    report = locate(made.diagnostics, snapshot.cards, Rows(snapshot.cards, snapshot.tables))
    (one,) = report.found
    assert (one.diagnostic.code, str(one.diagnostic.place.cell)) == ("duplicate-id", "row 4, column C")
    assert str(one.diagnostic.related[0].place.cell) == "row 2, column C"


def test_a_part_of_a_cell_is_pointed_at():
    """Where a cell holds several entries, the wrong one is underlined."""
    toml = table('split = "/"\ncolumns = { prompt = "P", answer = "A", tags = "T" }')
    assert reported(toml, "id,P,A,T\na,P,x,ok/o k\n") == [
        "data/t.csv:2:10 row 2, column D bad-tag perhaps `o-k`?"
    ]


@pytest.mark.parametrize(
    ("more", "text", "expected"),
    [
        ('columns = { prompt = "Aa" }', "id,P,A\n", "cards/t.toml:7:22 - unknown-column did you mean `A`?"),
        ('columns = { promt = "P", answer = "A" }', "id,P,A\n", "cards/t.toml:7:13 - unknown-key did you mean `prompt`?"),
        ('prompt = "@{Pp}"\nanswer = "x"', "id,P,A\n", "cards/t.toml:7:11 - unknown-column did you mean `P`?"),
        ('answr = "x"', "id,prompt\n", "cards/t.toml:7:1 - unknown-key did you mean `answer`?"),
        ("", "id,p,a\n", 'cards/t.toml:4:1 - unknown-column say which column each key is taken from: `columns = { prompt = "…" }`'),
        ("", "prompt,answer\nx,y\n", 'cards/t.toml:4:1 - missing-id write `id = "@{prompt}"`, if that column names each row for ever'),
        ("", "id,prompt,prompt\n", "data/t.csv:1:11 row 1, column C bad-header"),
        ("", "id,prompt,,answer\na,x,z,y\n", "data/t.csv:1:11 row 1, column C bad-header"),
        ("header = 3", "id,prompt,answer\n", "cards/t.toml:7:10 - bad-header"),
        ("", "id,prompt,answer\na,x,y,z\n", "data/t.csv:2:7 row 2, column D ragged-row this one has no column"),
        ("", "id,prompt,answer,hint\na,x,y\n", "data/t.csv:2:6 row 2, column D ragged-row"),
        ("", "", "cards/t.toml:5:8 - unreadable-table"),
        ("", 'id,prompt,answer\na,"x,y\n', "cards/t.toml:5:8 - unreadable-table"),
        ('sheet = "A"', "id,prompt,answer\n", "cards/t.toml:7:9 - unreadable-table"),
        ('encoding = "latin"', "id,prompt,answer\n", "cards/t.toml:7:12 - unknown-value"),
        ('was.b = "c"', "id,prompt,answer\na,x,y\n", "cards/t.toml:7:5 - unknown-was did you mean `a`?"),
        ("split = 3", "id,prompt,answer\na,x,y\n", "cards/t.toml:7:9 - wrong-type put it into quotes"),
        ('id = "@{hint}"', "hint,prompt,answer\n,x,y\n", "data/t.csv:2:1 row 2, column A missing-id nothing here to make it of"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_told_once(more, text, expected):
    """With its place: in the file of cards, or in the header."""
    assert reported(table(more), text) == [expected]


def test_a_table_that_cannot_be_read_brings_no_further_mistakes():
    """What its rows are called is not known, so that a reference to one is no mistake."""
    claim = '[[misconception]]\nid = "m"\nclaim = "C"\ncorrection = "D"\ncorrects = "c"\n'
    made = compiled({"t": table("", "concept"), "m": deck("M", claim)})
    assert [each.code for each in made.diagnostics] == ["unreadable-table"]


def test_former_ids_come_from_a_column_or_from_the_table():
    """A renamed row keeps its history by `was`, in either place."""
    toml = table('was.b = "old-b"\nwas.c = ["older-c", "old-c"]')
    assert [
        each.get("was") for each in items(toml, "id,prompt,answer,was\na,P,x,old-a\nb,Q,x,\nc,R,x,\n")
    ] == [
        ["old-a"],
        ["old-b"],
        ["older-c", "old-c"],
    ]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("el niño", "el-nino"),
        ("  C++ / C#", "c-c"),
        ("Straße 9", "strasse-9"),
        ("食べる", "i26144685af"),
        ("{食|た}べる", "i26144685af"),
        ("{a|b}", "a-b"),
        ("食べる!", "ie932ef6987"),
        ("Москва", "moskva"),
        ("to be", "to-be"),
        ("…", ""),
    ],
)
def test_ids_are_spelt_for_ever(text, id_):
    """What is spelt here is in the locks of projects: it never changes."""
    from deckgen.compiler.rows.spelt_id import spelt_id

    assert spelt_id(text) == id_


def test_a_doubtful_encoding_is_told_at_its_first_letter():
    """It is a warning: the rows are read all the same."""
    text = "id;prompt;answer\na;Czym pływa się?;łódź\n".encode("cp1250")
    assert reported(table(""), text) == ["data/t.csv:2:9 - doubtful-encoding is `³` right here?"]
    assert reported(table('encoding = "windows-1250"'), text) == []


def test_what_the_table_says_is_not_changed_by_its_rows():
    """A column adds to an array of the table in its own row only."""
    toml = table(
        'distractors = ["a", "b"]\ncolumns = { prompt = "P", answer = "A", distractors.3 = "W" }', "choice"
    )
    made = items(toml, "id,P,A,W\nx,P,1,c\ny,Q,1,\nz,R,1,d\n")
    assert [each["distractors"] for each in made] == [["a", "b", "c"], ["a", "b"], ["a", "b", "d"]]


NAMES = st.sampled_from(["id", "P", "A", "W", "", "a b", "@{P}"])
KEYS = st.sampled_from(
    [
        "prompt",
        "answer",
        "distractors",
        "distractors.1",
        "distractors.2.text",
        "distractors.1.2",
        "distractors.0",
        "distractors.99999999999",
        "id",
        "id.1",
        "was",
        "tags",
        "points",
        "type",
        "row.1.id",
        "row.1.x",
        ".",
        "pairs.1",
        "accept.2",
    ]
)
TEXTS = st.sampled_from(
    ["x", "@{P}", "@{", "\\\\@{P}", "@{Q}", "a;b=c", "1,5", "TRUE", "$x$", "![a](b.png)", "#N/A", " "]
)
VALUES = st.one_of(
    TEXTS.map(lambda text: f'"{text}"'), st.sampled_from(["1", "true", '["@{P}", "x"]', '{ html = "@{A}" }'])
)


@law(150)
@given(
    st.sampled_from([*ROW_KINDS, "nothing"]),
    st.dictionaries(KEYS, NAMES, max_size=5),
    st.dictionaries(
        st.sampled_from(
            ["id", "deck", "prompt", "answer", "tags", "split", "media", "header", "was", "row", "x"]
        ),
        VALUES,
    ),
    st.lists(st.lists(TEXTS, max_size=4), max_size=4),
)
def test_any_table_is_read_or_told(kind, columns, more, rows):
    """No table and no sheet ends the program, and each place that is told can be looked up."""
    listed = ", ".join(f"'{key}' = '{name}'" for key, name in columns.items())
    toml = table(
        "\n".join([f"columns = {{ {listed} }}", *(f"{key} = {value}" for key, value in more.items())]), kind
    )
    text = "\n".join(["id|P|A|W", *("|".join(row) for row in rows)]).encode()
    snapshot = project({"t": toml}, {FILE: text})
    made = compiled({"t": toml}, {FILE: text})
    report = locate(made.diagnostics, snapshot.cards, Rows(snapshot.cards, snapshot.tables))
    assert made.course is not None or report.errors
    assert all(each.diagnostic.place.table is None for each in report.found)


def test_every_format_gives_the_same_course():
    """Semicolons and Windows-1252, tabs, UTF-16, XLSX and ODS: the format of a list is no matter of its items."""
    more = 'id = "@{Spanish}"\nprompt = "@{English}?"\ncolumns = { answer = "Spanish", hint = "double" }\ndeck = "D::@{Lesson}"'
    text = "Lesson;Spanish;English;double\nanimals;perro;dog;6\nanimals;gato;cat;8\nanimals;pez;fish;10\n\n;casa;house;\n"
    files = {
        "data/a.csv": text.encode("cp1252"),
        "data/b.tsv": text.replace(";", "\t").encode(),
        "data/c.csv": ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-16-le"),
        "data/d.xlsx": (FILES / "libreoffice.xlsx").read_bytes(),
        "data/e.ods": (FILES / "libreoffice.ods").read_bytes(),
    }
    courses = []
    for file, content in files.items():
        sheet = 'sheet = "Lesson 2"\n' if file.endswith(("xlsx", "ods")) else ""
        made = compiled({"t": table(sheet + more, file=file)}, {file: content})
        assert [each.message for each in made.diagnostics] == ["Anki would call the deck `D::blank`"]
        assert made.manuscript is not None
        courses.append([entry.item for entry in made.manuscript.items])
    assert len(courses[0]) == 4
    assert all(course == courses[0] for course in courses)


def test_a_list_of_words_is_a_deck_of_words():
    """Sounds and pictures are files in the folder of `media`; what is missing is told at its cell."""
    toml = table(
        'id = "@{Spanish}"\nmedia = "media/words"\nsplit = "/"\n'
        'columns = { term = "Spanish", meaning = "English", sound = "mp3", examples.1 = "Example" }',
        "word",
    )
    text = "Spanish;English;mp3;Example\nel perro;dog/hound;perro.mp3;El {{perro}} come.\npez;fish;;\n"
    assert reported(toml, text) == ["data/t.csv:2:20 row 2, column C missing-media"]
    made = compiled({"t": toml}, {FILE: text.encode()})
    assert made.manuscript is not None
    first = made.manuscript.items[0].item
    assert (first.id, first.meaning, first.sound) == ("el-perro", ("dog", "hound"), "media/words/perro.mp3")


def test_notes_of_an_own_type_are_rows():
    """Their fields are keys like others."""
    kind = '[notetype.land]\nfields = ["name", "capital"]\n[[notetype.land.card]]\nid = "c"\nfront = "@{name}?"\nback = "@{capital}"\n'
    toml = table('type = "land"\ncolumns = { name = "Land", capital = "Stadt" }', "note")
    made = compiled({"t": toml, "k": kind}, {FILE: "id;Land;Stadt\nperu;Perú;Lima\n".encode()})
    assert made.diagnostics == ()
    assert made.manuscript is not None
    assert made.manuscript.items[0].item.fields == {"name": "Perú", "capital": "Lima"}
