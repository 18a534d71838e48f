"""Plays quizzes with nothing but a keyboard."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from web.answers import Question
from web.player import Played, Player

if TYPE_CHECKING:
    from pathlib import Path

#: More stops than any screen has.
_MANY = 60


class KeyboardPlayer(Player):
    """A learner who touches nothing; all answers are right."""

    def open(self, path: Path) -> KeyboardPlayer:
        """Open the page and go to its first question."""
        self.page.emulate_media(reduced_motion="reduce")
        self.page.goto(path.as_uri())
        self.go_to("#begin")
        self.press("Enter")
        return self

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def has_focus(self, selector: str) -> bool:
        """Say whether an element has the focus."""
        return bool(self.page.evaluate("selector => document.activeElement.matches(selector)", selector))

    def go_to(self, selector: str, key: str = "Tab") -> None:
        """Go on until an element has the focus."""
        for _ in range(_MANY):
            self.press(key)
            if self.has_focus(selector):
                return
        raise AssertionError(f"cannot get to {selector}")

    def play(self) -> list[Played]:
        """Play a quiz that tells each verdict at once, all right."""
        played = []
        for _ in range(self.place[1]):
            question = self.asked
            # A field that waits for typing has the focus, and with it its group's question is spoken; else the question.
            form = f'form[data-id="{question.id}"]'
            assert self.has_focus(f"{form} legend, {form} input[type=text], {form} textarea")
            typed = question.type in ("cloze", "short", "numeric", "judged")
            assert self.has_focus("legend") is not typed
            self.answer(question, "right")
            if question.type == "judged":
                assert self.has_focus("[data-part=verdict]")
                self.go_to('[data-part=judge] [value="1"]')
                self.press("Enter")
            assert self.has_focus("#primary")
            expect(self.page.locator("#said")).to_have_text(re.compile("^Right"))
            played.append(Played(question, Fraction(1)))
            self.press("Enter")
        return played

    def _choice(self, q: Question, _wish: str) -> Fraction:
        # Code that a question shows can be copied, and comes before its options.
        self.go_to("input[type=radio]")
        self.press("Space", *["ArrowDown"] * self.texts(".option > .text").index(q.right), "Enter")
        return Fraction(1)

    def _true_false(self, q: Question, _wish: str) -> Fraction:
        self.press("a" if q.right else "b", "Enter")
        return Fraction(1)

    def _multiple(self, q: Question, _wish: str) -> Fraction:
        for text in self.texts(".option > .text"):
            self.press("Tab", *(["Space"] if text in q.right else []))
        self.press("Enter")
        return Fraction(1)

    def _cloze(self, q: Question, _wish: str) -> Fraction:
        for answer in q.right:
            self.page.keyboard.type(answer)
            self.press("Enter")  # goes to the next gap, and checks in the last one
        return Fraction(1)

    def _short(self, q: Question, _wish: str) -> Fraction:
        self.page.keyboard.type(q.right[0])
        self.press("Enter")
        return Fraction(1)

    def _numeric(self, q: Question, _wish: str) -> Fraction:
        self.page.keyboard.type(f"{float(q.right):g}")
        self.press("Enter")
        return Fraction(1)

    def _ordering(self, q: Question, _wish: str) -> Fraction:
        for place, text in enumerate(q.right):
            at = self.texts(".entries > li > .text").index(text)
            if at > place:
                self.go_to(f'.entries > li:nth-child({at + 1}) .move[value="-1"]')
                self.press(*["Space"] * (at - place))
                expect(self.page.locator("#said")).to_have_text(
                    f"{text}: place {place + 1} of {len(q.right)}"
                )
                # The button keeps the focus, wherever its entry goes.
                assert self.has_focus(f'.entries > li:nth-child({place + 1}) .move[value="-1"]')
        self.go_to("#primary")
        self.press("Enter")
        return Fraction(1)

    def _matching(self, q: Question, _wish: str) -> Fraction:
        rights = self.texts(".choices > li") or self.texts(".pairs > li:first-child option:not(:first-child)")
        for left in self.texts(".pairs > li > .text"):
            self.press("Tab", *["ArrowDown"] * (rights.index(q.right[left]) + 1))
        self.press("Control+Enter")
        return Fraction(1)

    def _judged(self, q: Question, _wish: str) -> Fraction:
        self.page.keyboard.type("In my own words")
        self.press("Control+Enter")
        return Fraction(1)
