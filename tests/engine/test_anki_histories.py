"""Random histories of authors and learners, through Anki's own library: nothing is ever lost.

Authors add, edit, rename (with and without `was`), move (into banks, too), reorder, remove, restore, restyle, save
drafts, undo, release, branch, merge and lose the lock; learners review, edit, tag, suspend, flag, restyle, move and
delete. Whatever the order, each import holds what `history_learner.Learner.take` checks, and each release what
`Histories.check_sent` does.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deckgen.identity import Lock, parse
from deckgen.pipeline.outcome import Options
from deckgen.pipeline.pipeline import preview
from history_author import FILES, KINDS, Branch, Content, Written, merge_content, union
from history_learner import Learner, Shipped, check_cards_as_anki_decides, read

#: Later than any clock that this runs by, so that Anki's own stamps are always earlier ones.
BEGIN = 4_000_000_000
WRITING = (
    *("add", "add", "edit", "edit", "rename", "tag", "gaps", "move", "reorder", "remove", "restore"),
    *("picture", "restyle", "retitle", "rename-deck", "raise-version", "bank", "bank"),
)
LEARNING = (
    *("review", "review", "edit", "tag", "untag", "due", "suspend", "flag", "move", "delete", "cram"),
    "restyle",
)
small = st.integers(0, 5)
#: Seconds that the clock goes on, or back.
ticks = st.integers(-20, 20)


class Histories(RuleBasedStateMachine):
    """One project, sometimes on two branches, and one learner."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        self.now = BEGIN
        self.count = 0
        self.branches = [Branch(self.folder / "main")]
        self.base: Content | None = None
        self.base_lock = ""
        #: The branch that the learner has imported from since there are two: no other one until they are merged.
        self.followed: Branch | None = None
        self.latest = BEGIN
        self.learner = Learner(self.folder / "learner", empty_collection())
        #: False from where a check begins until it holds: a history that has failed is not carried on.
        self.sound = False

    @initialize(kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))
    def begin(self, kinds: list[str]) -> None:
        for number, kind in enumerate(kinds):
            self.write("add", number, KINDS.index(kind), 0)
        self.publish(0, 0)

    def branch(self, which: int) -> Branch:
        return self.branches[which % len(self.branches)]

    def fresh(self) -> int:
        self.count += 1
        return self.count

    # --- authors

    @rule(action=st.sampled_from(WRITING), which=small, to=small, branch=small)
    def write(self, action: str, which: int, to: int, branch: int) -> None:
        content = self.branch(branch).content
        match action:
            case "add":
                number = self.fresh()
                item = Written(number, KINDS[to % len(KINDS)], which % len(FILES), f"q{number}")
                content.items.insert(which % (len(content.items) + 1), item)
            case "reorder":
                content.items = content.items[1:] + content.items[:1]
            case "picture":
                revisions = list(content.pictures)
                revisions[which % 2] = self.fresh()
                content.pictures = tuple(revisions)
            case "restyle":
                content.style = self.fresh() if to else 0
            case "retitle":
                content.title = self.fresh()
            case "bank":
                banks = list(content.banks)
                banks[which % len(FILES)] = to < 2
                content.banks = tuple(banks)
            case "raise-version":
                content.version = self.fresh()
            case "rename-deck":
                renames = list(content.renames)
                renames[which % len(FILES)] = to
                content.renames = tuple(renames)
            case "restore":
                if content.removed:
                    number = sorted(content.removed)[which % len(content.removed)]
                    content.items.append(content.removed.pop(number))
            case _:
                self.change(content, action, which, to)

    def change(self, content: Content, action: str, which: int, to: int) -> None:
        if not content.items:
            return
        item = content.items[which % len(content.items)]
        match action:
            case "remove":
                # A project without any item has nothing to build.
                if len(content.items) > 1:
                    content.items.remove(item)
                    content.removed[item.number] = item
            case "edit":
                content.put(replace(item, text=to))
            case "rename":
                content.put(replace(item, id=f"r{self.fresh()}", was=(*item.was, item.id)))
            case "tag":
                content.put(replace(item, tag=to))
            case "gaps":
                content.put(replace(item, gaps=1 + to % 3))
            case "move":
                content.put(replace(item, file=to % len(FILES)))

    @rule(tick=ticks, branch=small)
    def build(self, tick: int, branch: int) -> None:
        self.built(self.branch(branch), tick)

    @rule(which=small, tick=ticks, branch=small)
    def correct(self, which: int, tick: int, branch: int) -> None:
        """Correct one text and build: the common case, which a quick build sees to."""
        chosen = self.branch(branch)
        item = chosen.content.items[which % len(chosen.content.items)]
        self.built(chosen, 0)
        chosen.content.put(replace(item, text=self.fresh()))
        self.built(chosen, tick)

    def built(self, branch: Branch, tick: int, restamp: frozenset[str] = frozenset()) -> None:
        self.sound = False
        self.now += tick
        branch.build(self.now, **({"restamp": restamp} if restamp else {}))
        lock = parsed(branch.lock.read_text())
        # Several builds in one second stamp ahead of the clock.
        stamps = [line.mod for line in (*lock.notes, *lock.types)]
        self.latest = max(self.latest, self.now, branch.not_before, *stamps)
        shipment = read(branch.packages, self.folder)
        for item in branch.content.items:
            if branch.content.banks[item.file]:
                leaked = [note for note in shipment.notes.values() if item.says in str(note.fields)]
                assert not leaked, "an item of a bank is in a package"
            else:
                assert item.says in shipment.notes[item.guid].fields[0]
        again = [item.guid for item in branch.content.items if item.id in restamp or "*" in restamp]
        self.learner.record(shipment, again)
        self.sound = True

    @rule(tick=ticks, branch=small)
    def save(self, tick: int, branch: int) -> None:
        """Save a file under `watch`: a draft, that no learner gets."""
        self.now += tick
        self.branch(branch).save(self.now)

    @rule(which=small, branch=small, away=st.booleans())
    def away_and_back(self, which: int, branch: int, away: bool) -> None:
        """Undo an edit, or take an item out and in again, saving each time: nothing has happened."""
        chosen = self.branch(branch)
        self.built(chosen, 0)
        before, items = chosen.lock.read_bytes(), list(chosen.content.items)
        item = items[which % len(items)]
        if away and len(items) > 1:
            chosen.content.items.remove(item)
        else:
            chosen.content.put(replace(item, text=self.fresh()))
        chosen.save(self.now)
        chosen.content.items = items
        chosen.save(self.now)
        self.built(chosen, 0)
        assert chosen.lock.read_bytes() == before
        # A release tells from the last one what is the same (`check_sent`).
        self.given(chosen, 0)

    @rule(which=small, branch=small)
    def rename_without_was(self, which: int, branch: int) -> None:
        """Rename an item and forget `was`: it is reported, and the author writes it."""
        chosen = self.branch(branch)
        # From here on the lock knows each item as it is.
        self.given(chosen, 0)
        item = chosen.content.items[which % len(chosen.content.items)]
        renamed = f"r{self.fresh()}"
        chosen.content.put(replace(item, id=renamed, was=()))
        chosen.content.write(chosen.root)
        found = preview(chosen.root, Options(now=self.now))
        assert found.edition is not None, found.diagnostics
        if not chosen.content.banks[item.file]:
            assert (item.id, renamed) in found.edition.stamped.changes.lost_ids
        chosen.content.put(replace(item, id=renamed, was=(*item.was, item.id)))

    @rule(tick=ticks, branch=small)
    def release(self, tick: int, branch: int) -> None:
        """Release, and give it to the learner."""
        chosen = self.followed or self.branch(branch)
        self.released(chosen, tick)
        self.take(chosen)

    def released(self, branch: Branch, tick: int, restamp: frozenset[str] = frozenset()) -> None:
        """Release: what changed since the last one has a stamp of now, all else the one it had."""
        self.sound = False
        self.now += tick
        branch.release(self.now, restamp=restamp)
        lock = parsed(branch.lock.read_text())
        self.latest = max(self.latest, self.now, *[line.mod for line in (*lock.notes, *lock.types)])
        shipment = read(branch.packages, self.folder)
        again = {item.guid for item in branch.content.items if item.id in restamp}
        for guid, note in shipment.notes.items():
            self.check_sent(branch, guid, note, again=guid in again)
        branch.sent |= {guid: (note,) for guid, note in shipment.notes.items()}
        branch.apart = set()
        self.learner.record(shipment, again)
        self.sound = True

    def check_sent(self, branch: Branch, guid: str, note: Shipped, *, again: bool) -> None:
        """Check the stamp of a note in a release against what earlier releases sent, on this branch and merged ones."""
        sent = branch.sent.get(guid, ())
        same = [before for before in sent if (before.content, before.retired) == (note.content, note.retired)]
        others = [before for before in sent if before not in same]
        assert all(note.mod >= before.mod for before in same), f"{guid} is stamped backwards"
        assert all(note.mod > before.mod for before in others), f"{guid} changed, and is stamped backwards"
        if others and not same:
            assert note.mod >= self.now, f"{guid} changed, and does not reach who edited before the release"
        if same and not others and not again and guid not in branch.apart:
            assert note.mod == same[0].mod, f"{guid} is the same, and is sent again"

    def given(self, branch: Branch, tick: int, restamp: frozenset[str] = frozenset()) -> None:
        """Make what learners get: a release, where there was one, else a build."""
        (self.released if branch.released else self.built)(branch, tick, restamp)

    @precondition(lambda self: len(self.branches) == 1)
    @rule()
    def fork(self) -> None:
        main = self.branches[0]
        root = self.folder / f"branch{self.fresh()}"
        self.branches.append(main.fork(root))
        self.base = main.content.copy()
        self.base_lock = main.lock.read_text()

    @precondition(lambda self: len(self.branches) == 2)
    @rule(which=small, tick=ticks)
    def release_while_apart(self, which: int, tick: int) -> None:
        """Release `main` after a text was corrected and built on a branch, whose stamp is older than the release."""
        self.correct(which, 0, branch=1)
        self.released(self.branches[0], abs(tick))

    @precondition(lambda self: len(self.branches) == 2)
    @rule(theirs=st.booleans(), how=st.sampled_from(["git", "shuffled"]), seed=small, tick=ticks)
    def merge(self, theirs: bool, how: str, seed: int, tick: int) -> None:
        main, other = self.branches
        self.branches = [main]
        assert self.base is not None
        main.content = merge_content(self.base, main.content, other.content, prefer_theirs=theirs)
        main.not_before = max(main.not_before, other.not_before)
        locks = [branch.lock.read_text() for branch in (main, other)]
        if how == "git":
            lock = union(self.base_lock, *locks, self.folder / f"merge{self.fresh()}")
        else:
            lines = [line for text in locks for line in text.splitlines(keepends=True)]
            random.Random(seed).shuffle(lines)
            lock = "".join(lines)
        main.lock.write_text(lock)
        # Which of two stamps a learner has nobody knows: a note that was stamped apart is stamped once more.
        ours, theirs = ({note.guid: note for note in parsed(text).notes} for text in locks)
        apart = {
            guid
            for guid in ours.keys() & theirs.keys()
            if (ours[guid].html_hash, ours[guid].mod) != (theirs[guid].html_hash, theirs[guid].mod)
        }
        # What only a branch stamped, a release sends once more.
        self.learner.stamped |= apart | (theirs.keys() - ours.keys())
        main.sent = {
            guid: tuple(dict.fromkeys((*main.sent.get(guid, ()), *other.sent.get(guid, ()))))
            for guid in main.sent.keys() | other.sent.keys()
        }
        main.apart |= apart | other.apart
        self.followed = None
        self.built(main, tick)

    @precondition(lambda self: len(self.branches) == 1)
    @rule(packages_too=st.booleans(), rename=st.booleans(), which=small)
    def lose_lock(self, packages_too: bool, rename: bool, which: int) -> None:
        branch = self.branches[0]
        if rename:
            # Then `was` alone tells who the item is.
            self.change(branch.content, "rename", which, 0)
        branch.lock.unlink()
        branch.not_before = self.latest + 1
        # What only a draft has may have a stamp there that learners do not have.
        self.learner.stamped |= self.guids(branch, draft=True) - self.guids(branch, draft=False)
        if packages_too:
            shutil.rmtree(branch.root / "dist")
            # Nobody knows any more what learners have: every note is stamped again, once.
            self.learner.stamped |= set(self.learner.seen)
        # It is forgotten that there ever was a release.
        branch.sent = {}
        self.built(branch, 0)

    def guids(self, branch: Branch, *, draft: bool) -> set[str]:
        """Return the GUIDs of all notes in drafts of a branch, or in packages that are not drafts, releases' too."""
        packages = (branch.root / "dist").rglob("*.apkg")
        chosen = [path for path in packages if path.name.endswith(".draft.apkg") == draft]
        return {guid for path in chosen for guid in read([path], self.folder).notes}

    # --- learners

    @rule(action=st.sampled_from(LEARNING), which=st.integers(0, 9))
    def learn(self, action: str, which: int) -> None:
        self.learner.act(action, which, self.now)

    @rule(tick=ticks, branch=small)
    def publish(self, tick: int, branch: int) -> None:
        """Build and import."""
        chosen = self.followed or self.branch(branch)
        self.given(chosen, tick)
        self.take(chosen)

    def take(self, branch: Branch) -> None:
        self.sound = False
        self.followed = branch if len(self.branches) > 1 else None
        self.learner.take(branch.packages, {item.guid: item.id for item in branch.content.items})
        self.sound = True

    @rule(which=small, tick=ticks)
    def heal(self, which: int, tick: int) -> None:
        """`--restamp` sends a note again to learners who edited it: then it is current."""
        branch = self.followed or self.branches[0]
        item = branch.content.items[which % len(branch.content.items)]
        self.now = max(self.latest, self.now) + 1
        if branch.content.banks[item.file]:
            return
        self.given(branch, abs(tick), frozenset({item.id}))
        self.take(branch)
        assert item.guid not in self.learner.edited

    def teardown(self) -> None:
        try:
            self.end()
        finally:
            self.learner.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def end(self) -> None:
        """Merge what is open, import, and compare with what somebody new gets."""
        if not self.sound:
            return
        if len(self.branches) == 2:
            self.merge(theirs=False, how="git", seed=0, tick=0)
        branch = self.branches[0]
        self.given(branch, 0)
        lock = branch.lock.read_bytes()
        packages = [path.read_bytes() for path in branch.packages]
        branch.build_wholly(self.now + 500, locked=True)
        assert branch.lock.read_bytes() == lock
        assert [path.read_bytes() for path in branch.packages] == packages
        self.take(branch)
        self.learner.check_sound()
        novice = Learner(self.folder / "novice", empty_collection())
        try:
            novice.take(branch.packages, {})
            check_cards_as_anki_decides(novice)
        finally:
            novice.close()


