"""The benchmarks: `make bench`, or `python bench/run.py [--notes 10000] [--large] [--runs 5] [--json FILE]`.

Everything is generated, timed as whole processes in turn, and told as ratios within this one run. `--base PYTHON` names
the Python of an older checkout of deckgen, to compare with on the cards of that checkout. On a busy machine `--cpu` takes
the time of the processors instead of the time that passed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure
from builds import many_decks, other_shapes, printing, sample_course, starting, whole_way
from importers import importing
from measure import Results
from rows import spreadsheets
from serving import serving

COMPILE_ALL = """
import compileall, deckgen, sysconfig
for folder in (*deckgen.__path__, sysconfig.get_path("purelib")):
    compileall.compile_dir(folder, quiet=2)
"""


def main() -> None:
    """Run all benchmarks; the exit code is 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--large", action="store_true", help="also ten times as many notes; takes minutes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--base",
        type=Path,
        metavar="PYTHON",
        help="the Python of an older checkout of deckgen, to compare with on its cards",
    )
    parser.add_argument("--cpu", action="store_true", help="take the time of the processors")
    parser.add_argument("--only", nargs="*", metavar="SECTION")
    arguments = parser.parse_args()
    measure.BY_CPU = arguments.cpu
    results, notes, runs, base = Results(), arguments.notes, arguments.runs, arguments.base
    for python in filter(None, (sys.executable, base)):
        # As pip leaves them: else each run would compile deckgen, or what it stands on, again.
        subprocess.run([python, "-c", COMPILE_ALL], check=True)
    sections: dict[str, Callable[[Path], None]] = {
        "whole": lambda folder: whole_way(folder, notes, runs, results),
        "shapes": lambda folder: other_shapes(folder, notes, runs, results),
        "decks": lambda folder: many_decks(folder, runs, results),
        "rows": lambda folder: spreadsheets(folder, notes, runs, results),
        "importing": lambda folder: importing(folder, notes, runs, results),
        "starting": lambda folder: starting(folder, runs, results),
    }
    if base:
        sections["sample"] = lambda folder: sample_course(folder, base, runs, results)
        sections["printing"] = lambda folder: printing(folder, base, runs, results)
        sections["serving"] = lambda folder: serving(folder, base, runs, results)
    if arguments.large:
        sections["large"] = lambda folder: whole_way(folder, notes * 10, min(3, runs), results)
    if unknown := set(arguments.only or ()) - set(sections):
        parser.error(f"no such section: {', '.join(sorted(unknown))} (there are {', '.join(sections)})")
    for name in arguments.only or sections:
        with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as folder:
            sections[name](Path(folder))
    if arguments.json:
        arguments.json.write_text(json.dumps(results.rows, indent=2) + "\n", encoding="utf-8")
    if not all(row.get("fine", True) for row in results.rows):
        sys.exit(1)


if __name__ == "__main__":
    main()
