"""Parse Markdown into events, with raw HTML and money hidden from the parser.

In this language `<b>` and `<std::string>` are text. Telling the parser so takes *placeholders*: before it
parses, each `<` that begins no autolink gives way to a character of its kind (punctuation that the text does
not hold), which is put back when text is written. So Markdown around and after it is read as Markdown, in
code it is code, and there is no raw HTML left to escape. The same is done to dollars that are money, to
references like `&#31;`, and to what would make a list, a heading or another block of a text of one line: an option
`- 5` is a number.

CommonMark's emphasis needs spaces or punctuation around it, which Chinese, Japanese and Korean do not write: in
`**「引用」**は` nothing is bold. A letter without a meaning, between the punctuation and the stars, settles it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, NamedTuple, TypeAlias, cast

from pyromark import Markdown, Options

from deckgen.patterns import lazy_pattern
from deckgen.text.characters import forbidden_references
from deckgen.text.placeholders import NONE, Placeholders, choose
from deckgen.text.ruby import has_ruby, marked, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: As pyromark gives it: a name, or a dict of one name and what belongs to it.
Event: TypeAlias = "str | dict[str, Any]"

PARSER = Markdown(
    options=Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_MATH
    | Options.ENABLE_TASKLISTS
)
#: The start of an entry of a task list (`- [x]`), by whether it is done.
TASK_BOXES = {False: "\N{BALLOT BOX}", True: "\N{BALLOT BOX WITH CHECK}"}
_DOLLARS_OF_A_FORMULA = 2
#: A round resolves at least half of the rest, so this many are enough for any text that fits into memory.
_ROUNDS = 48
#: A formula on a separate line or lines.
_DISPLAY = lazy_pattern(
    r"^[ \t]*(?:(?:[-+*]|[0-9]{1,9}[.)])[ \t]+)*(\$\$)(?!\$)(?:(?!\$\$).)*\$\$[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_OPENING = lazy_pattern(
    r"""
      \][(:]\s*<                                    # may begin a link's destination
    | (?<!\\)(\\*)<                                 # 1: an odd number of backslashes makes it text already
      ((?: (?i:https?:|mailto:)[^\x00-\x20<>]*      # 2: CommonMark's autolinks, of the allowed schemes
         | [A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]+@[A-Za-z0-9.\-]+ ) >)?
    """,
    re.VERBOSE,
)
#: The start of a line, without indentation, that makes it a block: bullet, heading, quotation, rule, number, fence,
#: definition of a link.
_BLOCK = lazy_pattern(
    r"""
      [-+*] (?= [ \t] | \n?\Z )
    | \# (?= \#{0,5} (?: [ \t] | \n?\Z ) )
    | >
    | ([-*_]) (?= [ \t]* (?: \1 [ \t]* ){2,} \n?\Z )
    | [0-9]{1,9} [.)] (?= [ \t] | \n?\Z )
    | ` (?= ``[^`]*\Z )
    | ~ (?= ~~ )
    | \[ (?= (?: [^\[\]\\] | \\. )+ \]: )
    """,
    re.VERBOSE | re.DOTALL,
)
#: A width after an image; ASCII only, so that its characters are bytes.
_WIDTH = lazy_pattern(r"\{ *width *= *\"?([0-9]{1,4}(?:\.[0-9]{1,3})?)(%|px|em|cm|mm|in|pt)?\"? *\}")
_MAY_BEGIN_BLOCK = frozenset("-+*#>_`~[0123456789 \t")
#: Letters of Chinese, Japanese and Korean, for a set of characters in a pattern.
CJK = (
    "\u1100-\u11ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30fa\u30fc-\u318f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc"
    "\U00020000-\U0003ffff"
)
_CJK_PUNCTUATION = (
    "\u3001-\u3003\u3008-\u3020\u3030\u303d\u30a0\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_MARK = r"[^\w\s*~\\]"
#: Stars or tildes between punctuation and a letter, one of which is Chinese, Japanese or Korean.
_BESIDE_CJK = lazy_pattern(
    rf"(?<={_MARK})(?P<after>)(?:\*+|~~)(?=[{CJK}])|(?<=[{CJK}])(?:\*+|~~)(?P<before>)(?={_MARK})"
    rf"|(?<=[{_CJK_PUNCTUATION}])(?P<after_cjk>)(?:\*+|~~)(?=\w)|(?<=\w)(?:\*+|~~)(?P<before_cjk>)(?=[{_CJK_PUNCTUATION}])"
)


class Parsed(NamedTuple):
    """The events of a text.

    `source` has one character for each one of the text, except for the indentation of its one line and for letters that
    were inserted, so positions in it can be mapped to the text.
    """

    events: tuple[tuple[Event, dict[str, int]], ...]
    source: bytes
    placeholders: Placeholders
    #: Characters that were removed before the source.
    indentation: int = 0

    def restore(self, text: str) -> str:
        """Replace the placeholders in a piece of text by their characters, and those of ruby."""
        return unmarked(self.placeholders.restore(text))

    def offset(self, byte: int) -> int:
        """Return the index of the character of the text that starts at this byte of the source."""
        before = self.source[:byte].decode()
        inserted = before.count(self.placeholders.letter) if self.placeholders.letter else 0
        return len(before) - inserted + self.indentation


def begins_block(text: str) -> bool:
    """Return whether a text of one line would be read as a list, a heading or another block."""
    return text[:1] in _MAY_BEGIN_BLOCK and _is_one_line(text) and _block_at(text) is not None


def as_line(text: str) -> str:
    """Return Markdown that shows a text of one line as it is alone, also where it is put among other lines."""
    block = _block_at(text) if _is_one_line(text) else None
    if block is None:
        return text
    return text.strip() if text[block] in " \t" else f"{text[:block].lstrip()}\\{text[block:]}"


def has_cjk_emphasis(text: str) -> bool:
    """Return whether stars or tildes are between punctuation and a letter of Chinese, Japanese or Korean."""
    return not text.isascii() and ("*" in text or "~~" in text) and _BESIDE_CJK.search(text) is not None


def parse(text: str) -> Parsed:
    """Parse a text that `clean` has returned. Ruby is marked in its words (`deckgen.text.ruby`)."""
    if has_ruby(text):
        text = marked(text)
    block = _block_at(text) if text[:1] in _MAY_BEGIN_BLOCK and _is_one_line(text) else None
    cjk = has_cjk_emphasis(text)
    if "$$" in text:
        text = _join_displays(text)
    if block is None and not cjk and "<" not in text and "&#" not in text:
        parsed = _parsed(text.encode(), NONE)
        if text.count("$") < _DOLLARS_OF_A_FORMULA or next(_mistaken(parsed), None) is None:
            return _with_widths(parsed)
    indented = block is not None and text[block] in " \t"
    text, placeholders = choose(text, "" if block is None or indented else text[block])
    hidden = [(found.end(1), placeholders.of("<")) for found in _OPENING.finditer(text) if _is_text(found)]
    if "&#" in text:
        hidden += ((found.end(1), placeholders.of("&")) for found in forbidden_references(text))
    if block is not None and not indented:
        hidden.append((block, placeholders.of(text[block])))
    indentation = 0 if block is None else len(text) - len(text.lstrip(" \t"))
    text = _replaced(text, hidden)[indentation:]
    if cjk:
        text = _BESIDE_CJK.sub(lambda found: _with_letter(found, placeholders.letter), text)
    return _with_widths(_settle(_parsed(text.encode(), placeholders))._replace(indentation=indentation))


def _with_widths(parsed: Parsed) -> Parsed:
    """Move each `{width=…}` that follows an image into the image, as its `width`."""
    if b"){" not in parsed.source and b"]{" not in parsed.source:
        return parsed
    events = list(parsed.events)
    image: dict[str, Any] | None = None
    for at, (event, place) in enumerate(events):
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name == "Start" and isinstance(value, dict) and "Image" in value:
            image = value["Image"]
        elif name == "Text" and image and at and events[at - 1][0] == {"End": "Image"}:
            found = _WIDTH.match(value) if place["start"] == events[at - 1][1]["end"] else None
            if found:
                image["width"] = found[1] + (found[2] or "px")
                rest = value[found.end() :]
                events[at] = ({"Text": rest}, {"start": place["start"] + found.end(), "end": place["end"]})
    return parsed._replace(events=tuple(events))


def _is_one_line(text: str) -> bool:
    end = text.find("\n")
    return end < 0 or end == len(text) - 1


def _block_at(text: str) -> int | None:
    """Return the index of the character that makes a line a block; that of the first character if it is indented."""
    stripped = text.lstrip(" \t")
    at = len(text) - len(stripped)
    found = _BLOCK.match(stripped)
    if found is None:
        return 0 if at and stripped.strip() else None
    return at + found.end() - 1


def _with_letter(found: re.Match[str], letter: str) -> str:
    after = found["after"] is not None or found["after_cjk"] is not None
    return letter + found[0] if after else found[0] + letter


def _join_displays(text: str) -> str:
    """Write each block of `$$…$$` on one line, since a line of a formula may start with `+` or be empty."""
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


def _parsed(source: bytes, placeholders: Placeholders) -> Parsed:
    events = PARSER.events_with_range(source.decode(), merge_text=True)
    return Parsed(tuple(cast("Iterable[tuple[Event, dict[str, int]]]", events)), source, placeholders)


def _is_text(opening: re.Match[str]) -> bool:
    """Return whether to hide a `<`: it starts no autolink or destination, and is not escaped."""
    return opening[1] is not None and not opening[2] and len(opening[1]) % 2 == 0


def _replaced(text: AnyStr, replacements: list[tuple[int, AnyStr]]) -> AnyStr:
    """Replace the character, or byte, at each of some positions."""
    pieces: list[AnyStr] = []
    done = 0
    for at, replacement in sorted(replacements):
        pieces += (text[done:at], replacement)
        done = at + 1
    pieces.append(text[done:])
    return text[:0].join(pieces)


def _settle(parsed: Parsed) -> Parsed:
    """Parse again until no event is raw HTML or a formula by mistake."""
    for _ in range(_ROUNDS):
        mistaken = [(at, parsed.placeholders.of(hidden).encode()) for at, hidden in set(_mistaken(parsed))]
        if not mistaken:
            return parsed
        parsed = _parsed(_replaced(parsed.source, mistaken), parsed.placeholders)
    source = parsed.source.decode()
    for character in "<$":
        source = source.replace(character, parsed.placeholders.of(character))
    return _parsed(source.encode(), parsed.placeholders)


def _mistaken(parsed: Parsed) -> Iterator[tuple[int, str]]:
    """Yield the positions in the source of characters that the parser must not see, with the characters."""
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
    # Few texts contain a dollar.
    from deckgen.text.money import is_formula

    return is_formula(event["DisplayMath" if display else "InlineMath"], before, after, display=display)


def _raw_html(source: bytes, at: int) -> Iterator[tuple[int, str]]:
    """Hide a `<` that started no destination, and the character that would make one of the text after it."""
    yield at, "<"
    before = source[:at].rstrip()
    if before.endswith((b"](", b"]:")):
        yield len(before) - 1, chr(before[-1])
