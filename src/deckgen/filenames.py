"""Names of files made from names of things, on every system."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What Windows, the strictest, forbids in a name (Naming Files, Paths, and Namespaces).
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
#: What turns the direction of a name, so that it reads as another, or cannot be seen ("Trojan Source", CVE-2021-42574).
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
#: Bytes; file systems take 255, and an ending and a number come after.
_LONGEST = 200


def file_name(name: str) -> str:
    """Return a file's name, without ending, that says `name` and that every system takes."""
    found = _FORBIDDEN.sub("_", _UNSEEN.sub("", name)).rstrip(". ").lstrip()
    found = found.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    if not found or found.startswith("."):
        found = f"_{found}"
    return f"_{found}" if _RESERVED.fullmatch(found) else found


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return a file's name for each of `names`; no two are one file where case does not count."""
    taken: set[str] = set()
    chosen: dict[str, str] = {}
    for name in dict.fromkeys(names):
        base = found = file_name(name)
        count = 2
        while found.casefold() in taken:
            found, count = f"{base} {count}", count + 1
        taken.add(found.casefold())
        chosen[name] = found
    return chosen
