"""Random histories of projects with branches: whatever authors do, no learner's history is lost."""

from __future__ import annotations

import random
import subprocess
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from deckgen.identity import (
    Build,
    Lock,
    LockedNote,
    NoteClaim,
    NoteContent,
    Stamped,
    dumps,
    guid,
    html_hash,
    parse,
    stamp,
)
from laws import law

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = st.integers(1_000, 1_040)
KEEP = 2


@dataclass(frozen=True)
class Written:
    """An item as its author wrote it; `number` is who it really is."""

    number: int
    id: str
    text: str = "0"
    deck: str = "A"
    was: tuple[str, ...] = ()

    @property
    def first_id(self) -> str:
        return (*self.was, self.id)[0]

    def claim(self) -> NoteClaim:
        hashes = [html_hash("choice", (each,), ()) for each in (f"written {self.text}", self.text)]
        return NoteClaim(self.id, "choice", self.deck, *hashes, self.was)


@dataclass
class Branch:
    """A branch of the project: its content, its lock, and all that its builds ever gave to learners."""

    items: dict[int, Written] = field(default_factory=dict)
    removed: dict[int, Written] = field(default_factory=dict)
    lock: str | None = None
    version: str = "1"
    #: By GUID: each (hash, stamp) that a build of this branch, or of one merged into it, emitted.
    given: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    #: By GUID: the last build's notes, if nothing was merged since.
    last: dict[str, LockedNote] = field(default_factory=dict)
    #: Where the lock was lost, only a clock that goes right can tell what is later.
    clock: int = 0

    def copy(self) -> Branch:
        given = {key: set(value) for key, value in self.given.items()}
        return Branch(
            dict(self.items), dict(self.removed), self.lock, self.version, given, dict(self.last), self.clock
        )


def build(branch: Branch, now: int) -> Stamped:
    """Build a branch, and check all laws."""
    lock = parse(branch.lock) if branch.lock is not None else None
    assert lock is None or isinstance(lock, Lock), lock
    claims = [item.claim() for item in branch.items.values()]
    order = Build(project_id="p", version=branch.version, now=max(now, branch.clock), keep_retired=KEEP)
    stamped = stamp(lock, claims, (), order, last_content=lambda _guid: NoteContent(("former",), ()))
    assert isinstance(stamped, Stamped), stamped
    assert parse(dumps(stamped.lock)) == stamped.lock
    check(branch, stamped, {note.guid for note in lock.notes} if lock else set())
    branch.lock = dumps(stamped.lock)
    branch.last = {note.guid: note for note in (*stamped.notes, *stamped.retired)}
    for key, note in branch.last.items():
        branch.given.setdefault(key, set()).add((note.html_hash, note.mod))
    return stamped


def check(branch: Branch, stamped: Stamped, known: set[str]) -> None:
    emitted = (*stamped.notes, *stamped.retired)
    # An item's GUID is that of the first id it ever had.
    expected = [guid("p", item.first_id) for item in branch.items.values()]
    assert [note.guid for note in stamped.notes] == expected
    # No two notes share a GUID or a note id.
    assert len({note.guid for note in emitted}) == len(emitted)
    assert len({note.nid for note in stamped.lock.notes}) == len(stamped.lock.notes)
    # Nothing the lock knew is forgotten.
    assert known <= {note.guid for note in stamped.lock.notes}
    for note in emitted:
        # A stamp never goes back, and another content always has a later one.
        for content, mod in branch.given.get(note.guid, ()):
            assert note.mod > mod or (note.mod == mod and note.html_hash == content)
        # The same content keeps its stamp, unless it was away in between.
        last = branch.last.get(note.guid)
        if last and last.html_hash == note.html_hash and type(last.state) is type(note.state):
            assert note.mod == last.mod
            assert note.nid == last.nid


