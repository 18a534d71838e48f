"""A tiny project that an author changes at will: kept as values, written as an author would write it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from deckgen.engine.state import unchanged
from deckgen.identity import Lock, guid, parse
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build

PROJECT = "histories"
KINDS = ("short", "cloze", "concept", "picture")
FILES = ("a", "b", "c")
#: Names of the decks of the files: two in one package, one in a package of its own.
DECKS = ("Net", "Net::Sub", "Other")
#: Pages are not what these histories are about.
_PAGES = ("index", "quiz", "study")


@dataclass(frozen=True)
class Written:
    """An item as its author wrote it; `number` is who it really is."""

    number: int
    kind: str
    file: int
    id: str
    was: tuple[str, ...] = ()
    text: int = 0
    gaps: int = 1
    tag: int = 0

    @property
    def guid(self) -> str:
        """Return the GUID it must have for ever: that of its first id."""
        return guid(PROJECT, (*self.was, self.id)[0])

    @property
    def says(self) -> str:
        """Return what its first field must hold, whatever else is there."""
        return f"item {self.number} text {self.text}."

    def toml(self) -> str:
        """Return its TOML."""
        head = [f"id = {json.dumps(self.id)}", f"was = {json.dumps(self.was)}"]
        if self.tag:
            head.append(f'tags = ["tag{self.tag}"]')
        if self.kind == "concept":
            body = ["[[concept]]", *head, f'term = "{self.says}"', f'definition = "definition {self.text}"']
        elif self.kind == "cloze":
            gaps = " ".join(f"{{{{gap{n}}}}}" for n in range(1, self.gaps + 1))
            body = ["[[question]]", 'type = "cloze"', *head, f'text = "{self.says} {gaps}"']
        else:
            shown = "" if self.kind == "short" else f" ![shown](media/{self.number % 2}.gif)"
            body = [
                "[[question]]",
                'type = "short"',
                *head,
                f'prompt = "{self.says}{shown}"',
                'answer = "yes"',
            ]
        return "\n".join(body) + "\n"


@dataclass
class Content:
    """All that authors wrote."""

    items: list[Written] = field(default_factory=list)
    removed: dict[int, Written] = field(default_factory=dict)
    #: How often each deck was renamed.
    renames: tuple[int, ...] = (0, 0, 0)
    style: int = 0
    version: int = 1
    title: int = 0
    pictures: tuple[int, ...] = (0, 0)
    #: Which files are banks: their items are in no package.
    banks: tuple[bool, ...] = (False, False, False)

    def copy(self) -> Content:
        """Return one that changes apart."""
        return replace(self, items=list(self.items), removed=dict(self.removed))

    def deck(self, item: Written) -> str:
        """Return the name of an item's deck."""
        renames = self.renames[item.file]
        return DECKS[item.file] + (f" {renames}" if renames else "")

    def find(self, number: int) -> Written | None:
        """Return an item by its number."""
        return next((item for item in self.items if item.number == number), None)

    def put(self, item: Written) -> None:
        """Put an item in the place of its former self."""
        self.items = [item if each.number == item.number else each for each in self.items]

    def write(self, root: Path) -> None:
        """Write the project's files, but not its lock."""
        for number, name in enumerate(FILES):
            items = [item for item in self.items if item.file == number]
            if items:
                bank = "bank = true\n" if self.banks[number] else ""
                text = f'[deck]\nname = "{self.deck(items[0])}"\n{bank}\n' + "\n".join(
                    item.toml() for item in items
                )
                put(root / f"cards/{name}.toml", text)
            else:
                (root / f"cards/{name}.toml").unlink(missing_ok=True)
        put(
            root / "deckgen.toml",
            f'id = "{PROJECT}"\ntitle = "Title {self.title}"\nversion = "{self.version}"\n\n[anki]\nkeep_retired = 2\n',
        )
        for number, revision in enumerate(self.pictures):
            put(root / f"media/{number}.gif", f"GIF89a picture {number} revision {revision}")
        if self.style:
            put(root / "templates/anki/cloze/style.css", f".card {{ line-height: {self.style}; }}\n")
        else:
            (root / "templates/anki/cloze/style.css").unlink(missing_ok=True)
        for name in _PAGES:
            put(root / f"templates/web/{name}.html", "")


