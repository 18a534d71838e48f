"""The markup that raw HTML of authors may use."""

from __future__ import annotations

import re

from deckgen.patterns import lazy_pattern

_HTML_NAMES = """
a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark
ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th
thead time tr tt u ul var wbr
"""
HTML = frozenset(_HTML_NAMES.split())
_SVG_NAMES = """
svg circle clippath defs ellipse g line lineargradient marker path polygon polyline radialgradient rect
stop symbol text tspan use
"""
SVG = frozenset(_SVG_NAMES.split())
_MATHML_NAMES = """
math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt
mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
"""
MATHML = frozenset(_MATHML_NAMES.split())
ELEMENTS = HTML | SVG | MATHML
_VOID_NAMES = "br col hr img wbr"
VOID = frozenset(_VOID_NAMES.split())
#: Removed with their content; of other elements that are not allowed, only the tags are removed.
_DROPPED_WHOLE_NAMES = """
applet audio canvas embed iframe math-field noembed noframes noscript object plaintext script select style
template textarea title video xmp
"""
DROPPED_WHOLE = frozenset(_DROPPED_WHOLE_NAMES.split())
#: Dropped elements that have no end tag.
_DROPPED_VOID_NAMES = "base embed frame input link meta param source track"
DROPPED_VOID = frozenset(_DROPPED_VOID_NAMES.split())

_EVERYWHERE = "class dir lang role style title"
_SHAPES = """
clip-path clippathunits color cx cy d display dominant-baseline dx dy fill fill-opacity fill-rule
focusable font-family font-size font-style font-weight gradienttransform gradientunits height href id
marker-end marker-mid marker-start markerheight markerunits markerwidth offset opacity orient patternunits
points preserveaspectratio r refx refy rx ry spreadmethod stop-color stop-opacity stroke stroke-dasharray
stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
textlength transform version viewbox width x x1 x2 xlink:href xmlns xmlns:xlink y y1 y2
"""
_FORMULAS = """
accent accentunder align columnalign columnspacing display displaystyle fence form height linethickness
lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowspacing
rspace scriptlevel separator stretchy symmetric width xmlns
"""
_OF_ELEMENT = {
    "a": "href hreflang",
    "col": "span width",
    "colgroup": "span width",
    "details": "open",
    "div": "align",
    "font": "color face size",
    "img": "alt height src width",
    "li": "value",
    "ol": "reversed start type",
    "p": "align",
    "table": "align bgcolor border cellpadding cellspacing width",
    "td": "align bgcolor colspan headers rowspan valign width",
    "th": "align bgcolor colspan headers rowspan scope valign width",
    "time": "datetime",
    "tr": "align bgcolor valign",
    "ul": "type",
}


#: Properties that style a text itself: none moves it out of its place (`position`, `z-index`, `transform`).
_PROPERTY = lazy_pattern(
    r"(?:color|background(?:-color)?|(?:border|outline|padding|margin|font|text|list-style|column|flex|grid|"
    r"align|justify|place|break|page-break|overflow|word|writing|ruby|stroke|fill|caption|empty|table|tab)(?:-[a-z-]+)?|"
    r"(?:max-|min-)?(?:width|height|inline-size|block-size)|aspect-ratio|box-sizing|border-radius|box-shadow|"
    r"line-height|letter-spacing|white-space|vertical-align|opacity|display|float|clear|gap|row-gap|columns|order|"
    r"direction|unicode-bidi|hyphens|quotes|visibility|object-fit|dominant-baseline|user-select|math-style|math-depth)"
)
#: A value: words, numbers, lengths, colours, quoted names, and functions of these with closed brackets.
_PLAIN_VALUE = r"[\w.%#,\s+/*!-]|\"[\w\s.,-]*\"|'[\w\s.,-]*'"
_VALUE = lazy_pattern(rf"(?:{_PLAIN_VALUE}|\((?:{_PLAIN_VALUE})*\))+")
#: Values that load or run something, are as large as the window, or pull the text over its neighbours.
_BAD_VALUE = lazy_pattern(
    r"url|image|src\s*\(|expression|behaviou?r|binding|import(?!ant)|script|attr\s*\(|"
    r"[\d.](?:[dsl]?v(?:[whib]|min|max)|cq(?:[whib]|min|max))\b",
    re.IGNORECASE,
)
_PULLED = lazy_pattern(
    r"(?i:margin|gap|text-indent|letter-spacing|word-spacing)[a-z-]*\s*:.*-\s*(?:[\d.]|[a-z-]*\()", re.DOTALL
)


def is_allowed_style(declaration: str) -> bool:
    """Return whether a declaration of a `style` attribute affects only its own text."""
    name, colon, value = declaration.partition(":")
    return (
        bool(colon)
        and _PROPERTY.fullmatch(name.strip().lower()) is not None
        and _VALUE.fullmatch(value.strip()) is not None
        and not _BAD_VALUE.search(value)
        and not _PULLED.match(declaration.strip())
    )


def is_allowed_attribute(element: str, name: str) -> bool:
    """Return whether an attribute may stand on an allowed element; `aria-…` may on any."""
    return name in _ATTRIBUTES[element] or name.startswith("aria-")


def _attributes(element: str) -> frozenset[str]:
    own = _OF_ELEMENT.get(element, "")
    own += _SHAPES if element in SVG else ""
    own += _FORMULAS if element in MATHML else ""
    return frozenset(f"{_EVERYWHERE} {own}".split())


_ATTRIBUTES = {element: _attributes(element) for element in ELEMENTS}

_BLOCKS = """
address article aside blockquote center details div dl figure footer h1 h2 h3 h4 h5 h6 header hr ol p pre
section table ul
"""
#: Which open elements an element's beginning closes (HTML 13.1.2.4, optional tags).
CLOSES = {block: frozenset({"p"}) for block in _BLOCKS.split()} | {
    "dd": frozenset({"dd", "dt", "p"}),
    "dt": frozenset({"dd", "dt", "p"}),
    "li": frozenset({"li", "p"}),
    "tbody": frozenset({"td", "th", "tr", "thead", "tbody", "p"}),
    "td": frozenset({"td", "th", "p"}),
    "tfoot": frozenset({"td", "th", "tr", "thead", "tbody", "p"}),
    "th": frozenset({"td", "th", "p"}),
    "tr": frozenset({"td", "th", "tr", "p"}),
}
