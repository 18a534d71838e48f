"""`deckgen check --advice`: advice beside mistakes, and never in their way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deckgen.cli.app import app

CARDS = (
    '[deck]\nname = "Sums"\n\n[[question]]\nid = "coin"\ntype = "choice"\nprompt = "Heads?"\n'
    'answer = "Heads"\ndistractors = ["Tails"]\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one question, which is a choice between two."""
    (tmp_path / "deckgen.toml").write_text('id = "sums"\ntitle = "Sums"\n', encoding="utf-8")
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards/a.toml").write_text(CARDS, encoding="utf-8")
    return tmp_path


def _check(project: Path, *options: str):
    return CliRunner().invoke(app, ["check", "-C", str(project), *options])


def test_advice_is_given_on_request_and_fails_nothing(project):
    """Without the option nothing is said; with it the advice, and exit code 0."""
    plain, advised = _check(project), _check(project, "--advice")

    assert (plain.exit_code, advised.exit_code) == (0, 0)
    assert "no mistakes in 1 file" in plain.output
    assert "advice[two-options]: a choice between two" in advised.output
    assert "1 piece of advice in 1 file" in advised.output


def test_programs_get_it_as_advice(project):
    """JSON, GitHub and SARIF have a word of their own for what is no mistake."""
    (found,) = json.loads(_check(project, "--advice", "--format", "json").stdout)["diagnostics"]
    assert found["severity"] == "advice"
    assert _check(project, "--advice", "--format", "github").stdout.startswith("::notice ")
    (run,) = json.loads(_check(project, "--advice", "--format", "sarif").stdout)["runs"]
    assert [result["level"] for result in run["results"]] == ["note"]


def test_a_project_with_mistakes_gets_no_advice(project):
    """Mistakes first: what cannot be built need not be polished."""
    (project / "cards/a.toml").write_text(CARDS + 'answr = "x"\n', encoding="utf-8")
    done = _check(project, "--advice")

    assert done.exit_code == 1
    assert "advice[" not in done.output


def test_where_all_is_followed_it_says_so(project):
    """Nothing to advise is worth a word."""
    (project / "cards/a.toml").write_text(CARDS.replace('["Tails"]', '["Tails", "Edge"]'), encoding="utf-8")

    assert "no mistakes and no advice in 1 file" in _check(project, "--advice").output
