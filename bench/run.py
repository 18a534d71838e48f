"""The benchmarks: `make bench`, or `python bench/run.py [--notes 10000] [--large] [--runs 5] [--json FILE]`.

Everything is generated, timed as whole processes in turn, and told as ratios within this one run. `--base PYTHON` names
the Python of an older checkout of deckgen, to compare with on the cards of that checkout. On a busy machine `--cpu` takes
the time of the processors instead of the time that passed.
"""

from __future__ import annotations

import argparse
import compileall
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import measure
from course import write_course
from measure import Program, Timing, in_turn, memory_of_all, ratio

PYTHON = sys.executable
WRITERS = str(Path(__file__).with_name("writers.py"))
IMPORTERS = str(Path(__file__).with_name("importers.py"))
MEGABYTE = 1_000_000
SECTIONS = ("whole", "shapes", "sample", "decks", "importing", "starting")


class Results:
    """Collects what was measured, and prints it."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []

    def tell(self, what: str, value: float, bound: float | None, unit: str = "×") -> None:
        """Print and keep a figure with its bound (from above where the unit is × or MB)."""
        fine = bound is None or value <= bound
        self.rows.append({"what": what, "value": round(value, 3), "bound": bound, "unit": unit, "fine": fine})
        aim = "" if bound is None else f"  (at most {bound:g} {unit}{'' if fine else ': MISSED'})"
        print(f"  {what:<66}{value:>9.2f} {unit}{aim}", flush=True)

    def timings(self, timings: dict[str, Timing]) -> None:
        """Print and keep the medians of a round."""
        for timing in timings.values():
            self.rows.append(
                {
                    "what": timing.name,
                    "seconds": timing.seconds,
                    "cpu": timing.cpu,
                    "memory": timing.memory,
                }
            )
            memory = timing.memory / MEGABYTE
            print(f"    {timing.name:<58}{timing.median:>8.3f} s {memory:>7.0f} MB", flush=True)


def main() -> None:
    """Run all benchmarks."""
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
    parser.add_argument("--only", nargs="*", choices=SECTIONS)
    arguments = parser.parse_args()
    measure.BY_CPU = arguments.cpu
    only = arguments.only or SECTIONS
    # As pip leaves it: genanki, too, is compiled.
    compileall.compile_dir(Path(__file__).parents[1] / "src" / "deckgen", quiet=1)
    results = Results()
    sizes = [arguments.notes, *([arguments.notes * 10] if arguments.large else [])]
    with tempfile.TemporaryDirectory(prefix="deckgen-bench-") as folder:
        if arguments.base and "sample" in only:
            sample_course(Path(folder) / "sample", arguments.base, arguments.runs, results)
        for size in sizes if "whole" in only else ():
            runs = arguments.runs if size == arguments.notes else min(3, arguments.runs)
            whole_way(Path(folder) / f"{size}", size, runs, results)
        if "shapes" in only:
            other_shapes(Path(folder), arguments.notes, arguments.runs, results)
        if "decks" in only:
            many_decks(Path(folder) / "decks", arguments.runs, results)
        if "importing" in only:
            importing(Path(folder) / "importing", arguments.notes, arguments.runs, results)
        if "starting" in only:
            starting(Path(folder), arguments.runs, results)
    if arguments.json:
        arguments.json.write_text(json.dumps(results.rows, indent=2) + "\n", encoding="utf-8")
    if not all(row.get("fine", True) for row in results.rows):
        sys.exit(1)


def deckgen(*arguments: str) -> list[str]:
    """Return the command of deckgen."""
    return [PYTHON, "-m", "deckgen", *arguments]


def whole_way(folder: Path, size: int, runs: int, results: Results) -> None:
    """Time cold, edited and unchanged builds, checks, and the writers on the notes that came out."""
    course, wrong = folder / "course", folder / "wrong"
    write_course(course, size, files=max(size // 100, 1))
    write_course(wrong, size, files=max(size // 100, 1), mistakes=100)
    text = sum(path.stat().st_size for path in (course / "cards").glob("*.toml"))
    first = in_turn([Program("first build", deckgen("build", "-C", str(course)))], 1, folder)
    del first
    packages = sorted((course / "dist/anki").glob("*.apkg"))
    ready = folder / "notes.pickle"
    count = prepare(packages, ready)
    print(f"{count} notes, {text / MEGABYTE:.1f} MB of TOML", flush=True)
    writers = {
        name: Program(
            f"{name} writes ready strings",
            [PYTHON, WRITERS, name, str(ready), str(folder / name)],
            tells=True,
        )
        for name in ("deckgen", "genanki", "sqlite")
    }
    cold = Program("build, cold", deckgen("build", "-C", str(course)), cold_start(course))
    edited = Program("build, one note edited", deckgen("build", "-C", str(course)), editor(course))
    nothing = Program("build, nothing edited", deckgen("build", "-C", str(course)))
    typer = Program('python -c "import typer"', [PYTHON, "-c", "import typer"])
    clean = Program("check", deckgen("check", "-C", str(course)))
    mistaken = Program("check, 100 mistakes", deckgen("check", "-C", str(wrong)))
    programs = [*writers.values(), cold, edited, nothing, typer, clean, mistaken]
    timed = in_turn(programs, runs, folder)
    results.timings(timed)
    of = {program.name: timed[program.name] for program in programs}
    native, bare = of[writers["genanki"].name], of[writers["sqlite"].name]
    own = of[writers["deckgen"].name]
    results.tell("whole way, cold / genanki alone", ratio(of[cold.name], native), 1.6)
    together = memory_of_all(cold, folder)
    if together:
        results.tell(
            "memory of all its processes, what they share counted once",
            together / MEGABYTE,
            4 * text / MEGABYTE + 100,
            "MB",
        )
    results.tell(
        "our writer alone / genanki's", ratio(own, native, told=True), 1 / 2.8 if size >= 100_000 else None
    )
    results.tell(
        "our writer alone / bare sqlite3", ratio(own, bare, told=True), 2.0 if size >= 100_000 else None
    )
    sizes = [(folder / name).stat().st_size for name in ("deckgen", "genanki")]
    results.tell("size of our file / genanki's", sizes[0] / sizes[1], 1 / 3)
    results.tell("one note edited / cold, all in one package", ratio(of[edited.name], of[cold.name]), 0.35)
    over = (of[nothing.name].median - of[typer.name].median) * 1000
    results.tell("nothing edited, over importing typer", over, 60, "ms")
    results.tell("check with 100 mistakes / without", ratio(of[mistaken.name], of[clean.name]), 2.0)


def other_shapes(folder: Path, size: int, runs: int, results: Results) -> None:
    """Time cold and edited builds of as many questions in five packages, and in two files of short texts."""
    for name, files, tops, short, bound_cold, bound_edit in (
        ("five top-level decks", max(size // 100, 5), 5, False, None, 0.25),
        ("two files, short texts", 2, 1, True, 2.5, 0.35),
    ):
        print(f"{size} questions, {name}", flush=True)
        course = folder / name.replace(" ", "-").replace(",", "")
        write_course(course, size, files=files, tops=tops, short=short)
        in_turn([Program("first build", deckgen("build", "-C", str(course)))], 0, folder)
        ready = folder / "shape.pickle"
        prepare(sorted((course / "dist/anki").glob("*.apkg")), ready)
        native = Program(
            "genanki writes ready strings",
            [PYTHON, WRITERS, "genanki", str(ready), str(folder / "genanki")],
            tells=True,
        )
        cold = Program("build, cold", deckgen("build", "-C", str(course)), cold_start(course))
        edited = Program("build, one note edited", deckgen("build", "-C", str(course)), editor(course))
        timed = in_turn([native, cold, edited], runs, folder)
        results.timings(timed)
        results.tell(f"{name}: cold / genanki alone", ratio(timed[cold.name], timed[native.name]), bound_cold)
        results.tell(
            f"{name}: one note edited / cold", ratio(timed[edited.name], timed[cold.name]), bound_edit
        )


def sample_course(folder: Path, base: Path, runs: int, results: Results) -> None:
    """Time the sample course of an older checkout of deckgen against that, which does not know today's language."""
    print("the sample course", flush=True)
    root = root_of(base)
    courses = {name: folder / name for name in ("old", "new")}
    for course in courses.values():
        course.mkdir(parents=True)
        for name in ("cards", "media"):
            if (root / name).exists():
                shutil.copytree(root / name, course / name)
        shutil.copy(root / "deckgen.toml", course)
    commands = {
        "old": [str(base), "-m", "deckgen", "build", "-C", str(courses["old"])],
        "new": deckgen("build", "-C", str(courses["new"])),
    }
    old = Program("an older deckgen, cold", commands["old"], cold_start(courses["old"]))
    old_nothing = Program("an older deckgen, nothing edited", commands["old"])
    cold = Program("build, cold", commands["new"], cold_start(courses["new"]))
    edited = Program(
        "build, a drawn question edited", commands["new"], editor(courses["new"], "it-quiz.toml")
    )
    nothing = Program("build, nothing edited", commands["new"])
    timed = in_turn([old, old_nothing, cold, edited, nothing], runs, folder)
    results.timings(timed)
    of_old = timed[old.name]
    results.tell("sample course, cold / the older deckgen's", ratio(timed[cold.name], of_old), 0.6)
    results.tell("a drawn question edited / cold of the older", ratio(timed[edited.name], of_old), 0.25)
    over = (timed[nothing.name].median - timed[old_nothing.name].median) * 1000
    results.tell("nothing edited, over the older", over, 30, "ms")
    printed = {name: [*command, "--pdf"] for name, command in commands.items()}
    old_printed = Program("an older deckgen, PDFs, cold", printed["old"], cold_start(courses["old"]))
    cold_printed = Program("build, PDFs, cold", printed["new"], cold_start(courses["new"]))
    timed = in_turn([old_printed, cold_printed], min(runs, 2), folder, warm=False)
    results.timings(timed)
    results.tell(
        "all PDFs, cold / the older deckgen's", ratio(timed[cold_printed.name], timed[old_printed.name]), 0.3
    )


