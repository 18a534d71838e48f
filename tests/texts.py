"""Projects as texts, and what is said of them: the short way to write a test. See CONTRIBUTING, "Write a test"."""

from __future__ import annotations

from pathlib import Path

from deckgen.compiler.compile import Compiled, compile_project
from deckgen.language.manuscript import MediaProblem
from deckgen.reading import Snapshot

#: The least that a project needs.
PROJECT = 'id = "sums"\ntitle = "Sums"\nversion = "1"\n'


def deck(name: str, *entries: str, more: str = "") -> str:
    """Return a file of cards: `more` are further keys of the deck."""
    return "\n".join([f'[deck]\nname = "{name}"\n{more}', *entries])


def short(id_: str, prompt: str = "What?", more: str = "") -> str:
    """Return a question of type `short`, whose answer is `x`."""
    return f'[[question]]\nid = "{id_}"\ntype = "short"\nprompt = "{prompt}"\nanswer = "x"\n{more}\n'


def concept(id_: str, term: str, more: str = "") -> str:
    """Return a concept."""
    return f'[[concept]]\nid = "{id_}"\nterm = "{term}"\ndefinition = "What {term} means."\n{more}\n'


def project(files: dict[str, str], tables: dict[str, bytes] | None = None) -> Snapshot:
    """Return a project that is only in memory; files of cards by their names without folder and ending."""
    return Snapshot(
        root=Path(),
        project=files.get("deckgen.toml", PROJECT),
        cards={f"cards/{name}.toml": text for name, text in sorted(files.items()) if name != "deckgen.toml"},
        lock=None,
        tables=dict(tables or {}),
    )


def compiled(files: dict[str, str], tables: dict[str, bytes] | None = None) -> Compiled:
    """Compile such a project."""
    snapshot = project(files, tables)
    return compile_project(snapshot, lambda path: MediaProblem(path, "missing"), list)


def reported(files: dict[str, str]) -> list[str]:
    """Return what is wrong with such a project: `code: message (label)`."""
    return [f"{each.code}: {each.message} ({each.label})" for each in compiled(files).diagnostics]
