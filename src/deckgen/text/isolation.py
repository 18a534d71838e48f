"""Plain texts in HTML: what stands around them does not turn them, and their language is said."""

from __future__ import annotations

from typing import Protocol

from markupsafe import Markup, escape

from deckgen.text.directed import Direction, direction_of, is_left_to_right, without_tags


class InLanguage(Protocol):
    """What has texts in a language."""

    @property
    def language(self) -> str:
        """Return the BCP 47 tag, empty where it is the project's."""


def isolated(text: str, page: Direction, *, amid: bool = False) -> Markup:
    """Return plain text, or markup, in an element with its own direction where that or the page's is right to left.

    The element says the direction, as WeasyPrint does not find it. A text that stands `amid` an author's is always
    isolated: the paragraph may run another way than the page.
    """
    if page == "ltr" and not amid and is_left_to_right(text):
        return escape(text)
    return Markup('<bdi dir="{}">{}</bdi>').format(direction_of(without_tags(text)) or page, text)


def lang(item: InLanguage) -> Markup:
    """Return the attribute for texts of an item; nothing where they are in the project's language."""
    return Markup(' lang="{}"').format(item.language) if item.language else Markup()


def words_lang(item: InLanguage, language: str) -> Markup:
    """Return the attribute for words in the project's `language` amid the texts of an item in another."""
    return Markup(' lang="{}"').format(language) if item.language else Markup()


def spanned(html: Markup, attribute: Markup) -> Markup:
    """Return `html` in a `span` with an attribute, as it is where there is none."""
    return Markup("<span{}>{}</span>").format(attribute, html) if attribute else html
