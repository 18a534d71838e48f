"""Templates of a project: their mistakes are reported with file and line, and never as a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from deckgen import core, sheet, web
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.anki.notetypes import note_types
from deckgen.cli.starter import starter
from deckgen.diagnostics import Diagnostic, Severity
from deckgen.pipeline.card_mistakes import card_mistakes
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build
from deckgen.reading import read_project
from deckgen.templating import Templates, read_folder, shipped_folder
from deckgen.templating.mistakes import mistake
from deckgen.templating.own import check, templates_of
from deckgen.text import Medium, Renderer
from engine.projects import write_files
from sheet.quizzes import showcase

SHIPPED = read_folder(shipped_folder())


def reports(own: dict[str, str]) -> list[str]:
    """Return what is said of own templates (by name): `file:line:column: message (help)`."""
    templates = templates_of({f"templates/{name}": text for name, text in own.items()})
    found = check(templates)
    if not any(each.severity is Severity.ERROR for each in found):
        found += come_to_light(showcase(), templates)
    return [as_line(each) for each in found]


def come_to_light(course: core.Course, templates: Templates) -> list[Diagnostic]:
    """Fill in all templates, and return what is wrong with them."""
    try:
        writer = FieldWriter(course, Renderer(Medium.ANKI, lambda _: None), templates)
        assert [note(item, writer) for item in course.items]
        types = note_types(course.project, templates)
        sheet.export(course, templates, {})
        web.export(course, templates, {})
    except Exception as error:
        found = mistake(error, templates)
        if found is None:
            raise
        return [found]
    return card_mistakes(types, templates)


def as_line(found: Diagnostic) -> str:
    at = f":{found.place.span.line}:{found.place.span.column}" if found.place.span else ""
    return f"{found.place.file}{at}: {found.message}" + (f" ({found.help})" if found.help else "")


HEAD = "<!doctype html>\n"


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            {"sheet/page.html": HEAD + "<h1>{{ sheet.title }</h1>\n"},
            "templates/sheet/page.html:2:20: unexpected `}`",
        ),
        (
            {"sheet/page.html": HEAD + "{% if sheet %}\n"},
            (
                "templates/sheet/page.html:2:4: unexpected end of template. Jinja was looking for the following tags: "
                "`elif` or `else` or `endif`. The innermost block that needs to be closed is `if`"
            ),
        ),
        (
            {"sheet/page.html": HEAD + "{{ sheett.title }}"},
            "templates/sheet/page.html:2:4: `sheett` is undefined (did you mean `sheet`?)",
        ),
        (
            {"sheet/page.html": HEAD + "{{ sheet.titel }}"},
            "templates/sheet/page.html:2:10: `deckgen.core.sheet.Sheet object` has no attribute `titel`",
        ),
        (
            {"sheet/page.html": HEAD + "{{ sheet.title | inlin }}"},
            "templates/sheet/page.html:2:18: no filter named `inlin` (did you mean `inline`?)",
        ),
        (
            {"sheet/page.html": HEAD + '{% include "sheet/qestion.html" %}'},
            "templates/sheet/page.html:2:13: there is no template `sheet/qestion.html` (did you mean `sheet/question.html`?)",
        ),
        (
            {"sheet/page.html": HEAD + '{% include "sheet/page.html" %}'},
            "templates/sheet/page.html:2:1: the template uses itself without end",
        ),
        (
            {"sheet/page.html": HEAD + "{{ ''.__class__.__mro__ }}"},
            "templates/sheet/page.html:2:7: the sandbox forbids it: access to attribute `__class__` of `str` object is unsafe",
        ),
        (
            {"sheet/page.html": HEAD + "{{ sheet.versions.append(1) }}"},
            "templates/sheet/page.html:2:19: `int object` has no attribute `append`",
        ),
        (
            {"sheet/page.html": HEAD + "{{ 1 / 0 }}"},
            "templates/sheet/page.html:2:1: ZeroDivisionError: division by zero",
        ),
        (
            {"sheet/page.html": HEAD + "{% for n in range(10000000) %}{% endfor %}"},
            "templates/sheet/page.html:2:1: OverflowError: Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)",
        ),
        (
            {"sheet/footer.css": "{% macro foot(left) %}{% endmacro %}"},
            "templates/sheet/footer.css: the template `sheet/footer.css` (imported on line",
        ),
        (
            {"sheet/footer.css": "\n{% macro footer() %}{% endmacro %}"},
            "templates/sheet/footer.css:2:10: macro `footer` takes no",
        ),
        (
            {"web/quiz.html": '{% extends "web/page.html" %}\n{% block main %}{{ say("web-begn") }}{% endblock %}'},
            "templates/web/quiz.html:2:25: there is no word `web-begn` (did you mean `web-begin`?)",
        ),
        (
            {"anki/choice/front.html": "[[ task ]]\n{{Optoins}}"},
            "templates/anki/choice/front.html:2:1: found `{{Optoins}}`, but there is no field called `Optoins` (did you mean `Options`?)",
        ),
        (
            {"anki/choice/front.html": "{{Options}}\n{{#Hint}}"},
            "templates/anki/choice/front.html: missing `{{/Hint}}`",
        ),
        (
            {"anki/choice/fields.html": "[% macro options(a, b, c) %]\n[[ a.b.c ]][% endmacro %]"},
            "templates/anki/choice/fields.html:2:6: `list object` has no attribute `b`",
        ),
        (
            {"sheet/quesiton.html": "never used"},
            (
                "templates/sheet/quesiton.html: `templates/sheet/quesiton.html` does not replace any template"
                " (did you mean `templates/sheet/question.html`?)"
            ),
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_where_it_stands(own: dict[str, str], message: str) -> None:
    """Syntax, names, filters, pieces that are missing, the sandbox, what Anki would refuse: the author's own line."""
    (found,) = reports(own)
    assert found.startswith(message), found


