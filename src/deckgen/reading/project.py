"""Find a project and read its files."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Mapping
from pathlib import Path

import msgspec

from deckgen.confined import is_inside, read_bytes, read_entry
from deckgen.diagnostics import Diagnostic
from deckgen.reading.files import relative, shown
from deckgen.reading.tables import Unread, read_tables
from deckgen.reading.templates import read_templates
from deckgen.root import PROJECT_FILE
from deckgen.rules import misnamed_file, missing_project, not_utf8, unreadable_file
from deckgen.system_error import reason
from deckgen.tables import is_lock
from deckgen.toml import SyntaxProblem, decode_bytes

LOCK_FILE = "deckgen.lock"
CARDS_FOLDER = "cards"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of a project at one moment, by name relative to its folder, with `/`."""

    root: Path
    #: `deckgen.toml`; None where it is missing or cannot be read.
    project: str | None
    #: Files of cards, sorted by name.
    cards: dict[str, str]
    #: None if there is no lock yet.
    lock: str | None
    #: Names of files below `cards/` that are there but cannot be read.
    unread: frozenset[str] = frozenset()
    #: The project's own templates, by the names of their files (`templates/sheet/page.html`).
    templates: dict[str, str] = {}
    #: The spreadsheets that the cards name, by these names.
    tables: dict[str, bytes | Unread] = {}

    @property
    def texts(self) -> Mapping[str, str]:
        """Every text by name, to quote from."""
        others = {PROJECT_FILE: self.project, LOCK_FILE: self.lock}
        return ChainMap(
            {name: text for name, text in others.items() if text is not None}, self.templates, self.cards
        )


def read_project(root: Path) -> tuple[Snapshot, list[Diagnostic]]:
    """Read all texts of the project; the list reports what cannot be read."""
    found: list[Diagnostic] = []
    names, problems = list_cards(root)
    found += problems
    texts: dict[str, str] = {}
    unread = {diagnostic.place.file for diagnostic in problems}
    for name in names:
        text = _text_of_entry(root, name) or read_text(root, name, found)
        if text is None:
            unread.add(name)
        else:
            texts[name] = text
    if not os.path.lexists(root / PROJECT_FILE):
        found.append(missing_project.found(f"`{root.name or root}`"))
        project = None
    else:
        project = read_text(root, PROJECT_FILE, found)
    lock = read_text(root, LOCK_FILE, found) if os.path.lexists(root / LOCK_FILE) else None
    templates, problems = read_templates(root)
    found += problems
    tables = read_tables(root, texts.values())
    # A spreadsheet below `cards/` that a table names is read after all.
    found = [each for each in found if each.code != misnamed_file.RULE.code or each.place.file not in tables]
    return (
        Snapshot(
            root=root,
            project=project,
            cards=texts,
            lock=lock,
            unread=frozenset(unread.difference(tables)),
            templates=templates,
            tables=tables,
        ),
        found,
    )


def list_cards(root: Path) -> tuple[list[str], list[Diagnostic]]:
    """List the TOML files below `cards/`, sorted; hidden files and folders are passed over.

    Links to folders are not followed, so a loop of links does no harm.
    """
    names: list[str] = []
    found: list[Diagnostic] = []

    def failed(error: OSError) -> None:
        path = Path(error.filename) if error.filename else root / CARDS_FOLDER
        if path != root / CARDS_FOLDER or not isinstance(error, FileNotFoundError):
            found.append(unreadable_file.found(relative(path, root), reason(error)))

    if not is_inside(root, CARDS_FOLDER):
        return [], [unreadable_file.found(CARDS_FOLDER, "it is a link that leads out of the project")]
    for folder, folders, files in os.walk(root / CARDS_FOLDER, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = relative(Path(folder), root)
        for name in list(folders):
            full = f"{here}/{shown(name)}"
            if name.endswith(".toml"):
                found.append(unreadable_file.found(full, "it is a folder"))
                folders.remove(name)
            elif (Path(folder) / name).is_symlink():
                found.append(unreadable_file.found(full, "it is a link to a folder, which is not followed"))
        for name in files:
            full = f"{here}/{shown(name)}"
            if name.startswith(".") or is_lock(name):
                continue
            if not name.endswith(".toml"):
                found += misnamed_file.suspected(full)
            elif full != f"{here}/{name}" or not _is_text(os.path.relpath(folder, root)):
                found.append(unreadable_file.found(full, "its name is not UTF-8"))
            else:
                names.append(full)
    return sorted(names), found


def _is_text(name: str) -> bool:
    """Return whether a name of the system is text: bytes that are not UTF-8 are surrogates."""
    return shown(name) == name


def _text_of_entry(root: Path, name: str) -> str | None:
    """Read a text that is in a folder itself; None if it is a link, or anything is wrong.

    There are many files of cards, and to find out where the path of one leads takes longer than to read it.
    """
    try:
        text = decode_bytes(read_entry(root, name))
    except OSError:
        return None
    return text if isinstance(text, str) else None


def read_text(root: Path, name: str, found: list[Diagnostic]) -> str | None:
    """Read a text of the project; where that fails, give None and say why in `found`."""
    try:
        content = read_bytes(root, name)
    except OSError as error:
        found.append(unreadable_file.found(name, reason(error)))
        return None
    text = decode_bytes(content)
    if isinstance(text, SyntaxProblem):
        found.append(not_utf8.found(name, text))
        return None
    return text
