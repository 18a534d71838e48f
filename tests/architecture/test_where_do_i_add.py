"""Each row of "Where do I add …" in ARCHITECTURE.md, tried in a copy as the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anki_judge import collection, import_package, render_card

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.long

PROJECT = 'id = "trial"\ntitle = "Trial"\n'


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the code and the templates."""
    copy = tmp_path_factory.mktemp("copy") / "deckgen"
    for name in ("src", "templates", "tools", "schema", "docs", "tests/architecture"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def copy(pristine: Path, tmp_path: Path) -> Path:
    """Return a copy that may be changed, with a small project in `course/`."""
    there = tmp_path / "deckgen"
    shutil.copytree(pristine, there)
    write(there / "course/deckgen.toml", PROJECT)
    write(
        there / "course/cards/a.toml",
        '[deck]\nname = "A"\n\n[[question]]\nid = "one"\ntype = "short"\nprompt = "One?"\nanswer = "1"\n',
    )
    return there


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def change(path: Path, pattern: str, new: str) -> None:
    """Replace the one place in a file that a pattern finds."""
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(pattern, text)) == 1, (path, pattern)
    write(path, re.sub(pattern, new, text))


def deckgen(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copy on its project."""
    return python(copy, "-m", "deckgen", *arguments, "-C", str(copy / "course"))


def python(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(copy / "src"),
        "DECKGEN_CACHE": str(copy / "cache"),
        "NO_COLOR": "1",
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def test_add_a_rule(copy: Path) -> None:
    """A rule: one file, and `check`, `explain` and the list of rules know it."""
    write(
        copy / "src/deckgen/rules/shouting.py",
        '"""A prompt is written in capitals.\n\nIt reads as if somebody shouted.\n\nBad:\n    ```toml\n    x = 1\n    ```\n\nGood:\n    ```toml\n    x = 2\n'
        '    ```\n"""\n\nfrom deckgen.language.question import Short\nfrom deckgen.rules._rule import Rule\n\n'
        "RULE = Rule(__name__)\nKINDS = (Short,)\n\n\ndef check(item, at):\n    if item.prompt.isupper():\n"
        '        yield RULE.warning("a prompt in capitals", at.child("prompt"))\n',
    )
    change(copy / "course/cards/a.toml", r"One\?", "ONE?")
    done = deckgen(copy, "check")
    assert "warning[shouting]: a prompt in capitals" in done.stderr
    assert "a.toml:7:" in done.stderr
    explained = python(copy, "-m", "deckgen", "explain", "shouting")
    assert "written in capitals" in explained.stdout, explained.stderr


def test_add_a_piece_of_advice(copy: Path) -> None:
    """A piece of advice: one file, and `check --advice`, `explain` and the list of codes know it."""
    write(
        copy / "src/deckgen/advice/shouting.py",
        '"""A prompt is written in capitals.\n\nNBME: it reads as if somebody shouted.\n\nBad:\n    ```toml\n    x = 1\n    ```\n\n'
        'Good:\n    ```toml\n    x = 2\n    ```\n"""\n\nfrom deckgen.advice._rule import AdviceRule\n'
        "from deckgen.language.question import Short\n\nRULE = AdviceRule(__name__)\nKINDS = (Short,)\n\n\n"
        "def check(item, at, _settings):\n    if item.prompt.isupper():\n"
        '        yield RULE.advice("a prompt in capitals", at.child("prompt"))\n',
    )
    change(copy / "course/cards/a.toml", r"One\?", "ONE?")
    done = deckgen(copy, "check", "--advice")
    assert "advice[shouting]: a prompt in capitals" in done.stderr
    assert done.returncode == 0
    explained = python(copy, "-m", "deckgen", "explain", "shouting")
    assert "written in capitals" in explained.stdout, explained.stderr


def test_add_a_question_type(copy: Path) -> None:
    """A question type: one file and its name; it is in deck, sheet and quiz."""
    write(
        copy / "src/deckgen/language/question/yes_no.py",
        '"""`type = "yes-no"`: a question to answer by yes or no."""\n\nfrom deckgen import core\n'
        "from deckgen.language.annotations import Markdown\nfrom deckgen.language.question.common import Question\n"
        "from deckgen.language.setting import Setting\n\n\n"
        'class YesNo(Question, frozen=True, kw_only=True, tag="yes-no"):\n    """Say yes or no."""\n\n'
        "    prompt: Markdown\n    answer: bool\n\n    def lower(self, setting: Setting) -> core.Choice:\n"
        '        options = (core.Option("yes", right=self.answer), core.Option("no", right=not self.answer))\n'
        "        return core.Choice(prompt=self.prompt, options=options, **self.head(setting))\n",
    )
    module = copy / "src/deckgen/language/question/__init__.py"
    change(
        module,
        r"\nfrom deckgen\.language\.question\.true_false import TrueFalse\n",
        r"\g<0>from deckgen.language.question.yes_no import YesNo\n",
    )
    change(module, r"(AnyQuestion = .*)", r"\1 | YesNo")
    with (copy / "course/cards/a.toml").open("a") as cards:
        cards.write('\n[[question]]\nid = "two"\ntype = "yes-no"\nprompt = "Two?"\nanswer = true\n')
        cards.write(
            '\n[[sheet]]\nid = "quiz"\ntitle = "Quiz"\noutputs = ["paper", "quiz"]\nfrom = ["file:a"]\n'
        )
    done = deckgen(copy, "build")
    assert done.returncode == 0, done.stderr
    assert "notes     2" in done.stdout
    for page in ("sheets/quiz/A.html", "web/quiz.html"):
        assert "Two?" in (copy / "course/dist" / page).read_text()
    assert '"yes-no"' in deckgen_schema(copy)


