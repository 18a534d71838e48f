"""Read the pictures that texts name."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from deckgen.confined import OutsideError, files_below, read_bytes, spelt
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.reading.files import reason

#: First bytes of the formats that every Anki and browser shows.
_SIGNATURES = (
    ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("jpg", re.compile(rb"\xff\xd8\xff")),
    ("gif", re.compile(rb"GIF8[79]a")),
    ("webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("avif", re.compile(rb"....ftypavi[fs]", re.DOTALL)),
    (
        "svg",
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]",
            re.DOTALL,
        ),
    ),
)
#: Ends of the names of pictures; names that are not UTF-8 (they hold surrogates) can stand in no text.
_PICTURE = re.compile(r"^[^\ud800-\udfff]*\.(?:png|jpe?g|gif|webp|avif|svg)\Z")
#: Pictures that are listed, to propose one.
_MOST_LISTED = 2000
#: What a name ends with, by format.
_ENDINGS = {"jpg": ("jpg", "jpeg", "jfif")}


def read_media(root: Path, path: str) -> MediaFile | MediaProblem:
    """Read the picture at `path`, relative to the project's folder, and tell whether it is one."""
    if why := _leads_out(path):
        return MediaProblem(path, "unsafe", why)
    try:
        content = read_bytes(root, spelt(root, path))
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
    form = format_of(content)
    if form is None:
        return MediaProblem(path, "unreadable", "it is not a PNG, JPEG, GIF, WebP, AVIF or SVG picture")
    if PurePosixPath(path).suffix.lower().lstrip(".") not in _ENDINGS.get(form, (form,)):
        return MediaProblem(path, "unreadable", f"it is a {form.upper()} picture: call it `….{form}`")
    return MediaFile(path, content)


def format_of(content: bytes) -> str | None:
    """Return the format of a picture by its first bytes: `png`, `jpg`, `gif`, `webp`, `avif`, `svg` or None."""
    head = content[:4096]
    return next((name for name, signature in _SIGNATURES if signature.match(head)), None)


def _leads_out(path: str) -> str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) or path.startswith("//"):
        return "is an address"
    if path.startswith(("/", "~")) or "\\" in path or "\0" in path:
        return "has no path relative to the project's folder, with `/`"
    if ".." in PurePosixPath(path).parts:
        return "lies outside of the project"
    return ""


def pictures_in(root: Path) -> list[str]:
    """List the pictures of the project, to propose one for a misspelt name; at most a few thousand."""
    found: list[str] = []
    for name, each in files_below(root, ""):
        if not name.startswith((".", "dist/")) and _PICTURE.search(name) and "/" in name and each.is_file():
            found.append(name)
            if len(found) > _MOST_LISTED:
                break
    return sorted(found)


def all_pictures(root: Path) -> dict[str, bytes]:
    """Read every picture of the project, by its path; what cannot be read is left out."""
    return read_pictures(root, pictures_in(root))


def read_pictures(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Read pictures, by their paths; what cannot be read is left out."""
    read = [read_media(root, path) for path in paths]
    return {picture.path: picture.content for picture in read if isinstance(picture, MediaFile)}
