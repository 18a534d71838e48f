"""Text is data: whatever stands in any field, nothing runs, nothing is loaded, nothing breaks out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from deckgen import core
from sheet.quizzes import showcase
from web.conftest import files_of, put

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ATTACK = (
    "</script ><script >alert(0)</script /><!--<script ></script><script>alert(1)</script><!--<script>\"'><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "</style><style>*{display:none}</style></title></legend></fieldset></form><base href=//evil.example>"
    "<form action=//evil.example><iframe srcdoc='<script>alert(4)</script>'></iframe>"
    "<a href='javascript:alert(5)' onclick='alert(6)'>x</a>{{ 7*7 }}{% include 'x' %}&lt;b&gt;\u2028]]>{number}"
)
MARKDOWN = (
    f'[a](javascript:alert(7)) ![b](//evil.example/x.png) <https://example.org/"onclick=alert(8)> {ATTACK}'
)
#: What is no text: it is checked to be an id, a number, or one of a few words.
CHECKED = {
    "id", "was", "file", "key", "cell", "number", "concept", "concepts", "between", "tables", "items", "corrects",
    "answer", "tolerance", "verdict", "difficulty", "order", "feedback", "language", "paper", "profile", "flip",
    "deck", "name", "also", "publish", "outputs",
}  # fmt: skip


def poison(value: Any, attack: str) -> Any:
    """Put the attack behind every text within a value."""
    if isinstance(value, core.Html):
        return core.Html(value.html + attack)
    if isinstance(value, str):
        return value + attack
    if isinstance(value, tuple):
        return tuple(poison(each, attack) for each in value)
    if isinstance(value, msgspec.Struct):
        fields = {
            name: getattr(value, name)
            for name in value.__struct_fields__
            if not (
                name in CHECKED
                and isinstance(getattr(value, name), str | tuple)
                and _is_plain(getattr(value, name))
            )
        }
        return msgspec.structs.replace(value, **{name: poison(each, attack) for name, each in fields.items()})
    return value


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) or all(isinstance(each, str) for each in value)


def poisoned(*, raw: bool) -> core.Course:
    """Return a course with every kind of question and every text in it poisoned, as Markdown or as raw HTML."""
    course: core.Course = poison(showcase(), MARKDOWN)
    # Gaps and short answers are called like numbers, which cannot be poisoned.
    items = [
        msgspec.structs.replace(item, answer=item.answer + ATTACK)
        if isinstance(item, core.Short)
        else msgspec.structs.replace(
            item, gaps=tuple(msgspec.structs.replace(gap, answer=gap.answer + ATTACK) for gap in item.gaps)
        )
        if isinstance(item, core.Cloze)
        else item
        for item in course.items
    ]
    if raw:
        items = [
            msgspec.structs.replace(
                item,
                **{
                    name: core.Html(f"<p>{ATTACK}</p>")
                    for name in ("prompt", "explanation", "hint", "definition", "model", "correction")
                    if hasattr(item, name)
                },
            )
            for item in items
        ]
    deck = "Net\"<b>&amp;</b>'working"
    return msgspec.structs.replace(
        course,
        items=tuple(
            msgspec.structs.replace(
                item,
                deck=deck,
                tags=(ATTACK,),
                hint=ATTACK,
                citations=(*item.citations, core.Citation("evil", ATTACK, ATTACK, "javascript:alert(9)")),
            )
            for item in items
        ),
        tables=tuple(msgspec.structs.replace(table, deck=deck) for table in course.tables),
        decks=(core.Deck(name=deck, description=ATTACK),),
    )


class Parts(HTMLParser):
    """What a page is made of: its elements and their attributes, told by a parser that is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.elements.append((tag, dict(attrs)))


