"""Sheet, key, answer sheet, screen and card agree on every question with parameters, and all of them are right.

What is right is found from the printed words, by `right.py`, without any code of deckgen's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from typer.testing import CliRunner

from anki_judge import collection, import_package, render_card
from deckgen import sheet, web
from deckgen.cli.app import app
from deckgen.cli.session import compile_at
from deckgen.core import Course
from deckgen.templating.own import templates_of
from parameters.right import Seen, on_paper, right, solution, visible

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAM = Path(__file__).parent / "exam"
TEMPLATES = templates_of({})
KEY_CELL = re.compile(r"<td>(.*?)</td>", re.DOTALL)


def with_seeds(folder: Path, seeds: range, *, versions: int = 1, outputs: str = '["paper"]') -> Course:
    """Compile the exam with a sheet for each seed."""
    text = (EXAM / "cards/exam.toml").read_text(encoding="utf-8")
    items, _, _ = text.partition("[[sheet]]")
    sheets = "".join(
        f'[[sheet]]\nid = "s{seed}"\ntitle = "S"\nseed = {seed}\nfrom = ["Numbers"]\nversions = {versions}\n'
        f'outputs = {outputs}\nfeedback = "final"\n'
        for seed in seeds
    )
    (folder / "cards").mkdir()
    (folder / "deckgen.toml").write_bytes((EXAM / "deckgen.toml").read_bytes())
    (folder / "cards/exam.toml").write_text(items + sheets, encoding="utf-8")
    compiled, _, found = compile_at(folder)
    assert found == []
    assert compiled.course is not None
    return compiled.course


def printed_key(page: str) -> Iterator[list[str]]:
    """Yield the rows of the marking table of a key: what each version's question is answered by."""
    table = page[page.index('<table class="marks">') : page.index('<section class="full">')]
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", table, re.DOTALL):
        yield [
            visible(re.sub(r"<bdi>±.*?</bdi>|<bdi>\d+ sig.*?</bdi>", "", cell))
            for cell in KEY_CELL.findall(row)
        ]


def check_papers(files: dict[str, bytes], name: str, versions: str) -> set[str]:
    """Compare the versions of a sheet with its key and its answer sheets; return all prompts."""
    key = files[f"sheets/{name}/key.html"].decode()
    rows = list(printed_key(key))
    entries = {
        visible(number).replace(" ", ""): visible(article.partition("</p>")[2])
        for article in key.split("<article ")[1:]
        for number in re.findall(r"<span>(.*?)</span>", article.partition("</p>")[0])
    }
    prompts: set[str] = set()
    places: set[int] = set()
    for column, version in enumerate(versions):
        asked = on_paper(files[f"sheets/{name}/{version}.html"].decode())
        assert len(asked) == 10
        filled = json.loads(files[f"answer-sheets/{name}/{version}.json"])
        bubbles = {each["number"]: each for each in filled["questions"]}
        for number, (seen, row) in enumerate(zip(asked, rows, strict=True), 1):
            wanted = solution(seen)
            said = row[column].lower() if seen.id == "parity" else row[column].removesuffix(" cm²").strip()
            assert said == wanted, (name, version, seen)
            # The second part of the key has an entry with the numbers of this version.
            entry = entries[f"{version if len(versions) > 1 else ''}{number}"]
            assert seen.id == "twice" or seen.prompt in entry, (name, version, number)
            prompts.add(f"{seen.prompt} {sorted(seen.options)}")
            assert (number in bubbles) == (seen.id not in ("remainder", "twice"))
            if number in bubbles:
                assert bubbles[number]["id"] == seen.id
                letters = [letter for part in bubbles[number]["right"] for letter in part]
                assert ("".join if "answer" in bubbles[number] else ", ".join)(letters) == wanted
                assert bubbles[number].get("answer", wanted) == wanted
                if "answer" in bubbles[number]:
                    places.add(len(bubbles[number]["right"]))
    # No version shows by a column for a sign that its own numbers are negative.
    assert len(places) == 1
    return prompts


def test_papers_agree_with_what_is_printed_on_them(tmp_path: Path) -> None:
    """In fifty seeds and two versions of each: sheet, key, and answer sheet; and numbers are not always the same."""
    course = with_seeds(tmp_path, range(50), versions=2)
    files = sheet.export(course, TEMPLATES, {})
    prompts = set().union(*(check_papers(files, f"s{seed}", "AB") for seed in range(50)))
    assert len(prompts) > 300


