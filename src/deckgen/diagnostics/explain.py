"""A rule explained: in the terminal, and as a page of the reference."""

from __future__ import annotations

import difflib
import re
import textwrap
from typing import TYPE_CHECKING

from deckgen.diagnostics.cells import visible
from deckgen.diagnostics.paint import Paint, painter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from deckgen.diagnostics.rule import Example, RuleDoc

_TITLES = (("Bad", "error"), ("Good", "good"))
_PAGE_HEAD = """\
# Diagnostics

<!-- Generated from the docstrings in src/deckgen/rules/. Edit those, then run `make docs`. -->

Everything that deckgen says about a project, by code. An error stops the build, a warning does not.
`deckgen explain CODE` prints the same in the terminal.
"""


def explain(doc: RuleDoc, *, color: bool = False, width: int = 80) -> str:
    """Return a rule's documentation for a terminal `width` cells wide."""
    paint = painter(color=color)
    head = paint(doc.severity.value, f"{doc.severity.value}[{doc.code}]")
    measure = max(40, min(width, 88))
    blocks = [head + paint("strong", f": {doc.summary}")]
    blocks += [textwrap.fill(part, measure, break_long_words=False) for part in doc.why]
    for (title, role), examples in zip(_TITLES, (doc.bad, doc.good), strict=True):
        shown = ["\n".join(_shown(example, role, paint)) for example in examples]
        blocks += [f"{paint(role, title)}:\n{shown[0]}", *shown[1:]]
    return "\n\n".join(blocks) + "\n"


def unknown_code(code: str, codes: Iterable[str]) -> str:
    """Return the sentence for a code that no rule has, with those nearest to it."""
    near = difflib.get_close_matches(code.lower().replace("_", "-"), sorted(codes), n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(f'`{one}`' for one in near)}?" if near else ""
    return f"no diagnostic has the code `{visible(code)}`{hint}"


def reference_page(docs: Mapping[str, RuleDoc], head: str = _PAGE_HEAD) -> str:
    """Return the Markdown page that documents every rule, in the order given."""
    table = "".join(["| code | | what is wrong |\n", "|---|---|---|\n", *map(_row, docs.values())])
    return "\n".join([head, table, *map(_section, docs.values())])


def markdown(doc: RuleDoc) -> str:
    """Return why a rule matters and its examples, in Markdown, without a heading."""
    blocks = list(doc.why)
    for (title, _), examples in zip(_TITLES, (doc.bad, doc.good), strict=True):
        blocks += [f"{title}:", *map(_fenced, examples)]
    return "\n\n".join(blocks) + "\n"


def _section(doc: RuleDoc) -> str:
    return f"## {doc.code}\n\n**{doc.summary}** ({doc.severity.value})\n\n{markdown(doc)}"


def _row(doc: RuleDoc) -> str:
    summary = doc.summary.replace("|", "\\|")
    return f"| [`{doc.code}`](#{doc.code}) | {doc.severity.value} | {summary} |\n"


def _fenced(example: Example) -> str:
    """Return the example in a fence longer than any in it, under its file's name."""
    longest = max((len(found) for found in re.findall(r"`+", example.text)), default=0)
    fence = "`" * max(3, longest + 1)
    name = f"`{example.file}`\n\n" if example.file else ""
    return f"{name}{fence}{example.language}\n{example.text}{fence}"


def _shown(example: Example, role: str, paint: Paint) -> Iterator[str]:
    bar = paint(role, "│")
    if example.file:
        yield f"  {bar} {paint('faint', f'# {visible(example.file)}')}"
    for line in example.text.splitlines():
        yield f"  {bar} {visible(line)}".rstrip()