def root_of(python: Path) -> Path:
    """Return the checkout that a Python has deckgen from."""
    command = [str(python), "-c", "import deckgen; print(deckgen.__file__)"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Path(said.strip()).parents[2]


def prepare(packages: list[Path], ready: Path) -> int:
    """Take built packages apart into what a writer needs; return the number of notes.

    In another process: a process begins with the resident set of the one that starts it.
    """
    command = [PYTHON, WRITERS, "prepare", str(ready), *map(str, packages)]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def cold_start(course: Path) -> Callable[[], None]:
    """Return what takes away all that a former build left."""

    def clear() -> None:
        for name in ("dist", ".deckgen"):
            shutil.rmtree(course / name, ignore_errors=True)
        (course / "deckgen.lock").unlink(missing_ok=True)

    return clear


def editor(course: Path, file: str = "part-*.toml") -> Callable[[], None]:
    """Return what edits one question, another text each time.

    Raises:
        ValueError: if the file has no question with a prompt on one line.
    """
    path = max((course / "cards").glob(file))
    before, prompt, after = re.split(r'(\bprompt *= ")', path.read_text(encoding="utf-8"), maxsplit=1)
    count = 0

    def edit() -> None:
        nonlocal count
        count += 1
        path.write_text(f"{before}{prompt}Edit {count}. {after}", encoding="utf-8")

    return edit


def many_decks(folder: Path, runs: int, results: Results) -> None:
    """Time the writers on 500 decks of 20 notes."""
    course = folder / "course"
    write_course(course, 10_000, files=500, decks=500)
    in_turn([Program("build", deckgen("build", "-C", str(course)))], 0, folder)
    ready = folder / "notes.pickle"
    prepare(sorted((course / "dist/anki").glob("*.apkg")), ready)
    print("500 decks of 20 notes", flush=True)
    programs = [
        Program(
            f"{name} writes 500 decks", [PYTHON, WRITERS, name, str(ready), str(folder / name)], tells=True
        )
        for name in ("deckgen", "genanki")
    ]
    timed = in_turn(programs, runs, folder)
    results.timings(timed)
    own, native = (timed[program.name] for program in programs)
    results.tell("our writer alone / genanki's, 500 decks", ratio(own, native, told=True), 1 / 12)


def importing(folder: Path, size: int, runs: int, results: Results) -> None:
    """Time the reading of a package and of a text file against Anki's own import of the package."""
    print(f"{size} notes with two cards, as Anki exports them", flush=True)
    if find_spec("anki") is None:
        print("  left out: Anki's library is not installed (`make test` does that)")
        return
    subprocess.run([PYTHON, IMPORTERS, "prepare", str(size), str(folder)], check=True)
    programs = [
        Program(name, [PYTHON, IMPORTERS, who, str(folder / file)], tells=True)
        for name, who, file in (
            ("Anki imports the package", "anki", "deck.apkg"),
            ("deckgen reads the package", "deckgen", "deck.apkg"),
            ("deckgen reads the text", "deckgen", "deck.txt"),
        )
    ]
    timed = in_turn(programs, runs, folder)
    results.timings(timed)
    native, package, text = (timed[program.name] for program in programs)
    results.tell("reading a package / Anki's own import", ratio(package, native, told=True), 1.0)
    results.tell("reading a text / Anki's own import of the package", ratio(text, native, told=True), 1.5)


def starting(folder: Path, runs: int, results: Results) -> None:
    """Time `deckgen --help`."""
    print("starting", flush=True)
    help_ = Program("deckgen --help", deckgen("--help"))
    typer = Program('python -c "import typer"', [PYTHON, "-c", "import typer"])
    timed = in_turn([help_, typer], max(runs, 9), folder)
    results.timings(timed)
    over = (timed[help_.name].median - timed[typer.name].median) * 1000
    results.tell("deckgen --help, over importing typer", over, 60, "ms")


if __name__ == "__main__":
    main()