@pytest.mark.long
def test_a_thousand_seeds_ask_nothing_impossible(tmp_path: Path) -> None:
    """In a thousand seeds sheet, key and answer sheet are right."""
    course = with_seeds(tmp_path, range(1000))
    for start in range(0, 1000, 100):
        some = {f"s{seed}" for seed in range(start, start + 100)}
        part = msgspec.structs.replace(
            course, sheets=tuple(each for each in course.sheets if each.id in some)
        )
        files = sheet.export(part, TEMPLATES, {})
        for name in some:
            check_papers(files, name, "A")


# ---- On a screen

#: Begins an attempt by a button; returns what its ten questions look like, and goes back to the first.
LOOK = """(button) => {
  const click = (id) => document.getElementById(id).click();
  if (button) click(button);
  const looks = [];
  for (let at = 0; at < 10; at++) {
    const form = document.querySelector("form.question.shown");
    const texts = (selector) => [...form.querySelectorAll(selector)].map((each) => each.textContent);
    const kind = form.dataset.kind;
    const select = form.querySelector("select");
    looks.push({
      id: form.dataset.id, prompt: form.querySelector(kind === "cloze" ? ".gaps" : "legend > .prompt").textContent,
      options: texts("fieldset :is(.option, .entries > li) > .text"), left: texts(".pairs .text"),
      choices: select ? [...select.options].slice(1).map((each) => each.text) : [],
    });
    if (at < 9) click("primary");
  }
  for (let at = 0; at < 9; at++) click("back");
  return looks;
}"""
#: Answers them: with places of options, an order, places of partners, or texts; returns the score.
ANSWER = """(answers) => {
  for (const answer of answers) {
    const form = document.querySelector("form.question.shown");
    const all = (selector) => [...form.querySelectorAll(selector)];
    const entries = form.querySelector(".entries");
    const tell = (input) => input.dispatchEvent(new Event(input.tagName === "SELECT" ? "change" : "input", {bubbles: true}));
    if (entries) {
      const order = answer.map((place) => [...entries.children][place]);
      entries.append(order[1], order[0], ...order.slice(2));
      entries.firstElementChild.querySelector(".move[value='1']").click();
    } else if (all(".option").length) {
      for (const place of answer) all(".option input")[place].click();
    } else if (all("select").length) {
      all("select").forEach((select, at) => { select.selectedIndex = answer[at] + 1; tell(select); });
    } else {
      all("fieldset input").forEach((input, at) => { input.value = answer[at]; tell(input); });
    }
    document.getElementById("primary").click();
  }
  return document.getElementById("score").textContent;
}"""


def answer_of(look: dict[str, Any]) -> list[Any]:
    """Return the right answer to a question, found from what it shows."""
    options = tuple(map(visible, look["options"] or look["choices"]))
    seen = Seen(look["id"], visible(look["prompt"]), options, tuple(map(visible, look["left"])))
    what = right(seen)
    match seen.id:
        case "product" | "multiples":
            return [place for place, text in enumerate(options) if text in what]
        case "parity":
            return [0 if what else 1]
        case "by-size":
            return [options.index(text) for text in what]
        case "squares":
            return [options.index(what[left]) for left in seen.left]
        case "twice":
            return list(what)
    return [what]


def run_attempts(page: Page, path: Path, count: int) -> list[dict[str, str]]:
    """Answer a quiz rightly so often; return what each attempt asks by id."""
    page.goto(path.as_uri())
    attempts = []
    for attempt in range(count):
        looks = page.evaluate(LOOK, "startover" if attempt else "begin")
        assert page.evaluate(ANSWER, [answer_of(look) for look in looks]) == "10 / 10"
        attempts.append({look["id"]: visible(look["prompt"]) for look in looks})
    return attempts


def quiz(folder: Path) -> Path:
    """Write the quiz page of the exam, and return its path."""
    course = with_seeds(folder, range(1), outputs='["quiz"]')
    (folder / "quiz.html").write_bytes(web.export(course, TEMPLATES, {})["web/s0.html"])
    return folder / "quiz.html"


