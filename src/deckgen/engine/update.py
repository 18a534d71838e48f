"""Update outputs: fresh ones are kept, stale ones are made, in groups that build on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from deckgen.confined import place, read_bytes
from deckgen.engine.output import Output, digest, key
from deckgen.engine.stamps import stamp_of
from deckgen.engine.state import State, Trace
from deckgen.engine.worker import Job, run

#: Called with (step, done, total).
Progress = Callable[[str, int, int], None]


class Update:
    """The outputs of one build."""

    def __init__(self, folder: Path, state: State | None, progress: Progress) -> None:
        """Start an update of the outputs in a folder; `state` is that of the last build, if it can be used."""
        self._folder = folder
        self._traces: Mapping[str, Trace] = state.outputs if state else {}
        self._progress = progress
        #: What was made, by name.
        self.made: dict[str, bytes | Path] = {}
        #: What is still good, by name.
        self.kept: dict[str, Trace] = {}
        #: Copies by name, and what they are copies of.
        self.copies: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._contents: dict[str, str] = {}

    @property
    def names(self) -> list[str]:
        """The names of all outputs so far, sorted."""
        return sorted((*self.made, *self.kept, *self.copies))

    def add(self, outputs: Iterable[Output], prepare: Iterable[Callable[[], None]] = ()) -> None:
        """Make the stale outputs of a group. The source of an output is in this group or an earlier one.

        `prepare` are called before anything is made, so that several processes share the result.

        Raises:
            ValueError: if two outputs have one name.
        """
        group = tuple(outputs)
        for each in group:
            if each.name in self._keys:
                raise ValueError(f"two outputs are called {each.name}")
            self._keys[each.name] = ""
        for wave in (
            [each for each in group if not each.of and not each.copy_of],
            [each for each in group if each.of],
            [each for each in group if each.copy_of],
        ):
            self._make([each for each in wave if not self._is_kept(each)], prepare)

    def traces(self) -> dict[str, Trace]:
        """Return the traces of all outputs, which have been written."""
        traces = dict(self.kept)
        for name in (*self.made, *self.copies):
            stamp = stamp_of(self._folder / name)
            if stamp is not None:
                traces[name] = Trace(self._keys[name], self._contents[name], stamp)
        return traces

    def _is_kept(self, output: Output) -> bool:
        """Record the key of an output, and keep the output if it is fresh."""
        whole = output.key
        if source := output.of or output.copy_of:
            whole = key(output.key, self._contents[source])
        self._keys[output.name] = whole.hex()
        trace = self._traces.get(output.name)
        if (
            trace is None
            or trace.key != self._keys[output.name]
            or trace.stamp != stamp_of(self._folder / output.name)
        ):
            return not output.wanted
        self.kept[output.name] = trace
        self._contents[output.name] = trace.content
        return True

    def _make(self, stale: list[Output], prepare: Iterable[Callable[[], None]]) -> None:
        jobs = []
        for output in stale:
            if output.copy_of:
                self.copies[output.name] = output.copy_of
                self._contents[output.name] = self._contents[output.copy_of]
            else:
                jobs.append(Job(output.name, partial(self._content, output), output.cost))
        if not jobs:
            return
        for call in prepare:
            call()
        for number, (name, content) in enumerate(run(jobs)):
            self._progress(name, number, len(jobs))
            self.made[name] = content
            self._contents[name] = digest(content).hex()

    def _content(self, output: Output) -> bytes | Path:
        return output.make(self.content(output.of) if output.of else b"")

    def content(self, name: str) -> bytes:
        """Return the content of an output, made now or by an earlier build.

        Raises:
            OSError: if it cannot be read.
        """
        made = self.made.get(name, self._folder)
        if isinstance(made, bytes):
            return made
        return read_bytes(self._folder, name) if name not in self.made else made.read_bytes()

    def file(self, name: str) -> bytes | Path:
        """Return an output as bytes, or as the file that it is in.

        Raises:
            OSError: if its file is outside of the output folder.
        """
        return self.made[name] if name in self.made else place(self._folder, name)
