r"""Find text that looks like markup of other tools: `\(x\)`, `[^1]`, `[sound:…]`, surplus pipes.

Here it would be printed as it is, so authors are told how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.patterns import lazy_pattern
from deckgen.text.parse import CJK
from deckgen.text.ruby import HAN_OR_KANA, is_ruby

if TYPE_CHECKING:
    from deckgen.text.parse import Parsed


class Foreign(NamedTuple):
    """Something that looks like markup."""

    message: str
    #: How to write it here.
    repair: str
    #: The affected piece of the text.
    piece: str
    #: Where it starts (0-based).
    offset: int


_HTML = (
    "b|br|code|del|div|em|font|hr|i|img|kbd|li|mark|ol|p|pre|s|small|span|strong|sub|sup|table|td|th|tr|u|ul"
)
#: Where a space matters, it may be code, a formula or a link, which `_prose` replaces by spaces.
_MAY_BE_FOREIGN = lazy_pattern(
    r"\\[(\[]|\[\^|\[(?i:sound:|anki:|latex\]|\$)|\{\{(?:c\d|tts|type|text|hint|furigana|kanji|kana|cloze|Front|Back)"
    r"|[\])]\{|\|[ :]*-|-[ :]*\||!\[\[|\]\([^()<>\n]*[\s`$\[<]"
)
_MAY_BE_TAG = lazy_pattern(rf"</?(?i:a|{_HTML})\b")
#: The same of Chinese, Japanese and Korean, and what it needs: to compile its large sets takes milliseconds.
_MAY_BE_FOREIGN_CJK = lazy_pattern(rf"[\u3005\u3400-\u9fff]\[|[{CJK}]\*\*|\*\*[{CJK}]|[{HAN_OR_KANA}]\|")
_BESIDE_WIDE = lazy_pattern(r"[^\x00-\xff](?:\*\*|[\[|])|\*\*[^\x00-\xff]")
#: Instead of other tools' ways to have a text read aloud.
_SPEAK = 'write `speak = { prompt = "ja-JP" }` beside the text'
_CLOZE = lazy_pattern(
    r"\{\{(?:c\d+::|tts |(?:type|text|hint|furigana|kanji|kana|cloze)(?::|[ -])|(?:FrontSide|Front|Back)\}\})"
    r"[^{}]*(?:\}\})?"
)
#: What may be meant as ruby: braces around what ends in Han or kana, a pipe, and more.
_READING = lazy_pattern(rf"(?<!\\)(\{{+)[^{{}}|\n]*[{HAN_OR_KANA}]\|[^{{}}\n]*\}}")
_MATHS = lazy_pattern(r"\\[A-Za-z]|[\^_=+<>]|\A\s*[A-Za-z]\s*\Z")
_STARS = lazy_pattern(rf"\*\*(?=[{CJK}])|(?<=[{CJK}])\*\*")

_Repair = Callable[[re.Match[str]], str]


def _maths(dollars: str) -> _Repair:
    return lambda found: f"write `{dollars}{found[1].strip()}{dollars}`"


#: A pattern in prose, what it is, and how to write it here.
_PATTERNS: tuple[tuple[re.Pattern[str], str, _Repair], ...] = (
    (
        lazy_pattern(r"!\[[^\[\]\n]*\]\((?!<)[^()<>\n]*\s[^()<>\n]*\)"),
        "a picture whose path has a space",
        lambda found: "write `" + re.sub(r"\]\((.*)\)\Z", r"](<\1>)", found[0]) + "`",
    ),
    (
        lazy_pattern(r"(?<!!)\[[^\[\]\n]*\]\((?!<)(?:https?:|mailto:)[^()<>\n]*\s[^()<>\n]*\)"),
        "a link whose address has a space",
        lambda found: "write `" + re.sub(r"\]\((.*)\)\Z", r"](<\1>)", found[0]) + "`",
    ),
    (lazy_pattern(r"(?<!\\)\\\((.+?)\\\)", re.DOTALL), "a formula of LaTeX", _maths("$")),
    (lazy_pattern(r"(?<!\\)\\\[(.+?)\\\](?!\()", re.DOTALL), "a formula of LaTeX", _maths("$$")),
    (
        lazy_pattern(r"\[\^(?:\d+|[A-Za-z][\w-]{2,})\](?![*+?{])"),
        "a footnote",
        lambda _: "there are no footnotes: say it in the text, in `explanation` or by `sources`",
    ),
    (
        lazy_pattern(r"\[sound:([^\]\n]*)\]", re.IGNORECASE),
        "a sound of Anki",
        lambda found: f"write `![what it says](media/{found[1].strip()})`",
    ),
    (
        lazy_pattern(r"\[anki:tts[^\]\n]*\](?:[^\n]*?\[/anki:tts\])?", re.IGNORECASE),
        "speech of Anki",
        lambda _: _SPEAK,
    ),
    (
        lazy_pattern(r"([\u3005\u3400-\u9fff\uf900-\ufaff]+)\[([\u3040-\u30ff]+)\]"),
        "a reading of Anki",
        lambda found: f"write `{{{found[1]}|{found[2]}}}`",
    ),
    (
        lazy_pattern(r"!\[\[[^\[\]\n]+\]\]"),
        "a picture of Obsidian",
        lambda _: "write `![what it shows](media/name.png)`",
    ),
    (
        lazy_pattern(
            rf"<(?:/?(?:{_HTML})|(?:img|br|hr|font|span|div|p|td|a) [^<>\n]*|(?:br|hr) ?/)>", re.IGNORECASE
        ),
        "an element of HTML",
        lambda found: _instead_of_html(found[0]),
    ),
)
#: The same around what looks like a formula here.
_AROUND_FORMULAS: tuple[tuple[re.Pattern[str], str, _Repair], ...] = (
    (
        lazy_pattern(r"\[(\$\$?)\](.+?)\[/\1\]", re.DOTALL),
        "a formula of Anki",
        lambda found: f"write `{found[1]}{found[2].strip()}{found[1]}`",
    ),
    (
        lazy_pattern(r"\[latex\](.+?)\[/latex\]", re.DOTALL | re.IGNORECASE),
        "LaTeX of Anki",
        lambda found: f"write `${found[1].strip().strip('$')}$`",
    ),
)
_INSTEAD = {
    "b": "bold is written `**…**`",
    "strong": "bold is written `**…**`",
    "i": "italics are written `*…*`",
    "em": "italics are written `*…*`",
    "br": "a new line in `'''…'''` ends with two spaces or a backslash",
    "img": "a picture is written `![what it shows](media/name.png)`",
    "code": "code is written between backticks",
}


def _instead_of_html(tag: str) -> str:
    name = re.sub(r"[^a-z].*", "", tag[1:].lstrip("/").lower())
    instead = _INSTEAD.get(name, "HTML is written `{ html = '…' }` instead of the text")
    return f"{instead}; to show the tag itself, put it between backticks"


def may_be_foreign(source: str) -> bool:
    """Check a text quickly: where this is false, it has no foreign markup."""
    # Single characters first: most texts have none of them, and a pattern takes ten times as long to see that.
    return ("<" in source and bool(_MAY_BE_TAG.search(source))) or (
        (
            "[" in source
            or "|" in source
            or "{{" in source
            or "**" in source
            or "){" in source
            or "\\(" in source
        )
        and (
            bool(_MAY_BE_FOREIGN.search(source))
            or (
                not source.isascii()
                and bool(_BESIDE_WIDE.search(source))
                and bool(_MAY_BE_FOREIGN_CJK.search(source))
            )
        )
    )


def foreign(source: str, parsed: Parsed, *, gaps: bool) -> Iterator[Foreign]:
    """Yield what looks like markup in a text; with `gaps`, `{{…}}` is a gap of a cloze."""
    prose = _prose(source, parsed)
    for pattern, what, repair in _PATTERNS:
        for found in pattern.finditer(prose):
            if what == "a formula of LaTeX" and found[0][1] == "[" and not _MATHS.search(found[1]):
                continue
            yield _markup(found[0], what, repair(found), found.start())
    if "[/" in source:
        with_formulas = _prose(source, parsed, formulas=True)
        for pattern, what, repair in _AROUND_FORMULAS:
            for found in pattern.finditer(with_formulas):
                yield _markup(found[0], what, repair(found), found.start())
    for found in _CLOZE.finditer(prose):
        if found[0].startswith("{{tts "):
            yield _markup(found[0], "Anki's markup", _SPEAK, found.start())
        elif not gaps:
            yield _markup(found[0], "Anki's markup", 'gaps are for `type = "cloze"`', found.start())
    if "|" in prose:
        yield from _readings(prose, gaps=gaps)
    yield from _in_events(parsed)


def _readings(prose: str, *, gaps: bool) -> Iterator[Foreign]:
    """Give what looks like ruby and is none: `{食|}`, `{食べ|た|べ}`; and in a cloze `{{食|た}}`, which is a gap."""
    for found in _READING.finditer(prose):
        ruby = found[0][len(found[1]) - 1 :]
        if not is_ruby(ruby):
            repair = "a reading is written `{漢字|かんじ}`; to show the braces, write a backslash before them"
            yield _markup(ruby, "not a reading", repair, found.end(1) - 1)
        elif gaps and found[1] == "{{":
            yield _markup(f"{{{ruby}}}", "a gap, and not a reading", f"write `{{{{{ruby}}}}}`", found.start())


def _markup(shown: str, what: str, repair: str, offset: int) -> Foreign:
    return Foreign(f"`{shown}` is shown as text: it is {what}", repair, shown.partition("\n")[0], offset)


def _prose(source: str, parsed: Parsed, *, formulas: bool = False) -> str:
    """Return the text with spaces for code, links, pictures and, by default, formulas."""
    pieces = list(source)
    for event, place in parsed.events:
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name == "Start" and isinstance(value, dict):
            masked = "CodeBlock" in value or "Link" in value or "Image" in value
        else:
            masked = name == "Code" or (not formulas and name in ("InlineMath", "DisplayMath"))
        if masked:
            start, end = parsed.offset(place["start"]), parsed.offset(place["end"])
            pieces[start:end] = " " * (end - start)
    return "".join(pieces)


def _in_events(parsed: Parsed) -> Iterator[Foreign]:
    columns = 0
    after_image = -1
    for event, place in parsed.events:
        if isinstance(event, str):
            continue
        ((name, value),) = event.items()
        if name == "Start" and isinstance(value, dict) and "Table" in value:
            columns = len(value["Table"])
        elif name == "Start" and value == "TableRow":
            yield from _surplus(parsed, place, columns)
        elif name == "End" and value == "Image":
            after_image = place["end"]
        elif name == "Text":
            if place["start"] == after_image and (braces := re.match(r"\{[^{}\n]*\}", value)):
                repair = "only a width may follow a picture, such as `{width=50%}`"
                yield _markup(braces[0], "not a width of a picture", repair, parsed.offset(place["start"]))
            text = parsed.restore(value)
            if "**" in text and (stars := _STARS.search(text)):
                shown = text[max(0, stars.start() - 4) : stars.end() + 4].strip()
                repair = "put the punctuation outside of the stars, or a space next to them"
                yield _markup(shown, "not emphasis", repair, parsed.offset(place["start"]))


def _surplus(parsed: Parsed, place: dict[str, Any], columns: int) -> Iterator[Foreign]:
    """Yield a report for the cells of a row that are beyond the head of its table, and not shown."""
    # Before the pipes of ruby are put back.
    row = parsed.source[place["start"] : place["end"]].decode().strip()
    cells = [parsed.restore(cell) for cell in re.split(r"(?<!\\)\|", row.removeprefix("|"))]
    if cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > columns:
        message = f"a row of {len(cells)} cells in a table whose head has {columns}: the others are not shown"
        piece = next((cell.strip() for cell in cells[columns:] if cell.strip()), parsed.restore(row))
        yield Foreign(message, r"a `|` within a cell is written `\|`", piece, parsed.offset(place["start"]))
