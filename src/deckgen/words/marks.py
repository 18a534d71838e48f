"""How a language writes numbers and lists."""

from __future__ import annotations

WORDS = {
    # The mark before decimals.
    "decimal-point": ".",
    # What stands between the names in a list, with its space.
    "list-comma": ", ",
}