def deckgen_schema(copy: Path) -> str:
    return python(copy, "-m", "deckgen", "schema", "cards").stdout


def test_add_something_else_to_write(copy: Path) -> None:
    """Something else to write: one file and its key; nothing is dropped in silence."""
    write(
        copy / "src/deckgen/language/fact.py",
        '"""`[[fact]]`: something to know."""\n\nimport msgspec\n\nfrom deckgen import core\n'
        "from deckgen.language.annotations import Id, Markdown, Sources, Tags, Was\n"
        "from deckgen.language.setting import Setting\n\n\n"
        "class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):\n"
        '    """A fact."""\n\n    id: Id\n    about: Markdown\n    fact: Markdown\n    sources: Sources = ()\n'
        "    tags: Tags = ()\n    was: Was = ()\n\n    def lower(self, setting: Setting) -> core.Item:\n"
        "        return core.Open(id=self.id, deck=setting.deck, file=setting.file, was=self.was,\n"
        "            tags=setting.with_tags(self.tags), citations=setting.cite(self.sources),\n"
        "            prompt=self.about, model=self.fact)\n",
    )
    module = copy / "src/deckgen/language/cards.py"
    change(
        module, r"\nfrom deckgen\.language\.misconception", r"\nfrom deckgen.language.fact import Fact\g<0>"
    )
    change(module, r"\n    sheet: tuple\[Sheet, \.\.\.\] = \(\)", r"\n    fact: tuple[Fact, ...] = ()\g<0>")
    with (copy / "course/cards/a.toml").open("a") as cards:
        cards.write('\n[[fact]]\nid = "three"\nabout = "Three"\nfact = "It is odd."\n')
    done = deckgen(copy, "build")
    assert done.returncode == 0, done.stderr
    assert "notes     2" in done.stdout
    change(copy / "course/cards/a.toml", 'about = "Three"', 'abuot = "Three"')
    wrong = deckgen(copy, "check")
    assert wrong.returncode == 1
    assert "did you mean `about`?" in wrong.stderr
    change(copy / "course/cards/a.toml", 'abuot = "Three"', 'about = ""\ntags = ["a b"]')
    wrong = deckgen(copy, "check")
    assert "error[empty-text]" in wrong.stderr
    assert "error[bad-tag]" in wrong.stderr


def test_add_a_target(copy: Path) -> None:
    """A target: one package and its name; it is incremental from its first day."""
    write(copy / "src/deckgen/plain/__init__.py", '"""Plain texts."""\n')
    write(
        copy / "src/deckgen/plain/target.py",
        '"""A list of all prompts."""\n\nfrom deckgen.engine.output import output\n\n\n'
        'def _listed(prompts):\n    return "\\n".join(prompts).encode()\n\n\nclass Plain:\n'
        "    waits = False\n\n    def prepare(self):\n        pass\n\n"
        "    def outputs(self, course, context):\n        for sheet in course.sheets:\n"
        '            prompts = [item.prompt for item in course.items if hasattr(item, "prompt")]\n'
        '            yield output(f"plain/{sheet.id}.txt", _listed, prompts)\n\n\nTARGET = Plain()\n',
    )
    change(copy / "src/deckgen/targets.py", r"NAMES = \(", '\\g<0>"plain", ')
    with (copy / "course/cards/a.toml").open("a") as cards:
        cards.write('\n[[sheet]]\nid = "quiz"\ntitle = "Quiz"\nfrom = ["file:a"]\n')
    listed = copy / "course/dist/plain/quiz.txt"
    for prompt in ("One?", "Uno?"):
        change(copy / "course/cards/a.toml", 'prompt = ".*"', f'prompt = "{prompt}"')
        done = deckgen(copy, "build")
        assert done.returncode == 0, done.stderr
        assert listed.read_text() == prompt
    (copy / "course/cards/a.toml").write_text("")
    deckgen(copy, "build")
    assert not listed.exists()


def test_add_a_command(copy: Path) -> None:
    """A command: one file and a line; `--help` lists it."""
    write(
        copy / "src/deckgen/cli/hello.py",
        '"""`deckgen hello`: greet."""\n\nimport typer\n\n\ndef hello() -> None:\n    """Greet.\n\n'
        '    Examples:\n        deckgen hello   greets\n    """\n    typer.echo("hello")\n',
    )
    app = copy / "src/deckgen/cli/app.py"
    change(app, r"\nfrom deckgen\.cli\.list import list_\n", r"\nfrom deckgen.cli.hello import hello\g<0>")
    change(app, r'\n    "templates": templates,', r'\g<0>\n    "hello": hello,')
    assert python(copy, "-m", "deckgen", "hello").stdout == "hello\n"
    assert "hello" in python(copy, "-m", "deckgen", "--help").stdout


