"""The program, as the tests of commands start it."""

from cli.conftest import deckgen

__all__ = ["deckgen"]
