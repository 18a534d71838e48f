"""What counts as right when it is typed: words in any case, numbers in any notation, exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from deckgen import core
from sheet.quizzes import course, head, whole
from web.conftest import files_of, put

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

NUMBERS = {
    ("8", "0", ""): {"8": True, "8.0": True, " 8 ": True, "+8": True, "8e0": True, "80e-1": True, "７": False, "８": True, "-8": False, "eight": False, "": False, "8 8": False},
    ("0.1", "0", ""): {"0.1": True, ".1": True, "0,1": True, "1e-1": True, "0.10000000000000001": False, "0.1000000000000000000": True},
    ("1234567", "0", ""): {"1234567": True, "1,234,567": True, "1.234.567": True, "1 234 567": True, "1'234'567": True, "1_234_567": True, "1234567.0": True, "1,234,56": False},
    ("1.5", "0", ""): {"1.5": True, "1,5": True, "1,500": True, "1.500": True, "15": False},
    ("1500", "0", ""): {"1500": True, "1,500": True, "1.500": True, "1.5": False},
    ("-40", "0", "°C"): {"-40": True, "−40": True, "-40 °C": True, "-40°c": True, "40": False, "−40 °F": False},
    ("299.8", "0.5", "km"): {"299.3": True, "300.3": True, "300.300": True, "299.29999999999999999999": False, "300.31": False, "300 km": True, "300 KM": True, "km": False},
    ("10", "1e-3", ""): {"10.001": True, "10.0011": False, "9.999": True},
    ("100000000000000000000000000000", "0", ""): {"1e29": True, "100000000000000000000000000001": False},
}  # fmt: skip
WORDS = {
    ("file descriptor", ("fd",)): {"file descriptor": True, "File  Descriptor.": True, "FD": True, "fd!": True, "file-descriptor": False, "descriptor": False, "": False},
    ("C++", ("C#",)): {"c++": True, "c#": True, "C": False},
    ("Müller’s “x”", ()): {"müller's \"x\"": True, "Mu\u0308ller’s ”x“": True, "Muller's x": False},
    ("Wh–at?", ()): {"wh-at?": True, "WH—AT": True},
    ("...", ()): {"...": True, ".": False, "": False},
    ("ﬁle", ()): {"file": True},
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One quiz of all these questions."""
    items: tuple[core.Item, ...] = tuple(
        core.Numeric(**head(f"n{place}"), prompt="How many?", answer=answer, tolerance=tolerance, unit=unit)
        for place, (answer, tolerance, unit) in enumerate(NUMBERS)
    )
    items += tuple(
        core.Short(**head(f"s{place}"), prompt="What?", answer=answer, accept=accept)
        for place, (answer, accept) in enumerate(WORDS)
    )
    return put(
        files_of(course(items, whole(items, order="source", versions=1))), tmp_path_factory.mktemp("typed")
    )


def judged(page: Page, kind: str, cases: list[tuple[Any, dict[str, bool]]]) -> dict[str, dict[str, bool]]:
    """Type every text into its question, and return how the quiz graded each."""
    answers = {f"{kind}{place}": list(typed) for place, (_, typed) in enumerate(cases)}
    # The page grades a stored answer as it would one just typed; a run for each answer would take minutes.
    results: dict[str, dict[str, bool]] = {id_: {} for id_ in answers}
    page.evaluate("localStorage.clear()")
    page.reload()
    page.click("#begin")
    run = page.evaluate("JSON.parse(localStorage.getItem('deckgen sample quiz'))")
    for round_ in range(max(map(len, answers.values()))):
        given = {id_: texts[round_] for id_, texts in answers.items() if round_ < len(texts)}
        state = {
            **run,
            "phase": "done",
            "ended": 1,
            "entries": {id_: {"value": [text]} for id_, text in given.items()},
        }
        page.evaluate("state => localStorage.setItem('deckgen sample quiz', JSON.stringify(state))", state)
        page.reload()
        if page.locator("#all").is_visible():
            page.click("#all")
        verdicts = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('form.question')].map(f => [f.dataset.id, f.dataset.verdict]))"
        )
        for id_, text in given.items():
            results[id_][text] = verdicts[id_] == "right"
    return results


@pytest.mark.parametrize(("kind", "cases"), [("n", NUMBERS), ("s", WORDS)], ids=["numbers", "words"])
def test_typed_answers(pages: Path, page: Page, kind: str, cases: dict[Any, dict[str, bool]]) -> None:
    """Numbers are compared as exact decimals, words without case, shape of quotes and dashes, and a full stop."""
    page.goto((pages / "quiz.html").as_uri())
    listed = list(cases.items())
    assert judged(page, kind, listed) == {f"{kind}{place}": typed for place, (_, typed) in enumerate(listed)}
