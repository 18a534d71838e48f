"""Update outputs: fresh ones are kept, stale ones are made, in several processes where that saves time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Self

from deckgen.confined import place, read_bytes
from deckgen.engine.output import Output, digest, key
from deckgen.engine.stamps import stamp_of
from deckgen.engine.state import State, Trace
from deckgen.engine.worker import Job, Running

#: Called with (step, done, total).
Progress = Callable[[str, int, int], None]


class Update:
    """The outputs of one build.

    Outputs are added in an order in which each comes after the one that it is made from. They are made when
    `finish` is called, or begun before by `begin`; what an output is made from is finished when that is added. At the
    end of a `with` no process is left.
    """

    def __init__(self, folder: Path, state: State | None, progress: Progress, *, alone: bool = False) -> None:
        """Start an update of the outputs in a folder, `alone` by this process.

        `state` is that of the last build, if it can be used.
        """
        self._alone = alone
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
        #: Stale outputs, and what to call before they are made.
        self._stale: dict[str, Output] = {}
        self._prepare: list[Callable[[], None]] = []
        self._begun: list[Running] = []
        self._uncopied: dict[str, Output] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._begun:
            running.stop()

    @property
    def names(self) -> list[str]:
        """The names of all outputs so far, sorted, whether they are made or not."""
        begun = [name for running in self._begun for name in running.names]
        return sorted({*self.made, *self.kept, *self.copies, *self._stale, *begun, *self._uncopied})

    def add(self, outputs: Iterable[Output], prepare: Callable[[], None] = lambda: None) -> None:
        """Add outputs; `prepare` is called before any of them is made, so that several processes share the result.

        Raises:
            ValueError: if two outputs have one name.
        """
        count = len(self._stale)
        for output in outputs:
            if output.name in self._keys:
                raise ValueError(f"two outputs are called {output.name}")
            self._keys[output.name] = ""
            if output.copy_of:
                self._uncopied[output.name] = output
            elif self._is_to_be_made(output):
                self._stale[output.name] = output
        if len(self._stale) > count:
            self._prepare.append(prepare)

    def begin(self) -> None:
        """Let other processes begin to make what is stale, if that saves time, while this one does something else."""
        running = self._start(meanwhile=True)
        if running.is_divided:
            self._begun.append(running)
            self._stale = {}
        else:
            running.stop()

    def finish(self) -> None:
        """Make what is stale, and wait for what other processes make."""
        cost = sum(output.cost for output in self._stale.values())
        # Who waits for others anyway can as well do this alone.
        rest = self._start(alone=sum(running.cost for running in self._begun) > cost)
        self._begun.insert(0, rest)
        total = sum(len(running.names) for running in self._begun)
        results = chain.from_iterable(running.results() for running in self._begun)
        for number, (name, content) in enumerate(results):
            self._progress(name, number, total)
            self.made[name] = content
            self._contents[name] = digest(content).hex()
        for running in self._begun:
            running.stop()
        self._stale, self._begun = {}, []
        for output in self._uncopied.values():
            if not self._is_kept(output):
                self.copies[output.name] = output.copy_of
                self._contents[output.name] = self._contents[output.copy_of]
        self._uncopied = {}

    def traces(self) -> dict[str, Trace]:
        """Return the traces of all outputs, which have been written."""
        traces = dict(self.kept)
        for name in (*self.made, *self.copies):
            stamp = stamp_of(self._folder / name)
            if stamp is not None:
                traces[name] = Trace(self._keys[name], self._contents[name], stamp)
        return traces

    def _start(self, *, alone: bool = False, meanwhile: bool = False) -> Running:
        for call in self._prepare:
            call()
        self._prepare = []
        jobs = [Job(each.name, partial(self._content, each), each.cost) for each in self._stale.values()]
        return Running(jobs, alone=alone or self._alone, meanwhile=meanwhile)

    def _is_to_be_made(self, output: Output) -> bool:
        """Return whether an output is to be made: it is wanted, and not kept."""
        if output.of and not output.wanted and output.name not in self._traces:
            return False
        if output.of and output.of not in self._contents:
            # Whether it is stale, and what it is made from, says the content of its source.
            self.finish()
        return not self._is_kept(output) and output.wanted

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
            return False
        self.kept[output.name] = trace
        self._contents[output.name] = trace.content
        return True

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
