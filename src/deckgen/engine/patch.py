"""Build upon the last build where nothing changed but what questions say: the common edit of an author.

The law is that it gives, byte for byte, what a whole build would. Whatever it is not sure of it leaves to that:
it then returns None, and has written nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec

from deckgen.anki.cards import CardDecider
from deckgen.anki.content import content_hash
from deckgen.anki.media import MediaNames, named_in
from deckgen.anki.note import Note, note
from deckgen.anki.notetypes import note_types
from deckgen.anki.pen import Pen
from deckgen.anki.repack import Revision, revised
from deckgen.compiler.check import check_file, may_show_pictures
from deckgen.compiler.link import link
from deckgen.compiler.lower import Settings
from deckgen.compiler.parse import parse, parse_project
from deckgen.core import Course, top_level
from deckgen.engine.interfaces import interface
from deckgen.engine.inventory import look, stamp_of
from deckgen.engine.state import State
from deckgen.engine.templates import templates_of
from deckgen.engine.write import publish, remember, write_text
from deckgen.identity import LockedNote, find_lines, html_hash, with_lines
from deckgen.language.manuscript import File
from deckgen.language.project import Project
from deckgen.language.question import Question
from deckgen.reading.media import read_pictures
from deckgen.reading.project import LOCK_FILE, read_text
from deckgen.reading.templates import read_templates
from deckgen.root import PROJECT_FILE
from deckgen.templating import Templates
from deckgen.text import Medium, Renderer


class Patched(msgspec.Struct, frozen=True):
    """What came of it."""

    state: State
    #: Ids of the notes that changed.
    changed: tuple[str, ...]


def patch(root: Path, output: Path, state: State, changed: set[str], now: int) -> Patched | None:
    """Build what changed in some files of cards since a state; `now` is in seconds since 1970.

    Raises:
        OSError: if something cannot be written; each file is then the old or the new one.
    """
    if not changed <= state.interfaces.keys():
        return None
    looked = look(root, changed)
    patching = _Patching(root, output, state)
    if not patching.read(changed):
        return None
    made = patching.revise(now)
    if made is None:
        return None
    ids, lock, packages = made
    if ids:
        write_text(root / LOCK_FILE, lock)
        publish(output, packages)
    stamps = {name: stamp for name in packages if (stamp := stamp_of(output / name))}
    locked = stamp_of(root / LOCK_FILE)
    left = state._replace(
        inputs=state.inputs | looked | ({LOCK_FILE: locked} if locked else {}),
        outputs=state.outputs | stamps,
    )
    remember(root, left)
    return Patched(left, ids)


class _Patching:
    """The files that changed, and those that they draw on."""

    def __init__(self, root: Path, output: Path, state: State) -> None:
        self._root = root
        self._output = output
        self._state = state
        self._changed: list[File] = []
        self._exporters: list[File] = []
        self._project: Project | None = None

    def read(self, changed: set[str]) -> bool:
        """Read and check the files; say whether all else may stay as it is."""
        for name in sorted({*changed, *self._state.exporters}):
            text = read_text(self._root, name, [])
            if text is None:
                return False
            file, found = parse(name, text)
            if found:
                return False
            if name in self._state.exporters:
                self._exporters.append(file)
            if name in changed:
                self._changed.append(file)
                if interface(file) != self._state.interfaces[name] or any(check_file(file)):
                    return False
        text = read_text(self._root, PROJECT_FILE, [])
        self._project = parse_project(PROJECT_FILE, text)[0] if text is not None else None
        return self._project is not None and len(self._changed) == len(changed)

    def revise(self, now: int) -> tuple[tuple[str, ...], str, dict[str, bytes]] | None:
        """Return the ids of the notes that changed, the text of the lock, and the packages with these notes."""
        lock = read_text(self._root, LOCK_FILE, [])
        if lock is None or self._project is None:
            return None
        notes, digests = {}, {}
        for each, digest in self._notes(self._project):
            notes[each.id], digests[each.id] = each, digest
        lines = find_lines(lock, notes)
        if lines is None:
            return None
        moved: dict[int, LockedNote] = {}
        for id_, (line, at) in lines.items():
            made = notes[id_]
            if digests[id_] == line.content_hash:
                continue
            html = html_hash(made.kind, made.fields, made.tags)
            if not line.content_hash or html == line.html_hash:
                return None
            if id_ in self._state.drawn or line.note_type != made.kind or line.deck != made.deck:
                return None
            moved[at] = msgspec.structs.replace(
                line, content_hash=digests[id_], html_hash=html, mod=max(now, line.mod + 1)
            )
        ids = tuple(sorted(line.id for line in moved.values()))
        packages = self._packages([(notes[line.id], line) for line in moved.values()], self._project)
        return None if packages is None else (ids, with_lines(lock, moved), packages)

    def _notes(self, project: Project) -> Iterable[tuple[Note, str]]:
        """Write the notes of all questions in the files that changed, and hash what their authors wrote."""
        files = {file.name: file for file in (*self._exporters, *self._changed)}
        settings = Settings(link(project, [files[name] for name in sorted(files)], frozenset()))
        course = Course(project=project.lower(), decks=(), items=())
        media = MediaNames(self._pictures())
        pen = Pen(course, Renderer(Medium.ANKI, media.source), self._templates)
        for file in self._changed:
            if file.deck is None:
                continue
            setting = settings.of(file, file.deck)
            for entry in file.entries:
                if isinstance(entry.item, Question):
                    item = entry.item.lower(setting)
                    made = note(item, pen)
                    pictures = map(media.digest, named_in(made.fields))
                    yield made, content_hash(item, {}, course.project.language, pictures)

    def _pictures(self) -> dict[str, bytes]:
        """Read the pictures of the project where a question may show one."""
        if not any(may_show_pictures(file.text) for file in self._changed):
            return {}
        return read_pictures(self._root, self._state.pictures)

    def _packages(self, moved: list[tuple[Note, LockedNote]], project: Project) -> dict[str, bytes] | None:
        kinds = {made.kind for made, _ in moved}
        types = note_types(project.lower(), self._templates, kinds)
        deciders = {each.kind: CardDecider(each) for each in types}
        by_package: dict[str, list[Revision]] = {}
        for made, line in moved:
            file = self._state.packages.get(top_level(line.deck), "")
            cards = deciders[made.kind].ordinals(made.fields)
            revision = Revision(line.nid, line.guid, line.mod, made.fields, made.tags, cards)
            by_package.setdefault(file, []).append(revision)
        packages: dict[str, bytes] = {}
        for file, revisions in by_package.items():
            made_anew = revised(self._output / file, revisions)
            if made_anew is None:
                return None
            packages[file] = made_anew
            # The site carries its own copy.
            if (copy := f"web/{file}") in self._state.outputs:
                packages[copy] = made_anew
        return packages

    @cached_property
    def _templates(self) -> Templates:
        return templates_of(read_templates(self._root)[0], "anki")
