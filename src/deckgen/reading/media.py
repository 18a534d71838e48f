"""Read the pictures and sounds that texts name."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath

from deckgen.confined import OutsideError, files_below, open_file, spelt
from deckgen.contents import Contents, content_of
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.media import extensions, is_sound, kind_named, kind_of, names
from deckgen.patterns import lazy_pattern
from deckgen.system_error import reason

#: Ends of the names of pictures and sounds; names that are not UTF-8 (they hold surrogates) can stand in no text.
_PICTURE = lazy_pattern(rf"^[^\ud800-\udfff]*\.(?:{extensions()})\Z", re.IGNORECASE)
#: Files that are listed, to propose one.
_MOST_LISTED = 2000


def read_media(root: Path, path: str) -> MediaFile | MediaProblem:
    """Read the picture or sound at `path`, relative to the project's folder, and check that it is one."""
    if why := _leads_out(path):
        return MediaProblem(path, "unsafe", why)
    try:
        content, head = content_of(partial(open_file, root, spelt(root, path)))
    except (FileNotFoundError, NotADirectoryError):
        return MediaProblem(path, "missing")
    except ValueError:
        return MediaProblem(path, "unsafe", "is not a path")
    except OutsideError:
        return MediaProblem(path, "unsafe", "is a link that leads out of the project")
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            return MediaProblem(path, "missing")
        return MediaProblem(path, "unreadable", reason(error))
    kind = kind_of(head)
    if kind is None:
        return MediaProblem(path, "unreadable", f"it is not {names(of_sounds=is_sound(path))}")
    if kind_named(path) is not kind:
        return MediaProblem(path, "unreadable", f"it is {kind.name}: call it `….{kind.extensions[0]}`")
    return MediaFile(path, content)


def _leads_out(path: str) -> str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or path.startswith("//"):
        return "is an address"
    if path.startswith(("/", "~")) or "\\" in path or "\0" in path:
        return "has no path relative to the project's folder, with `/`"
    if ".." in PurePosixPath(path).parts:
        return "is outside of the project"
    return ""


def pictures_in(root: Path) -> list[str]:
    """List the pictures and sounds of the project, to propose one for a misspelt name; at most a few thousand."""
    found: list[str] = []
    for name, each in files_below(root, ""):
        if not name.startswith((".", "dist/")) and _PICTURE.search(name) and "/" in name and each.is_file():
            found.append(name)
            if len(found) > _MOST_LISTED:
                break
    return sorted(found)


def all_pictures(root: Path) -> Contents:
    """Return every picture of the project, by its path; what cannot be read is left out."""
    return read_pictures(root, pictures_in(root))


def read_pictures(root: Path, paths: Iterable[str]) -> Contents:
    """Return pictures, by their paths; what cannot be read is left out."""
    read = [read_media(root, path) for path in paths]
    return Contents({picture.path: picture.content for picture in read if isinstance(picture, MediaFile)})
