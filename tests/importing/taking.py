"""Take a package over, build the project, and import what it makes, as a learner of the deck does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki_judge import collection, import_package
from deckgen.cli.starter import frame
from deckgen.importing.package import read_package
from deckgen.importing.plan import Become, Plan
from deckgen.importing.planning import plan
from deckgen.importing.writing import Written, write_project
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import build

if TYPE_CHECKING:
    from anki.collection import Collection as AnkiCollection

    from deckgen.importing.collection import Collection

NOW = 1_900_000_000


@dataclass(frozen=True)
class Taken:
    """A deck that was taken over."""

    root: Path
    plan: Plan
    written: Written

    def replace(self, file: str, old: str, new: str) -> None:
        """Edit a file of the project."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def build(self, *, purpose: str = "build", later: int = 0) -> list[Path]:
        """Build the project, and return the packages of its decks."""
        outcome = build(self.root, Options(now=NOW + later, purpose=purpose))
        assert outcome.outputs, outcome.diagnostics
        return sorted((self.root / "dist/anki").glob("*.apkg"))

    def find(self, text: str) -> str:
        """Return the name of the file of the project that holds a text."""
        return next(
            path.relative_to(self.root).as_posix()
            for folder in ("cards", "data")
            for path in sorted((self.root / folder).rglob("*.*"))
            if text in path.read_text("utf-8")
        )


def take(source: Path | Collection, root: Path, become: Mapping[str, str] | None = None) -> Taken:
    """Take a deck over."""
    read = read_package(source) if isinstance(source, Path) else source
    names = {each.name: each.id for each in read.types}
    made = plan(read, "Taken", {names[name]: Become(kind) for name, kind in (become or {}).items()})
    written = write_project(
        made, root, frame("taken-over", "Taken", ""), now=NOW, progress=lambda _step, _done, _total: None
    )
    return Taken(root, made, written)


@contextmanager
def learner(package: Path) -> Iterator[AnkiCollection]:
    """Open the collection of somebody who has imported a package and answered each card once."""
    with collection() as col:
        import_package(col, package)
        study(col)
        yield col


def study(col: AnkiCollection) -> None:
    """Answer each card once: it has an interval, and an entry in the log of reviews."""
    for cid in col.find_cards(""):
        card = col.get_card(cid)
        card.start_timer()
        col.sched.answerCard(card, 4)


def counts(col: AnkiCollection, packages: list[Path]) -> tuple[int, int, int]:
    """Import packages, and return how many notes are new, updated and conflicting."""
    found: Counter[str] = Counter()
    for package in packages:
        log = import_package(col, package)
        found.update(new=len(log.new), updated=len(log.updated), conflicting=len(log.conflicting))
    return found["new"], found["updated"], found["conflicting"]


def history(col: AnkiCollection) -> dict[str, list[Any]]:
    """Return what a learner would lose: cards with their intervals, and reviews."""
    return {
        "cards": col.db.all("SELECT id, nid, did, ord, type, queue, due, ivl, reps FROM cards ORDER BY id"),
        "reviews": col.db.all("SELECT * FROM revlog ORDER BY id"),
        "schema": col.db.all("SELECT scm FROM col"),
    }


@contextmanager
def newcomer(packages: list[Path]) -> Iterator[AnkiCollection]:
    """Open a collection that got packages and nothing else."""
    with collection() as col:
        for package in packages:
            import_package(col, package)
        yield col
