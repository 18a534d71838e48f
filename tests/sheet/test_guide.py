"""Study guides on paper: all there, in order, nothing torn, every number a reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from deckgen import core
from deckgen.guide import guides
from deckgen.sheet import export
from deckgen.sheet.guide import brief, ends_sentence, numbers
from deckgen.templating.own import templates_of
from sheet.paper import overlapping, plain_text, read, spilled
from sheet.quizzes import showcase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page

    from sheet.paper import Paper

TEMPLATES = templates_of({})
WORDS = "a program asks the system for one and sends what it has to say through it until the other side has heard enough"


def text(mark: str, length: int) -> str:
    """Return a text that begins and ends with words met nowhere else, so that a tear in it shows."""
    return f"{mark}a {' '.join((WORDS.split() * 9)[:length])} {mark}z"


def cites(*keys: int) -> tuple[core.Citation, ...]:
    return tuple(
        core.Citation(f"s{key}", f"{key}.1", f"Source {key}", f"https://example.org/{key}#1") for key in keys
    )


def long_course(**more: Any) -> core.Course:
    """Return a course whose guide has everything, over many pages."""
    head = {"file": "cards"}
    concepts = tuple(
        core.Concept(
            **head, id=f"concept{n}", deck="Net::Sockets" if n < 9 else "Net::Ports", term=f"Term{n}",
            definition=text(f"d{n}x", 5 + 7 * (n % 9)), example=text(f"e{n}x", 6) if n % 2 else "",
            aliases=(f"Alias{n}",) if n % 3 else (), citations=cites(n % 5, 7),
        )
        for n in range(18)
    )  # fmt: skip
    table = core.Table(
        id="table", deck="Net", title="Three of them", intro="An introduction.", between=("a", "b", "c"), terms=("Alpha", "Beta", "Gamma"),
        rows=tuple(
            core.TableRow(
                f"table/r{n}", f"Aspect{n}",
                tuple(core.Cell(c, c, text(f"r{n}{c}x", 4 + 5 * ((n + i) % 6)), cites(n % 12)) for i, c in enumerate("abc")),
            )
            for n in range(22)
        ),
    )  # fmt: skip
    claims = tuple(
        core.TrueFalse(
            **head, id=f"claim{n}", deck="Net", prompt=text(f"m{n}x", 8 + n % 7) + ".", answer=False, correction=text(f"k{n}x", 5 + 9 * (n % 4)) + ".",
            verdict=("false", "misleading", "vague")[n % 3], citations=cites(n % 12), seen=cites(12 + n % 3),
        )
        for n in range(15)
    )  # fmt: skip
    return core.Course(
        project=core.Project(id="sample", title="Sample", **more),
        decks=(core.Deck(name="Net", description="What this is about."),),
        items=concepts + claims,
        tables=(table,),
        sources=tuple(
            core.Source(key=f"s{n}", title=f"Source {n}", url=f"https://example.org/{n}", year=2000 + n, authors=("A. Writer",))
            for n in range(20)
        ),
    )  # fmt: skip


_PRINTED: dict[tuple[str, bytes], bytes] = {}


@pytest.fixture(params=["chromium", "weasyprint"])
def engine(request: pytest.FixtureRequest) -> Callable[[bytes], bytes]:
    """Print with either engine; the same page once."""
    if request.param == "chromium":
        to_paper = request.getfixturevalue("print_pdf")
    else:
        weasyprint = pytest.importorskip("weasyprint")

        def to_paper(html: bytes) -> bytes:
            made: bytes = weasyprint.HTML(string=html.decode()).write_pdf()
            return made

    def printed(html: bytes) -> bytes:
        which = (request.param, html)
        if which not in _PRINTED:
            _PRINTED[which] = to_paper(html)
        return _PRINTED[which]

    return printed


def guide_page(made: core.Course, name: str = "Net") -> bytes:
    return export(made, TEMPLATES, {})[f"guides/{name}.html"]


def pages_of(mark: str, paper: Paper) -> list[int]:
    return [word.page for word in paper.words if re.fullmatch(rf"“?{mark}[.:,”]*", word.text)]


def test_everything_is_on_paper_whole_and_in_order(engine: Callable[[bytes], bytes]) -> None:
    """Concepts, the table's cells, the prose of its rows, misconceptions, references; none torn or on another."""
    made = long_course()
    paper = read(engine(guide_page(made)))
    assert spilled(paper, margin=8) == []
    assert overlapping(paper) == []
    for n in range(18):
        assert (
            len({*pages_of(f"d{n}xa", paper), *pages_of(f"d{n}xz", paper), *pages_of(f"Term{n}", paper)}) == 1
        )
    for n in range(15):
        claim = [pages_of(f"{side}{n}x{end}", paper) for side in "mk" for end in "az"]
        assert all(pages == claim[0] and len(pages) == 1 for pages in claim)
    for n in range(22):
        # In the table, and again in the prose made from it.
        ends = [pages_of(f"r{n}{c}x{end}", paper) for c in "abc" for end in "az"]
        assert all(pages == ends[0] and len(pages) == 2 for pages in ends)
    order = [pages_of(mark, paper)[0] for mark in ("d0xa", "d17xz", "r0axa", "r21cxz", "m0xa", "k14xz")]
    assert order == sorted(order)


