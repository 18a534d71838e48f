"""Plays quizzes as a learner does: sees what is shown, ticks, types, moves, and reads the verdict."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from web.answers import Question, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Locator, Page

#: `right`, `wrong`, `partly` (as far as the kind can be partly right), `random`, `skip`.
Wish = str
VERDICTS = {0: "Wrong", 1: "Right"}


class Played(NamedTuple):
    """A question that was answered, and what that is worth, from 0 to 1; None where it was left open."""

    question: Question
    share: Fraction | None

    @property
    def points(self) -> Fraction:
        """Points earned."""
        return self.question.points * (self.share or 0)


class Player:
    """A learner with the page of a quiz."""

    def __init__(self, page: Page, questions: Mapping[str, Question], seed: int = 0) -> None:
        self.page = page
        self.questions = questions
        self.chance = random.Random(seed)
        #: Called before and after each answer.
        self.look: Callable[[], None] = lambda: None

    def open(self, path: Path) -> Player:
        """Open the page and go to its first question."""
        self.page.emulate_media(reduced_motion="reduce")
        self.page.goto(path.as_uri())
        self.page.click("#begin")
        return self

    # ---- What is to be seen

    @property
    def form(self) -> Locator:
        """The question that is asked."""
        return self.page.locator("form.question:visible")

    @property
    def asked(self) -> Question:
        """What is known of it."""
        return self.questions[self.form.get_attribute("data-id") or ""]

    @property
    def place(self) -> tuple[int, int]:
        """Number of the question, and of how many."""
        number, _, count = self.page.inner_text("#place").partition(" / ")
        return int(number), int(count)

    def texts(self, selector: str) -> list[str]:
        """What stands in the elements of the question, in order, between single spaces."""
        return [" ".join(text.split()) for text in self.form.locator(selector).all_inner_texts()]

    # ---- Whole quizzes

    def play_at_once(self, wish: Callable[[Question], Wish]) -> list[Played]:
        """Play a quiz that tells each verdict at once, and compare every verdict."""
        played: list[Played] = []
        for number in range(1, self.place[1] + 1):
            question = self.asked
            assert self.place[0] == number
            self.look()
            if wish(question) == "skip":
                played.append(Played(question, None))
                self.page.click("#skip")
                continue
            share = self.answer(question, wish(question))
            self.page.click("#primary")
            share = self.judge(wish(question)) if question.type == "judged" else share
            assert self.texts("[data-part=verdict]") == [VERDICTS.get(share, "Partly right")], question.id
            played.append(Played(question, share))
            self.look()
            self.page.click("#primary")
        if any(each.share is None for each in played):
            self.page.click("#finish")
        return played

    def play_to_the_end(self, wish: Callable[[Question], Wish]) -> list[Played]:
        """Play a quiz that tells nothing before the end, where the learner judges."""
        played: list[Played] = []
        for number in range(1, self.place[1] + 1):
            question = self.asked
            assert self.place[0] == number
            share = None if wish(question) == "skip" else self.answer(question, wish(question))
            assert self.form.locator("[data-part=answer]").is_hidden()
            played.append(Played(question, share))
            self.page.click("#primary")
        if any(each.share is None for each in played):
            self.page.click("#finish")
        return [
            each
            if each.share is None or each.question.type != "judged"
            else Played(each.question, self.judge(wish(each.question), each.question))
            for each in played
        ]

    # ---- One question

    def answer(self, q: Question, wish: Wish) -> Fraction:
        """Answer the question that is asked, and say what the answer is worth."""
        return getattr(self, f"_{q.type.replace('-', '_')}")(q, wish)

    def judge(self, wish: Wish, question: Question | None = None) -> Fraction:
        """Judge one's own answer."""
        form = self.page.locator(f'form[data-id="{question.id}"]') if question else self.form
        share = {"right": "1", "wrong": "0", "partly": "0.5"}.get(wish) or self.chance.choice(
            ["1", "0.5", "0"]
        )
        form.locator(f'[data-part=judge] button[value="{share}"]').click()
        return Fraction(share)

    def _choice(self, q: Question, wish: Wish) -> Fraction:
        rights = [text == q.right for text in self.texts(".option > .text")]
        assert rights.count(True) == 1
        wanted = {"right": True, "wrong": False, "partly": False}.get(wish, self.chance.random() < 0.5)
        place = self.chance.choice([at for at, right in enumerate(rights) if right == wanted])
        self.form.locator(".option > .text").nth(place).click()
        return Fraction(wanted)

    def _true_false(self, q: Question, wish: Wish) -> Fraction:
        right = {"right": True, "wrong": False, "partly": False}.get(wish, self.chance.random() < 0.5)
        said = q.right if right else not q.right
        self.form.get_by_label("True" if said else "False", exact=True).check(force=True)
        return Fraction(right)

    def _multiple(self, q: Question, wish: Wish) -> Fraction:
        texts = self.texts(".option > .text")
        ticked = {
            "right": set(q.right),
            "wrong": set(texts) - q.right,
            "partly": {self.chance.choice(sorted(q.right))},
        }.get(wish) or set(self.chance.sample(texts, self.chance.randint(1, len(texts))))
        for place, text in enumerate(texts):
            if text in ticked:
                self.form.locator(".option > .text").nth(place).click()
        hits = len(ticked & q.right)
        return max(Fraction(0), Fraction(hits - len(ticked - q.right), len(q.right)))

    def _cloze(self, q: Question, wish: Wish) -> Fraction:
        fields = self.form.locator("fieldset input").all()
        assert len(fields) == len(q.right)
        good = {
            "right": [True] * len(fields),
            "wrong": [False] * len(fields),
            "partly": [place > 0 for place in range(len(fields))],
        }.get(wish) or [self.chance.random() < 0.5 for _ in fields]
        for field, answer, right in zip(fields, q.right, good, strict=True):
            field.fill(self._spelling(answer) if right else f"not {answer}")
        return Fraction(sum(good), len(good))

    def _short(self, q: Question, wish: Wish) -> Fraction:
        right = {"right": True, "wrong": False, "partly": False}.get(wish, self.chance.random() < 0.5)
        answer = self.chance.choice(q.right)
        self.form.locator("fieldset input").fill(self._spelling(answer) if right else f"not {answer}")
        return Fraction(right)

    def _spelling(self, answer: str) -> str:
        """Write an answer in a way that counts as the same."""
        return self.chance.choice([answer, answer.upper(), f"  {answer} ", f"{answer}.", answer.title()])

    def _numeric(self, q: Question, wish: Wish) -> Fraction:
        right = {"right": True, "wrong": False, "partly": False}.get(wish, self.chance.random() < 0.5)
        off = q.tolerance if right else q.tolerance + Fraction(1, 100)
        number = q.right + self.chance.choice((-1, 1)) * off
        self.form.locator("fieldset input").fill(f"{float(number):.10f}".rstrip("0").rstrip("."))
        return Fraction(right)

    def _ordering(self, q: Question, wish: Wish) -> Fraction:
        wanted = {
            "right": q.right,
            "wrong": [*q.right[1:], q.right[0]],
            "partly": [*q.right[:-2], q.right[-1], q.right[-2]],
        }.get(wish) or self.chance.sample(q.right, len(q.right))
        # What was never moved counts as not answered: move something and back.
        self.form.locator('.move[value="1"]').first.click()
        self.form.locator('.move[value="-1"]').nth(1).click()
        for place, text in enumerate(wanted):
            for at in range(self.texts(".entries > li > .text").index(text), place, -1):
                self.form.locator('.move[value="-1"]').nth(at).click()
        assert self.texts(".entries > li > .text") == wanted
        return Fraction(sum(map(str.__eq__, wanted, q.right)), len(wanted))

    def _matching(self, q: Question, wish: Wish) -> Fraction:
        lefts = self.texts(".pairs > li > .text")
        assert sorted(lefts) == sorted(q.right)
        listed = self.texts(".choices > li")
        rights = listed or self.texts(".pairs > li:first-child option:not(:first-child)")
        hits = 0
        for place, left in enumerate(lefts):
            right = {"right": True, "wrong": False, "partly": place == 0}.get(
                wish, self.chance.random() < 0.5
            )
            at = self.chance.choice([i for i, text in enumerate(rights) if (text == q.right[left]) == right])
            select = self.form.locator("select").nth(place)
            # A listed entry is chosen by its letter.
            label = select.locator("option").nth(at + 1).inner_text()
            assert label.startswith(f"{'ABCDEFGH'[at]} · " if listed else rights[at])
            select.select_option(index=at + 1)
            hits += right
        return Fraction(hits, len(lefts))

    def _judged(self, q: Question, _wish: Wish) -> Fraction:
        for field in self.form.locator("fieldset textarea").all():
            field.fill("In my own words")
        return Fraction(0)


def score_of(played: list[Played]) -> str:
    """Write the score that the page must show."""
    return f"{shown(sum(each.points for each in played))} / {shown(sum(each.question.points for each in played))}"
