"""A class from its list to its points: copies printed, a pile that fell down, marked."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.conftest import Ran
from cli.test_print import project
from marking import simulator
from marking.test_mark import csv_of

__all__ = ["project"]

pytest.importorskip("weasyprint")
DPI = 120


@pytest.mark.usefixtures("project")
@pytest.mark.long
def test_copies_of_a_class_come_together_again(deckgen: Callable[..., Ran], tmp_path: Path) -> None:
    """Pages of question and answer sheets in any order: each student's points, by name; who is not in the list is told."""
    cards = tmp_path / "course/cards/things.toml"
    # So many questions that a paper has two pages.
    more = "".join(
        f'[[question]]\nid = "m{n}"\ntype = "matching"\nprompt = "Which?"\n'
        "pairs = [" + ", ".join(f'["l{n}-{k}", "r{n}-{k}"]' for k in range(8)) + "]\n"
        for n in range(12)
    )
    cards.write_text(cards.read_text("utf-8").replace("[[sheet]]", f"{more}\n[[sheet]]"), "utf-8")
    done = deckgen("print", "exam", "--students", "class.csv", "--out", "copies", "-C", "course")
    assert done.code == 0, done.err
    [folder] = [path for path in (tmp_path / "copies").rglob("answer-sheets") if path.is_dir()]
    geometries = {
        made["code"]: made
        for made in (json.loads(path.read_text("utf-8")) for path in folder.rglob("*.json"))
    }
    chance = random.Random(5)
    machine = simulator.Machine(dpi=DPI)
    whose = {row["serial"]: row for row in csv_of(folder.parent / "copies.csv")}
    scans = []
    points = dict.fromkeys(whose, 0.0)
    blanks = simulator.printed((folder.parent / "copies.pdf").read_bytes(), DPI)
    for blank, text in zip(blanks, texts(folder.parent / "copies.pdf"), strict=True):
        found = re.search(r"· ([0-9A-Z]{4}) ·", text)
        geometry = geometries[found[1]] if found else None
        answers = geometry and "Fill the whole circle" in text
        if not answers or geometry is None:
            scans.append(simulator.taken(blank, machine, chance))
            continue
        number = int(re.search(r"Page (\d+) of", text)[1])  # type: ignore[index]
        serial = re.search(r"(?:Copy|No\.?) (\d+)", text)
        page = geometry["pages"][number - 1]
        said = {
            (question["number"], row): right if chance.random() < 0.6 else ["A"]
            for question in geometry["questions"]
            for row, right in enumerate(question["right"], start=1)
        }
        filled = simulator.filled(
            blank, geometry, page | {"student": []}, chance, simulator.PENS[0], simulator.Strange(double=0),
            lambda question, row, said=said: said[question["number"], row],
        )  # fmt: skip
        scans.append(simulator.taken(filled.picture, machine, chance))
        assert serial
        points[serial[1]] += sum(
            question["points"] / len(question["right"])
            for question in geometry["questions"]
            for row, right in enumerate(question["right"], start=1)
            if (question["number"], row) in filled.meant and said[question["number"], row] == right
        )
    chance.shuffle(scans)
    scans[0].save(tmp_path / "pile.tiff", save_all=True, append_images=scans[1:], compression="tiff_lzw")
    (tmp_path / "two.csv").write_text("number,name\n100001,Ada Lovelace\n31337,Παναγιώτης Ñandú\n", "utf-8")

    done = deckgen("mark", folder, "pile.tiff", "--students", "two.csv", "--out", "marked", "-C", "course")
    scores = csv_of(tmp_path / "marked/scores.csv")
    assert {row["serial"]: float(row["total"]) for row in scores} == pytest.approx(points, abs=0.01)
    assert {row["serial"]: row["student"] for row in scores} == {
        key: row["number"] for key, row in whose.items()
    }
    assert sorted(row["name"] for row in scores) == ["", "Ada Lovelace", "Παναγιώτης Ñandú"]
    assert "its student number 100002 is not in the list" in done.err
    assert done.code == 1


def texts(pdf: Path) -> list[str]:
    import subprocess

    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return said.stdout.split("\f")[:-1]
