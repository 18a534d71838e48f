"""What builds take: of generated courses, of the sample course, and of nothing at all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from course import write_course
from measure import MEGABYTE, Program, Results, in_turn, memory_of_all, ratio

PYTHON = sys.executable
WRITERS = str(Path(__file__).with_name("writers.py"))


def deckgen(*arguments: str) -> list[str]:
    """Return the command of deckgen."""
    return [PYTHON, "-m", "deckgen", *arguments]


def whole_way(folder: Path, size: int, runs: int, results: Results) -> None:
    """Time cold, edited and unchanged builds, checks, and the writers on the notes that came out."""
    course, wrong = folder / "course", folder / "wrong"
    write_course(course, size, files=max(size // 100, 1))
    text = sum(path.stat().st_size for path in (course / "cards").glob("*.toml"))
    in_turn([Program("first build", deckgen("build", "-C", str(course)))], 0, folder)
    # Mistakes are made in what was built.
    shutil.copytree(course, wrong)
    write_course(wrong, size, files=max(size // 100, 1), mistakes=100)
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
    old, new = (sample(folder / name, base) for name in ("old", "new"))
    of_old, of_new = [str(base), "-m", "deckgen", "build", "-C", str(old)], deckgen("build", "-C", str(new))
    programs = (
        Program("an older deckgen, cold", of_old, cold_start(old)),
        Program("an older deckgen, nothing edited", of_old),
        Program("build, cold", of_new, cold_start(new)),
        Program("build, a drawn question edited", of_new, editor(new, "it-quiz.toml")),
        Program("build, nothing edited", of_new),
    )
    timed = in_turn(list(programs), runs, folder)
    results.timings(timed)
    old_cold, old_nothing, cold, edited, nothing = (timed[program.name] for program in programs)
    results.tell("sample course, cold / the older deckgen's", ratio(cold, old_cold), 0.6)
    results.tell("a drawn question edited / cold of the older", ratio(edited, old_cold), 0.25)
    over = (nothing.median - old_nothing.median) * 1000
    results.tell("nothing edited, over the older", over, 30, "ms")


def printing(folder: Path, base: Path, runs: int, results: Results) -> None:
    """Time all PDFs of the sample course against an older checkout of deckgen."""
    print("the PDFs of the sample course", flush=True)
    old, new = (sample(folder / name, base) for name in ("old", "new"))
    before = Program(
        "an older deckgen, PDFs, cold",
        [str(base), "-m", "deckgen", "build", "--pdf", "-C", str(old)],
        cold_start(old),
    )
    now = Program("build, PDFs, cold", deckgen("build", "--pdf", "-C", str(new)), cold_start(new))
    timed = in_turn([before, now], min(runs, 2), folder, warm=False)
    results.timings(timed)
    results.tell("all PDFs, cold / the older deckgen's", ratio(timed[now.name], timed[before.name]), 0.3)


def sample(folder: Path, base: Path) -> Path:
    """Copy the sample course of the checkout that a Python has deckgen from, without what was built; return it."""
    command = [str(base), "-c", "import deckgen; print(deckgen.__file__)"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    root = Path(said.strip()).parents[2]
    folder.mkdir(parents=True)
    for name in ("cards", "media"):
        if (root / name).exists():
            shutil.copytree(root / name, folder / name)
    shutil.copy(root / "deckgen.toml", folder)
    return folder


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
    """Return what edits one question, another text each time."""
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


def starting(folder: Path, runs: int, results: Results) -> None:
    """Time `deckgen --help`."""
    print("starting", flush=True)
    help_ = Program("deckgen --help", deckgen("--help"))
    typer = Program('python -c "import typer"', [PYTHON, "-c", "import typer"])
    timed = in_turn([help_, typer], max(runs, 9), folder)
    results.timings(timed)
    over = (timed[help_.name].median - timed[typer.name].median) * 1000
    results.tell("deckgen --help, over importing typer", over, 60, "ms")
