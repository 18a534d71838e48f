"""The pages of scans: PDF, TIFF, PNG and JPEG files, and folders of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

import msgspec

from deckgen.marking.arrays import Numbers
from deckgen.system_error import reason

#: Formats by the ends of names.
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
ENDINGS = (".pdf", *PICTURES)
#: Dots of the longer side of a page: A4 at about 200 dpi. Larger pictures are made smaller.
LONG_SIDE = 2400
#: Dots of the shorter side that a page has at least.
SHORT_SIDE = 50
#: Bytes of a file, so that a broken one cannot take all memory.
LARGEST = 2_000_000_000
_NUMBER = re.compile(r"(\d+)")


class UnreadableError(Exception):
    """A file cannot be read; the message follows on its name."""


class Leaf(msgspec.Struct, frozen=True):
    """A page of a file of scans."""

    path: Path
    #: From 0.
    index: int
    #: Digest of the file's content; with the index, what decisions about the page are kept by.
    digest: str

    @property
    def key(self) -> str:
        return f"{self.digest}-{self.index + 1}"

    @property
    def name(self) -> str:
        """The page's name for people."""
        return f"{self.path.name} page {self.index + 1}"


def found(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of scans; those of a folder in the order of their names, where `2` is before `10`.

    Raises:
        UnreadableError: if a path is neither a folder nor a file of a known format, or a folder has none.
    """
    for path in paths:
        if path.is_dir():
            inside = [
                each
                for each in path.iterdir()
                if each.is_file() and each.suffix.lower() in ENDINGS and not each.name.startswith(".")
            ]
            if not inside:
                raise UnreadableError(f"{path}: the folder has no scans ({', '.join(ENDINGS)})")
            yield from sorted(inside, key=lambda each: _natural(each.name))
        elif not path.exists():
            raise UnreadableError(f"{path}: there is no such file or folder")
        elif path.suffix.lower() not in ENDINGS or not path.is_file():
            raise UnreadableError(f"{path}: not a scan; scans are {', '.join(ENDINGS)}")
        else:
            yield path


def _natural(name: str) -> list[tuple[int, int, str]]:
    return [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _NUMBER.split(name.lower())
        if part
    ]


def leaves(path: Path) -> list[Leaf]:
    """Return the pages of a file.

    Raises:
        UnreadableError: if it is damaged, encrypted or too large.
    """
    import cv2

    _be_quiet()
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"{path}: the file has more than {LARGEST:,} bytes")
        with path.open("rb") as stream:
            digest = _digest(stream)
    except OSError as error:
        raise UnreadableError(f"{path}: {reason(error)}") from None
    if path.suffix.lower() == ".pdf":
        import pypdfium2

        try:
            with pypdfium2.PdfDocument(path) as document:
                count = len(document)
        except pypdfium2.PdfiumError as error:
            why = "it needs a password" if "password" in str(error).lower() else "it is not a PDF, or damaged"
            raise UnreadableError(f"{path}: {why}") from None
    elif path.suffix.lower() in (".tif", ".tiff"):
        try:
            count = int(cv2.imcount(str(path)))
        except cv2.error:
            count = 0
    else:
        count = 1
    if not count:
        raise UnreadableError(f"{path}: it has no pages, or is damaged")
    return [Leaf(path, index, digest) for index in range(count)]


def _be_quiet() -> None:
    """Keep OpenCV from writing about damaged pictures into the terminal: they are reported."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def _digest(stream: BinaryIO) -> str:
    made = blake2b(digest_size=8)
    while block := stream.read(1 << 20):
        made.update(block)
    return made.hexdigest()


def picture(leaf: Leaf) -> Numbers:
    """Return a page in grey, an array of bytes (rows, columns), at most about `LONG_SIDE` dots long.

    Raises:
        UnreadableError: if it is damaged, too large or too small.
    """
    read = _rendered(leaf) if leaf.path.suffix.lower() == ".pdf" else _decoded(leaf)
    if min(read.shape) * min(1, LONG_SIDE / max(read.shape)) < SHORT_SIDE:
        raise UnreadableError(f"{leaf.name}: the picture is no page")
    return fitted(read)


def _decoded(leaf: Leaf) -> Numbers:
    import cv2

    _be_quiet()
    flags = cv2.IMREAD_GRAYSCALE
    try:
        if leaf.path.suffix.lower() in (".tif", ".tiff"):
            _, pages = cv2.imreadmulti(str(leaf.path), leaf.index, 1, flags=flags)
            read = pages[0] if pages else None
        else:
            import numpy as np

            read = cv2.imdecode(np.fromfile(leaf.path, np.uint8), flags)
    except (cv2.error, OSError):
        read = None
    if read is None:
        raise UnreadableError(f"{leaf.name}: the picture is damaged")
    return read


def fitted(read: Numbers, most: int = LONG_SIDE) -> Numbers:
    """Return a picture that is `most` dots long; one that is shorter, or little longer, stays as it is."""
    import cv2

    longest = max(read.shape)
    if longest <= 1.25 * most:
        return read
    scale = most / longest
    size = round(read.shape[1] * scale), round(read.shape[0] * scale)
    return cv2.resize(read, size, interpolation=cv2.INTER_AREA)


def _rendered(leaf: Leaf) -> Numbers:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(leaf.path) as document:
            page = document[leaf.index]
            scale = LONG_SIDE / max(*page.get_size(), 1)
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            dots: Numbers = bitmap.to_numpy().copy().reshape(bitmap.height, bitmap.width)
            return dots
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        raise UnreadableError(f"{leaf.name}: the page is damaged") from None
