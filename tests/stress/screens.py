"""The stress course on cards, in `serve` and on pages: files to open, and what a browser measures in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from anki_reviewer import TEMPLATES, Cards
from deckgen.anki.preview import study_page
from deckgen.cli.session import compile_at
from deckgen.core import Cloze, Concept
from deckgen.embedding import embedded
from deckgen.live.course_view import CourseView
from deckgen.live.documents import card_document
from deckgen.text import Medium, Renderer
from deckgen.web import export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from deckgen.core import Course

COURSE = Path(__file__).parent
#: As Anki sets it up: MathJax 3, HTML output, nothing typeset before Anki says so.
MATHJAX = Path(__file__).parents[1] / "web-tools" / "node_modules" / "mathjax" / "es5" / "tex-chtml-full.js"
WIDTHS = (320, 360, 768, 1280)


class Screen(NamedTuple):
    """How a page is looked at."""

    width: int
    dark: bool = False
    #: Size of letters in percent, as a learner sets it in the browser or in Anki.
    letters: int = 100


SCREENS = tuple(
    Screen(width, dark, letters) for width in WIDTHS for dark in (False, True) for letters in (100, 200)
)
#: What the quick tests look at: the narrowest, the largest letters, the dark, the wide.
SAMPLE = (Screen(320), Screen(360, dark=True, letters=200), Screen(768), Screen(1280, dark=True))

#: What is wrong with a page, as short texts; see the tests for what each means.
MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


@cache
def compiled() -> tuple[Course, dict[str, bytes]]:
    """Compile the stress course: the course, and its pictures by their paths."""
    result, _, found = compile_at(COURSE)
    assert result.course is not None, found
    return result.course, dict(result.pictures)


def write_cards(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write a study screen for every card, with MathJax where it is installed; give its name and its file."""
    course, media = compiled()
    cards = Cards(course)
    cards.writer.block = Renderer(Medium.ANKI, embedded(media)).block
    cards.writer.inline = Renderer(Medium.ANKI, embedded(media)).inline
    for item in course.items:
        if not item.in_deck:
            continue
        for ordinal in _ordinals(item):
            shown = cards.render(item, ordinal)
            html = study_page(
                shown.front, shown.back, cards.types[item.kind].style, ordinal=ordinal, phone=True
            )
            name = f"{item.id.replace('/', '-')}-{ordinal}"
            path = folder / f"{name}.html"
            path.write_text(html.replace("<head>", f"<head>{_mathjax()}", 1), encoding="utf-8")
            yield name, path


def write_served(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write every card as `serve` shows it, its formulas drawn; give its name and its file."""
    course, media = compiled()
    view = CourseView(course, course.items, media, {}, (), ())
    for row in view.index:
        for ordinal, _ in row["cards"]:
            document = card_document(view, row["id"], ordinal, night=False, phone=True)
            assert document is not None
            name = f"{row['id'].replace('/', '-')}-{ordinal}"
            path = folder / f"{name}.html"
            path.write_bytes(document)
            yield name, path


def write_pages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the site of the course; give each page's name and its file."""
    course, media = compiled()
    for name, content in export(course, TEMPLATES, media).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield name, path


def look(page: Page, screen: Screen) -> None:
    """Look at an open page as on a screen."""
    page.set_viewport_size({"width": screen.width, "height": 800})
    page.emulate_media(color_scheme="dark" if screen.dark else "light")
    page.evaluate(
        "letters => { document.documentElement.style.fontSize = letters === 100 ? '' : letters + '%'; }",
        screen.letters,
    )
    # Two frames: observers of sizes run before the second.
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def measure(page: Page) -> list[str]:
    """Return what sticks out, is cut, overlaps or is broken amid its letters."""
    found: list[str] = page.evaluate(MEASURE)
    return found


def _ordinals(item: object) -> list[int]:
    if isinstance(item, Cloze):
        return sorted({gap.number - 1 for gap in item.gaps})
    return [0, 1] if isinstance(item, Concept) else [0]


def _mathjax() -> str:
    if not MATHJAX.is_file():
        return ""
    return (
        "<script>window.MathJax = {tex: {displayMath: [['\\\\[', '\\\\]']], processEscapes: false, "
        "processEnvironments: false, processRefs: false}, startup: {typeset: false}, "
        f"options: {{enableMenu: false}}, chtml: {{fontURL: '{(MATHJAX.parent / 'output/chtml/fonts/woff-v2').as_uri()}'}}}};"
        f'</script><script src="{MATHJAX.as_uri()}"></script>'
    )


def set_night(page: Page, *, night: bool) -> None:
    """Put a study screen into night mode, or out of it, as Anki does."""
    page.evaluate(
        """night => {
            document.body.classList.toggle("nightMode", night);
            document.body.classList.toggle("night_mode", night);
            document.documentElement.classList.toggle("night-mode", night);
        }""",
        night,
    )


def show_all(page: Page) -> None:
    """Show all questions of a quiz, and what follows an answer."""
    page.evaluate("""() => {
        for (const part of document.querySelectorAll(".question, .section")) {
            part.classList.add("shown");
            // What is off the screen is measured too.
            part.style.contentVisibility = "visible";
        }
        for (const fields of document.querySelectorAll("fieldset")) fields.disabled = true;
        for (const main of document.querySelectorAll("[data-phase]")) main.dataset.phase = "done";
    }""")
