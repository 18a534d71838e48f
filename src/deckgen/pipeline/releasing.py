"""What a release adds to a build: a version, and files that stay."""

from __future__ import annotations

import re
from hashlib import file_digest, sha256
from pathlib import Path
from time import gmtime
from typing import TYPE_CHECKING

from deckgen.compiler.parse import parse_project
from deckgen.confined import is_file
from deckgen.diagnostics.diagnostic import Edit, Place, Span
from deckgen.diagnostics.fix import edited
from deckgen.engine.state import OUTPUT_FOLDER
from deckgen.filenames import file_name
from deckgen.patterns import lazy_pattern
from deckgen.pipeline.usage import UsageError
from deckgen.root import PROJECT_FILE
from deckgen.toml.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.identity import Release

#: Below the output folder; no build removes what is in it.
RELEASES_FOLDER = "releases"
_SUMS = "SHA256SUMS"
#: A year and a month, and a number where there are several in a month.
_CALENDAR = lazy_pattern(r"([0-9]{4})\.([0-9]{1,2})(?:\.([0-9]+))?")
_LAST_NUMBER = lazy_pattern(r"(.*?)([0-9]+)(\D*)", re.DOTALL)


def raise_version(
    root: Path, text: str | None, named: str, last: Release | None, now: int
) -> tuple[str, str] | None:
    """Return the version to release, and the text of `deckgen.toml` with it; None if that text cannot be read.

    The version may be `named`; `last` is the last release, `now` in seconds since 1970.

    Raises:
        UsageError: if the version is already released.
    """
    project = parse_project(PROJECT_FILE, text)[0] if text is not None else None
    if text is None or project is None:
        return None
    version = named or version_to_release(root, project.version, last, now)
    if is_released(root, version, last):
        raise UsageError(f"version `{version}` is already released: give another one")
    return version, with_version(text, version)


def version_to_release(root: Path, written: str, last: Release | None, now: int) -> str:
    """Return the version to release, if none was named.

    `written` is the one in `deckgen.toml`: it is used if it was raised by hand, or nothing was released yet.
    `now` is in seconds since 1970.
    """
    first = written and (last is None or not last.at or written != last.version)
    version = written if first else next_version(written, now)
    # A long name of a folder is cut: then the next version has no other.
    while is_released(root, version, last) and file_name(next_version(version, now)) != file_name(version):
        version = next_version(version, now)
    return version


def is_released(root: Path, version: str, last: Release | None) -> bool:
    """Tell whether a version is that of the last release, or of one whose files are in the output folder."""
    sums = f"{OUTPUT_FOLDER}/{RELEASES_FOLDER}/{file_name(version)}/{_SUMS}"
    return (last is not None and last.at > 0 and version == last.version) or is_file(root, sums)


def next_version(version: str, now: int) -> str:
    """Return the version after another: this month for one that is a month, else its last number plus one."""
    if found := _CALENDAR.fullmatch(version):
        today = gmtime(now)
        width = len(found[2])
        if (today.tm_year, today.tm_mon) > (int(found[1]), int(found[2])):
            return f"{today.tm_year}.{today.tm_mon:0{width}}"
        return f"{found[1]}.{found[2]}.{int(found[3] or 0) + 1}"
    if found := _LAST_NUMBER.fullmatch(version):
        return f"{found[1]}{int(found[2]) + 1:0{len(found[2])}}{found[3]}"
    return f"{version} 2" if version else "1"


def with_version(text: str, version: str) -> str:
    """Return the text of `deckgen.toml` with another version; the rest of the text does not change."""
    written = '"' + version.replace("\\", "\\\\").replace('"', '\\"') + '"'
    positions = Positions(text)
    spot, insert = positions.value(("version",)), False
    if spot is None:
        spot, insert, written = positions.value(("id",)), True, f"version = {written}"
    if spot is None:
        raise ValueError(f"{PROJECT_FILE} has no id")
    edit = Edit(Place(PROJECT_FILE, span=Span(*spot)), written, insert)
    return edited(text, [edit])


def release_files(version: str, packages: Mapping[str, bytes | Path], notes: str) -> dict[str, bytes | Path]:
    """Return the files of a release below the output folder: its packages, release notes and checksums.

    `packages` are given by the names of their files, `notes` is Markdown.
    """
    folder = f"{RELEASES_FOLDER}/{file_name(version)}"
    files: dict[str, bytes | Path] = {
        f"{name.removesuffix('.apkg')}-{file_name(version)}.apkg": content
        for name, content in packages.items()
    }
    files["release-notes.md"] = notes.encode()
    sums = "".join(f"{_sum(content)}  {name}\n" for name, content in sorted(files.items()))
    files[_SUMS] = sums.encode()
    return {f"{folder}/{name}": content for name, content in files.items()}


def _sum(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    with content.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
