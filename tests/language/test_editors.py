"""What editors say of right files: the TOML servers taplo and tombi, by the schemas that deckgen writes, say nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import deckgen.rules
from deckgen.cli.starter import starter
from deckgen.diagnostics.rule import docs_in
from deckgen.language.schema import KINDS, schema_text
from docs.pages import blocks

ROOT = Path(__file__).parents[2]
TAPLO = ROOT / "tests/web-tools/node_modules/.bin/taplo"
TOMBI = Path(sys.executable).with_name("tombi")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write all samples of right files that there are, each with its schema in its first line."""
    folder = tmp_path_factory.mktemp("editors")
    for kind in KINDS:
        write(folder / f"schema/{kind}.json", schema_text(kind))
    for name, text in starter("course", "Course").items():
        if name.endswith(".toml"):
            write(folder / name, text)
    shutil.copytree(ROOT / "cards", folder / "cards/ours")
    write(folder / "cards/web.toml", (ROOT / "tests/web/project/cards/all.toml").read_text("utf-8"))
    tables = [block.text for block in blocks(ROOT / "docs/spreadsheets.md") if block.language == "toml"]
    for number, text in enumerate(tables):
        write(folder / f"cards/spreadsheets-{number}.toml", text)
    for code, doc in docs_in(deckgen.rules).items():
        for number, example in enumerate(doc.good):
            if example.language == "toml" and not example.file.endswith("deckgen.toml"):
                write(folder / f"cards/rules/{code}-{number}.toml", example.text)
    for path in (folder / "cards").rglob("*.toml"):
        text = path.read_text("utf-8")
        depth = "../" * len(path.relative_to(folder).parents[:-1])
        first, _, rest = text.partition("\n")
        text = rest if first.startswith("#:schema") else text
        path.write_text(f"#:schema {depth}schema/cards.json\n{text}", "utf-8")
    return folder


def lint(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    files = sorted(path.relative_to(folder) for path in folder.rglob("*.toml"))
    assert len(files) > 50
    return subprocess.run(
        [*command, *files], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.skipif(not TAPLO.exists(), reason="tests/web-tools is not installed")
def test_taplo_finds_nothing_wrong(samples: Path) -> None:
    """Also where a question holds pairs, which it could not check by `prefixItems`."""
    done = lint([TAPLO, "lint"], samples)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr


@pytest.mark.skipif(not TOMBI.exists(), reason="tombi is not installed")
def test_tombi_finds_nothing_wrong(samples: Path) -> None:
    """It names the exact value where one is wrong, and here none is."""
    done = lint([TOMBI, "lint", "--offline"], samples)
    assert (done.returncode, "error" in done.stdout.lower()) == (0, False), done.stdout + done.stderr


@pytest.mark.skipif(not TAPLO.exists(), reason="tests/web-tools is not installed")
def test_taplo_sees_a_mistake(tmp_path: Path) -> None:
    """So its silence is worth something."""
    write(tmp_path / "schema/cards.json", schema_text("cards"))
    wrong = '[[question]]\nid = "a"\ntype = "matching"\nprompt = "p"\npairs = [["a"], ["b", "c"]]\n'
    write(tmp_path / "cards/a.toml", f"#:schema ../schema/cards.json\n{wrong}")
    done = subprocess.run(
        [TAPLO, "lint", "cards/a.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode
