"""Words about what learners type."""

from __future__ import annotations

WORDS = {
    # The verdict on what is not a number.
    "typed-not-read": "Not read as a number",
    # How a number was read: “1,234” as 1234.
    "typed-read-as": "Read as {number}",
    # How “1.234” was read, which may also be one thousand two hundred and thirty-four.
    "typed-read-as-decimal": "Read as a decimal: {number}",
    "typed-unread": "This cannot be read as a number. Try writing it in another way.",
}

#: One, and any other number.
COUNTED = {
    "significant-digits": ("{n} significant digit", "{n} significant digits"),
}
