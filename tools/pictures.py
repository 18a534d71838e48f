"""Take the pictures of the README and the guide: cards, a sheet with its key, a quiz on a screen, what is marked.

Needs what the tests need: Chromium and poppler's tools. Everything is drawn from this project's own content, always in
the same way: fixed windows, a fixed seed for what shuffles, no clock. Cards look best where the free fonts that they
ask for are installed (Debian's fonts-urw-base35 and fonts-inter).
"""

from __future__ import annotations

import base64
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import uvicorn
from handwriting import strokes

from deckgen import sheet, web
from deckgen.anki.field_writer import FieldWriter
from deckgen.anki.note import note
from deckgen.anki.notetypes import note_types
from deckgen.anki.playing import with_players
from deckgen.anki.preview import study_page
from deckgen.anki.render import render, special_fields
from deckgen.cli.serve import listen
from deckgen.cli.starter import starter
from deckgen.cli.wording import wordings
from deckgen.compiler.compile import compile_project
from deckgen.contents import in_memory
from deckgen.core import Course, Item
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.marking import report
from deckgen.marking.analysis import Given, analyse
from deckgen.marking.decisions import Decisions
from deckgen.marking.files import leaves
from deckgen.marking.marking import read_pile
from deckgen.marking.review import Review
from deckgen.marking.versions import with_student_number
from deckgen.reading import Snapshot, read_media, read_project
from deckgen.reading.media import pictures_in
from deckgen.sheet.geometry import AnswerSheet
from deckgen.templating import Templates, read_folder, shipped_folder
from deckgen.text import Medium, Renderer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
TEMPLATES = Templates(read_folder(shipped_folder()))
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

CHOICE, WRONG = "what-makes-https-confidential", "Port 443"
CLAIM = "socket-is-a-device"
#: Cards of the page about cards, and what is tapped on the front of each.
ANSWERED = {
    "five-tuple": [".options label >> nth=0", ".options label >> nth=2"],
    "server-calls-in-order": [f".entries button >> nth={n}" for n in (2, 0, 0)],
    "services-and-ports": [f'.rights button:has-text("{port}")' for port in ("22", "53", "443", "80")],
}
AT_NIGHT: dict[str, list[str]] = {
    "connection-is-a-pair": [],
    "socket": [],
    "socket-vs-port/how-many/contrast": [],
}
SHEET = "ten-minutes"
QUIZ = "it-quiz"
MARKED = "sockets-and-ports"

DESK, PHONE = (520, 700), (360, 700)
REPORT = (940, 900)
SMALL, WIDE = (340, 340), (620, 340)
REVIEW = (1120, 560)
OWN_SHEET = '\n[[sheet]]\nid = "countries"\ntitle = "Countries"\nfrom = ["type:country"]\norder = "source"\n'
#: Dots per inch of a printed page in a picture.
PAPER_DPI = 72

