"""Turn a file's bytes into text: TOML is UTF-8 (TOML 1.0, "Spec")."""

from __future__ import annotations

from .spot import Spot, SyntaxProblem

_BOM = b"\xef\xbb\xbf"
# The longer marks first: UTF-32's begins with UTF-16's.
_OTHER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE_AGAIN = "save the file as UTF-8 in your editor"


def decode_bytes(raw: bytes) -> str | SyntaxProblem:
    """Return the text without its byte order mark, or where it stops being UTF-8."""
    raw = raw.removeprefix(_BOM)
    wide = _wide_encoding(raw)
    if wide:
        return SyntaxProblem(f"the file is {wide}, expected UTF-8", Spot(1, 1, 1, 2), _SAVE_AGAIN)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(raw, error.start)


def _wide_encoding(raw: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 by their marks, or by a NUL at every other byte of the start."""
    for mark, name in _OTHER_MARKS:
        if raw.startswith(mark):
            return name
    if len(raw) > 1 and any(raw[0:64:2]) != any(raw[1:64:2]):
        return "UTF-16"
    return None


def _not_utf8(raw: bytes, at: int) -> SyntaxProblem:
    line = raw.count(b"\n", 0, at) + 1
    column = len(raw[raw.rfind(b"\n", 0, at) + 1 : at].decode("utf-8")) + 1
    return SyntaxProblem(
        f"byte 0x{raw[at]:02X} is not UTF-8",
        Spot(line, column, line, column + 1),
        _in_windows_1252(raw[at : at + 1]),
    )


def _in_windows_1252(byte: bytes) -> str:
    """Say which letter an old Windows or Latin-1 editor meant, as that is the usual cause."""
    letter = byte.decode("cp1252", "replace")
    if letter == "\ufffd":
        return _SAVE_AGAIN
    return f"it would be `{letter}` in Windows-1252: {_SAVE_AGAIN}"
