"""Read Markdown into events, with raw HTML and money kept from the parser.

In this language `<b>` and `<std::string>` are text. Telling the parser so takes *stand-ins*: before it
parses, each `<` that begins no autolink gives way to a character of its kind (punctuation that the text does
not hold), which is put back when text is written. So Markdown around and after it is read as Markdown, in
code it is code, and there is no raw HTML left to escape. The same is done to dollars that are money, and to
references like `&#31;`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, NamedTuple, TypeAlias, cast

from pyromark import Markdown, Options

from deckgen.text.characters import forbidden_references
from deckgen.text.stand_ins import NONE, StandIns, choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: As pyromark gives it: a name, or a dict of one name and what belongs to it.
Event: TypeAlias = "str | dict[str, Any]"

PARSER = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_MATH)
_DOLLARS_OF_A_FORMULA = 2
#: A round settles at least half of what is left, so this many do for any text that fits into memory.
_ROUNDS = 48
#: A formula on a line, or lines, of its own.
_DISPLAY = re.compile(
    r"^[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)*(\$\$)(?!\$)(?:(?!\$\$).)*\$\$[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_OPENING = re.compile(
    r"""
      \][(:]\s*<                                    # may begin a link's destination
    | (?<!\\)(\\*)<                                 # 1: an odd number of backslashes makes it text already
      ((?: (?i:https?:|mailto:)[^\x00-\x20<>]*      # 2: CommonMark's autolinks, of the allowed schemes
         | [A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9.\-]+ ) >)?
    """,
    re.VERBOSE,
)


class Parsed(NamedTuple):
    """The events of a text.

    `source` has one character for each one of the text, so positions in it are positions in the text.
    """

    events: tuple[tuple[Event, dict[str, int]], ...]
    source: bytes
    stand_ins: StandIns

    def restore(self, text: str) -> str:
        """Put back into a piece of text what the stand-ins stand for."""
        return self.stand_ins.restore(text)

    def offset(self, byte: int) -> int:
        """Return which character of the text begins at this byte of the source."""
        return len(self.source[:byte].decode())


def parse(text: str) -> Parsed:
    """Read a text that `clean` has passed."""
    if "<" not in text and "&#" not in text and text.count("$") < _DOLLARS_OF_A_FORMULA:
        return _parsed(text.encode(), NONE)
    text, stand_ins = choose(_join_displays(text))
    hidden = [(found.end(1), stand_ins.of("<")) for found in _OPENING.finditer(text) if _is_text(found)]
    if "&#" in text:
        hidden += ((found.end(1), stand_ins.of("&")) for found in forbidden_references(text))
    return _settle(_parsed(_replaced(text, hidden).encode(), stand_ins))


def _join_displays(text: str) -> str:
    """Write each block of `$$…$$` on one line, since a line of a formula may begin with `+` or be empty."""
    if "$$" not in text or "\n" not in text or not _DISPLAY.search(text):
        return text
    parsed = _parsed(text.encode(), NONE)
    code = [
        range(parsed.offset(place["start"]), parsed.offset(place["end"]))
        for event, place in parsed.events
        if isinstance(event, dict) and "CodeBlock" in event.get("Start", ())
    ]

    def joined(found: re.Match[str]) -> str:
        in_code = any(found.start(1) in block for block in code)
        return found[0] if in_code else found[0].replace("\n", " ")

    return _DISPLAY.sub(joined, text)


def _parsed(source: bytes, stand_ins: StandIns) -> Parsed:
    events = PARSER.events_with_range(source.decode(), merge_text=True)
    return Parsed(tuple(cast("Iterable[tuple[Event, dict[str, int]]]", events)), source, stand_ins)


def _is_text(opening: re.Match[str]) -> bool:
    """Tell a `<` that is to be hidden from one that may begin an autolink or a destination, or is escaped."""
    return opening[1] is not None and not opening[2] and len(opening[1]) % 2 == 0


def _replaced(text: AnyStr, replacements: list[tuple[int, AnyStr]]) -> AnyStr:
    """Replace the one character, or byte, at each of some places."""
    pieces: list[AnyStr] = []
    done = 0
    for at, replacement in sorted(replacements):
        pieces += (text[done:at], replacement)
        done = at + 1
    pieces.append(text[done:])
    return text[:0].join(pieces)


def _settle(parsed: Parsed) -> Parsed:
    """Parse again until no event is raw HTML, and none a formula that is none."""
    for _ in range(_ROUNDS):
        mistaken = [(at, parsed.stand_ins.of(hidden).encode()) for at, hidden in set(_mistaken(parsed))]
        if not mistaken:
            return parsed
        parsed = _parsed(_replaced(parsed.source, mistaken), parsed.stand_ins)
    source = parsed.source.decode()
    for character in "<$":
        source = source.replace(character, parsed.stand_ins.of(character))
    return _parsed(source.encode(), parsed.stand_ins)


def _mistaken(parsed: Parsed) -> Iterator[tuple[int, str]]:
    """Give the bytes of the source at which stands a character that the parser must not see."""
    for event, place in parsed.events:
        if isinstance(event, str):
            continue
        start, end = place["start"], place["end"]
        if "InlineMath" in event or "DisplayMath" in event:
            if not _is_formula(parsed.source, event, start, end):
                yield from ((at, "$") for at in range(start, start + 1 + ("DisplayMath" in event)))
        elif "InlineHtml" in event or "Html" in event:
            for at in range(start, end):
                if parsed.source[at] == ord("<"):
                    yield from _raw_html(parsed.source, at)


def _is_formula(source: bytes, event: dict[str, Any], start: int, end: int) -> bool:
    display = "DisplayMath" in event
    # Four characters of UTF-8 on either side are more than the rules look at.
    before = source[max(0, start - 16) : start].decode(errors="ignore")
    after = source[end : end + 16].decode(errors="ignore")
    # Few texts hold a dollar.
    from deckgen.text.money import is_formula

    return is_formula(event["DisplayMath" if display else "InlineMath"], before, after, display=display)


def _raw_html(source: bytes, at: int) -> Iterator[tuple[int, str]]:
    """Hide a `<` that began no destination after all, and what would make one of the text after it."""
    yield at, "<"
    before = source[:at].rstrip()
    if before.endswith((b"](", b"]:")):
        yield len(before) - 1, chr(before[-1])
