r"""Write formulas on one line, in Unicode: `x = (−b ± √(b² − 4ac))/(2a)`.

A screen reader reads it, and a closed list shows it, instead of a drawing. It has signs rather than words, since each
screen reader has words for them in its language. The notation follows Unicode Technical Note 28 (UnicodeMath).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.patterns import lazy_pattern
from deckgen.result_cache import cached
from deckgen.text.spacing import OPERATIONS, RELATIONS

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SUPERSCRIPTS = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-−=()aeijmnx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₘₙₓ", strict=True))
_ACCENTS = {
    "^": "\u0302", "\u0302": "\u0302", "\u02c6": "\u0302", "~": "\u0303", "\u0303": "\u0303", "¯": "\u0305",
    "‾": "\u0305", "―": "\u0305", "_": "\u0305", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307", "¨": "\u0308",
    "´": "\u0301", "`": "\u0300", "˘": "\u0306", "ˇ": "\u030c",
}  # fmt: skip
_ATOM = lazy_pattern(r"-?\d+(?:[.,]\d+)?|[^\W\d_][\u0300-\u036f\u20d0-\u20ff]*|\([^()]*\)|[^\s]")
#: Invisible operators.
_INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064\u200b")


def linear(latex: str) -> str:
    """Return a formula on one line, or its LaTeX if it cannot be parsed. Markers of gaps become an ellipsis."""
    return _linear(latex) or " ".join(latex.split())


@cached
def _linear(latex: str) -> str | None:
    from deckgen.text.characters import GAP
    from deckgen.text.svg import mathml

    try:
        written = _written(mathml(GAP.sub(r"\\text{…}", latex), display=False))
    except Exception:  # noqa: BLE001 - latex2mathml raises all kinds of exceptions
        return None
    return " ".join(written.translate(_INVISIBLE).split())


def _written(element: Element) -> str:
    parts = list(element)
    match element.tag:
        case "mfrac":
            top, bottom = map(_written, parts)
            if element.get("linethickness") == "0":
                return f"{top}¦{bottom}"
            return f"{_grouped(top)}/{_grouped(bottom)}"
        case "msqrt":
            return f"√{_grouped(_joined(parts))}"
        case "mroot":
            return f"{_script(_written(parts[1]), _SUPERSCRIPTS, '')}√{_grouped(_written(parts[0]))}"
        case "msup":
            return f"{_base(parts[0])}{_raised(_written(parts[1]))}"
        case "msub":
            return f"{_base(parts[0])}{_lowered(_written(parts[1]))}"
        case "msubsup" | "munderover":
            return f"{_base(parts[0])}{_lowered(_written(parts[1]))}{_raised(_written(parts[2]))}"
        case "munder":
            return f"{_written(parts[0])}{_lowered(_written(parts[1]))}"
        case "mover":
            return _over(_written(parts[0]), _written(parts[1]))
        case "mtable":
            return "; ".join(", ".join(_written(cell).strip() for cell in row) for row in parts)
        case "mphantom":
            return ""
        case "mspace":
            return " "
        case "mo":
            return _operator(element)
        case "mrow" if [part.text for part in parts] == [","]:
            # `{,}` is a decimal comma.
            return ","
    return (element.text or "") + _joined(parts) if not parts else _joined(parts)


def _joined(parts: list[Element]) -> str:
    written = ""
    for part in parts:
        said = _written(part)
        function = part.tag in ("mi", "mo") and len(said.strip()) > 1 and said.strip().isalpha()
        written += f" {said.strip()} " if function else said
    return written


def _operator(element: Element) -> str:
    text = element.text or ""
    if text in RELATIONS or element.get("lspace") or (text in OPERATIONS and element.get("form") == "infix"):
        return f" {text} "
    return f"{text} " if text in (",", ";") else text


def _base(element: Element) -> str:
    said = _written(element)
    return said if len(said) < 2 or _ATOM.fullmatch(said) or said.strip().isalpha() else f"({said})"  # noqa: PLR2004


def _grouped(text: str) -> str:
    return text if _ATOM.fullmatch(text) or text.isdigit() else f"({text.strip()})"


def _raised(text: str) -> str:
    return (
        text.strip()
        if text.strip() in ("′", "″", "‴", "*", "†", "°", "∘")
        else _script(text, _SUPERSCRIPTS, "^")
    )


def _lowered(text: str) -> str:
    return _script(text, _SUBSCRIPTS, "_")


def _script(text: str, letters: dict[str, str], sign: str) -> str:
    close = text.replace(" ", "")
    if close and all(character in letters for character in close):
        return "".join(letters[character] for character in close)
    return f"{sign}{_grouped(text.strip())}"


def _over(base: str, over: str) -> str:
    accent = _ACCENTS.get(over.strip())
    if accent and len(base) == 1:
        return base + accent
    spaced = base != base.strip()
    return f" {base.strip()}{_raised(over)} " if spaced else f"{base}{_raised(over)}"
