"""`[[comparison]]`: a table that compares concepts, and the questions made from it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from deckgen import core
from deckgen.language.annotations import Id, Language, Markdown, Sources, Tags, Was
from deckgen.language.setting import Setting
from deckgen.patterns import lazy_pattern
from deckgen.text.parse import as_line
from deckgen.text.plain import plain
from deckgen.text.verbatim import verbatim
from deckgen.words import words

Make = Literal["contrast", "cell", "which", "match"]

#: A question that shows more cells than this is a table, not a question.
MOST_DISTRACTORS = 3
#: Rows of the matching made where the author chose none.
MATCHED_ROWS = 4
#: The end of a text that closes with its own punctuation mark, and perhaps markup.
_SENTENCE = lazy_pattern(r"[.!?:…؟。：！？](?:[*_`\"'”’»)\]]|</\w+>)*\s*$")


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One aspect, with a cell for each concept: the key is the concept's id."""

    id: Id
    aspect: Annotated[Markdown, Meta(description="What is compared in this row.")]
    #: In TOML the cells are in the row itself; `gather` puts them here.
    cells: dict[str, Markdown]
    sources: Annotated[dict[str, tuple[str, ...]], Meta(description="Citations of each cell.")] = {}
    was: Was = ()


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A matching question made from several rows: cells to concepts."""

    id: Id
    rows: Annotated[tuple[str, ...], Meta(description="Ids of the rows whose cells are to be matched.")]
    prompt: Markdown = ""
    was: Was = ()


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table: printed as it is, put on the back of its concepts' cards, and a source of questions."""

    id: Id
    title: Annotated[Markdown, Meta(description="Title of the table.")]
    between: Annotated[tuple[str, ...], Meta(description="Ids of the compared concepts, two or more.")]
    row: tuple[Row, ...]
    intro: Annotated[Markdown, Meta(description="Shown above the table.")] = ""
    make: Annotated[
        tuple[Make, ...],
        Meta(
            description="Questions to make: `contrast` (aspect → all cells), `cell` (aspect and concept → cell), "
            "`which` (cell → concept), `match` (cells of several rows → concepts)."
        ),
    ] = ("contrast",)
    match: tuple[Match, ...] = ()
    sources: Sources = ()
    tags: Tags = ()
    language: Language = ""
    was: Was = ()

    def table(self, setting: Setting) -> core.Table:
        """Return the whole table in core terms."""
        return core.Table(
            id=self.id,
            deck=setting.deck,
            title=self.title,
            intro=self.intro,
            between=self.between,
            terms=tuple(setting.concepts[concept].term for concept in self.between),
            rows=tuple(
                core.TableRow(f"{self.id}/{row.id}", row.aspect, self._cells(row, setting))
                for row in self.row
            ),
            citations=setting.cite(self.sources),
            in_deck=not setting.bank,
            language=setting.language_of(self.language),
        )

    def made_ids(self) -> Iterator[str]:
        """Yield the ids of the questions made from the table, in the order of `lower`."""
        for row in self.row:
            at = f"{self.id}/{row.id}"
            if "contrast" in self.make:
                yield f"{at}/contrast"
            for make in ("cell", "which"):
                if make in self.make:
                    yield from (f"{at}/{make}/{concept}" for concept in self.between)
        if "match" in self.make:
            yield from (f"{self.id}/match/{match.id}" for match in self._matches())

    def lower(self, setting: Setting) -> tuple[core.Item, ...]:
        """Return the questions made from the table in core terms."""
        return tuple(self._made(setting, words_of(setting)))

    def _made(self, setting: Setting, say: dict[str, str]) -> Iterator[core.Item]:
        for row in self.row:
            cells = self._cells(row, setting)
            if "contrast" in self.make:
                yield self._contrast(row, cells, setting)
            if "cell" in self.make:
                yield from (self._cell(row, cell, setting, say) for cell in cells)
            if "which" in self.make:
                yield from (self._which(row, cell, cells, setting, say) for cell in cells)
        if "match" in self.make:
            for match in self._matches():
                yield self._match(match, setting, say)

    def _cells(self, row: Row, setting: Setting) -> tuple[core.Cell, ...]:
        return tuple(
            core.Cell(
                concept,
                setting.concepts[concept].term,
                row.cells[concept],
                setting.cite(row.sources.get(concept, ())),
            )
            for concept in self.between
        )

    def _contrast(self, row: Row, cells: tuple[core.Cell, ...], setting: Setting) -> core.Contrast:
        citations = tuple(dict.fromkeys(c for cell in cells for c in cell.citations))
        return core.Contrast(
            title=self.title,
            aspect=row.aspect,
            cells=cells,
            **self._head(f"{row.id}/contrast", row.was, setting, citations),
            cell=f"{self.id}/{row.id}",
        )

    def _cell(self, row: Row, cell: core.Cell, setting: Setting, say: dict[str, str]) -> core.Choice:
        own = {each.cells[cell.concept] for each in self.row}
        # A cell of the same concept, from another row, is also true of it: it would be a second right answer.
        others = [
            core.Option(
                text, right=False, why=_says(say["cell-of"], term=_shown(setting.concepts[concept].term))
            )
            for each in (row, *self._neighbours(row))
            for concept in self.between
            if concept != cell.concept and (text := each.cells[concept]) not in own
        ]
        wrong = _distinct(others, cell.text)[:MOST_DISTRACTORS]
        return core.Choice(
            prompt=_asks(say, row.aspect, _says(say["which-cell"], term=_shown(cell.term))),
            options=core.in_source_order([core.Option(cell.text, right=True), *wrong]),
            cell=f"{self.id}/{row.id}/{cell.concept}",
            **self._head(f"{row.id}/cell/{cell.concept}", row.was, setting, cell.citations),
        )

    def _which(
        self, row: Row, cell: core.Cell, cells: tuple[core.Cell, ...], setting: Setting, say: dict[str, str]
    ) -> core.Choice:
        return core.Choice(
            prompt=_quoted(_asks(say, row.aspect, say["which-concept"]), cell.text),
            options=core.in_source_order(
                core.Option(_shown(c.term), right=c is cell)
                for c in (cell, *(c for c in cells if c is not cell))
            ),
            cell=f"{self.id}/{row.id}/{cell.concept}",
            **self._head(f"{row.id}/which/{cell.concept}", row.was, setting, cell.citations),
        )

    def _matches(self) -> tuple[Match, ...]:
        return self.match or (Match(id="rows", rows=tuple(row.id for row in self.row[:MATCHED_ROWS])),)

    def _match(self, match: Match, setting: Setting, say: dict[str, str]) -> core.Matching:
        rows = {row.id: row for row in self.row}
        cells = [cell for id_ in match.rows for cell in self._cells(rows[id_], setting)]
        citations = tuple(dict.fromkeys(c for cell in cells for c in cell.citations))
        return core.Matching(
            prompt=match.prompt or say["match-cells"],
            pairs=tuple(core.Pair(cell.text, _shown(cell.term)) for cell in cells),
            **self._head(f"match/{match.id}", (), setting, citations)
            | {"was": tuple(f"{self.id}/match/{old}" for old in match.was)},
        )

    def _neighbours(self, row: Row) -> list[Row]:
        """Return the other rows, the nearest first: their cells are the likeliest to be mixed up."""
        at = self.row.index(row)
        return [self.row[i] for i in sorted(range(len(self.row)), key=lambda i: (abs(i - at), i)) if i != at]

    def _head(
        self, made: str, row_was: tuple[str, ...], setting: Setting, citations: tuple[core.Citation, ...]
    ) -> dict[str, Any]:
        row, _, rest = made.partition("/")
        former_rows = (*row_was, row)
        former_tables = (*self.was, self.id)
        former = [f"{table}/{old}/{rest}" for table in former_tables for old in former_rows]
        return {
            "id": f"{self.id}/{made}",
            "deck": setting.deck,
            "topic": setting.topic,
            "language": setting.language_of(self.language),
            "file": setting.file,
            "was": tuple(former[:-1]),
            "tags": setting.with_tags(self.tags),
            "citations": citations,
            "in_deck": not setting.bank,
        }