class Histories(RuleBasedStateMachine):
    """Authors work on branches, build, merge, and lose the lock."""

    def __init__(self) -> None:
        super().__init__()
        self.branches: list[Branch] = []
        self.numbers = 0

    @initialize()
    def begin(self) -> None:
        self.branches = [Branch()]

    def any_branch(self, data: st.DataObject) -> Branch:
        return data.draw(st.sampled_from(self.branches))

    def any_item(self, data: st.DataObject, items: dict[int, Written]) -> Written | None:
        return items[data.draw(st.sampled_from(sorted(items)))] if items else None

    @rule(data=st.data(), deck=st.sampled_from("AB"))
    def add(self, data: st.DataObject, deck: str) -> None:
        branch = self.any_branch(data)
        self.numbers += 1
        branch.items[self.numbers] = Written(self.numbers, f"q{self.numbers}", deck=deck)

    @rule(data=st.data(), text=st.sampled_from("012"), deck=st.sampled_from("AB"))
    def edit(self, data: st.DataObject, text: str, deck: str) -> None:
        branch = self.any_branch(data)
        if item := self.any_item(data, branch.items):
            branch.items[item.number] = replace(item, text=text, deck=deck)

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        branch = self.any_branch(data)
        if item := self.any_item(data, branch.items):
            self.numbers += 1
            new = replace(item, id=f"r{self.numbers}", was=(*item.was, item.id))
            branch.items[item.number] = new

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        branch = self.any_branch(data)
        if item := self.any_item(data, branch.items):
            branch.removed[item.number] = branch.items.pop(item.number)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        branch = self.any_branch(data)
        if item := self.any_item(data, branch.removed):
            branch.items[item.number] = branch.removed.pop(item.number)

    @rule(data=st.data(), version=st.sampled_from("123"))
    def release(self, data: st.DataObject, version: str) -> None:
        self.any_branch(data).version = version

    @rule(data=st.data(), now=CLOCK)
    def build(self, data: st.DataObject, now: int) -> None:
        branch = self.any_branch(data)
        build(branch, now)
        # Building again, later, changes nothing.
        lock = branch.lock
        build(branch, now + 500)
        assert branch.lock == lock

    @precondition(lambda self: len(self.branches) < 3)
    @rule(data=st.data())
    def fork(self, data: st.DataObject) -> None:
        self.branches.append(self.any_branch(data).copy())

    @precondition(lambda self: len(self.branches) > 1)
    @rule(data=st.data(), rng=st.randoms(use_true_random=False), now=CLOCK)
    def merge(self, data: st.DataObject, rng: random.Random, now: int) -> None:
        """Merge one branch into another, in the worst way: every line of both locks, shuffled."""
        theirs = self.branches.pop(data.draw(st.integers(1, len(self.branches) - 1)))
        ours = self.branches[0]
        merge_content(ours, theirs, rng)
        if ours.lock and theirs.lock:
            lines = ours.lock.splitlines(keepends=True) + theirs.lock.splitlines(keepends=True)
            rng.shuffle(lines)
            ours.lock = "".join(lines)
        else:
            ours.lock = ours.lock or theirs.lock
        build(ours, now)

    @precondition(lambda self: len(self.branches) == 1)
    @rule()
    def lose_lock(self) -> None:
        (branch,) = self.branches
        branch.lock = None
        branch.last = {}
        branch.clock = 1 + max((mod for pairs in branch.given.values() for _, mod in pairs), default=0)
        build(branch, 0)


def merge_content(ours: Branch, theirs: Branch, rng: random.Random) -> None:
    """Merge what authors wrote; where both sides changed, either side's version is taken."""
    for number in sorted({*ours.items, *ours.removed, *theirs.items, *theirs.removed}):
        sides = [side for side in (ours, theirs) if number in side.items or number in side.removed]
        chosen = rng.choice(sides)
        live = number in chosen.items
        item = (chosen.items if live else chosen.removed)[number]
        ours.items.pop(number, None)
        ours.removed.pop(number, None)
        (ours.items if live else ours.removed)[number] = item
    for key, pairs in theirs.given.items():
        ours.given.setdefault(key, set()).update(pairs)
    ours.last = {}
    ours.clock = max(ours.clock, theirs.clock)
    ours.version = rng.choice([ours.version, theirs.version])


TestHistories = Histories.TestCase
TestHistories.settings = law(25, stateful_step_count=40)


def test_git_merges_locks_by_itself(tmp_path: Path) -> None:
    """`merge=union` in `.gitattributes` is all that git needs: the merged text is a lock that says everything."""
    for seed in range(30):
        rng = random.Random(seed)
        base = Branch(items={number: Written(number, f"q{number:02}") for number in range(20)})
        build(base, 1_000)
        ours, theirs = base.copy(), base.copy()
        for side, offset in ((ours, 100), (theirs, 200)):
            for number in rng.sample(range(20), 6):
                item = side.items.pop(number)
                if rng.random() < 0.7:
                    renamed = replace(item, text=str(offset), id=f"q{number:02}-{offset}", was=(item.id,))
                    side.items[number] = rng.choice([replace(item, text=str(offset)), renamed])
                else:
                    side.removed[number] = item
            for number in range(offset, offset + 5):
                side.items[number] = Written(number, f"q{rng.randrange(20):02}-new-{number}")
            build(side, rng.randrange(1_000, 1_003))
        merged = git_merge(tmp_path, base.lock, ours.lock, theirs.lock)
        assert "<<<<<<<" not in merged
        ours.lock = merged
        merge_content(ours, theirs, rng)
        build(ours, 1_002)


def git_merge(folder: Path, *texts: str | None) -> str:
    """Merge as git does under `merge=union`: base, ours, theirs."""
    base, ours, theirs = (folder / name for name in ("base", "ours", "theirs"))
    for path, text in zip((base, ours, theirs), texts, strict=True):
        path.write_text(text or "", encoding="utf-8", newline="\n")
    command = ["git", "merge-file", "--union", "-p", str(ours), str(base), str(theirs)]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()
