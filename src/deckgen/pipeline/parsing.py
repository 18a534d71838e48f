"""Parse the files of cards; a file without mistakes is not parsed again until it changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import msgspec

from deckgen.compiler.parse import file_of, parse
from deckgen.diagnostics import Diagnostic
from deckgen.engine.store import Store
from deckgen.engine.worker import Job, Running
from deckgen.language.cards import CardsFile
from deckgen.language.manuscript import File, digest_of
from deckgen.pipeline.checks import is_large

#: Milliseconds that a thousand letters of TOML take, roughly.
_COST = 0.03

_DIGEST = len(digest_of(""))
_Parsed = tuple[File, list[Diagnostic]]


class Parsing:
    """Parses files, and remembers the values of those without mistakes: to decode these is six times quicker."""

    def __init__(self, store: Store, cards: Mapping[str, str]) -> None:
        """Parse what has changed of all files, by name, in several processes if that saves time."""
        self._store = store
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(CardsFile).decode
        #: What this process parsed, and the values of other files: the digest of a text, and what it says, encoded.
        self._parsed: dict[str, _Parsed] = {}
        self._values: dict[str, bytes] = {}
        if store.is_shared and not is_large(cards.values()):
            self._parse_ahead(cards)

    def _parse_ahead(self, cards: Mapping[str, str]) -> None:
        jobs = []
        for name, text in cards.items():
            if (known := self._known(name, text)) is not None:
                self._values[name] = known
            else:
                jobs.append(Job(name, partial(self._parse, name, text), _COST * len(text) / 1000))
        with Running(jobs) as running:
            for name, values in running.results():
                # Another process may have stored it.
                self._store.used(_stored(name))
                if values is not None and name not in self._parsed:
                    self._values[name] = values

    def __call__(self, name: str, text: str) -> _Parsed:
        """Return a file of cards and what is wrong in it (`compiler.compile.Parse`)."""
        if name not in self._parsed:
            values = self._values.pop(name, None) or self._known(name, text)
            if values is not None:
                cards = self._decode(memoryview(values)[_DIGEST:])
                return file_of(name, text, cards, digest=values[:_DIGEST]), []
            self._parse(name, text)
        return self._parsed.pop(name)

    def _known(self, name: str, text: str) -> bytes | None:
        """Return the stored values of a file, None if it has changed."""
        known = self._store.get(_stored(name))
        return known if known is not None and known.startswith(digest_of(text)) else None

    def _parse(self, name: str, text: str) -> bytes | None:
        """Parse a file, and store and return its values; None if it has mistakes."""
        values: bytes | None = None

        def keep(cards: CardsFile) -> None:
            nonlocal values
            values = digest_of(text) + self._encode(cards)
            self._store.put(_stored(name), values)

        self._parsed[name] = parse(name, text, keep)
        return values


def _stored(name: str) -> str:
    return f"values of {name}"
