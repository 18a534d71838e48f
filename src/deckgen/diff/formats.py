"""The formats of a difference, by the words for them: `diff --format text|json|markdown`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from deckgen.diff.difference import Difference


class Setting(NamedTuple):
    """How a difference is shown, and what it was compared with."""

    #: What it was compared with, for people.
    against: str
    color: bool = False


Format = Callable[["Difference", Setting], str]


def _text(difference: Difference, setting: Setting) -> str:
    from deckgen.diff.text import write

    return write(difference, setting)


def _json(difference: Difference, setting: Setting) -> str:
    from deckgen.diff.json import write

    return write(difference, setting)


def _markdown(difference: Difference, setting: Setting) -> str:
    from deckgen.diff.markdown import write

    return write(difference, setting)


FORMATS: Final[dict[str, Format]] = {"text": _text, "json": _json, "markdown": _markdown}
