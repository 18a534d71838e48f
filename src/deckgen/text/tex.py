r"""Check a formula, and write it for MathJax.

A formula is taken only if it is right everywhere: known to MathJax as Anki sets it up *and* drawable on
paper. The list of commands is closed (`tex_commands`), so nothing defines a command, sets a link (`\href`
runs scripts) or a style. A formula that fails the check is shown as code and reported by `problems`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from deckgen.nearest import and_did_you_mean, nearest
from deckgen.patterns import lazy_pattern
from deckgen.text.characters import GAP
from deckgen.text.chemistry import expand
from deckgen.text.escape import disarm_source, escape_text
from deckgen.text.tex_commands import COMMANDS, ENVIRONMENTS, SYMBOLS

_TOKEN = lazy_pattern(
    r"\\(?P<ends>begin|end)\s*\{(?P<environment>[^{}]*)\}|\\(?P<command>[A-Za-z]+)"
    r"|\\(?P<symbol>.?)|(?P<character>[{}%$#&])",
    re.DOTALL,
)
#: An array without columns.
_COLUMNS = lazy_pattern(r"\\begin\s*\{array\}(?!\s*\{[lcr|\s]*[lcr][lcr|\s]*\})")
#: Replaces a gap of a cloze while a formula is checked or drawn.
BLANK = r"\boxed{\phantom{xxx}}"
_DEEPEST = 40
_LONGEST = 4000
#: `{` or the name of an environment, and where it was opened.
_Open = tuple[str, int]


class TexError(NamedTuple):
    """Why a formula cannot be shown, and at which character."""

    message: str
    offset: int


@lru_cache(maxsize=4096)
def check(latex: str) -> TexError | None:
    """Return the first mistake of a formula, None if it can be shown everywhere."""
    latex = expand(latex)
    return _check_tokens(latex) or _check_structure(latex)


def mathjax(latex: str, *, display: bool) -> str:
    r"""Write a checked formula for an Anki field, in `\(…\)` or `\[…\]`."""
    opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{opening}{_mathjax(latex)}{closing}"


def mathjax_part(latex: str) -> str:
    """Write a part of a formula that fills a gap, so that it is safe in `{{c1::…}}` in a formula."""
    html = _mathjax(latex)
    before = " " if html.startswith(":") else ""
    after = " " if html.endswith(("}", ":")) else ""
    return f"{before}{html}{after}"


def _mathjax(latex: str) -> str:
    """Escape LaTeX for a field.

    Spaces, which mean nothing in a formula, keep apart what Anki would read as the end of a gap (`}}`), as
    the beginning of one (`{{`) or of its hint (`::`), and what its editor takes for the formula's end.
    """
    latex = re.sub(r"\s+", " ", expand(latex))
    latex = re.sub(r"\}(?=\})|\{(?=[{\ufdd0])|:(?=:)|\ufdd1(?=\})", r"\g<0> ", latex)
    latex = re.sub(r"\\(\\)(?=[()\]])|\\.", lambda found: found[0] + (" " if found[1] else ""), latex)
    return disarm_source(escape_text(latex))


def with_blanks(latex: str) -> str:
    """Replace every gap marker by an empty box."""
    return GAP.sub(lambda _: BLANK, latex) if "\ufdd0" in latex else latex


def _check_tokens(latex: str) -> TexError | None:
    if len(latex) > _LONGEST:
        return TexError(f"a formula of more than {_LONGEST} characters", 0)
    if not latex.strip():
        return TexError("an empty formula", 0)
    columns = _COLUMNS.search(latex)
    if columns:
        return TexError(
            r"`\begin{array}` is followed by its columns, such as `{lcr}` or `{c|c}`", columns.start()
        )
    opened: list[_Open] = []
    for token in _TOKEN.finditer(latex):
        message = _check_token(token, opened)
        if message:
            return TexError(message, token.start())
        if len(opened) > _DEEPEST:
            return TexError(f"groups nested more than {_DEEPEST} deep", token.start())
    if opened:
        name, offset = opened[-1]
        what = "`{` without its `}`" if name == "{" else rf"`\begin{{{name}}}` without its `\end{{{name}}}`"
        return TexError(what, offset)
    return None


def _check_token(token: re.Match[str], opened: list[_Open]) -> str | None:
    if token["ends"]:
        return _check_environment(token["ends"], token["environment"], token.start(), opened)
    if token["command"] == "hline":
        inside = opened and opened[-1][0] == "array"
        return None if inside else r"`\hline` is for an array: `\begin{array}{cc} … \\ \hline … \end{array}`"
    if token["command"]:
        return _check_command(token["command"])
    if token["symbol"] is not None:
        return (
            None
            if token["symbol"] in SYMBOLS and token["symbol"]
            else rf"unknown command `\{token['symbol']}`"
        )
    return _check_character(token["character"], token.start(), opened)


def _check_environment(ends: str, name: str, offset: int, opened: list[_Open]) -> str | None:
    if ends == "begin":
        opened.append((name, offset))
        return None if name in ENVIRONMENTS else f"unknown environment `{name}`{_nearest(name, ENVIRONMENTS)}"
    if not opened or opened.pop()[0] != name:
        return rf"`\end{{{name}}}` without its `\begin{{{name}}}`"
    return None


def _check_command(name: str) -> str | None:
    if name in ("begin", "end"):
        return rf"`\{name}` without the name of an environment"
    if name in COMMANDS:
        return None
    if name == "not":
        return r"`\not` cannot be drawn; write the sign itself: `\neq`, `\notin`, `\nless`"
    nearest = _nearest(name, COMMANDS, "\\")
    return rf"`\{name}` is not a command that both Anki and paper can show{nearest}"


def _check_character(character: str, offset: int, opened: list[_Open]) -> str | None:
    match character:
        case "{":
            opened.append(("{", offset))
        case "}":
            if not opened or opened.pop()[0] != "{":
                return "`}` without its `{`"
        case "&":
            if all(name == "{" for name, _ in opened):
                return r"`&` outside of a matrix or an alignment (the sign itself is `\&`)"
        case "%":
            return r"`%` begins a comment in LaTeX (the sign itself is `\%`)"
        case _:
            return rf"a bare `{character}` (the sign itself is `\{character}`)"
    return None


def _nearest(name: str, known: frozenset[str], prefix: str = "") -> str:
    near = nearest(name, known)
    return and_did_you_mean(near and f"{prefix}{near}")


def _check_structure(latex: str) -> TexError | None:
    from deckgen.text.svg import missing_glyph, structure_error

    whole = with_blanks(latex)
    message = structure_error(whole)
    if message:
        return TexError(message, 0)
    character = None if whole.isascii() else missing_glyph(whole)
    if character:
        return TexError(f"there is no glyph for `{character}` in a formula", latex.find(character))
    return None
