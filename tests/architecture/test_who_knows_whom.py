"""The column "knows" of the packages in ARCHITECTURE.md, compared with the imports."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/deckgen"
PACKAGES = {each.name for each in SOURCE.iterdir() if (each / "__init__.py").exists()}
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n((?:    .*\n|\n)+)", re.MULTILINE)
#: What all may use.
SHARED = {"core"}


def rows() -> dict[tuple[str, ...], str]:
    """Return what the packages and modules of each row know, as the page says it."""
    table = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## Who lives where")[2]
    found = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| ([^|]+) \|$", table, re.MULTILINE)
    return {tuple(re.findall(r"`([^`]+)`", names)): knows for names, knows in found}


@cache
def imported(name: str) -> tuple[set[str], set[str]]:
    """Return the packages that the modules of a package, or a module, import, and those that their types need only."""
    path = SOURCE / name
    code, types = "", ""
    for module in path.rglob("*.py") if path.is_dir() else [path]:
        parts = _FOR_TYPES.split(module.read_text(encoding="utf-8"))
        code += "\n".join(parts[::2])
        types += "\n".join(parts[1::2])
    return _packages(code), _packages(types)


def _packages(text: str) -> set[str]:
    found = re.findall(r"^ *from deckgen(?:\.(\w+)[.\w]*)? import (\w+)", text, re.MULTILINE)
    return {package or first for package, first in found} & PACKAGES - SHARED


def test_each_package_has_a_row() -> None:
    """Who is not in the table lives nowhere."""
    assert {name.removesuffix("/") for names in rows() for name in names if name.endswith("/")} == PACKAGES


def test_who_knows_whom_is_true() -> None:
    """A package imports what its row says and nothing else, and what no package imports is not said."""
    wrong = {}
    for names, knows in rows().items():
        if knows.startswith(("everything", "all below")):
            continue
        own = {name.removesuffix("/") for name in names}
        said = set(re.findall(r"`([a-z]+)`", knows)) & PACKAGES - SHARED - own
        imports = set[str]().union(*(imported(name)[0] for name in names)) - own
        types = set[str]().union(*(imported(name)[1] for name in names))
        if not imports <= said <= imports | types:
            wrong[names] = (imports - said, said - imports - types)
    assert wrong == {}
