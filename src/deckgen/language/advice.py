"""`[advice]` of `deckgen.toml`: from when on `deckgen check --advice` speaks."""

from typing import Annotated

import msgspec
from msgspec import Meta


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bounds of advice. The literature names none; the defaults were tried on real courses."""

    longest: Annotated[
        float, Meta(description="How many times as long as the longest distractor the right option may be.")
    ] = 1.3
    options: Annotated[int, Meta(description="How many options a `choice` question may have.")] = 4
    guessed_statements: Annotated[
        float,
        Meta(
            description="Share of the statements of a deck or sheet that a test-wise guesser may get right."
        ),
    ] = 0.65
    guessed_options: Annotated[
        float,
        Meta(
            description="Share of the `choice` questions of a deck or sheet that such a guesser may get right."
        ),
    ] = 0.5
    answered: Annotated[
        float,
        Meta(description="Share of an answer's words that another question of the sheet may print together."),
    ] = 0.8
    repeats: Annotated[int, Meta(description="How often one fact may be asked.")] = 2
    run: Annotated[int, Meta(description="How many new cards in a row may have the same answer.")] = 5
    accepted: Annotated[
        tuple[str, ...],
        Meta(
            description="Advice that is not followed: a code, or a code and the id of an item, sheet or deck: "
            '"long-answer what-a-port-is".'
        ),
    ] = ()
