"""`deckgen build`."""


def build() -> None:
    """Build."""
