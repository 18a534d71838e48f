"""What rows of spreadsheets cost: the same questions from TOML, CSV, XLSX and ODS, as ratios within this run.

`python bench/rows.py [--rows 10000] [--runs 5]`; XLSX and ODS are written here, as spreadsheet programs do.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))

from measure import Program, in_turn
from run import cold_start, deckgen

COLUMNS = ("id", "prompt", "answer", "distractors.1", "distractors.2", "distractors.3", "explanation")
#: CPU time of a cold build, over that of the same questions in TOML.
BOUND = 1.3


def rows(count: int) -> list[tuple[str, ...]]:
    """Return questions, a row each."""
    return [
        (
            f"q-{n}",
            f"Which of these *numbers* is {n} and {n % 7}, if `{n}()` is called?",
            f"{n + n % 7} of them",
            *(f"{n + step} of them" for step in (8, 9, 10)),
            f"Adding {n % 7} to {n} gives {n + n % 7}, and nothing else.",
        )
        for n in range(count)
    ]


def write_projects(folder: Path, count: int) -> dict[str, Path]:
    """Write a project for each format."""
    data = rows(count)
    written = {}
    for form in ("toml", "csv", "xlsx", "ods"):
        root = written[form] = folder / form
        for name in ("cards", "data"):
            (root / name).mkdir(parents=True)
        (root / "deckgen.toml").write_text('id = "bench-k3v9"\ntitle = "Bench"\nversion = "1"\n')
        keys = ", ".join(f'{key} = "{key}"' for key in COLUMNS[1:])
        table = f'[[table]]\nfile = "data/q.{form}"\nas = "choice"\ncolumns = {{ {keys} }}\n'
        cards = "\n".join(map(question, data)) if form == "toml" else table
        (root / "cards/q.toml").write_text(f'[deck]\nname = "Bench"\n\n{cards}', "utf-8")
        if form == "csv":
            lines = "\n".join(
                ",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in (COLUMNS, *data)
            )
            (root / "data/q.csv").write_text(lines + "\n", "utf-8")
        elif form != "toml":
            {"xlsx": write_xlsx, "ods": write_ods}[form](root / f"data/q.{form}", [COLUMNS, *data])
    return written


def question(row: tuple[str, ...]) -> str:
    """Return a row as TOML."""
    id_, prompt, answer, *wrong, explanation = row
    options = ", ".join(f'"{each}"' for each in wrong)
    return (
        f'[[question]]\nid = "{id_}"\ntype = "choice"\nprompt = "{prompt}"\nanswer = "{answer}"\n'
        f'distractors = [{options}]\nexplanation = "{explanation}"\n'
    )


def write_xlsx(path: Path, data: list[tuple[str, ...]]) -> None:
    """Write a workbook as Excel does: texts shared, a number of a style at each cell."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in data:
        sheet.append(row)  # type: ignore[union-attr]
    book.save(path)


def write_ods(path: Path, data: list[tuple[str, ...]]) -> None:
    """Write a document as LibreOffice does."""
    names = {
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "table", "text", "style")
    }
    declared = " ".join(f'xmlns:{name}="{urn}"' for name, urn in names.items())
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in data
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {declared}><office:body><office:spreadsheet>'
        f'<table:table table:name="Sheet1">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)


def main() -> None:
    """Time cold builds in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as folder:
        projects = write_projects(Path(folder), arguments.rows)
        programs = [
            Program(form, deckgen("build", "-C", str(root)), cold_start(root))
            for form, root in projects.items()
        ]
        timed = in_turn(programs, arguments.runs, Path(folder))
    missed = False
    for form, timing in timed.items():
        pairs = zip(timing.cpu, timed["toml"].cpu, strict=True)
        ratio = statistics.median(one / other for one, other in pairs)
        missed |= ratio > BOUND
        print(
            f"{form:<5} {statistics.median(timing.cpu):>7.2f} s CPU {timing.memory / 1e6:>6.0f} MB {ratio:>6.2f} ×"
        )
    sys.exit(missed)


if __name__ == "__main__":
    main()
