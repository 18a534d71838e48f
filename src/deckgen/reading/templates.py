"""Read the project's own templates."""

from __future__ import annotations

import os
from pathlib import Path

from deckgen.confined import is_inside, read_bytes
from deckgen.diagnostics import Diagnostic
from deckgen.reading.files import relative, shown
from deckgen.rules import not_utf8, unreadable_file
from deckgen.system_error import reason
from deckgen.templating import shipped_folder
from deckgen.toml import SyntaxProblem, decode_bytes

TEMPLATES_FOLDER = "templates"
#: What the names of templates end with.
ENDINGS = (".html", ".css", ".js")
#: Bytes. The largest shipped one has 20 kB.
_LARGEST = 1_000_000


def read_templates(root: Path) -> tuple[dict[str, str], list[Diagnostic]]:
    """Read every template below `templates/`, by its file's name in the project; say what cannot be read.

    Hidden files and folders are passed over, and links to folders are not followed. In deckgen's own checkout
    the folder contains the shipped templates, and the project has none.
    """
    if not is_inside(root, TEMPLATES_FOLDER):
        return {}, [unreadable_file.found(TEMPLATES_FOLDER, "it is a link that leads out of the project")]
    folder = root / TEMPLATES_FOLDER
    if not folder.is_dir() or folder.resolve() == shipped_folder().resolve():
        return {}, []
    texts: dict[str, str] = {}
    names, found = _names(root)
    for name in names:
        text = _read(root, name)
        if isinstance(text, str):
            texts[name] = text
        else:
            found.append(text)
    return texts, found


def _names(root: Path) -> tuple[list[str], list[Diagnostic]]:
    names: list[str] = []
    found: list[Diagnostic] = []

    def failed(error: OSError) -> None:
        name = relative(Path(error.filename or root / TEMPLATES_FOLDER), root)
        found.append(unreadable_file.found(name, reason(error)))

    for where, folders, files in os.walk(root / TEMPLATES_FOLDER, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = relative(Path(where), root)
        found += [
            unreadable_file.found(f"{here}/{name}", "it is a link to a folder, which is not followed")
            for name in folders
            if (root / here / name).is_symlink()
        ]
        texts = [f"{here}/{name}" for name in files if name.endswith(ENDINGS) and not name.startswith(".")]
        names += [name for name in texts if shown(name) == name]
        found += [
            unreadable_file.found(shown(name), "its name is not UTF-8")
            for name in texts
            if shown(name) != name
        ]
    return sorted(names), found


def _read(root: Path, name: str) -> str | Diagnostic:
    try:
        content = read_bytes(root, name, _LARGEST)
    except OSError as error:
        return unreadable_file.found(name, reason(error))
    text = decode_bytes(content)
    return not_utf8.found(name, text) if isinstance(text, SyntaxProblem) else text
