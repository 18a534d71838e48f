"""The plan of an import as text for people: what becomes what, what is written otherwise, what is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from deckgen.counting import counted
from deckgen.importing.collection import Loss
from deckgen.importing.normal import Change
from deckgen.importing.plan import Become, Plan, TypePlan
from deckgen.importing.proof import Difference

#: Places that are named of each kind.
_NAMED = 3

_CHANGES = {
    Change.LINES: "lines in `<div>` end with a line break",
    Change.PARAGRAPHS: "text beside lists, tables and the like is a paragraph; one paragraph alone is a text",
    Change.BREAKS: "line breaks at the end are left out",
    Change.LATEX: "formulas of LaTeX are shown by MathJax, without pictures",
    Change.COMMENTS: "comments are left out",
    Change.CHARACTERS: "control characters are left out",
    Change.REPAIRED: "HTML with its tags in disorder is put in order",
}
_BECOMES = {
    Become.SHORT: "questions with a short answer",
    Become.OPEN: "open questions",
    Become.CHOICE: "choice questions",
    Become.CLOZE: "clozes",
    Become.CONCEPT: "concepts",
}


def plan_text(plan: Plan, files: Iterable[str]) -> str:
    """Return the plan; `files` are the names of the files that are written."""
    return "\n".join([*_head(plan), *_files(plan, files), *_otherwise(plan), *_losses(plan.losses)]) + "\n"


def losses_text(losses: Iterable[Loss]) -> str:
    """Return what is lost, or repaired; nothing if nothing is."""
    lines = [*_losses(losses)]
    return "\n".join(lines) + "\n" if lines else ""


def differences_text(found: Iterable[Difference]) -> str:
    """Return what is not as it came, and why that is said."""
    by_what: dict[str, list[str]] = {}
    for each in found:
        by_what.setdefault(each.what, []).append(each.where)
    lines = [f"  {', '.join(where[:_NAMED])}{_more(len(where))}: {what}" for what, where in by_what.items()]
    return "\n".join(["not as it came:", *lines]) + "\n"


def _head(plan: Plan) -> Iterator[str]:
    collection = plan.collection
    notes, cards = len(collection.notes), sum(len(note.cards) for note in collection.notes)
    media = len(plan.media.files)
    yield f"{plan.title}: {counted(notes, 'note')} with {counted(cards, 'card')}" + (
        f", {counted(media, 'picture or sound', 'pictures and sounds')}" if media else ""
    )
    yield ""
    counts = Counter(note.type_id for note in collection.notes)
    made = Counter(note.type for note in plan.notes if note.item is not None)
    width = max((len(each.type.name) for each in plan.types.values()), default=0)
    for id_, kind in plan.types.items():
        yield f"  {kind.type.name:<{width}}  {counted(counts[id_], 'note')}: {_fate(plan, kind, made[kind.name])}"
    yield ""


def _fate(plan: Plan, kind: TypePlan, made: int) -> str:
    if kind.become is not None:
        rest = sum(note.item is None and note.type == kind.name for note in plan.notes)
        stay = f"; {rest} that do not fit stay as they are" if rest else ""
        return f"{made} become {_BECOMES[kind.become]}, new to learners, who lose their reviews of them{stay}"
    if not plan.collection.knows_identity:
        return "a note type of its own, whose ids are not known: see below"
    return "the same note type; learners keep their reviews"


def _files(plan: Plan, files: Iterable[str]) -> Iterator[str]:
    kinds = Counter(name.partition("/")[0] for name in files)
    parts = [counted(kinds["cards"], "file of cards", "files of cards")]
    if kinds["data"]:
        parts.append(counted(kinds["data"], "spreadsheet"))
    if kinds["templates"]:
        parts.append(counted(kinds["templates"], "template"))
    if kinds["media"]:
        parts.append(f"{counted(kinds['media'], 'file', 'files')} in media/")
    yield f"It becomes {', '.join(parts)}."
    if not plan.collection.knows_identity:
        yield (
            "The source knows no ids of note types: give `--types-from` a package of the deck, or learners have to "
            "change the note type of their notes once (docs/existing-decks.md)."
        )


def _otherwise(plan: Plan) -> Iterator[str]:
    if plan.changes or plan.html:
        yield ""
        yield "Written otherwise, and the same to learners:"
    for change, count in sorted(plan.changes.items()):
        yield f"  {counted(count, 'field')}: {_CHANGES[change]}"
    if plan.html:
        some = ", ".join(f"{id_} ({field})" for id_, field in plan.html[:_NAMED])
        count = len(plan.html)
        yield f"  {counted(count, 'field')}: HTML that Markdown has no words for stays HTML: {some}{_more(count)}"


def _losses(losses: Iterable[Loss]) -> Iterator[str]:
    by_what: dict[str, list[str]] = {}
    for loss in losses:
        by_what.setdefault(loss.what, []).append(loss.where)
    if by_what:
        yield ""
        yield "Lost, or repaired:"
    for what, places in by_what.items():
        named = [place for place in places if place]
        last = named[-1] if named and named[-1].startswith("and ") and named[-1].endswith(" more") else ""
        some = ", ".join(named[:_NAMED])
        rest = f" … {last}" if last else _more(len(named))
        yield f"  {what}: {some}{rest}" if some else f"  {what}"


def _more(count: int) -> str:
    return f" and {count - _NAMED:,} more" if count > _NAMED else ""