def test_add_a_kind_of_picture(copy: Path) -> None:
    """A kind of picture or sound: one table; what it is called then passes the check, and pages show it."""
    change(
        copy / "src/deckgen/media.py",
        r"\n\)\n\n_BY_EXTENSION",
        r'\n    MediaKind("BMP", ("bmp",), "image/bmp", re.compile(rb"BM"), is_compressed=False),\g<0>',
    )
    (copy / "course/media").mkdir()
    (copy / "course/media/a.bmp").write_bytes(b"BM....")
    change(copy / "course/cards/a.toml", r'"One\?"', '"![A square](media/a.bmp) One?"')
    write(copy / "course/cards/sheet.toml", '[[sheet]]\nid = "shown"\ntitle = "Shown"\nfrom = ["a"]\n')
    done = deckgen(copy, "build")
    assert done.returncode == 0, done.stderr
    page = copy / "course/dist/sheets/shown/A.html"
    assert 'src="data:image/bmp;base64,' in page.read_text(encoding="utf-8")


def test_add_a_way_to_type_a_number_or_a_word(copy: Path) -> None:
    """A way to type a number or a word: one file, and cards and pages grade by it."""
    change(copy / "templates/grader.js", r'ŧ: "t" \}', 'ŧ: "t", ƀ: "b" }')
    change(copy / "templates/grader.js", r"\[ßæœøłđħıŧ\]", "[ßæœøłđħıŧƀ]")
    sheet = '[[sheet]]\nid = "typed"\ntitle = "Typed"\nfrom = ["a"]\noutputs = ["quiz"]\n'
    write(copy / "course/cards/sheet.toml", sheet)
    done = deckgen(copy, "build")
    assert done.returncode == 0, done.stderr
    assert "[ßæœøłđħıŧƀ]" in (copy / "course/dist/web/typed.html").read_text(encoding="utf-8")
    with collection() as col:
        import_package(col, copy / "course/dist/anki/A.apkg")
        (card,) = col.find_cards("")
        assert "[ßæœøłđħıŧƀ]" in render_card(col, card)[1]


def test_add_a_format_of_diagnostics(copy: Path) -> None:
    """A format of diagnostics: one file and a line; `--format` takes it."""
    write(
        copy / "src/deckgen/diagnostics/count.py",
        '"""Diagnostics as a number."""\n\n\ndef count(report):\n    return f"{report.errors} {report.warnings}\\n"\n',
    )
    formats = copy / "src/deckgen/diagnostics/formats.py"
    change(
        formats,
        r'\n    "sarif": _sarif,',
        r'\g<0>\n    "count": lambda report, _: __import__("deckgen.diagnostics.count", fromlist=["x"]).count(report),',
    )
    change(copy / "course/cards/a.toml", 'answer = "1"', "")
    done = deckgen(copy, "check", "--format", "count")
    assert (done.returncode, done.stdout) == (1, "1 0\n"), done.stderr


def test_add_a_language(copy: Path) -> None:
    """A fixed word, a language: a catalogue, made by one command and translated by hand."""
    done = python(copy, "tools/catalogues.py", "it")
    assert done.returncode == 0, done.stderr
    catalogue = copy / "src/deckgen/locale/it/LC_MESSAGES/deckgen.po"
    text = catalogue.read_text(encoding="utf-8")
    context = 'msgctxt "anki-sources"'
    assert context in text
    text = re.sub(rf'({context}\nmsgid "[^"]*"\nmsgstr )""', r'\1"Fonti"', text)
    write(catalogue, text)
    assert python(copy, "tools/catalogues.py").returncode == 0
    printed = python(copy, "-c", 'from deckgen.words import words; print(words("it")["anki-sources"])')
    assert printed.stdout == "Fonti\n", printed.stderr


def test_add_a_core_kind(copy: Path) -> None:
    """A core kind: the test names each table and template that lacks it."""
    write(
        copy / "src/deckgen/core/essay.py",
        '"""Essay."""\n\nfrom deckgen.core.item import Item\n\n\nclass Essay(Item, frozen=True, kw_only=True):\n'
        '    """An essay."""\n\n    prompt: str\n\n    @property\n    def kind(self) -> str:\n        return "essay"\n',
    )
    module = copy / "src/deckgen/core/__init__.py"
    change(module, r"\nfrom deckgen\.core\.item", r"\nfrom deckgen.core.essay import Essay\g<0>")
    change(module, r'\n    "word",\n\)', r'\n    "word",\n    "essay",\n)')
    done = python(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture/test_core_kinds.py"
    )
    assert done.returncode == 1
    for named in ("deckgen.anki.kinds.KINDS", "deckgen.sheet.kinds.ARRANGE", "deckgen.web.quiz_page.WAYS"):
        assert f"{named} and deckgen.core.KINDS differ" in done.stdout
    assert "sheet/essay/question.html" in done.stdout, done.stdout
