"""What is public: which files of the output folder are on the site.

File names alone decide, so that a build that made nothing can report it as well. Standard library only.
"""

from __future__ import annotations

from deckgen.counting import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from deckgen.core import Published

#: The site's folder below the output folder: it may be published as it is, and nothing else is meant to be.
FOLDER = "web/"
#: What other targets make, by the folder they make it in. Keys lie among the sheets.
_FOLDERS: dict[str, Published] = {
    "anki": "decks",
    "flashcards": "decks",
    "guides": "guides",
    "sheets": "sheets",
    "answer-sheets": "sheets",
}
_KEY = "key."
#: Data of answer sheets, which say what is right, are for those who mark.
_ENDINGS = (".apkg", ".html", ".pdf")
#: Singular and plural of what is on the site, in the order of the report.
_NOUNS = {
    "quizzes": ("quiz", "quizzes"),
    "decks": ("package", "packages"),
    "guides": ("guide", "guides"),
    "tables": ("table", "tables"),
    "sheets": ("printed sheet", "printed sheets"),
    "keys": ("key", "keys"),
}


def is_published(path: str, publish: Container[object]) -> bool:
    """Return whether the site has a copy of another target's output, by its path below the output folder."""
    return path.endswith(_ENDINGS) and _kind(path) in publish


def public(outputs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of what is public by its kind, each sorted and each once, from the names of all outputs.

    The kinds are those of `[web] publish`.
    """
    found: dict[str, set[str]] = {kind: set() for kind in _NOUNS}
    for output in outputs:
        path = output.removeprefix(FOLDER)
        if path != output and (named := _kind_and_name(path)):
            found[named[0]].add(named[1])
    return {kind: tuple(sorted(names)) for kind, names in found.items() if names}


def summary(outputs: Iterable[str]) -> str:
    """Say what is public in one line: `3 quizzes, 2 packages, 1 guide`; of sheets and keys whose they are."""
    parts = []
    for kind, names in public(outputs).items():
        count = counted(len(names), *_NOUNS[kind])
        parts.append(f"{count} ({', '.join(names)})" if kind in ("sheets", "keys", "quizzes") else count)
    return ", ".join(parts) or "nothing"


def withdrawn(before: Iterable[str], outputs: Iterable[str]) -> str:
    """Return what was on the site before a build and no longer is, and what decides that; empty for nothing."""
    now = public(outputs)
    gone = {
        kind: tuple(name for name in names if name not in now.get(kind, ()))
        for kind, names in public(before).items()
    }
    listed = ", ".join(
        f"{len(names)} {_NOUNS[kind][len(names) > 1]} ({', '.join(names)})"
        for kind, names in gone.items()
        if names
    )
    return f"{listed}; `outputs` of a sheet and `[web] publish` say what is public" if listed else ""


def _kind_and_name(path: str) -> tuple[str, str] | None:
    """Return kind and name of a file of the site; None for the index and for what another file tells of."""
    folder, _, rest = path.partition("/")
    name = path.rpartition("/")[2].rpartition(".")[0]
    if not rest:
        return None if path == "index.html" else ("quizzes", name.removesuffix("_"))
    if folder in ("study", "tables"):
        return ("guides" if folder == "study" else "tables"), name
    if folder in ("guides", "flashcards"):
        return None
    kind = _kind(path)
    if kind is None:
        return None
    # A draft of a package takes its place.
    return kind, name.removesuffix(".draft") if folder == "anki" else rest.partition("/")[0]


def _kind(path: str) -> Published | None:
    folder, _, rest = path.partition("/")
    kind = _FOLDERS.get(folder)
    return "keys" if kind == "sheets" and rest.rpartition("/")[2].startswith(_KEY) else kind
