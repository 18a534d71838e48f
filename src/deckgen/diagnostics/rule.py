"""What a rule says of itself: its module's docstring, read strictly."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from deckgen.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_HEADINGS = ("Bad:", "Good:")
_FENCE = re.compile(r"(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_FILE = re.compile(r"file=(?P<file>\S+)$")


class Example(msgspec.Struct, frozen=True):
    """A file, whole or in part, that shows a mistake or its repair."""

    text: str
    #: Language of the text: `toml`; empty if the block does not say.
    language: str = ""
    #: Name of its file; empty for any file of cards.
    file: str = ""


class RuleDoc(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's documentation."""

    code: str
    #: One sentence: what is wrong.
    summary: str
    #: Paragraphs: why it matters, and where the rule comes from.
    why: tuple[str, ...]
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    severity: Severity = Severity.ERROR


def parse_docstring(code: str, doc: str, severity: Severity = Severity.ERROR) -> RuleDoc:
    """Return the documentation that a rule's docstring holds.

    It is a sentence, paragraphs that say why, then under `Bad:` and under `Good:` one or more fenced
    blocks, indented, whose first line may name language and file: ```` ```toml file=deckgen.toml ````.
    Raises ValueError if anything is missing or left over.
    """
    lines = inspect.cleandoc(doc).split("\n")
    at = [lines.index(heading) if heading in lines else -1 for heading in _HEADINGS]
    if not 0 <= at[0] < at[1]:
        raise ValueError(f"{code}: the docstring needs `Bad:` and then `Good:`, each alone in a line")
    summary, *why = _paragraphs(lines[: at[0]]) or [""]
    if not summary.endswith(".") or summary[0].islower():
        raise ValueError(f"{code}: the docstring does not start with a sentence")
    if not why:
        raise ValueError(f"{code}: the docstring does not say why it matters")
    bad = tuple(_examples(code, lines[at[0] + 1 : at[1]]))
    good = tuple(_examples(code, lines[at[1] + 1 :]))
    if not bad or not good:
        raise ValueError(f"{code}: the docstring needs a bad and a good example, in fences")
    return RuleDoc(code=code, summary=summary, why=tuple(why), bad=bad, good=good, severity=severity)


def codes_in(package: ModuleType) -> tuple[str, ...]:
    """Return the codes of the rules in a package, sorted, without importing one of them."""
    names = (info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return tuple(sorted(name.replace("_", "-") for name in names))


def rules_in(package: ModuleType) -> dict[str, ModuleType]:
    """Import all rules of a package; by code, sorted."""
    return {code: _module(package, code) for code in codes_in(package)}


def doc_in(package: ModuleType, code: str) -> RuleDoc | None:
    """Return the documentation of one rule, importing that rule only; None if there is no such rule."""
    return doc_of(code, _module(package, code)) if code in codes_in(package) else None


def docs_in(package: ModuleType) -> dict[str, RuleDoc]:
    """Return the documentation of all rules of a package; by code, sorted."""
    return {code: doc_of(code, module) for code, module in rules_in(package).items()}


def doc_of(code: str, module: ModuleType) -> RuleDoc:
    """Return the documentation of a rule's module. Its severity is its `SEVERITY`, or else that of its `RULE`."""
    of_rule = getattr(getattr(module, "RULE", None), "severity", Severity.ERROR)
    return parse_docstring(code, module.__doc__ or "", getattr(module, "SEVERITY", of_rule))


def _module(package: ModuleType, code: str) -> ModuleType:
    return import_module(f"{package.__name__}.{code.replace('-', '_')}")


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines between empty ones."""
    text = "\n".join(lines).strip()
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)] if text else []


def _examples(code: str, lines: list[str]) -> Iterator[Example]:
    """Yield the fenced blocks; nothing else may be between them."""
    block = [line.rstrip() for line in inspect.cleandoc("\n" + "\n".join(lines)).split("\n")]
    at = 0
    while at < len(block):
        if not block[at]:
            at += 1
            continue
        fence = _FENCE.match(block[at])
        if not fence:
            raise ValueError(f"{code}: outside of the fences stands `{block[at]}`")
        if fence["marks"] not in block[at + 1 :]:
            raise ValueError(f"{code}: a fence is not closed")
        end = block.index(fence["marks"], at + 1)
        yield _example(code, fence["info"].split(), block[at + 1 : end])
        at = end + 1


def _example(code: str, info: list[str], lines: list[str]) -> Example:
    named = [match for match in map(_FILE.match, info) if match]
    languages = [word for word in info if not _FILE.match(word)]
    if len(languages) > 1 or len(named) > 1:
        raise ValueError(f"{code}: a fence says `{' '.join(info)}`; it takes a language and `file=…`")
    text = "".join(f"{line}\n" for line in lines)
    return Example(text, languages[0] if languages else "", named[0]["file"] if named else "")