@pytest.fixture(scope="module", params=[False, True], ids=["markdown", "html"])
def pages(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The poisoned site."""
    made = files_of(poisoned(raw=request.param))
    return {
        name: content
        for name, content in made.items()
        if re.fullmatch(r"web/(study/|tables/)?[^/]*\.html", name)
    }


def test_no_element_comes_from_a_text(pages: dict[str, bytes]) -> None:
    """No script, style, frame or base but the page's own; no handler; links lead to the web or the site."""
    assert len(pages) == 4
    for name, html in pages.items():
        parts = Parts()
        parts.feed(html.decode())
        count = {tag: sum(each == tag for each, _ in parts.elements) for tag, _ in parts.elements}
        assert count.get("script", 0) == (3 if name == "web/quiz.html" else 2)
        assert count["style"] == count["title"] == count["base" if "base" in count else "head"] == 1
        assert not count.keys() & {
            "base",
            "iframe",
            "object",
            "embed",
            "link" if count.get("link") != 1 else "",
        }
        for tag, attributes in parts.elements:
            assert not [key for key in attributes if key.startswith("on")]
            assert "action" not in attributes
            assert tag != "a" or re.match(r"https?://|#|(?!//)[^:]*$", attributes.get("href") or "#")
            assert tag != "img" or (attributes["src"] or "").startswith("data:")
        assert b"{{ 7*7 }}" in html
        assert b"49{%" not in html


def test_nothing_runs_and_the_quiz_goes_on(pages: dict[str, bytes], tmp_path: Path, page: Page) -> None:
    """Every page opens, every question can be answered; no dialog, no request, no breach of the policy.

    The `page` fixture fails a test whose page wrote an error to the console: every breach does.
    """
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    site = put(pages, tmp_path)
    for name in pages:
        page.goto((site / name.removeprefix("web/")).as_uri())
        assert page.evaluate("document.querySelectorAll('body > main').length") == 1
    page.emulate_media(reduced_motion="reduce")
    page.goto((site / "quiz.html").as_uri())
    page.click("#begin")
    count = int(page.inner_text("#place").split(" / ")[1])
    for _ in range(count):
        page.click("#skip", force=True)
    page.click("#finish")
    assert page.locator("form.question:visible").count() == count
    assert "alert(1)" in page.inner_text("main")
    assert "7*7" in page.title()
    assert dialogs == []


#: What an attacker would try, had he got as far as running something.
TRIES = {
    "inline script": "() => { const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s) }",
    "handler": "() => { const b = document.createElement('button'); b.setAttribute('onclick', 'window.ran = 1'); b.click() }",
    # In a task of its own: what the debugger calls may evaluate texts.
    "eval": "() => { setTimeout(() => eval('window.ran = 1')) }",
    "markup": "() => { document.body.innerHTML = '<img src=x onerror=window.ran=1>' }",
    "fetch": "() => fetch('https://example.org/')",
    "picture": "() => { new Image().src = 'https://example.org/x.png'; return new Promise(done => setTimeout(done, 50)) }",
    "style": "() => { const s = document.createElement('style'); s.textContent = 'body { color: red }'; document.head.append(s) }",
    "frame": "() => { const f = document.createElement('iframe'); f.src = 'https://example.org/'; document.body.append(f) }",
    "base": "() => { const b = document.createElement('base'); b.href = 'https://example.org/'; document.head.append(b) }",
    "form": "() => { const f = document.querySelector('form') ?? document.body.appendChild(document.createElement('form')); f.action = 'https://example.org/'; HTMLFormElement.prototype.submit.call(f); return new Promise(done => setTimeout(done, 50)) }",
}


@pytest.mark.parametrize("name", ["short.html", "index.html", "study/networking.html"])
def test_the_policy_stops_whatever_would_run(site: Path, browser: Browser, name: str) -> None:
    """Each try is a breach that the browser reports and prevents."""
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.add_init_script(
            "window.breaches = []; addEventListener('securitypolicyviolation', e => breaches.push(e.effectiveDirective))"
        )
        page.goto((site / name).as_uri())
        assert page.evaluate("breaches") == []
        for what, attempt in TRIES.items():
            page.evaluate("breaches.length = 0")
            page.evaluate(
                f"async () => {{ try {{ await ({attempt})() }} catch {{}} await new Promise(done => setTimeout(done, 20)) }}"
            )
            assert page.evaluate("breaches"), what
        assert page.evaluate("window.ran") is None
        assert page.url.startswith("file:")


def test_looks_that_an_author_gives_become_rules_of_the_style(tmp_path: Path, page: Page) -> None:
    """`style` attributes, which the policy forbids, are kept where they change a text's own looks alone."""
    style = "color: rgb(1, 2, 3); position: fixed; background-image: url(//evil.example); font-weight: 700"
    course = showcase()
    item = msgspec.structs.replace(
        course.items[0], prompt=core.Html(f'<p>One <b style="{style}">word</b></p>')
    )
    made = files_of(msgspec.structs.replace(course, items=(item, *course.items[1:])))
    page.goto((put(made, tmp_path) / "quiz.html").as_uri())
    seen = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('#questions b')); return [s.color, s.position, s.backgroundImage, s.fontWeight] }"
    )
    assert seen == ["rgb(1, 2, 3)", "static", "none", "700"]


def test_data_for_scripts_cannot_end_their_element(files: dict[str, bytes]) -> None:
    """The JSON of a page holds no `<`, and is JSON."""
    html = files["web/immediate.html"].decode()
    data = re.search(r'<script type="application/json" id="page">(.*?)</script>', html, re.DOTALL)
    assert data
    assert "<" not in data[1]
    assert json.loads(data[1])["sheet"] == "immediate"
