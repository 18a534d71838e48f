"""The packages of an earlier build: what learners got last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from deckgen.anki.cleaning import clean_note
from deckgen.anki.fingerprint import type_hash
from deckgen.anki.kind import Kind
from deckgen.anki.kinds import KINDS
from deckgen.anki.open_package import PackageError
from deckgen.anki.unpack import UnpackedNote, UnpackedPackage, UnpackedType, unpack
from deckgen.confined import files_below, is_file
from deckgen.identity import LockedNote, LockedType, NoteContent, PackagedNote, html_hash, note_type_id
from deckgen.identity.fingerprint import GUID_PATTERN
from deckgen.identity.lock import NUMBER_LIMIT
from deckgen.system_error import reason
from deckgen.text.characters import FORBIDDEN
from deckgen.text.clean_field import clean_field

#: Folder of the packages that a build makes.
PACKAGES = "dist/anki"
#: End of the name of a package with stamps that no lock has.
DRAFT_ENDING = ".draft.apkg"


def packages_in(root: Path, folder: str = PACKAGES) -> list[Path]:
    """List the packages in a folder of a project, sorted, without those that a link brings in from outside."""
    return [
        root / name for name, _ in files_below(root, folder) if name.endswith(".apkg") and is_file(root, name)
    ]


class PreviousPackages:
    """Reads packages only when they are needed, which is rare.

    A package that cannot be read counts as missing: an output folder is never the only copy.
    """

    def __init__(self, project_id: str, paths: Sequence[Path], kinds: Mapping[str, Kind] = KINDS) -> None:
        self._paths = paths
        self._kinds = {
            note_type_id(project_id, kind) if each.type_id is None else each.type_id: kind
            for kind, each in kinds.items()
        }
        #: Those whose notes have the id of their item in a field; others were made elsewhere, and may have any GUID.
        self._ours = frozenset(kind for kind, each in kinds.items() if each.type_id is None)
        self._fields = {kind: each.fields for kind, each in kinds.items()}

    @cached_property
    def contents(self) -> tuple[tuple[bool, UnpackedPackage], ...]:
        """The packages that can be read, each with whether it is for learners: a draft is not."""
        found = []
        for path in self._paths:
            try:
                found.append((not path.name.endswith(DRAFT_ENDING), unpack(path)))
            except (OSError, PackageError):
                continue
        return tuple(found)

    @cached_property
    def _copies(self) -> dict[str, list[tuple[bool, PackagedNote]]]:
        """Every note of the project by GUID, from each package that has it; without those that Anki cannot import."""
        copies: dict[str, list[tuple[bool, PackagedNote]]] = {}
        for for_learners, package in self.contents:
            for note in package.notes:
                kind = self._kinds.get(note.note_type)
                if kind is not None and self._is_sound(note, kind):
                    copies.setdefault(note.guid, []).append((for_learners, self._packaged(note, kind)))
        return copies

    @cached_property
    def notes(self) -> dict[str, PackagedNote]:
        """Every note of the project by GUID, cleaned, as the latest package for learners has it, or else a draft."""
        return {
            guid: self._cleaned(max(copies, key=lambda copy: (copy[0], copy[1].mod))[1])
            for guid, copies in self._copies.items()
        }

    def _is_sound(self, note: UnpackedNote, kind: str) -> bool:
        return (
            (kind not in self._ours or GUID_PATTERN.fullmatch(note.guid) is not None)
            and 0 < note.id < NUMBER_LIMIT
            and 0 < note.mod < NUMBER_LIMIT
            and len(note.fields) == len(self._fields[kind])
        )

    def _packaged(self, note: UnpackedNote, kind: str) -> PackagedNote:
        id_ = note.fields[self._fields[kind].index("Id")] if kind in self._ours else ""
        return PackagedNote(
            guid=note.guid,
            nid=note.id,
            mod=note.mod,
            note_type=kind,
            deck=FORBIDDEN.sub("", note.deck),
            fields=note.fields,
            tags=note.tags,
            id=clean_field(id_),
            cards=note.cards,
        )

    def _cleaned(self, note: PackagedNote) -> PackagedNote:
        clean = self._content(note)
        return replace(note, fields=clean.fields, tags=clean.tags)

    @cached_property
    def types(self) -> dict[str, UnpackedType]:
        """Every note type of the project by its kind, as in the same packages."""
        copies = [
            (for_learners, kind.mod, self._kinds[id_], kind)
            for for_learners, package in self.contents
            for id_, kind in package.types.items()
            if id_ in self._kinds
        ]
        return {key: kind for _, _, key, kind in sorted(copies, key=lambda copy: copy[:2])}

    def problem_of(self, path: Path) -> str:
        """Return why a package cannot be read; empty if it can."""
        try:
            unpack(path)
        except OSError as error:
            return reason(error)
        except PackageError as error:
            return str(error)
        return ""

    def content_with_hash(self, line: LockedNote) -> NoteContent | None:
        """Return the content that a note had when it got its stamp, None if no package has exactly that."""
        for _, known in self._copies.get(line.guid, ()):
            if html_hash(line.note_type, known.fields, known.tags) == line.html_hash:
                return self._content(known)
        return None

    def content_with_stamp(self, line: LockedNote) -> NoteContent | None:
        """Return the content of a note that learners have, None if no package has it with its stamp.

        It may be rendered differently than when it was stamped, but it has the same content.
        """
        for _, known in self._copies.get(line.guid, ()):
            if known.mod == line.mod:
                return self._content(known)
        return None

    def _content(self, note: PackagedNote) -> NoteContent:
        content = NoteContent(note.fields, note.tags)
        # What was made elsewhere is compared, and never put into a package again.
        return clean_note(content) if note.note_type in self._ours else content

    def cards_with_stamps(self, line: LockedNote, type_mod: int) -> tuple[int, ...] | None:
        """Return the ordinals of a note's cards; None if no package has this stamp of it and of its note type."""
        return self._cards.get((line.guid, line.mod, type_mod))

    @cached_property
    def _cards(self) -> dict[tuple[str, int, int], tuple[int, ...]]:
        return {
            (note.guid, note.mod, package.types[note.note_type].mod): note.cards
            for _, package in self.contents
            for note in package.notes
            if note.note_type in package.types
        }

    def content(self, guid: str) -> NoteContent | None:
        """Return the latest content of a note, None if no package has it."""
        note = self.notes.get(guid)
        return NoteContent(note.fields, note.tags) if note else None

    def locked_types(self) -> list[LockedType]:
        """Return every note type as a value of `deckgen.identity`."""
        return [
            LockedType(kind, type_hash(found.name, found.fields, found.templates, found.style), found.mod)
            for kind, found in self.types.items()
            if found.mod > 0 or kind not in self._ours
        ]
