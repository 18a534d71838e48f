"""What a check costs: mistakes may not make it slow."""

from __future__ import annotations

import importlib.util
import re
import resource
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import process

REPOSITORY = Path(__file__).parents[2]
#: Mistakes of each step of the compiler: what to look for in a file, and what to write instead.
MISTAKES = {
    "misspelt key": ("explanation =", "explantion ="),
    "wrong type": ('explanation = "[^"]*"', "explanation = 5"),
    "missing id": (r'\nid = "q-\d+"', ""),
    "unknown source": ('"rfc ', '"rfd '),
    "empty text": (r'prompt = "[^"]*"', 'prompt = ""'),
    "missing picture": ('explanation = "', 'explanation = "![x](media/x.png) '),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write 10,000 mixed questions in 100 files, as the benchmarks do."""
    root = tmp_path_factory.mktemp("cost") / "course"
    generator(REPOSITORY / "bench/course.py").write_course(root, questions=10_000, files=100)
    return root


def generator(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("bench_course", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cost(root: Path, code: int) -> float:
    """Return the seconds of the processor that checking takes; the better of two runs."""
    times = []
    for _ in range(2):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert process("check", "-C", root).code == code
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_a_hundred_mistakes_cost_at_most_as_much_as_the_course(course: Path) -> None:
    """10,000 questions with 100 mistakes of all kinds, one a file, take at most twice the clean check."""
    clean = cost(course, 0)
    for number, path in enumerate(sorted((course / "cards").glob("part-*.toml"))):
        text = path.read_text(encoding="utf-8")
        old, new = [*MISTAKES.values()][number % len(MISTAKES)]
        found = list(re.finditer(old, text))
        middle = found[len(found) // 2]
        path.write_text(text[: middle.start()] + new + text[middle.end() :], encoding="utf-8")
    assert process("check", "-C", course).err.splitlines()[-1].startswith("100 errors in 100 files")
    assert cost(course, 1) <= 2 * clean
