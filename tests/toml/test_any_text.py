"""Reading is total: whatever the text or the bytes, there is an answer, and soon."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.toml import Positions, SyntaxProblem, decode, decode_bytes
from laws import law
from toml.documents import Written, documents
from toml.test_positions import paths

SCRAPS = st.lists(
    st.sampled_from(
        [
            *"[]{}=.,#\"'\\\n\r\t \0\x7f\ufeff\u2028",
            '"""', "'''", "[[", "]]", "a", "id", "1", "0x", "-", "inf", "\\u", "\\x1", "\r\n", "=\n", "é", "👩‍🚀",
            "2026-01-31", "07:32", "true", "“", "[a]\n", "[[a]]\n", "a = 1\n", "a.b = 2\n", "{a = 1}", " # x\n",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def ask_everything(text: str) -> None:
    """Decode a text, and look every place of it up."""
    document = decode(text)
    positions = Positions(text)
    if isinstance(document, SyntaxProblem):
        lines = text.split("\n")
        assert 1 <= document.spot.line <= document.spot.end_line <= len(lines) + 1
        assert document.spot[:2] < document.spot[2:]
        assert document.message
        assert "\n" not in document.message
        document = {"a": {"id": [1]}}
    for path, _ in paths(document):
        positions.value(path)
        positions.key(path)
        positions.header(path)
        positions.nearest(path)
    list(positions.leaves())


@law(50)
@given(st.text(max_size=60) | SCRAPS)
@example("\ufeff\ufeffa=1")
@example("a = \udc80")
@example("a = 0000-01-01")
@example("a = 23:59:60")
@example("a = 99999999999999999999")
@example("a = 1e999999")
@example("[" * 101)
@example("a = '\r'")
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes reading or looking up fail."""
    ask_everything(text)


@law(40)
@given(documents(), st.data())
def test_any_slip_in_a_document_has_an_answer(written: Written, data: st.DataObject) -> None:
    """Deleting, doubling or adding something anywhere in a document never makes reading fail."""
    text = written.text
    at = data.draw(st.integers(0, len(text)))
    to = data.draw(st.integers(at, min(len(text), at + 5)))
    ask_everything(text[:at] + data.draw(SCRAPS | st.just("")) + text[to:])


@law(50)
@given(documents() | SCRAPS.map(lambda text: Written(text, None)))
def test_what_another_reader_takes_is_taken(written: Written) -> None:
    """A text that Python's own reader takes has the same values here."""
    try:
        wanted = tomllib.loads(written.text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return
    if written.text.startswith("\ufeff"):
        return
    assert decode(written.text) == wanted


@law(50)
@given(st.binary(max_size=40) | st.text(max_size=20).map(lambda text: text.encode("utf-16")))
def test_any_bytes_have_an_answer(content: bytes) -> None:
    """No bytes make decoding fail; what is no UTF-8 is said at its line."""
    text = decode_bytes(content)
    if isinstance(text, SyntaxProblem):
        assert text.spot.line <= content.count(b"\n") + 1
        assert text.help
    else:
        assert content.removeprefix(b"\xef\xbb\xbf").decode() == text


@pytest.mark.parametrize(
    ("content", "message", "spot"),
    [
        (b"\xef\xbb\xbfa = 1", None, None),
        (b'a = 1\nb = "caf\xe9"', "byte 0xE9 is not UTF-8", (2, 9)),
        ("é = 1\nü = ".encode() + b"\xff", "byte 0xFF is not UTF-8", (2, 5)),
        (b"\xff\xfea\x00=\x001\x00", "the file is UTF-16, expected UTF-8", (1, 1)),
        (b"a\x00=\x001\x00", "the file is UTF-16, expected UTF-8", (1, 1)),
        (b"\x00\x00\xfe\xff\x00\x00\x00a", "the file is UTF-32, expected UTF-8", (1, 1)),
        (b"\xed\xa0\x80", "byte 0xED is not UTF-8", (1, 1)),
        (b"\xc0\x80", "byte 0xC0 is not UTF-8", (1, 1)),
        (b"", None, None),
    ],
)
def test_encodings_are_told_apart(content: bytes, message: str | None, spot: tuple[int, int] | None) -> None:
    """A byte order mark is passed over; other encodings are named."""
    text = decode_bytes(content)
    if message is None:
        assert isinstance(text, str)
    else:
        assert isinstance(text, SyntaxProblem)
        assert (text.message, text.spot[:2]) == (message, spot)


MEGABYTES = {
    "a long line": 'a = "' + "x" * 2_000_000 + '"\n',
    "a long line that never ends": 'a = "' + "x" * 2_000_000,
    "a long line of escapes": 'a = "' + "\\n" * 1_000_000 + '"',
    "a long line with a bad escape": 'a = "' + "x\\\\" * 600_000 + '\\q"',
    "a long array": "a = [" + "1, " * 100_000 + "]\nb = ",
    "a long comment": "#" + "[" * 2_000_000 + "\na = ",
    "nested arrays": "a = " + "[" * 1_000 + "]" * 1_000,
    "deeply nested arrays": "a = " + "[" * 200_000 + "]" * 200_000,
    "arrays without an end": "a = " + "[" * 1_000_000,
    "closed too often": "a = " + "]" * 1_000_000,
    "nested inline tables": "a = " + "{a = " * 100_000 + "1" + "}" * 100_000,
    "mixed brackets": "a = " + "[{" * 500_000,
    "a long dotted key": ".".join("a" * 100_000) + " = 1",
    "a long header": "[" + ".".join("a" * 100_000) + "]",
    "quotes": "a = " + '"' * 1_000_000,
    "apostrophes": "a = " + "'" * 999_999,
    "long strings one after the other": "a = " + "'''" * 100_000,
    "backslashes": 'a = "' + "\\" * 1_000_001,
    "many headers": "[[a]]\n" * 40_000 + "b = ",
    "many keys": "".join(f"k{n} = {n}\n" for n in range(40_000)) + "k1 = 2\n",
    "many keys in a line": "a = {" + ", ".join(f"k{n} = {n}" for n in range(40_000)) + "} x",
    "equals signs": "=" * 1_000_000,
    "a long number": "a = " + "1" * 2_000_000,
    "a long number below the limit": "a = [" + "1" * 99_000 + "]",
    "a long word": "a = " + "b" * 1_000_000,
    "blanks": " " * 1_000_000 + "x",
    "line ends": "\r\n" * 1_000_000 + "\r",
    "NULs": "\0" * 1_000_000,
}


@pytest.mark.parametrize("name", MEGABYTES)
def test_much_text_takes_bounded_time(name: str) -> None:
    """Megabytes of the worst kind are answered within seconds: time grows with the length, not its square."""
    text = MEGABYTES[name]
    begun = time.process_time()
    document = decode(text)
    if isinstance(document, SyntaxProblem):
        assert len(document.message) < 200
        assert len(document.help or "") < 300
    positions = Positions(text)
    positions.value(("a",))
    positions.value(("a", "a", 0))
    positions.nearest(("a", 3, "b"))
    # Time of this process: others may be at work. The square of a million would take minutes.
    assert time.process_time() - begun < 20