def test_all_mistakes_of_syntax_are_reported_at_once() -> None:
    """Not only the one that is met first."""
    own = {"sheet/page.html": "{{", "web/quiz.html": "{% x %}", "anki/open/front.html": "[[ a b ]]"}
    assert [each.partition(":")[0] for each in reports(own)] == [f"templates/{name}" for name in sorted(own)]


def test_whatever_is_wrong_is_reported_at_the_template() -> None:
    """Shipped templates with a slip in them, anywhere: either all is well, or a diagnostic names that file."""
    chance = random.Random(5)
    printing = core.Printing(flashcards=8, bubble_sheets=True)
    made = showcase()
    course = msgspec.structs.replace(made, project=msgspec.structs.replace(made.project, printing=printing))
    found: list[Diagnostic] = []
    for _ in range(50):
        name = chance.choice(sorted(SHIPPED))
        templates = templates_of({f"templates/{name}": with_a_slip(SHIPPED[name], chance)})
        mistakes = check(templates) or come_to_light(course, templates)
        assert {each.place.file for each in mistakes} <= {f"templates/{name}"}
        found += mistakes
    assert len({each.message for each in found}) > 10


def with_a_slip(text: str, chance: random.Random) -> str:
    """Take letters out, put some in, or break the text off."""
    at = chance.randrange(len(text) + 1)
    slips = ("{{", "}}", "{%", "%}", "{{ x.y }}", "[[ a ]]", "{#", "'", '"', "|", ".", " and ", "{{#a}}")
    return chance.choice(
        (
            text[:at] + text[at + chance.randrange(1, 6) :],
            text[:at] + chance.choice(slips) + text[at:],
            text[:at],
        )
    )


def test_our_own_mistakes_are_no_diagnostics() -> None:
    """What fails without a template of the project in it is an exception, as everywhere."""
    templates = Templates(SHIPPED | {"sheet/page.html": "{{ nothing }}"}, frozenset({"anki/_style.css"}))
    with pytest.raises(Exception, match="nothing"):
        come_to_light(showcase(), templates)


def test_a_piece_of_the_projects_own_is_no_misspelt_name() -> None:
    """A template that an override includes may have any name."""
    own = {
        "sheet/end.html": "<p>The end.</p>",
        "sheet/page.html": SHIPPED["sheet/page.html"] + '{% include "sheet/end.html" %}',
    }
    assert reports(own) == []


