"""Make the spreadsheets of `files/`: openpyxl writes a workbook, and LibreOffice saves it in its formats.

python tests/tables/make_files.py
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from pathlib import Path

from openpyxl import Workbook

FILES = Path(__file__).parent / "files"

#: What a cell holds, its format, and what is shown of it.
SHOWN = [
    ("007", "General", "007"),
    ("3.10", "@", "3.10"),
    (7, "000", "007"),
    (7, "General", "7"),
    (3.1, "0.00", "3.10"),
    (3.1, "General", "3.1"),
    (4006381333931, "0", "4006381333931"),
    (1 / 3, "0.###", "0.333"),
    (2, "0.##", "2"),
    (1234567.891, "#,##0.00", "1,234,567.89"),
    (1234, "#,##0", "1,234"),
    (-5, "0;(0)", "(5)"),
    (-5, "0.0", "-5.0"),
    (0, '0;-0;"none"', "none"),
    (0.256, "0%", "26%"),
    (0.2564, "0.00%", "25.64%"),
    (12345.678, "0.00E+00", "1.23E+04"),
    (12.5, '"€" 0.00', "€ 12.50"),
    (12.5, "[$€-407] #,##0.00", "€ 12.50"),
    (12.5, '#,##0.00" €"', "12.50 €"),
    (12.5, "[Red]0.0", "12.5"),
    (1234567, '0.0,,"M"', "1.2M"),
    (442071234567, '"+"00 00 0000 0000', "+44 20 7123 4567"),
    (2.5, "0", "3"),
    (-0.001, "0.0", "0.0"),
    (True, "General", "TRUE"),
    (dt.date(2026, 3, 9), "yyyy-mm-dd", "2026-03-09"),
    (dt.date(2026, 3, 9), "d.m.yy", "9.3.26"),
    (dt.date(2026, 3, 9), "dd/mm/yyyy", "09/03/2026"),
    (dt.date(2026, 3, 9), "d mmmm yyyy", "9 March 2026"),
    (dt.date(2026, 3, 9), "ddd, mmm d", "Mon, Mar 9"),
    (dt.datetime.combine(dt.date(2026, 3, 9), dt.time(14, 5, 7)), "yyyy-mm-dd hh:mm:ss", "2026-03-09 14:05:07"),
    (dt.time(14, 5), "h:mm AM/PM", "2:05 PM"),
    (dt.time(14, 5, 9), "mm:ss", "05:09"),
    (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    ("two\nlines", "General", "two\nlines"),
    ("  spaces   inside ", "General", "  spaces   inside "),
    ("食べる & <b>", "General", "食べる & <b>"),
]  # fmt: skip


def workbook() -> Workbook:
    """Return the workbook that all files hold."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Formats"
    first.append(["text", "shown"])
    for row, (value, form, shown) in enumerate(SHOWN, 2):
        cell = first.cell(row, 1, value)
        cell.number_format = form
        first.cell(row, 2, shown).number_format = "@"
    hidden = book.create_sheet("Hidden", 0)
    hidden.sheet_state = "hidden"
    hidden.append(["secret"])
    other = book.create_sheet("Lesson 2")
    other.append([])
    other.append(["Lesson", "Spanish", "English", "double", "broken"])
    for number, pair in enumerate([("perro", "dog"), ("gato", "cat"), ("pez", "fish")], 3):
        other.cell(number, 2, pair[0])
        other.cell(number, 3, pair[1])
        other.cell(number, 4, f"=2*{number}")
        other.cell(number, 5, "=NA()" if number == 4 else "=1/4")
    other.cell(3, 1, "animals")
    other.merge_cells("A3:A5")
    other.row_dimensions[4].hidden = True
    other.cell(9, 2, "casa")
    other.cell(9, 3, "house")
    book.active = 1
    return book


def main() -> None:
    """Write the files."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.xlsx"
        workbook().save(made)
        for ending in ("ods", "xlsx"):
            out = Path(folder) / ending
            subprocess.run(
                ["soffice", "--headless", "--convert-to", ending, "--outdir", out, made],
                check=True,
                capture_output=True,
            )
            shutil.copy(out / f"made.{ending}", FILES / f"libreoffice.{ending}")


if __name__ == "__main__":
    main()