def words_of(setting: Setting) -> dict[str, str]:
    """Return the fixed words of made questions in the project's language."""
    return dict(words(setting.language))


def _says(pattern: str, **values: str) -> str:
    for name, value in values.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


def _asks(say: dict[str, str], aspect: core.Text, question: str) -> str:
    """Ask a question about an aspect, which may itself be a question: `Who uses it? Which one is described?`."""
    about = _inline(aspect)
    if _SENTENCE.search(about):
        return f"{about} {question}"
    return _says(say["aspect-asks"], aspect=about, question=question)


def _inline(text: core.Text) -> str:
    return text.html if isinstance(text, core.Html) else text


def _shown(term: str) -> str:
    """Return a term, which is plain text, as Markdown: itself, unless it would be read as markup, as `__init__` is."""
    return term if plain(term).split() == term.split() else verbatim(term)


def _quoted(lead: str, text: core.Text) -> core.Text:
    """Put a cell below a lead as a quotation; HTML stays HTML."""
    if isinstance(text, core.Html):
        return core.Html(f"<p>{lead}</p><blockquote>{text.html}</blockquote>")
    return f"{as_line(lead)}\n\n" + "\n".join(f"> {line}" for line in as_line(text).splitlines())


def _distinct(options: list[core.Option], answer: core.Text) -> list[core.Option]:
    seen = {answer}
    kept = []
    for option in options:
        if option.text not in seen:
            seen.add(option.text)
            kept.append(option)
    return kept