def test_scripts_of_pages_are_no_templates() -> None:
    """They are put in as they are: braces mean nothing in them."""
    assert reports({"web/start.js": "const a = {{}};"}) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in starter("sample", "Sample").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "templates/sheet").mkdir(parents=True)
    return tmp_path


def test_a_build_with_a_broken_template_writes_nothing(project: Path) -> None:
    """The mistake is an error like any other, with the text to quote from."""
    (project / "templates/sheet/page.html").write_text("{{ nothing }}")
    outcome = build(project, Options(now=1_790_000_000))
    assert [as_line(each) for each in outcome.diagnostics] == [
        "templates/sheet/page.html:1:4: `nothing` is undefined"
    ]
    assert outcome.snapshot.templates["templates/sheet/page.html"] == "{{ nothing }}"
    assert outcome.failed
    assert not (project / "dist").exists()


def test_copies_of_the_shipped_templates_change_nothing(project: Path) -> None:
    """Who copies templates out to start from gets the same bytes as before."""
    before = build(project, Options(now=1_790_000_000))
    made = {name: (project / "dist" / name).read_bytes() for name in before.outputs}
    for name, text in SHIPPED.items():
        (project / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "templates" / name).write_text(text, encoding="utf-8")
    after = build(project, Options(now=1_790_000_001))
    assert [as_line(each) for each in after.diagnostics] == []
    assert {name: (project / "dist" / name).read_bytes() for name in after.outputs} == made


def test_what_cannot_be_read_is_reported(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Other encodings, links out of the project, huge files, folders, loops; never an exception."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.html").write_text("secret")
    folder = project / "templates/sheet"
    (folder / "page.html").write_bytes("für".encode("latin-1"))
    (folder / "key.html").symlink_to(outside / "secret.html")
    (folder / "answer.html").symlink_to("answer.html")
    (folder / "lines.html").write_bytes(b"x" * 1_000_001)
    (folder / "question.html").mkdir()
    (folder / "open").symlink_to(outside)
    (folder / ".hidden.html").write_bytes(b"\xff")
    (folder / "notes.txt").write_bytes(b"\xff")
    snapshot, found = read_project(project)
    assert snapshot.templates == {}
    assert sorted((each.place.file, each.code, each.message.rpartition(": ")[2]) for each in found) == [
        ("templates/sheet/answer.html", "unreadable-file", "too many levels of symbolic links"),
        ("templates/sheet/key.html", "unreadable-file", "it is a link that leads out of the project"),
        ("templates/sheet/lines.html", "unreadable-file", "it has more than 1,000,000 bytes"),
        ("templates/sheet/open", "unreadable-file", "it is a link to a folder, which is not followed"),
        ("templates/sheet/page.html", "not-utf8", "byte 0xFC is not UTF-8"),
    ]


def test_a_folder_of_templates_outside_of_the_project_is_not_read(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Not even where the folder itself is the link."""
    (project / "templates/sheet").rmdir()
    (project / "templates").rmdir()
    (project / "templates").symlink_to(tmp_path_factory.mktemp("outside"))
    snapshot, found = read_project(project)
    assert snapshot.templates == {}
    assert [each.code for each in found] == ["unreadable-file"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "loops and macros take more than"),
        ("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}", "loops and macros take more than"),
        ("{{ 'x' * 1000000000 }}", "`*` would make more than"),
        ("{{ [1] * 1000000000 }}", "`*` would make more than"),
        ("{{ 9 ** 99999999 }}", "`**` would make a number of more than"),
    ],
)  # fmt: skip
def test_a_template_that_would_never_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    """Loops in loops, macros that double, and what makes much of little are errors with file and line."""
    monkeypatch.setattr("deckgen.templating.limits.MOST_STEPS", 200_000)
    write_files(tmp_path, starter("course", "Course"))
    write_files(tmp_path, {"templates/sheet/key.html": f"a\n{text}"})
    outcome = build(tmp_path, Options(now=1_790_000_000))
    assert {found.code for found in outcome.diagnostics} == {"template"}
    assert message in outcome.diagnostics[0].message
    assert outcome.diagnostics[0].place.file == "templates/sheet/key.html"
    assert outcome.diagnostics[0].place.span
    assert outcome.diagnostics[0].place.span.line == 2
