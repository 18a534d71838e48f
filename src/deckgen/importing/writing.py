"""Write the project of an import, and prove it: all appears, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from deckgen.anki.target import TARGET
from deckgen.diagnostics import Diagnostic
from deckgen.engine.store import Store
from deckgen.engine.write import umask, write_bytes
from deckgen.importing.adopt import Adoption, adopted_lock
from deckgen.importing.collection import Collection, Loss
from deckgen.importing.plan import Plan
from deckgen.importing.project_files import project_files
from deckgen.importing.proof import Difference, differences
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.packages import pictures_by_name
from deckgen.pipeline.stamping import stamp
from deckgen.reading import LOCK_FILE, read_project
from deckgen.targets import Context

#: Called with what is being done, how much of it is done, and how much it is.
Progress = Callable[[str, int, int], None]
_ASIDE = ".deckgen-import-"
_PIECE = 1 << 20
#: Files after which progress is shown again.
_SHOWN = 100
#: A package, while it is compared.
_MADE = ".made.apkg"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A project that was written."""

    files: tuple[str, ...]
    losses: tuple[Loss, ...]
    #: What the decks that it makes have otherwise than those that came, and the plan did not say.
    differences: tuple[Difference, ...]


class MistakesError(Exception):
    """The project that was written has mistakes: a case that nobody thought of."""

    def __init__(self, root: Path, found: tuple[Diagnostic, ...]) -> None:
        """Take what is wrong, with places in the project of a folder."""
        super().__init__()
        self.found = found
        #: The texts of the project.
        self.snapshot = read_project(root)[0]


def is_free(folder: Path) -> bool:
    """Tell whether a project can be written into a folder: it is not there, or empty."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def write_project(
    plan: Plan, folder: Path, frame: Mapping[str, str], *, now: int, progress: Progress
) -> Written:
    """Write a project into a folder that `is_free`; `frame` are the files that every project has, by their names.

    It is written beside its place, built, compared with what came, and then put there. `now` is in seconds since 1970.

    Raises:
        OSError: if it cannot be written; nothing is there then.
        UnreadableError: if a file of its media is damaged.
        MistakesError: if it cannot be built.
    """
    with _aside(folder) as root:
        files = [*frame, LOCK_FILE]
        for name, text in frame.items():
            write_bytes(root, name, text.encode(), lasting=False)
        progress("writing", 1, 4)
        for name, text in project_files(plan):
            write_bytes(root, name, text.encode(), lasting=False)
            files.append(name)
        for number, (name, medium) in enumerate(plan.media.files.items()):
            if number % _SHOWN == 0:
                progress("copying pictures and sounds", number, len(plan.media.files))
            (root / name).parent.mkdir(exist_ok=True)
            with medium.open() as source, (root / name).open("wb") as there:
                shutil.copyfileobj(source, there, _PIECE)
            files.append(name)
        progress("adopting", 2, 4)
        types = {each.type.id: each.name for each in plan.types.values() if each.name in _adopted_names(plan)}
        adoption = adopted_lock(root, _named(plan), plan.adopted, types, now=now)
        if isinstance(adoption, tuple):
            raise MistakesError(root, adoption)
        write_bytes(root, LOCK_FILE, adoption.text.encode(), lasting=False)
        progress("comparing", 3, 4)
        guids = {note.id: note.guid for note in adoption.lock.notes}
        found = tuple(differences(plan, guids, _packages(root, adoption, now)))
    return Written(files=tuple(sorted(files)), losses=adoption.losses, differences=found)


def _adopted_names(plan: Plan) -> frozenset[str]:
    return frozenset(note.type for note in plan.notes if note.item is None) | {
        each.name for each in plan.types.values() if each.become is None
    }


def _named(plan: Plan) -> Collection:
    """Return the collection with the media that the project has."""
    used = {medium.name: medium for medium in plan.media.files.values()}
    return msgspec.structs.replace(plan.collection, media=used)


def _packages(root: Path, adoption: Adoption, now: int) -> Iterator[Path]:
    """Make the packages that a build of the project makes, and give the path of each while it is there."""
    options = Options(now=now)
    store = Store(root, "", lasting=False, empty=True)
    written = adoption.written
    edition, found = stamp(root, written, adoption.lock, options, adoption.templates, store, None)
    if edition is None:
        raise MistakesError(root, tuple(found))
    context = Context(
        templates=adoption.templates,
        media=written.media,
        pictures=lambda names: pictures_by_name(root, names, written.media, written.course.project),
        edition=edition,
        store=store,
        scratch=root,
    )
    for output in TARGET.outputs(written.course, context):
        made = output.make(b"")
        if isinstance(made, bytes):
            path = root / _MADE
            path.write_bytes(made)
        else:
            path = made
        try:
            yield path
        finally:
            path.unlink()


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Give a folder to write into, and put what is in it into its place at the end, if nothing was raised."""
    there = folder.exists()
    parent = folder if there else folder.parent
    parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=parent))
    try:
        yield aside
        if there:
            for path in sorted(aside.iterdir()):
                path.replace(folder / path.name)
        else:
            aside.chmod(0o777 & ~umask())
            aside.replace(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