def test_each_attempt_on_a_screen_has_other_numbers(tmp_path: Path, page: Page) -> None:
    """What is right of what is shown earns all points, in each attempt; after eight they begin again."""
    attempts = run_attempts(page, quiz(tmp_path), 9)
    for id_ in attempts[0]:
        asked = [attempt[id_] for attempt in attempts]
        # Not all of the numbers are in the prompts of `by-size` and `squares`.
        assert len(set(asked[:8])) >= 4, asked
        assert asked[8] == asked[0]


def test_a_page_keeps_the_numbers_of_an_attempt_over_a_reload(tmp_path: Path, page: Page) -> None:
    """Who is in the second attempt goes on with its numbers."""
    path = quiz(tmp_path)
    run_attempts(page, path, 1)
    before = page.evaluate(LOOK, "startover")
    page.reload()
    assert page.evaluate(LOOK, "") == before


@pytest.mark.long
def test_a_thousand_attempts_are_right_on_a_screen(tmp_path: Path, page: Page) -> None:
    """In 125 seeds all eight attempts earn all points for what is right of what is shown."""
    course = with_seeds(tmp_path, range(125), outputs='["quiz"]')
    files = web.export(course, TEMPLATES, {})
    for each in course.sheets:
        (tmp_path / "quiz.html").write_bytes(files[f"web/{each.id}.html"])
        page.goto((tmp_path / "quiz.html").as_uri())
        page.evaluate("localStorage.clear()")
        assert len({*map(str, run_attempts(page, tmp_path / "quiz.html", 8))}) == 8


# ---- In Anki


def built(folder: Path, more: str = "") -> Path:
    """Build the exam in a folder, with further keys of its sheet."""
    (folder / "cards").mkdir(parents=True)
    (folder / "deckgen.toml").write_bytes((EXAM / "deckgen.toml").read_bytes())
    text = (EXAM / "cards/exam.toml").read_text(encoding="utf-8")
    (folder / "cards/exam.toml").write_text(text + more, encoding="utf-8")
    result = CliRunner().invoke(app, ["build", "-C", str(folder)], env={"SOURCE_DATE_EPOCH": "1700000000"})
    assert result.exit_code == 0, result.output
    return folder


def told_by_a_note(fields: dict[str, str]) -> tuple[Seen, Any]:
    """Return what a note asks, and what it says is right."""
    id_ = fields["Id"]

    def texts(field: str, pattern: str) -> tuple[str, ...]:
        return tuple(visible(found) for found in re.findall(pattern, fields[field]))

    if id_ == "twice":
        gaps = re.findall(r"\{\{c\d::(.*?)\}\}", fields["Text"])
        return Seen(id_, visible(fields["Text"].partition("{{")[0])), gaps
    if id_ == "parity":
        return Seen(id_, visible(fields["Statement"])), fields["True"] == "true"
    options: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    says: Any = visible(fields.get("Answer", ""))
    if id_ in ("product", "multiples"):
        options = texts("Options", r'<div class="text">(.*?)</div>')
        says = set(texts("Options", r'<li class="right"><div class="text">(.*?)</div>'))
    elif id_ == "by-size":
        options = texts("Entries", r'<div class="text">(.*?)</div>')
        says = list(texts("Order", r'<div class="text">(.*?)</div>'))
    elif id_ == "squares":
        left = texts("Pairs", r'<th scope="row"><div class="text">(.*?)</div>')
        says = dict(zip(left, texts("Pairs", r'<td[^>]*><div class="text">(.*?)</div>'), strict=True))
    return Seen(id_, visible(fields["Question"]), options, left), says


def test_cards_are_right_and_stay_as_they_are(tmp_path: Path, page: Page) -> None:
    """What a note says is right of what it asks, which is what a first attempt asks; no seed changes it."""
    one = built(tmp_path / "one")
    other = built(tmp_path / "other", "seed = 77\ntime = 20\n")
    assert (one / "deckgen.lock").read_bytes() == (other / "deckgen.lock").read_bytes()
    first = run_attempts(page, quiz(tmp_path), 1)[0]
    with collection() as col:
        import_package(col, one / "dist/anki/Numbers.apkg")
        notes = [dict(col.get_note(note).items()) for note in col.find_notes("")]
        backs = [render_card(col, card)[1] for card in col.find_cards("Id:z-score")]
    assert len(notes) == 10
    for fields in notes:
        seen, says = told_by_a_note(fields)
        assert says == right(seen), fields["Id"]
        assert first[seen.id].startswith(seen.prompt)
        if seen.id == "z-score":
            assert says in backs[0]
