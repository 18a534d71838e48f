"""Space around relations and operations as in TeX, where ziamath's table of operators lacks it.

TeXbook, chapter 18: a thick space around relations, a medium one around binary operations, none between two relations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RELATIONS = frozenset(
    "=<>≤≥≦≧≪≫≠≡≈≃≅∼∽≍≐≑≔≕≜≝∝∈∉∋∌⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒⊢⊣⊨⊩⊥⟂∥∦∣∤≺≻≼≽⋈⌢⌣:←→↔⇐⇒⇔⟵⟶⟷⟸⟹⟺↦⟼↪↩↼↽⇀⇁⇌⇋⇄⇆⇇⇉↑↓⇑⇓↗↘↙↖↝↠↣"
)
OPERATIONS = frozenset("+−±∓×÷·∘∗⋆∪∩∧∨⊕⊖⊗⊘⊙⊎⊔⊓∖∐⋅†‡◁▷△▽⋄")
_THICK, _MEDIUM = "0.278em", "0.222em"
_OVER_AND_UNDER = ("mover", "munder", "munderover")


def space(root: Element) -> None:
    """Set the spaces around operators, including those with something over or under them."""
    for element in root.iter():
        # latex2mathml treats some as names, such as `\implies` and `:`.
        if element.tag == "mi" and element.text and element.text in RELATIONS:
            element.tag = "mo"
    for parent in list(root.iter()):
        if parent.tag in (*_OVER_AND_UNDER, "msub", "msup", "msubsup", "mfrac"):
            continue
        _space(parent)


def _space(parent: Element) -> None:
    before = False
    at = 0
    children = list(parent)
    for index, child in enumerate(children):
        stacked = child.tag in _OVER_AND_UNDER
        sign = _sign(child[0] if stacked and len(child) else child)
        related = sign in RELATIONS and child.get("form") in (None, "infix")
        alone = len(children) == 1
        if related and not alone:
            left = "0em" if before else _THICK
            right = "0em" if index + 1 < len(children) and _begins_relation(children[index + 1]) else _THICK
            if stacked:
                at += _around(parent, at, left, right)
            else:
                child.set("lspace", left)
                child.set("rspace", right)
        elif sign in OPERATIONS and child.tag == "mo" and _has_term(children, index):
            child.set("lspace", _MEDIUM)
            child.set("rspace", _MEDIUM)
        before = related
        at += 1


def _begins_relation(element: Element) -> bool:
    return _sign(element[0] if element.tag in _OVER_AND_UNDER and len(element) else element) in RELATIONS


def _sign(element: Element) -> str:
    """Return the operator that an element is or contains alone; empty if there is none."""
    while element.tag in ("mrow", "mstyle") and len(element) == 1:
        element = element[0]
    return (element.text or "") if element.tag == "mo" else ""


def _has_term(children: list[Element], index: int) -> bool:
    """Return whether it is an operation between two terms, not a sign before one."""
    if index == 0 or index + 1 == len(children):
        return False
    before = children[index - 1]
    return before.tag != "mo" or (before.text or "") in (")", "]", "}", "!", "⟩", "|", "′")


def _around(parent: Element, at: int, left: str, right: str) -> int:
    """Put spaces around the child at an index; return how many were put before and after it."""
    put = 0
    element = type(parent)
    if left != "0em":
        parent.insert(at, element("mspace", {"width": left}))
        put += 1
    if right != "0em":
        parent.insert(at + put + 1, element("mspace", {"width": right}))
        put += 1
    return put
