"""A key is not known in its table.

It is an error, never ignored: a misspelt key would silently drop what the author wrote.

Bad:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answr  = "42"
    ```

Good:
    ```toml
    [deck]
    name = "Arithmetic"

    [[question]]
    id     = "six-times-seven"
    type   = "short"
    prompt = "What is six times seven?"
    answer = "42"
    ```
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from deckgen.diagnostics import Diagnostic, Place
from deckgen.nearest import did_you_mean, nearest
from deckgen.rules._rule import Rule

RULE = Rule(__name__)


def found(
    key: str,
    owner: str,
    known: Iterable[str],
    place: Place,
    present: Collection[str] = (),
    elsewhere: Collection[str] = (),
) -> Diagnostic:
    """Return the diagnostic for `key` in `owner` (`a choice question`); `present` keys are not proposed.

    `elsewhere` are the types of question that have such a key.
    """
    near = meant(key, known, present)
    listed = ", ".join(f"`{word}`" for word in known)
    belongs = f"it is a key of {', '.join(f'`{word}`' for word in elsewhere)}" if elsewhere else ""
    return RULE.error(
        f"unknown key `{key}` in {owner}",
        place.key(),
        did_you_mean(near, belongs),
        help="" if near else f"known keys: {listed}",
        proposal=near or "",
    )


def of_project(diagnostic: Diagnostic, of_cards: Collection[str]) -> Diagnostic:
    """Return a diagnostic on `deckgen.toml`; for a key of files of cards, it says to put it there."""
    path = diagnostic.place.path
    if diagnostic.code != RULE.code or len(path) != 1 or path[0] not in of_cards:
        return diagnostic
    return replace(diagnostic, label="it belongs in a file of cards, below `cards/`", help="", proposal="")


def meant(key: str, known: Iterable[str], present: Collection[str] = ()) -> str | None:
    """Return the known key that is most likely meant, unless it is there already."""
    return nearest(key, [word for word in known if word not in present])