#: The same numbers each time, for scripts that shuffle.
SEEDED = """
let state = 20261124;
Math.random = () => (state = (state * 48271) % 2147483647) / 2147483647;
"""
#: As Anki shows what it plays.
PLAY_BUTTON = (
    '<a class="replay-button" href="#"><svg viewBox="0 0 64 64" style="width: 40px; height: 40px">'
    '<circle cx="32" cy="32" r="29" fill="#fff" stroke="#777" stroke-width="2"/>'
    '<path d="M56.5 32.3 L23.3 51.4 V13.1 Z" transform="translate(-2 0)" fill="#444"/></svg></a>'
)
#: What a student answers in the exam of `deckgen new --kind exam`, and the number of the first student.
ANSWER = (
    "The median. One very long wait pulls the mean up,",
    "and then most people waited for less than it says.",
)
FIRST_STUDENT = 1203312
#: A printed page, and what was written on it; mm.
WRITTEN_ON = """<!doctype html><style>body {{ margin: 0; }} img, svg {{ position: absolute; width: 100%; }}</style>
<img src="data:image/png;base64,{page}" alt=""><svg viewBox="0 0 {width} {height}" fill="none" stroke="#26262c"
stroke-width=".42" stroke-linecap="round" stroke-linejoin="round">{ink}</svg>"""
#: Things side by side, on a quiet ground.
MOUNT = """<!doctype html><meta charset="utf-8"><style>
html {{ background: #e7e5e0; }}
body {{ margin: 0; padding: 28px; display: inline-flex; gap: 28px; align-items: flex-start; }}
img {{ display: block; border-radius: {radius}px; box-shadow: 0 1px 2px #0002, 0 6px 24px #0002; }}
</style><body>{images}</body>"""
#: Rows as spreadsheet programs show them.
GRID = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff; font: 14px/1.2 Inter, sans-serif; }}
table {{ border-collapse: collapse; inline-size: 100%; }}
th, td {{ border: 1px solid #d8dadd; padding: 7px 10px; text-align: start; white-space: nowrap; }}
th {{ background: #f3f4f5; color: #5c6166; font-weight: 400; text-align: center; }}
tr:nth-child(2) td {{ font-weight: 600; }}
</style><table><tr><th></th>{letters}</tr>{lines}</table>"""


def main() -> None:
    """Take the pictures that are named, or all of them."""
    from playwright.sync_api import sync_playwright

    path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if path is None or not shutil.which("pdftoppm"):
        sys.exit("Chromium or pdftoppm (poppler-utils) is missing: run `make test` once")
    content = course()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--font-render-hinting=none"]
        )
        for name in sys.argv[1:] or PICTURES_OF:
            picture = PICTURES_OF[name](browser, content)
            (PICTURES / f"{name}.png").write_bytes(picture)
            print(f"docs/pictures/{name}.png: {len(picture) / 1000:.0f} kB")
        browser.close()


def course() -> Course:
    """Compile the content of this project."""
    snapshot, _ = read_project(ROOT)
    compiled = compile_project(snapshot, lambda path: read_media(ROOT, path), lambda: pictures_in(ROOT))
    if compiled.course is None:
        sys.exit("the content has mistakes: run `deckgen check`")
    return compiled.course


def cards(browser: Browser, content: Course) -> bytes:
    """Show a choice card's two sides on a computer, and a refuted claim on a phone in the dark."""
    front, back = _window(browser, DESK), _window(browser, DESK)
    for page in (front, back):
        page.set_content(_card(content, CHOICE))
        page.wait_for_selector("#qa[data-side=front]", state="attached")
    back.locator(".options label", has_text=WRONG).click()
    back.evaluate("show('back')")
    phone = _window(browser, PHONE, dark=True)
    phone.set_content(_card(content, CLAIM, night=True, phone=True))
    phone.wait_for_selector("#qa[data-side=front]", state="attached")
    phone.locator(".options label").first.click()
    phone.evaluate("show('back')")
    for page in (back, phone):
        page.wait_for_selector("#qa[data-side=back]", state="attached")
        page.evaluate("window.scrollTo(0, 0)")
    return _mount(browser, [page.screenshot() for page in (front, back, phone)], radius=8)


def answered(browser: Browser, content: Course) -> bytes:
    """Show the backs of cards that were answered by tapping."""
    return _backs(browser, content, ANSWERED, night=False)


def at_night(browser: Browser, content: Course) -> bytes:
    """Show the backs of a cloze, a concept and a contrast in the dark."""
    return _backs(browser, content, AT_NIGHT, night=True)


def _backs(browser: Browser, content: Course, taps: dict[str, list[str]], *, night: bool) -> bytes:
    taken = []
    for id_, targets in taps.items():
        page = _window(browser, PHONE, dark=night)
        page.set_content(_card(content, id_, night=night, phone=True))
        page.wait_for_selector("#qa[data-side=front]", state="attached")
        for target in targets:
            page.locator(target).click()
        page.evaluate("show('back')")
        page.wait_for_selector("#qa[data-side=back]", state="attached")
        page.evaluate("window.scrollTo(0, 0)")
        taken.append(page.screenshot())
    return _mount(browser, taken, radius=8)


def own_type(browser: Browser, _content: Course) -> bytes:
    """Show the example of the page about note types: a typed answer, both sides of it, another card, and paper."""
    text = (ROOT / "docs" / "note-types.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    project = 'id = "geography"\ntitle = "Geography"\n'
    snapshot = Snapshot(
        root=ROOT, project=project, cards={"cards/countries.toml": text + OWN_SHEET}, lock=None
    )
    compiled = compile_project(snapshot, lambda path: MediaProblem(path, "missing"), list)
    if compiled.course is None or compiled.lowering is None:
        sys.exit("the example of docs/note-types.md has mistakes")
    peru = next(item for item in compiled.lowering.items() if item.id == "peru")
    taken = []
    for ordinal, typed in ((0, "Lima"), (1, "")):
        page = _window(browser, SMALL)
        page.set_content(_shown(compiled.course, peru, ordinal))
        page.wait_for_selector("#qa[data-side=front]", state="attached")
        if typed:
            page.locator(".entry input").fill(typed)
            page.evaluate("document.activeElement.blur()")
            taken.append(page.screenshot())
        page.evaluate("show('back')")
        page.wait_for_selector("#qa[data-side=back]", state="attached")
        page.evaluate("window.scrollTo(0, 0)")
        taken.append(page.screenshot())
    page = _window(browser, WIDE)
    page.set_content(sheet.export(compiled.course, TEMPLATES, {})["sheets/countries/A.html"].decode())
    taken.append(page.screenshot())
    return _mount(browser, taken, radius=8)


def words(browser: Browser, _content: Course) -> bytes:
    """Show backs of words of the course that `deckgen new --kind vocabulary` makes."""
    return _backs(browser, _started("vocabulary"), {"jardin": [], "agua": [], "cerrar": []}, night=False)


def words_test(browser: Browser, _content: Course) -> bytes:
    """Show the printed test of a lesson, and a word of the quiz that was typed with a slip."""
    content = _started("vocabulary")
    papers = sheet.export(content, TEMPLATES, {})
    page = _window(browser, DESK)
    page.set_content(papers["sheets/at-home-test/A.html"].decode())
    printed = _page_of(page.pdf(prefer_css_page_size=True, print_background=False), 1)
    phone = _window(browser, PHONE)
    phone.set_content(web.export(content, TEMPLATES, {}, papers)["web/practice.html"].decode())
    phone.locator("#begin").click()
    while phone.locator("form.question:visible").get_attribute("data-kind") != "word":
        phone.locator("form.question:visible label").first.click()
        phone.locator("#primary").click(click_count=2, delay=100)
    field = phone.locator("form.question:visible fieldset input")
    field.fill(field.evaluate("e => JSON.parse(e.dataset.accept)[0].replace(/(.)(.)$/, '$2$1')"))
    phone.locator("#primary").click()
    phone.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    return _mount(browser, [printed, phone.screenshot()], radius=1)


def exam(browser: Browser, _content: Course) -> bytes:
    """Show the sheet and the answer sheet of the exam that `deckgen new --kind exam` makes."""
    files = sheet.export(_started("exam"), TEMPLATES, {})
    page = _window(browser, DESK)
    pages = []
    for folder in ("sheets", "answer-sheets"):
        page.set_content(files[f"{folder}/midterm/A.html"].decode())
        pages.append(_page_of(page.pdf(prefer_css_page_size=True, print_background=False), 1))
    return _mount(browser, pages, radius=1)


def _started(kind: str) -> Course:
    files = starter(kind, kind.title(), kind)
    cards = {name: text for name, text in files.items() if name.startswith("cards/")}
    snapshot = Snapshot(root=ROOT, project=files["deckgen.toml"], cards=cards, lock=None)
    made = compile_project(snapshot, lambda path: MediaProblem(path, "missing"), list).course
    return made or sys.exit(f"the project of the kind {kind} has mistakes")


def sounds(browser: Browser, _content: Course) -> bytes:
    """Show the example of the page about sound: both sides of a card, a question of the quiz, and paper."""
    text = (ROOT / "docs" / "sound.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    project = 'id = "japanese"\ntitle = "Japanese"\n'
    snapshot = Snapshot(root=ROOT, project=project, cards={"cards/japanese.toml": text}, lock=None)
    recorded = in_memory((ROOT / "tests" / "sounds" / "tone.mp3").read_bytes())
    compiled = compile_project(snapshot, lambda path: MediaFile(path, recorded), list)
    if compiled.course is None:
        sys.exit("the example of docs/sound.md has mistakes")
    made = compiled.course
    taken = []
    page = _window(browser, SMALL)
    page.set_content(with_players(_card(made, "taberu"), lambda _: PLAY_BUTTON.replace('"', "'")))
    for side in ("front", "back"):
        page.evaluate(f"show('{side}')")
        page.wait_for_selector(f"#qa[data-side={side}]", state="attached")
        page.evaluate("window.scrollTo(0, 0)")
        taken.append(page.screenshot())
    files = sheet.export(made, TEMPLATES, compiled.pictures)
    page = _window(browser, WIDE)
    quiz_page = web.export(made, TEMPLATES, compiled.pictures, files)["web/japanese-test.html"]
    page.set_content(quiz_page.decode())
    page.locator("#begin").click()
    page.locator("#skip").click()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    taken.append(page.screenshot())
    page = _window(browser, WIDE)
    page.set_content(files["sheets/japanese-test/A.html"].decode())
    taken.append(page.screenshot())
    return _mount(browser, taken, radius=8)


def spreadsheet(browser: Browser, _content: Course) -> bytes:
    """Show the first example of the page about spreadsheets: its rows, and the back of the card of one of them."""
    page_text = (ROOT / "docs" / "spreadsheets.md").read_text("utf-8")
    table, cards = (page_text.split(f"```{form}\n")[1].split("```")[0] for form in ("csv", "toml"))
    snapshot = Snapshot(
        root=ROOT,
        project='id = "capitals"\ntitle = "Capitals"\n',
        cards={"cards/capitals.toml": cards},
        lock=None,
        tables={"data/capitals.csv": table.encode()},
    )
    compiled = compile_project(snapshot, lambda path: MediaProblem(path, "missing"), list)
    if compiled.course is None or compiled.lowering is None:
        sys.exit("the first example of docs/spreadsheets.md has mistakes")
    rows = [line.split(",") for line in table.splitlines()]
    letters = "".join(f"<th>{chr(ord('A') + number)}</th>" for number in range(len(rows[0])))
    lines = "".join(
        f"<tr><th>{number}</th>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for number, row in enumerate(rows, 1)
    )
    grid = _window(browser, (620, 160))
    grid.set_content(GRID.format(letters=letters, lines=lines))
    card = _window(browser, (340, 230))
    card.set_content(_shown(compiled.course, next(iter(compiled.lowering.items()))))
    card.wait_for_selector("#qa[data-side=front]", state="attached")
    card.locator(".entry input").fill("Lima")
    card.evaluate("document.activeElement.blur(); show('back')")
    card.wait_for_selector("#qa[data-side=back]", state="attached")
    card.evaluate("window.scrollTo(0, 0)")
    return _mount(browser, [grid.screenshot(), card.screenshot()], radius=8)


def _card(content: Course, id_: str, *, night: bool = False, phone: bool = False) -> str:
    return _shown(content, content.by_id()[id_], night=night, phone=phone)


def _shown(content: Course, item: Item, ordinal: int = 0, *, night: bool = False, phone: bool = False) -> str:
    made = next(each for each in note_types(content.project, TEMPLATES) if each.kind == item.kind)
    writer = FieldWriter(content, Renderer(Medium.ANKI, lambda path: path), TEMPLATES)
    fields = dict(zip([field.name for field in made.fields], note(item, writer).fields, strict=True))
    template = made.templates[ordinal]
    special = special_fields(deck=item.deck, tags=(), note_type=made.name, card=template.name)
    shown = render(template.front, template.back, special | fields, ordinal=ordinal, cloze=made.cloze)
    return study_page(shown.front, shown.back, made.style, night=night, phone=phone)


def paper(browser: Browser, content: Course) -> bytes:
    """Show the first page of a printed sheet beside a page of its key."""
    files = sheet.export(content, TEMPLATES, {})
    page = _window(browser, DESK)
    pages = []
    # The key begins with a table for marking; what it says of each question comes after it.
    for name, number in ((f"sheets/{SHEET}/A.html", 1), (f"sheets/{SHEET}/key.html", 2)):
        page.set_content(files[name].decode())
        pages.append(_page_of(page.pdf(prefer_css_page_size=True, print_background=False), number))
    return _mount(browser, pages, radius=1)


def _page_of(pdf: bytes, number: int, dpi: int = PAPER_DPI) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        name = Path(folder) / "page"
        one = ["-f", str(number), "-singlefile"]
        command = ["pdftoppm", "-png", "-r", str(dpi), *one, "-", str(name)]
        subprocess.run(command, input=pdf, check=True)
        return name.with_suffix(".png").read_bytes()


def quiz(browser: Browser, content: Course) -> bytes:
    """Show a question of the quiz on a computer, and an answered one on a phone in the dark."""
    html = web.export(content, TEMPLATES, {}, sheet.export(content, TEMPLATES, {}))[
        f"web/{QUIZ}.html"
    ].decode()
    desk, phone = _window(browser, DESK), _window(browser, PHONE, dark=True)
    for page in (desk, phone):
        page.set_content(html)
        page.locator("#begin").click()
    desk.locator(".question:visible label").first.click()
    phone.locator(".question:visible label").first.click()
    phone.locator("#primary").click()
    for page in (desk, phone):
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    return _mount(browser, [page.screenshot() for page in (desk, phone)], radius=8)


def beliefs(browser: Browser, content: Course) -> bytes:
    """Show the report on a made-up class of 60: what it believes, and what to look at first."""
    chance = random.Random(20261130)  # noqa: S311 -- a class for a picture
    made = sheet.export(content, TEMPLATES, {})[f"answer-sheets/{MARKED}/A.json"]
    described = msgspec.json.decode(made, type=AnswerSheet)
    asked = described.questions
    persons = []
    for _ in range(60):
        skill = chance.uniform(0.3, 0.95)
        person = {}
        for question in asked:
            right = chance.random() < skill
            wrong = [option.source for option in question.options if not option.right]
            chosen = [option.source for option in question.options if option.right]
            if not right and wrong:
                # The first distractor is the one that people believe.
                chosen = [wrong[0] if chance.random() < 0.6 else chance.choice(wrong)]  # noqa: PLR2004
            person[question.id] = Given(question.points * right, tuple(chosen))
        persons.append(person)
    page = _window(browser, REPORT)
    said, language = wordings(ROOT)
    made = report.page(described.title, analyse(asked, persons), said, language=language)
    page.set_content(made.decode())
    return _mount(browser, [page.screenshot()], radius=4)


def written(browser: Browser, _content: Course) -> bytes:
    """Show the page where a written answer is marked beside its key: of eight students who filled in the exam."""
    files = sheet.export(_started("exam"), TEMPLATES, {})
    described = msgspec.json.decode(files["answer-sheets/midterm/A.json"], type=AnswerSheet)
    page = _window(browser, DESK)
    page.set_content(files["answer-sheets/midterm/A.html"].decode())
    printed = _page_of(page.pdf(prefer_css_page_size=True, print_background=False), 1, 200)
    chance = random.Random(20261130)  # noqa: S311 -- handwriting for a picture
    with tempfile.TemporaryDirectory() as folder:
        scans, out = Path(folder) / "scans", Path(folder) / "marked"
        scans.mkdir()
        for number in range(8):
            filled = _filled(browser, printed, described, str(FIRST_STUDENT + number), chance)
            (scans / f"scan{number + 1}.png").write_bytes(filled)
        pages = [leaf for path in sorted(scans.iterdir()) for leaf in leaves(path)]
        pile = read_pile(pages, [with_student_number(described)], out)
        with _served(Review(pile, Decisions(), {}, out)) as address:
            shown = browser.new_page(
                viewport={"width": REVIEW[0], "height": REVIEW[1]}, reduced_motion="reduce", locale="en-GB"
            )
            shown.goto(address)
            # The page's policy lets no text be run as a script there, which `wait_for_function` would do.
            for image in shown.locator("img").all():
                image.evaluate("image => image.decode()")
            shown.frame_locator("#right").locator("body").wait_for()
            shown.locator("#given").wait_for()
            taken = shown.screenshot()
            shown.close()
    return taken


def _filled(
    browser: Browser, printed: bytes, described: AnswerSheet, student: str, chance: random.Random
) -> bytes:
    """Return an answer sheet that a student filled in, as a scanner sees it."""
    paper = described.paper
    ink = ""
    for bubble in described.pages[0].student:
        if student[bubble.digit - 1] == bubble.option:
            ink += f'<circle cx="{bubble.x}" cy="{bubble.y}" r="{bubble.radius * 0.95}" fill="#26262c"/>'
    [box] = described.pages[0].writing or ()
    step = box.height / box.lines
    for line, text in enumerate(ANSWER):
        start = box.x + 9 + chance.uniform(-1, 1), box.y + (line + 0.78) * step
        ink += "".join(f'<path d="{each}"/>' for each in strokes(text, *start, 0.46, chance))
    size = round(paper.width * 96 / 25.4), round(paper.height * 96 / 25.4)
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, device_scale_factor=2)
    encoded = base64.b64encode(printed).decode()
    page.set_content(WRITTEN_ON.format(page=encoded, width=paper.width, height=paper.height, ink=ink))
    taken = page.screenshot()
    page.close()
    return taken


@contextmanager
def _served(review: Review) -> Iterator[str]:
    """Serve a page to decide on, and yield its address."""
    sockets = listen(0)
    port = sockets[0].getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(review.asgi(port), lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join()


def _window(browser: Browser, size: tuple[int, int], *, dark: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        offline=True,
    )
    context.add_init_script(SEEDED)
    return context.new_page()


def _mount(browser: Browser, pictures: list[bytes], *, radius: int) -> bytes:
    """Put pictures side by side."""
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}" alt="">'
        for picture in pictures
    )
    page = browser.new_page(viewport={"width": 2000, "height": 400})
    page.set_content(MOUNT.format(images=images, radius=radius))
    taken = page.locator("body").screenshot()
    page.close()
    return taken


PICTURES_OF = {
    "card": cards,
    "card-answered": answered,
    "card-night": at_night,
    "sheet": paper,
    "words": words,
    "words-test": words_test,
    "quiz": quiz,
    "own-type": own_type,
    "sound": sounds,
    "spreadsheet": spreadsheet,
    "exam": exam,
    "beliefs": beliefs,
    "written": written,
}

if __name__ == "__main__":
    main()
