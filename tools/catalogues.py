"""Bring the catalogues of translations in line with the words in the code, and compile them.

Writes `src/deckgen/locale/deckgen.pot`, and for each language there `deckgen.po` (what is new stands empty, what
changed in English is marked fuzzy, what is gone is dropped) and `deckgen.mo`. With languages as arguments, their
catalogues are begun: `tools/catalogues.py it pt_BR`. A region's catalogue (`es_MX`) needs only what differs.
"""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from deckgen.words.catalogue import DOMAIN, LOCALE
from deckgen.words.english import COUNTED, ENGLISH

WORDS = Path(__file__).parents[1] / "src" / "deckgen" / "words"
#: A comment above a word in the code is meant for translators.
_NOTED = re.compile(r'^ *# (?P<note>.+)\n +"(?P<key>[a-z-]+)":', re.MULTILINE)
_HEADER = """\
# Fixed words of deckgen: cards, sheets and pages.
# The context of a message (msgctxt) is its key in src/deckgen/words/; see docs/translating.md.
#"""


class StableCatalog(Catalog):
    """A catalogue whose header names no tool, date or person, so that any version of Babel writes the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header: the project, the language with its rule of plurals, the encoding."""
        headers = [("Project-Id-Version", f"{self.project} {self.version}")]
        if self.locale_identifier:
            headers += [("Language", self.locale_identifier), ("Plural-Forms", self.plural_forms)]
        return [
            *headers,
            ("MIME-Version", "1.0"),
            ("Content-Type", f"text/plain; charset={self.charset}"),
            ("Content-Transfer-Encoding", "8bit\n"),  # the last line ends as the others do
        ]

    @mime_headers.setter
    def mime_headers(self, headers: list[tuple[str, str]]) -> None:
        Catalog.mime_headers.fset(self, headers)


def template() -> Catalog:
    """Return the catalogue of all words, with notes for translators and no translations."""
    notes = {
        found["key"]: found["note"]
        for path in sorted(WORDS.glob("*.py"))
        for found in _NOTED.finditer(path.read_text(encoding="utf-8"))
    }
    catalog = _empty(None)
    for key, text in sorted([*ENGLISH.items(), *COUNTED.items()], key=lambda word: word[0]):
        catalog.add(text, context=key, auto_comments=[notes[key]] if key in notes else [])
    return catalog


def read(path: Path, language: str) -> Catalog:
    """Read the `.po` of a language."""
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def updated(old: Catalog, language: str) -> Catalog:
    """Return a catalogue with the messages of the template and the translations of `old`."""
    new = _empty(language)
    if old.locale_identifier:
        # The rule that the translations were written for, whatever Babel knows of the language by now.
        new.mime_headers = [("Plural-Forms", old.plural_forms)]
    known = {_key(message): message for message in old if message.id}
    regional = "_" in language
    for message in template():
        before = known.get(_key(message))
        if not message.id or (regional and before is None):
            continue
        made = new.add(message.id, context=message.context, auto_comments=message.auto_comments)
        if before is not None:
            made.user_comments = before.user_comments
            made.string = before.string
            made.flags |= before.flags & {"fuzzy"}
            if before.id != message.id and any(forms(before)):
                made.flags.add("fuzzy")
    return new


def written(catalog: Catalog) -> bytes:
    """Return a catalogue as the text of a `.po` or `.pot`."""
    stream = BytesIO()
    write_po(stream, catalog, width=110)
    return stream.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as a `.mo`; what is fuzzy or empty is left out."""
    stream = BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def languages() -> list[str]:
    """List the languages that have a folder."""
    return sorted(path.parts[-3] for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def folder(language: str) -> Path:
    """Return the folder of a language's catalogue."""
    return LOCALE / language / "LC_MESSAGES"


def main() -> None:
    """Update and compile everything, and say what is left to translate."""
    for language in sys.argv[1:]:
        folder(language).mkdir(parents=True, exist_ok=True)
        path = folder(language) / f"{DOMAIN}.po"
        if not path.exists():
            path.write_bytes(written(updated(_empty(language), language)))
    (LOCALE / f"{DOMAIN}.pot").write_bytes(written(template()))
    for language in languages():
        path = folder(language) / f"{DOMAIN}.po"
        catalog = updated(read(path, language), language)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        left = [message for message in catalog if message.id and (message.fuzzy or not all(forms(message)))]
        print(f"{language}: {len(catalog) - len(left)} translated, {len(left)} left")
        for message in left:
            print(f"  {message.context}")


def forms(message: Message) -> tuple[str, ...]:
    """Return the translation, or its plural forms."""
    return tuple(message.string) if message.pluralizable else (message.string or "",)


def _key(message: Message) -> tuple[str | None, bool]:
    # A word and a counted word may share a key.
    return message.context, message.pluralizable


def _empty(language: str | None) -> StableCatalog:
    return StableCatalog(locale=language, project="deckgen", version="1", header_comment=_HEADER, fuzzy=False)


if __name__ == "__main__":
    main()
