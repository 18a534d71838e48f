"""Lower a project without mistakes to the core language."""

from __future__ import annotations

from deckgen import core
from deckgen.language.comparison import Comparison
from deckgen.language.concept import Concept
from deckgen.language.manuscript import File, Manuscript
from deckgen.language.misconception import Misconception
from deckgen.language.setting import Setting


def lower(manuscript: Manuscript, sheets: tuple[core.Sheet, ...]) -> core.Course:
    """Return the whole project in core terms. Everything that is referred to must exist."""
    comparisons = manuscript.of(Comparison)
    concepts = manuscript.of(Concept)
    misconceptions = manuscript.of(Misconception)
    compared: dict[str, tuple[str, ...]] = {}
    for table in comparisons.values():
        for concept in table.between:
            compared[concept] = (*compared.get(concept, ()), table.id)
    decks: dict[str, core.Deck] = {}
    items: list[core.Item] = []
    tables: list[core.Table] = []
    known: dict[str, core.Citation] = {}
    for file in manuscript.files:
        if file.deck is None:
            continue
        _add_deck(decks, file)
        setting = Setting(
            deck=file.deck.name,
            file=file.stem,
            language=manuscript.project.language,
            tags=file.deck.tags,
            sources=manuscript.sources,
            concepts=concepts,
            misconceptions=misconceptions,
            tables=compared,
            known=known,
        )
        for entry in file.entries:
            if isinstance(entry.item, Comparison):
                tables.append(entry.item.table(setting))
                items += entry.item.lower(setting)
            else:
                items.append(entry.item.lower(setting))
    return core.Course(
        project=manuscript.project.lower(),
        decks=tuple(decks.values()),
        items=tuple(items),
        tables=tuple(tables),
        sheets=sheets,
        sources=tuple(source.lower(key) for key, source in manuscript.sources.items()),
        refutations=tuple(core.Refutation(m.id, m.corrects) for m in misconceptions.values()),
    )


def _add_deck(decks: dict[str, core.Deck], file: File) -> None:
    deck = file.deck
    if deck is None or not file.entries:
        return
    known = decks.get(deck.name)
    tags = tuple(dict.fromkeys((*(known.tags if known else ()), *deck.tags)))
    description = deck.description or (known.description if known else "")
    decks[deck.name] = core.Deck(name=deck.name, tags=tags, description=description)
