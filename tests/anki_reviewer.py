"""A study screen to drive cards in: Anki's on a computer, or AnkiDroid's older one, which loads a page a side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.anki.notetypes import NoteType, note_types
from deckgen.anki.preview import side_page, study_page
from deckgen.anki.render import Rendered, render, special_fields
from deckgen.templating import Templates
from deckgen.templating.own import templates_of
from deckgen.text import Medium, Renderer
from waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from deckgen.core import Course, Item

TEMPLATES = templates_of({})


class Cards:
    """The note types of a course, and its items' fields and cards rendered with them."""

    def __init__(self, course: Course, templates: Templates = TEMPLATES) -> None:
        self.course = course
        self.types = {made.kind: made for made in note_types(course.project, templates)}
        self.writer = FieldWriter(course, Renderer(Medium.ANKI, lambda path: path), templates)

    def fields(self, item: Item, notice: str = "") -> dict[str, str]:
        """Return an item's fields by name."""
        names = [field.name for field in self.types[item.kind].fields]
        return dict(zip(names, note(item, self.writer).fields, strict=True)) | {"Notice": notice}

    def render(self, item: Item, ordinal: int = 0, notice: str = "") -> Rendered:
        """Render both sides of a card of an item."""
        return render_card(self.types[item.kind], self.fields(item, notice), ordinal, deck=item.deck)


def render_card(made: NoteType, fields: dict[str, str], ordinal: int = 0, deck: str = "Default") -> Rendered:
    """Render both sides of a card from the values of its note's fields."""
    template = made.templates[0 if made.cloze else ordinal]
    special = special_fields(deck=deck, tags=(), note_type=made.name, card=template.name)
    return render(template.front, template.back, special | fields, ordinal=ordinal, cloze=made.cloze)


class Desktop:
    """Anki's screen on a computer: one page, whose card is replaced when it is turned over."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def show(self, made: NoteType, shown: Rendered, ordinal: int = 0, **how: object) -> None:
        """Show the front; `how` is what `study_page` takes."""
        self.page.set_content(study_page(shown.front, shown.back, made.style, ordinal=ordinal, **how))
        self._wait("front")

    def flip(self) -> None:
        """Turn the card over, as its button does."""
        self.page.evaluate("show('back')")
        self.wait_for_back()

    def again(self) -> None:
        """Show the front once more, as at the next review."""
        self.page.evaluate("show('front')")
        self._wait("front")

    def wait_for_back(self) -> None:
        """Wait until the back is there."""
        self._wait("back")

    def _wait(self, side: str) -> None:
        self.page.wait_for_selector(f"#qa[data-side={side}]", state="attached")


class AnkiDroid:
    """AnkiDroid's older screen: each side is a page of its own, so that only the session's storage lasts.

    Without a folder the pages have no storage either: Chromium gives none to a page without an address.
    """

    def __init__(self, page: Page, folder: Path | None = None) -> None:
        self.page = page
        self._folder = folder

    def show(self, made: NoteType, shown: Rendered, ordinal: int = 0, **how: object) -> None:
        """Show the front; `how` is what `side_page` takes."""
        self._sides = [
            side_page(html, made.style, ordinal=ordinal, **how) for html in (shown.front, shown.back)
        ]
        self.again()

    def flip(self) -> None:
        """Load the back, once what the front stored has arrived where the back finds it."""
        if self._folder is None:
            self._load(self._sides[1])
            return
        kept = self._stored()

        def arrived() -> bool:
            self._load(self._sides[1])
            return self._stored() == kept

        # A page may get another process than the page before, which sees a moment later what that one stored.
        until(arrived, f"{kept} on the back")

    def again(self) -> None:
        """Load the front once more."""
        self._load(self._sides[0])

    def _load(self, html: str) -> None:
        if self._folder is None:
            self.page.goto("about:blank")
            self.page.set_content(html)
        else:
            path = self._folder / "card.html"
            path.write_text(html, encoding="utf-8")
            self.page.goto(path.as_uri())

    def _stored(self) -> object:
        return self.page.evaluate("() => ({...sessionStorage})")