def test_text_comes_out_in_reading_order(engine: Callable[[bytes], bytes]) -> None:
    """As a reader of the PDF, or a screen reader, gets it."""
    said = "".join(plain_text(engine(guide_page(long_course()))).split())
    expected = [
        *(f"{word}{n}" for n in range(9) for word in ("Term", "d")),
        "Threeofthem", "Alpha", "Beta", "Gamma",
        *(f"r{n}{c}xa" for n in range(22) for c in "abc"),
        "Maindifferences", *(f"r{n}{c}xa" for n in range(22) for c in "abc"),
        "Misconceptions", *(f"{side}{n}x{end}" for n in range(15) for side in "mk" for end in "az"),
        "References", *(f"Source{n}," for n in (0, 7, 1, 2, 3, 4)),
    ]  # fmt: skip
    at = 0
    for mark in expected:
        found = said.find(mark, at)
        assert found >= 0, mark
        at = found


def test_the_head_of_the_table_stands_on_each_of_its_pages(engine: Callable[[bytes], bytes]) -> None:
    """Whoever reads the last rows sees what the columns are."""
    paper = read(engine(guide_page(long_course())))
    last = pages_of("r21cxz", paper)[0]
    first = pages_of("r0axa", paper)[0]
    assert last > first
    for page in range(first, last + 1):
        assert {"Alpha", "Beta", "Gamma"} <= {word.text for word in paper.on(page)}


def test_a_table_of_many_concepts_lies_on_its_side(engine: Callable[[bytes], bytes]) -> None:
    """Its pages are landscape, all others are not, and nothing is cut off or torn."""
    made = long_course()
    terms = [f"Thing{n}" for n in range(7)]
    rows = tuple(
        core.TableRow(
            f"wide/r{n}",
            f"Facet{n}",
            tuple(core.Cell(t, t, text(f"w{n}{t}x", 5 + n), cites(2)) for t in terms),
        )
        for n in range(9)
    )
    wide = core.Table(
        id="wide",
        deck="Net",
        title="Seven of them",
        intro="",
        between=tuple(terms),
        terms=tuple(terms),
        rows=rows,
    )
    paper = read(engine(guide_page(msgspec.structs.replace(made, tables=(*made.tables, wide)))))
    assert spilled(paper, margin=8) == []
    assert overlapping(paper) == []
    on_side = {page for page, (across, down) in enumerate(paper.sizes, start=1) if across > down}
    assert on_side
    for n in range(9):
        table, prose = zip(*(pages_of(f"w{n}{t}x{end}", paper) for t in terms for end in "az"), strict=True)
        assert (len(set(table)), len(set(prose))) == (1, 1)
        assert set(table) <= on_side
        assert not set(prose) & on_side
    assert not on_side & {pages_of(f"r{n}axa", paper)[0] for n in range(22)}


def test_every_number_is_that_of_a_reference_and_every_reference_is_cited() -> None:
    """In the order of the first citation, each once; what nothing cites is left out."""
    html = guide_page(long_course()).decode()
    cited = list(dict.fromkeys(int(number) for number in re.findall(r'href="#source-(\d+)"', html)))
    listed = [int(number) for number in re.findall(r'<li id="source-(\d+)"', html)]
    assert listed == list(range(1, len(listed) + 1))
    assert sorted(cited) == listed
    titles = re.findall(r"<cite>(Source \d+)</cite>", html)
    assert titles[:4] == ["Source 0", "Source 7", "Source 1", "Source 2"]
    assert len(titles) == len(set(titles)) == len(listed)


def test_a_source_is_cited_once_with_all_its_places() -> None:
    """`[2, 3.1, 4]`; a place that is long to say is left to the source."""
    rfc = [
        core.Citation("rfc", place, "RFC") for place in ("3.1", "", "4", "3.1", "a very long name of a place")
    ]
    found = brief(
        [*rfc, core.Citation("man", "", "Manual"), core.Citation("unknown", "", "?")], {"rfc": 2, "man": 1}
    )
    assert [(number, [place.locator for place in places]) for number, places in found] == [
        (2, ["3.1", "4"]),
        (1, []),
    ]


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("It is one.", True),
        ("It is one", False),
        ("“It is one.”", True),
        ("(one)", False),
        ("是的。", True),
        ("Why?", True),
        ("", False),
    ],
)
def test_a_sentence_without_an_end_gets_one(sentence: str, ends: bool) -> None:
    """Cells become prose, in which a stop divides them."""
    assert ends_sentence(sentence) is ends


def test_differences_are_made_from_the_rows() -> None:
    """Each cell is said in a sentence after its term."""
    html = guide_page(showcase(), "Networking").decode()
    prose = re.sub(r"<[^>]+>", "", html.partition("Main differences")[2].partition("</section>")[0])
    assert (
        "Socket: A file descriptor in the program that made it. Port: A number from 0 to 65535"
        in " ".join(prose.split())
    )


def test_guides_are_valid_without_barriers_and_follow_the_settings(
    page: Page, axe: Callable[[Page], list[str]], html_errors: Callable[[Mapping[str, bytes]], list[str]]
) -> None:
    """In every profile that guides have, and in a language written from right to left; none where none is wanted."""
    both = core.Printing(also=("large-print", "ink-saving", "two-up"))
    made = {
        name: html
        for name, html in export(long_course(printing=both, language="ar"), TEMPLATES, {}).items()
        if name.startswith("guides/")
    }
    assert list(made) == ["guides/Net.html", "guides/Net-large-print.html", "guides/Net-ink-saving.html"]
    # The texts are English, whatever the page says.
    assert [said for said in html_errors(made) if "appears to be written in" not in said] == []
    for html in made.values():
        page.set_content(html.decode())
        assert axe(page) == []
    assert export(long_course(printing=core.Printing(study_guides=False)), TEMPLATES, {}) == {}


def test_numbers_count_the_guides_sources() -> None:
    """From 1, as they are listed."""
    (guide,) = guides(long_course())
    assert list(numbers(guide).values()) == list(range(1, len(guide.sources) + 1))
