"""TOML is read as its specification says: the public compliance suite, all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deckgen.toml import SyntaxProblem, decode, decode_bytes
from laws import all_hold
from toml.suite import Case, invalid, means, valid


def read(content: bytes) -> object:
    text = decode_bytes(content)
    return text if isinstance(text, SyntaxProblem) else decode(text)


def test_valid_files_mean_what_they_say() -> None:
    """Every valid file of the suite decodes to the values that belong to it."""
    all_hold(((case.name, case) for case in valid()), means_what_it_says)


def means_what_it_says(case: Case) -> None:
    value = read(case.content)
    assert means(value, case.more), value


def test_invalid_files_are_refused() -> None:
    """Every invalid file of the suite is refused, at a place that it has, in one plain line."""
    all_hold(((case.name, case) for case in invalid()), is_refused)


def is_refused(case: Case) -> None:
    problem = read(case.content)
    assert isinstance(problem, SyntaxProblem)
    lines = case.content.decode(errors="replace").split("\n")
    assert 1 <= problem.spot.line <= problem.spot.end_line <= len(lines)
    assert 1 <= problem.spot.column <= len(lines[problem.spot.line - 1]) + 1
    assert problem.spot[:2] < problem.spot[2:]
    for line in filter(None, (problem.message, problem.help, problem.also and problem.also[1])):
        assert "\n" not in line
        assert line.isprintable()
        assert not line.endswith(".")
    assert not problem.message[0].isupper()


def test_explanations_are_those_reviewed(expect_file: Callable[[Path, str], None]) -> None:
    """What is said of every invalid file of the suite is what was reviewed; `--rewrite` writes it anew."""
    report = []
    for case in invalid():
        problem = read(case.content)
        assert isinstance(problem, SyntaxProblem)
        spot = f"{problem.spot.line}:{problem.spot.column}-{problem.spot.end_line}:{problem.spot.end_column}"
        more = "".join(
            f"\n    {word}: {line}"
            for word, line in (("help", problem.help), ("also", problem.also and problem.also[1]))
            if line
        )
        report.append(f"{case.name} {spot}\n    {problem.message}{more}\n")
    expect_file(Path(__file__).parent / "explanations.txt", "\n".join(report))
