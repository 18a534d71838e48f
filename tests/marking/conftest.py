"""The program and a project, as the tests of commands have them."""

from cli.conftest import course, deckgen

__all__ = ["course", "deckgen"]
