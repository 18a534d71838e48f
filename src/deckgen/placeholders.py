"""`@{name}` in a text is a placeholder for a value: a field of a note type, a column of a table.

It is one thing only where such names are declared. A value is put in before anything else of the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

_PLACEHOLDER = re.compile(r"\\@\{|@\{([^{}\n]*)\}")


class Template(msgspec.Struct, frozen=True):
    """A text with placeholders."""

    #: Text, name, text, …, text.
    parts: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it takes values of, in its order."""
        return self.parts[1::2]

    def fill(self, value: Callable[[str], str]) -> str:
        """Return the text with a value for each name."""
        return "".join([value(part) if at % 2 else part for at, part in enumerate(self.parts)])


def template(text: str) -> Template | None:
    r"""Read a text; None if it has no placeholder. `\@{` is the text `@{`."""
    if "@{" not in text:
        return None
    parts = [""]
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        parts[-1] += text[at : found.start()]
        at = found.end()
        if found[1] is None:
            parts[-1] += "@{"
        else:
            parts += [found[1].strip(), ""]
    parts[-1] += text[at:]
    return Template(tuple(parts))
