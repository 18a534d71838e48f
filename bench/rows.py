"""What rows of spreadsheets cost: the same questions from TOML, CSV, XLSX and ODS."""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from builds import cold_start, deckgen
from measure import Program, Results, in_turn, ratio

COLUMNS = ("id", "prompt", "answer", "distractors.1", "distractors.2", "distractors.3", "explanation")


def spreadsheets(folder: Path, count: int, runs: int, results: Results) -> None:
    """Time cold builds of as many rows in each format against those of the same questions in TOML."""
    print(f"{count} rows of spreadsheets", flush=True)
    if find_spec("openpyxl") is None:
        print("  left out: openpyxl is not installed (`make test` does that)")
        return
    programs = {
        form: Program(f"build, cold, {form}", deckgen("build", "-C", str(root)), cold_start(root))
        for form, root in write_projects(folder, count).items()
    }
    timed = in_turn(list(programs.values()), runs, folder)
    results.timings(timed)
    of_form = {form: timed[program.name] for form, program in programs.items()}
    for form in ("csv", "xlsx", "ods"):
        results.tell(f"rows of {form} / the same in TOML", ratio(of_form[form], of_form["toml"]), 1.3)


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