def put(path: Path, text: str) -> None:
    """Write a text where it is not there yet, as an editor would; folders are made."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    # As if written a second ago: a quick build believes no file that was written just now.
    moment = time.time_ns() - 1_000_000_001
    os.utime(path, ns=(moment, moment))


@dataclass
class Branch:
    """A working copy of the project, and all that its builds gave."""

    root: Path
    content: Content = field(default_factory=Content)
    #: No build before this time: where the lock was lost, only a clock that goes right can tell what is later.
    not_before: int = 0
    #: What the last release sent, by GUID; after a merge, what the last one of each branch did.
    sent: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    #: GUIDs of notes that merged branches stamped apart: the next release may send them again though they are the same.
    apart: set[str] = field(default_factory=set)

    @property
    def lock(self) -> Path:
        """Return where the lock is."""
        return self.root / "deckgen.lock"

    @property
    def packages(self) -> list[Path]:
        """Return the packages of the last build."""
        return sorted((self.root / "dist/anki").glob("*.apkg"))

    @property
    def released(self) -> bool:
        """Say whether there was a release: then builds are drafts."""
        lock = parse(self.lock.read_bytes()) if self.lock.exists() else None
        return isinstance(lock, Lock) and lock.release.at > 0

    def release(self, now: int, **options: Any) -> None:
        """Write the project and release it."""
        self.content.write(self.root)
        self.build_wholly(max(now, self.not_before), purpose="release", **options)
        lock = parse(self.lock.read_bytes())
        assert isinstance(lock, Lock)
        self.content.version = int(lock.release.version)

    def save(self, now: int) -> None:
        """Write the project and make a draft, as `watch` and `serve` do at every save."""
        self.content.write(self.root)
        before = self.lock.read_bytes() if self.lock.exists() else None
        self.build_wholly(max(now, self.not_before), purpose="draft")
        assert before == (self.lock.read_bytes() if self.lock.exists() else None), "a draft wrote the lock"

    def build(self, now: int, **options: Any) -> None:
        """Write the project and build it, upon the last build where that can be."""
        self.content.write(self.root)
        now = max(now, self.not_before)
        if not options and unchanged(self.root, everything=False) is not None:
            return
        self.build_wholly(now, **options)

    def build_wholly(self, now: int, **options: Any) -> Outcome:
        """Build everything anew."""
        outcome = build(self.root, Options(now=now, **options))
        assert not outcome.failed, outcome.diagnostics
        return outcome

    def fork(self, root: Path) -> Branch:
        """Return a copy that goes its own way."""
        shutil.copytree(self.root, root)
        return Branch(root, self.content.copy(), self.not_before, dict(self.sent), set(self.apart))


def merge_content(base: Content, ours: Content, theirs: Content, *, prefer_theirs: bool) -> Content:
    """Merge what two branches wrote; where both changed a thing, one side's is taken."""

    def pick(old: Any, mine: Any, other: Any) -> Any:
        if mine == old or (prefer_theirs and other != old):
            return other
        return mine

    sides = [{item.number: item for item in each.items} for each in (base, ours, theirs)]
    numbers = list(dict.fromkeys(item.number for each in (ours, theirs, base) for item in each.items))
    merged = Content(
        **{
            name: pick(*(getattr(each, name) for each in (base, ours, theirs)))
            for name in ("renames", "style", "version", "title", "pictures", "banks")
        }
    )
    removed = {**base.removed, **theirs.removed, **ours.removed}
    for number in numbers:
        item = pick(*(side.get(number) for side in sides))
        if item is not None:
            merged.items.append(item)
        else:
            removed[number] = next(side[number] for side in (*sides[1:], sides[0]) if number in side)
    present = {item.number for item in merged.items}
    merged.removed = {number: item for number, item in removed.items() if number not in present}
    return merged


def union(base: str, ours: str, theirs: str, folder: Path) -> str:
    """Merge three texts as git does under `merge=union`."""
    folder.mkdir()
    for name, text in {"ours": ours, "base": base, "theirs": theirs}.items():
        put(folder / name, text)
    command = ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"]
    return subprocess.run(command, check=True, capture_output=True, cwd=folder).stdout.decode()
