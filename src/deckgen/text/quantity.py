r"""Turn quantities into ordinary LaTeX, as in `\pu{8.314 J mol-1 K-1}`; the syntax is that of mhchem."""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern

_POWER = lazy_pattern(r"([+-]?\d+(?:[.,]\d+)?)(?:\s*(?:[eE]|[x*]\s*10\^)\{?([+-]?\d+)\}?)?")
_UNIT = lazy_pattern(r"(\\[A-Za-z]+\s*)?([A-Za-z%°µΩÅ]+)?(?:\^?\{?([+-]?\d+)\}?)?")


def quantity(text: str) -> str:
    r"""Return the LaTeX of what stands in `\pu{…}`: a number, or none, and its unit."""
    text = text.strip()
    number = _POWER.match(text)
    out = ""
    if number:
        out = number[1].replace(",", "{,}")
        if number[2]:
            out += rf"\times 10^{{{number[2]}}}"
        text = text[number.end() :].strip()
    # `//` is a slash as well: one in a line, where mhchem makes a fraction of `/`.
    units = "/".join(_product(part) for part in re.split("//?", text)) if text else ""
    return rf"{out}\,{units}" if out and units else out or units


def _product(text: str) -> str:
    """Write adjacent units with a thin space between them."""
    return r"\,".join(_one_unit(word) for word in re.split(r"[\s*.]+", text.strip()) if word)


def _one_unit(word: str) -> str:
    found = _UNIT.fullmatch(word)
    if not found:
        return word
    command, letters, power = found[1] or "", found[2] or "", found[3]
    letters = letters.replace("%", r"\%").replace("µ", r"$\mu$").replace("°", "")
    degree = r"{}^{\circ}" if "°" in word else ""
    if "$" in letters:
        before, _, after = letters.partition(r"$\mu$")
        written = rf"\mathrm{{{before}}}\mu\mathrm{{{after}}}" if before else rf"\mu\mathrm{{{after}}}"
    else:
        written = rf"\mathrm{{{letters}}}" if letters else ""
    return f"{degree}{command.strip()}{' ' if command else ''}{written}{f'^{{{power}}}' if power else ''}"
