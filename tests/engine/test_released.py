"""An upgrade of deckgen rewrites no learner's note: `tests/released/` holds what earlier versions left behind.

Each folder there is a project with the lock and the packages that the named commit made of it. Where a test here
says that a note would be updated although its project did not change, look at how its HTML differs: what only
dresses the author's text belongs into `deckgen.anki.same_content`; everything else must not change.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from anki_judge import collection, import_package
from deckgen.cli.app import app
from deckgen.identity import Lock, parse
from deckgen.text import Renderer

RELEASED = Path(__file__).parents[1] / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())
#: A month after the packages were made.
NOW = "1793000000"


def run(root: Path, *arguments: str, now: str = NOW) -> Result:
    env = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": now}
    result = CliRunner().invoke(app, [arguments[0], "-C", str(root), *arguments[1:]], env=env)
    assert result.exit_code == 0, result.output
    return result


def project(version: str, root: Path, *, with_packages: bool = True) -> Path:
    """Copy the project of a version, as its author has it after the last build."""
    shutil.copytree(RELEASED / version, root)
    if with_packages:
        (root / "dist").mkdir()
        (root / "packages").rename(root / "dist/anki")
    else:
        shutil.rmtree(root / "packages")
    return root


def lock_of(root: Path) -> Lock:
    lock = parse((root / "deckgen.lock").read_bytes())
    assert isinstance(lock, Lock)
    return lock


def stamps(root: Path) -> dict[str, int]:
    return {note.guid: note.mod for note in lock_of(root).notes}


def updates(version: str, root: Path) -> tuple[int, int, list[str]]:
    """Import the packages of a version and then those of the project; return new, conflicting, and updated notes."""
    with collection() as col:
        for package in sorted((RELEASED / version / "packages").glob("*.apkg")):
            import_package(col, package)
        new, conflicting, updated = 0, 0, []
        for package in sorted((root / "dist/anki").glob("*.apkg")):
            log = import_package(col, package)
            new, conflicting = new + len(log.new), conflicting + len(log.conflicting)
            updated += [re.sub("<[^>]*>", "", note.fields[0]) for note in log.updated]
        return new, conflicting, updated


@pytest.fixture
def renders_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render every text with other HTML that says the same."""
    block: Callable[..., str] = Renderer.block

    def dressed(self: Renderer, text: str) -> str:
        return (
            f'<div class="text better" dir="auto">{block(self, text).replace("<p>", "<p class=said>")}</div>'
        )

    def inline(self: Renderer, text: str) -> str:
        html = block(self, text)
        bare = html[3:-4] if html.startswith("<p>") and html.find("</p>") == len(html) - 4 else html
        return f'<span class="better">{bare}</span>'

    monkeypatch.setattr(Renderer, "block", dressed)
    monkeypatch.setattr(Renderer, "inline", inline)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_content_updates_nothing(version: str, tmp_path: Path) -> None:
    """Who has the decks of an earlier version gets nothing new from those that this one makes of the same project."""
    root = project(version, tmp_path / "project")
    before = stamps(root)
    result = run(root, "build")
    assert stamps(root) == before
    assert updates(version, root) == (0, 0, [])
    assert "warnings  0" in result.stdout
    run(root, "build", "--locked")


@pytest.mark.parametrize("version", VERSIONS)
def test_rendering_differently_updates_nothing(version: str, tmp_path: Path, renders_otherwise: None) -> None:
    """Other HTML goes into the packages, for new learners, and updates nobody's notes; `diff` counts them."""
    root = project(version, tmp_path / "project")
    before = stamps(root)
    result = run(root, "build")
    assert stamps(root) == before
    assert updates(version, root) == (0, 0, [])
    assert re.search(r"\d+ rendered differently, and not stamped", result.stdout)
    with collection() as col:
        for package in (root / "dist/anki").glob("*.apkg"):
            import_package(col, package)
        assert col.find_notes("better")
    again = run(root, "diff", "--format", "json").stdout
    looks = {note["id"] for note in json.loads(again)["notes"]["new_look"]}
    assert "formulas" in looks
    assert "other-scripts" in looks
    assert f"{len(looks)} notes would look different" in run(root, "diff").stdout.replace("\n    ", " ")


@pytest.mark.parametrize("version", VERSIONS)
def test_a_new_look_is_sent_on_demand(version: str, tmp_path: Path, renders_otherwise: None) -> None:
    """`--restamp` sends the note of one id, or all, as they are rendered now; then nothing is left to send."""
    root = project(version, tmp_path / "project")
    run(root, "build", "--restamp", "formulas")
    new, conflicting, updated = updates(version, root)
    assert (new, conflicting, len(updated)) == (0, 0, 1)
    run(root, "build", "--restamp", "*")
    assert len(updates(version, root)[2]) == len(lock_of(root).notes)
    assert json.loads(run(root, "diff", "--format", "json").stdout)["notes"]["new_look"] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_migrated_needs_no_package(
    version: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Once a lock knows what was written, other HTML stamps nothing, also where no package is left."""
    root = project(version, tmp_path / "project")
    run(root, "build")
    migrated, before = (root / "deckgen.lock").read_text(), stamps(root)
    shutil.rmtree(root / "dist")
    request.getfixturevalue("renders_otherwise")
    run(root, "build")
    assert stamps(root) == before
    assert (root / "deckgen.lock").read_text() == migrated
    assert updates(version, root) == (0, 0, [])


@pytest.mark.parametrize("version", VERSIONS)
def test_a_change_made_with_the_upgrade_arrives(
    version: str, tmp_path: Path, renders_otherwise: None
) -> None:
    """An edit between the last build of the former version and the first of this one is sent, and nothing else."""
    root = project(version, tmp_path / "project")
    texts = root / "cards/texts.toml"
    for before, after in (
        ("1,024", "1,025"),
        ('answer = "red"', 'answer = "crimson"'),
        ("`a`  | *b*", "`a`  | **b**"),
    ):
        texts.write_text(texts.read_text().replace(before, after))
    run(root, "build")
    new, conflicting, updated = updates(version, root)
    assert (new, conflicting) == (0, 0)
    assert sorted(text.split()[0] for text in updated) == ["What", "Which"]


@pytest.mark.parametrize("version", VERSIONS)
def test_without_a_package_no_change_is_lost(version: str, tmp_path: Path, renders_otherwise: None) -> None:
    """Where nobody can tell whether a text changed, its note is stamped again, and that is said once."""
    root = project(version, tmp_path / "project", with_packages=False)
    before = stamps(root)
    result = run(root, "build")
    assert "warning[older-lock]" in result.stderr
    changed = [note.id for note in lock_of(root).notes if note.mod != before[note.guid]]
    assert f"{len(changed)} notes are stamped again" in result.stderr
    assert len(updates(version, root)[2]) == len(changed)
    assert "older-lock" not in run(root, "build").stderr
    # With the packages, nothing of it would have been.
    shutil.copy(RELEASED / version / "deckgen.lock", root / "deckgen.lock")
    packages = sorted((RELEASED / version / "packages").glob("*.apkg"))
    run(root, "build", *[word for path in packages for word in ("--former", str(path))])
    assert stamps(root) == before


@pytest.mark.parametrize("version", VERSIONS)
def test_a_lost_lock_is_made_of_its_packages(version: str, tmp_path: Path, renders_otherwise: None) -> None:
    """Also where the lock is lost: the packages of the last build tell what was given."""
    root = project(version, tmp_path / "project")
    before = stamps(root)
    (root / "deckgen.lock").unlink()
    run(root, "build")
    assert stamps(root) == before
    assert updates(version, root) == (0, 0, [])
