"""Draw formulas: LaTeX → MathML → SVG, by latex2mathml and ziamath.

Both are imported on first use: together they cost a quarter of a second.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from deckgen.patterns import lazy_pattern
from deckgen.result_cache import cached
from deckgen.text.characters import without_gaps
from deckgen.text.chemistry import expand
from deckgen.text.escape import escape_attribute
from deckgen.text.linear import linear
from deckgen.text.spacing import space
from deckgen.text.tex import with_blanks

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

#: Pixels of the font in which ziamath draws; all sizes are then given in em.
_SIZE = 24
#: How wide a formula in a line may be, in em, before it gets a box to be scrolled in: half of a small phone's screen.
_WIDE = 8
#: Commands that latex2mathml does not know, with equivalents.
_ENVIRONMENTS = {
    "align": "align*",  # without numbers, as in Anki
    "aligned": "align*",
    "gather": "matrix",
    "gather*": "matrix",
    "gathered": "matrix",
}
_ENVIRONMENT = lazy_pattern(r"(\\(?:begin|end)\s*)\{([^{}]*)\}")
_FONT = lazy_pattern(r"(\\mathrm)\{")
#: latex2mathml knows operators of letters only.
_OPERATOR = lazy_pattern(r"\\operatorname\*?\s*\{([^{}]*[^{}A-Za-z\s*][^{}]*)\}")
_BOLD = str.maketrans(
    {chr(ord("A") + i): chr(0x1D400 + i) for i in range(26)}
    | {chr(ord("a") + i): chr(0x1D41A + i) for i in range(26)}
    | {chr(ord("0") + i): chr(0x1D7CE + i) for i in range(10)}
)
#: Messages for latex2mathml's exceptions by name.
_MESSAGES = {
    "DenominatorNotFoundError": "a fraction without a denominator",
    "DoubleSubscriptsError": "two subscripts on one term; put the first pair into braces",
    "DoubleSuperscriptsError": "two superscripts on one term; put the first pair into braces",
    "ExtraLeftOrMissingRightError": r"`\left` and `\right` do not pair",
    "InvalidAlignmentError": "columns are aligned by `l`, `c` and `r`",
    "LimitsMustFollowMathOperatorError": r"`\limits` without an operator before it",
    "MissingSuperScriptOrSubscriptError": "`^` or `_` with nothing after it",
    "NumeratorNotFoundError": "a fraction without a numerator",
}


@cached
def structure_error(latex: str) -> str | None:
    """Return why a formula without unknown commands cannot be parsed, None if it can."""
    try:
        mathml(latex, display=False)
    except Exception as error:  # noqa: BLE001 - latex2mathml raises any exception
        return _MESSAGES.get(type(error).__name__, "an argument is missing, or stands where none is wanted")
    return None


@cached
def missing_glyph(latex: str) -> str | None:
    """Return the first character that is missing in the font of formulas."""
    font = _ziamath().zmath.loadedfonts["default"]
    return next((c for c in latex if not c.isspace() and font.glyphindex(c) == 0), None)


def drawn(latex: str, *, display: bool, scrolls: bool) -> str | None:
    """Return a formula as inline SVG that scales and is coloured with the text around; None if it fails.

    A displayed one is a block, and where `scrolls` a wide one in a line gets a box to be scrolled in. A gap of a
    cloze becomes an empty box: a drawing has no place for a marker. There are no ids in it, so any number of
    drawings share a page.
    """
    found = _drawn(latex, display=display)
    if found is None:
        return None
    width, _, svg = found.partition(" ")
    if display:
        return f'<span class="formula-block">{svg}</span>'
    return f'<span class="formula-wide">{svg}</span>' if scrolls and float(width) > _WIDE else svg


@cached
def _drawn(latex: str, *, display: bool) -> str | None:
    """Return the width of a formula in em, a space, and the SVG: texts can be cached from build to build."""
    try:
        math = _ziamath().Math(mathml(with_blanks(latex), display=display), size=_SIZE)
        svg = math.svgxml()
        depth = math.margin - math.node.bbox.ymin
    except Exception:  # noqa: BLE001 - so does ziamath; the caller shows the source
        return None
    return f"{float(svg.attrib['width']) / _SIZE:.3f} {_inline(svg, depth, latex)}"


def _inline(svg: Element, depth: float, latex: str) -> str:
    """Write the SVG with sizes in em; `depth` is its depth below the baseline, in pixels."""
    width, height = (float(svg.attrib[side]) / _SIZE for side in ("width", "height"))
    style = f"width:{width:.3f}em;height:{height:.3f}em;vertical-align:{-depth / _SIZE:.3f}em"
    label = escape_attribute(without_gaps(linear(latex)))
    return (
        f'<svg class="formula" role="img" aria-label="{label}" style="{style}" '
        f'viewBox="{svg.attrib["viewBox"]}" fill="currentColor">{"".join(map(_shape, svg))}</svg>'
    )


def _shape(element: Element) -> str:
    """Write one shape; black becomes the colour of the text."""
    attributes = dict(element.attrib)
    if attributes.get("fill") == "black":
        del attributes["fill"]
    if attributes.get("stroke") == "black":
        attributes["stroke"] = "currentColor"
    if "d" in attributes:
        attributes["d"] = re.sub(r" ?([A-Z]) ?", r"\1", attributes["d"])
    inner = "".join(map(_shape, element))
    written = "".join(f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
    return f"<{element.tag}{written}>{inner}</{element.tag}>"


def mathml(latex: str, *, display: bool) -> Element:
    """Return a formula as MathML that ziamath draws as LaTeX would."""
    from latex2mathml.converter import Converter

    from deckgen.text.ruled import mark, rule

    latex = mark(expand(latex))
    latex = _ENVIRONMENT.sub(lambda m: f"{m[1]}{{{_ENVIRONMENTS.get(m[2], m[2])}}}", latex)
    latex = _OPERATOR.sub(r"\\mathrm{\1}", latex)
    # latex2mathml reads `\mathrm{d}` as one symbol and loses its upright shape.
    latex = _FONT.sub(r"\1 {", latex)
    root: Element = Converter(display="block" if display else "inline").convert_to_element(latex)
    del root.attrib["xmlns"]
    for element in root.iter():
        # latex2mathml writes character references into text, to be resolved when serialized. Resolving them
        # here keeps an author's `<` and `&` as text.
        element.text = unescape(element.text) if element.text else element.text
        _adapt(element)
        _fit_binomial(element)
    rule(root)
    space(root)
    return root


def _adapt(element: Element) -> None:
    """Change what ziamath draws differently from LaTeX; accents as in `ziamath.tex.tex2mml`."""
    text = element.text
    if element.get("mathvariant") == "bold" and text and element.tag in ("mi", "mn"):
        # ziamath slants bold letters; LaTeX's `\mathbf` is upright.
        element.text = text.translate(_BOLD)
        del element.attrib["mathvariant"]
    elif element.tag == "mo" and text == "mod":
        element.tag, element.text = "mtext", "\N{NO-BREAK SPACE}mod\N{NO-BREAK SPACE}"
    elif text in ("↑", "↓") or (text in ("⟨", "⟩") and element.tag == "mi"):
        element.set("stretchy", "false")
    elif element.tag == "mo" and text == "^":
        element.text = (
            "\N{MODIFIER LETTER CIRCUMFLEX ACCENT}"
            if element.get("stretchy")
            else "\N{COMBINING CIRCUMFLEX ACCENT}"
        )
    elif element.tag == "mo" and text == "~" and element.get("stretchy") is None:
        element.text = "\N{COMBINING TILDE}"
    if element.get("columnspacing", "").startswith("0em 2em"):
        element.set("columnspacing", "0em 0.3em")
    elif element.tag == "mtable" and "columnspacing" not in element.attrib:
        element.set("columnspacing", "0.8em")


def _fit_binomial(row: Element) -> None:
    r"""Let the parentheses of `\binom` fit what they enclose, instead of one size for all."""
    children = list(row)
    for left, fraction, right in zip(children, children[1:], children[2:], strict=False):
        if fraction.tag == "mfrac" and fraction.get("linethickness") == "0":
            for fence in (left, right):
                if fence.tag == "mo" and fence.attrib.pop("minsize", ""):
                    del fence.attrib["maxsize"]
                    fence.set("stretchy", "true")


@cache
def _ziamath() -> Any:
    import ziamath
    from ziamath.config import config

    from deckgen.text.ruled import register

    register()
    config.svg2 = False  # paths in place, instead of symbols with ids
    config.precision = 2
    return ziamath