def parsed(text: str) -> Lock:
    """Read a lock that must be sound."""
    lock = parse(text)
    assert isinstance(lock, Lock)
    return lock


_EMPTY: list[Path] = []


def empty_collection() -> Path:
    """Return a new collection's file, made once."""
    if not _EMPTY:
        path = Path(tempfile.mkdtemp(prefix="histories-empty-")) / "collection.anki2"
        Collection(str(path)).close()
        _EMPTY.append(path)
    return _EMPTY[0]


def run(histories: int) -> None:
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=histories,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@contextmanager
def history(*kinds: str) -> Iterator[Histories]:
    """Begin a history with some items; at its end branches are merged, and a learner imports once more."""
    made = Histories()
    try:
        made.begin(list(kinds))
        yield made
    finally:
        made.teardown()


def test_a_lock_lost_after_a_draft_of_two_branches() -> None:
    """A history that failed once: a draft after a merge has a stamp of its own for a note that never changed."""
    with history("short", "short") as made:
        made.rename_without_was(branch=0, which=0)
        made.fork()
        made.away_and_back(away=False, branch=0, which=0)
        made.rename_without_was(branch=0, which=4)
        made.rename_without_was(branch=1, which=5)
        made.away_and_back(away=False, branch=1, which=3)
        made.release(branch=3, tick=-8)
        made.merge(how="git", seed=0, theirs=True, tick=-10)
        made.lose_lock(packages_too=False, rename=False, which=5)
        made.away_and_back(away=False, branch=3, which=2)
        made.publish(branch=1, tick=18)


def test_a_release_after_a_merge_reaches_who_edited_before_it() -> None:
    """A text that was corrected on a branch before the first release has the stamp of the release after the merge."""
    with history("short", "short") as made:
        made.fork()
        made.release_while_apart(which=0, tick=5)
        made.learn("edit", 0)
        made.now += 5


def test_what_moves_into_a_bank_leaves_no_text() -> None:
    """The note of an item that becomes private is a stub, and comes back with its text."""
    with history("short", "cloze") as made:
        made.write("bank", 0, to=0, branch=0)
        made.publish(tick=5, branch=0)
        made.write("bank", 0, to=5, branch=0)
        made.publish(tick=5, branch=0)


def test_no_history_loses_anything() -> None:
    """10 random histories: nothing is lost or doubled, all that changed arrives, all else stays as it is."""
    run(10)


@pytest.mark.long
def test_as_many_histories_as_wanted() -> None:
    """The same for 2,000 histories, or as many as `DECKGEN_HISTORIES` says."""
    run(int(os.environ.get("DECKGEN_HISTORIES", "2000")))
