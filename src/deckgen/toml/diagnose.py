"""Find the first syntax mistake of a text that the decoder has refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from .explain import brackets, keys, strings, tables, values
from .explain.finding import Finding, found_span, named
from .positions import Positions
from .scanner import CLOSERS, QUOTES, Fault, Mistake, elements, members, statements
from .spot import Lines, Span, SyntaxProblem

if TYPE_CHECKING:
    from .outline import Block, Outline

Explain: TypeAlias = Callable[[str, Mistake], Finding]

# Characters that TOML forbids everywhere: all controls but tab and line feed, and a carriage return
# only before a line feed (TOML 1.0, "Comment", "String").
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
#: The line in front of the first side.
_CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)


def _bad_string(text: str, mistake: Mistake) -> Finding:
    return strings.bad_escape(text, mistake.span) or Finding("bad string", mistake.span)


_EXPLANATIONS: dict[Fault, Explain] = {
    Fault.NO_KEY: keys.no_key,
    Fault.NO_EQUALS: keys.no_equals,
    Fault.OPEN_HEADER: keys.open_header,
    Fault.AFTER_HEADER: keys.after_header,
    Fault.NO_VALUE: values.no_value,
    Fault.AFTER_VALUE: values.after_value,
    Fault.OPEN_STRING: strings.open_string,
    Fault.BAD_STRING: _bad_string,
    Fault.OPEN_BRACKET: brackets.open_bracket,
    Fault.WRONG_CLOSER: brackets.wrong_closer,
    Fault.NO_COMMA: brackets.no_comma,
    Fault.EXTRA_COMMA: brackets.extra_comma,
    Fault.TOO_DEEP: brackets.too_deep,
}


_OPEN = (Fault.OPEN_BRACKET, Fault.OPEN_STRING)


def diagnose(text: str, at: int, reason: str) -> SyntaxProblem:
    """Explain why a text is not TOML: its decoder stopped near this offset for this reason."""
    finding = _conflict_mark(text) or _control_character(text, at) or _find(text, at, reason)
    return to_problem(text, finding)


def explain(text: str, mistake: Mistake) -> SyntaxProblem:
    """Explain a mistake that was found without the decoder."""
    return to_problem(text, _explain(text, mistake))


def to_problem(text: str, finding: Finding) -> SyntaxProblem:
    """Count the lines and columns of a finding."""
    lines = Lines(text)
    also = finding.also and (lines.spot(finding.also[0]), finding.also[1])
    return SyntaxProblem(finding.message, lines.spot(finding.span), finding.help, also)


def _explain(text: str, mistake: Mistake) -> Finding:
    mistake = _sharpen(text, mistake)
    return _EXPLANATIONS[mistake.fault](text, mistake)


def _conflict_mark(text: str) -> Finding | None:
    """Find what git leaves of a merge that it could not make (git-merge, "How conflicts are presented")."""
    mark = _CONFLICT.search(text)
    if mark is None:
        return None
    return Finding(
        "an unresolved merge conflict",
        mark.span(),
        "keep what is right of both sides, and remove the conflict markers",
    )


def _control_character(text: str, at: int) -> Finding | None:
    match = _CONTROL.search(text)
    if match is None or match.start() > at + 1:
        return None
    if match[0] == "\r":
        help_ = "save the file with LF or CRLF line ends"
        return Finding("a carriage return without a line feed", match.span(), help_)
    message = f"unexpected control character {named(match[0])}"
    return Finding(message, match.span(), "delete it; it often comes with pasted text")


def _find(text: str, at: int, reason: str) -> Finding:
    positions = Positions(text)
    block = _block_at(positions.outline, at)
    finding = None
    try:
        if reason.startswith(("duplicate", "cannot extend")):
            finding = tables.twice(text, positions, block, at)
        else:
            finding = _in_block(text, block, at, reason)
            if finding is None and positions.outline.mistake:
                raise positions.outline.mistake
    except Mistake as mistake:
        finding = _explain(text, mistake)
    return finding or Finding(reason, found_span(text, min(at, len(text))))


def _block_at(outline: Outline, at: int) -> Block:
    return [b for b in outline.blocks if b.header is None or b.header.span[0] <= at][-1]


def _in_block(text: str, block: Block, at: int, reason: str) -> Finding | None:
    """Look for a mistake in the statements up to an offset, then in the value at the offset."""
    touched: Span | None = None
    for entry in statements(text, block.body, block.end):
        if touched:
            break
        start, end = entry.value
        _check(text, start)
        if start <= at < end:
            return _bad_value(text, entry.value, at, reason)
        # A number that stops too early is refused after its last digit.
        if at == end:
            touched = entry.value
    return touched and _bad_value(text, touched, at - 1, reason)


def _sharpen(text: str, mistake: Mistake) -> Mistake:
    """Replace a bracket or string that nothing closes by what is wrong in front of it, if any."""
    if mistake.fault in _OPEN and mistake.opened is not None:
        try:
            _check(text, mistake.opened)
        except Mistake as inner:
            return inner
    return mistake


def _check(text: str, start: int) -> None:
    """Raise the first mistake between the brackets of a value, however deep."""
    try:
        for inner in _inside(text, start):
            _check(text, inner[0])
    except Mistake as mistake:
        if mistake.fault in _OPEN and mistake.opened not in (None, start):
            _check(text, mistake.opened)
        raise


def _inside(text: str, start: int) -> Iterator[Span]:
    if text[start] == "[":
        yield from elements(text, start)
    elif text[start] == "{":
        for entry in members(text, start):
            yield entry.value


def _bad_value(text: str, span: Span, at: int, reason: str) -> Finding | None:
    """Explain the innermost string or bare value at an offset."""
    in_brackets = False
    while text[span[0]] in CLOSERS:
        inner = [value for value in _inside(text, span[0]) if value[0] <= at < value[1]]
        if not inner:
            return None
        span, in_brackets = inner[0], True
    if text[span[0]] in QUOTES:
        return strings.bad_escape(text, span)
    return values.bad_scalar(text, span, reason, in_brackets=in_brackets)
