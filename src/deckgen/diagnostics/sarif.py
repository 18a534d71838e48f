"""Diagnostics as SARIF 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from deckgen.diagnostics.diagnostic import Edit, Located, Place, Report, Severity, Span
from deckgen.diagnostics.explain import explain, markdown
from deckgen.diagnostics.fix import change_of
from deckgen.diagnostics.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.diagnostics.rule import RuleDoc

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# SARIF 3.27.10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
# SARIF 3.11.6: `[text](target)` in a plain message is a link.
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


def sarif(report: Report, docs: Mapping[str, RuleDoc], *, version: str, page: str = "") -> str:
    """Return the report as one SARIF run in ASCII.

    `docs` gives the rules' metadata; a code it lacks is listed bare. `page` is the address of the
    reference page, for `helpUri`; a rule's section is named by its code.
    """
    codes = sorted(docs.keys() | {item.diagnostic.code for item in report.found})
    numbers = {code: number for number, code in enumerate(codes)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {
                "name": "deckgen",
                "semanticVersion": version,
                "rules": [_rule(code, docs.get(code), page) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, numbers, report, seen) for item in report.found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, doc: RuleDoc | None, page: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": code}
    if page:
        rule["helpUri"] = f"{page}#{code}"
    if doc:
        rule |= {
            "shortDescription": {"text": doc.summary},
            "fullDescription": {"text": " ".join([doc.summary, *doc.why])},
            "help": {"text": explain(doc), "markdown": markdown(doc)},
            "defaultConfiguration": {"level": _LEVELS[doc.severity]},
        }
    return rule


def _result(item: Located, numbers: Mapping[str, int], report: Report, seen: Counter[str]) -> dict[str, Any]:
    diagnostic = item.diagnostic
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": numbers[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": _message(_sentence(item)),
        "locations": [_location(diagnostic.place, item.span)],
        "partialFingerprints": {"deckgen/v1": _fingerprint(item, report, seen)},
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, **_location(related.place, span), "message": _message(related.text)}
            for number, (related, span) in enumerate(zip(diagnostic.related, item.related, strict=True))
        ]
    fix = diagnostic.edit and _fix(diagnostic.edit, diagnostic.label or diagnostic.help, report)
    return {**result, "fixes": [fix]} if fix else result


def _sentence(item: Located) -> str:
    diagnostic = item.diagnostic
    label = f" ({diagnostic.label})" if diagnostic.label else ""
    # Where a file has no lines, viewers show the message alone.
    cell = diagnostic.place.cell
    where = f"{cell}: {cell.text}".rstrip(": ") if cell else ""
    return "\n".join(filter(None, [diagnostic.message + label, where, diagnostic.help]))


def _message(text: str) -> dict[str, str]:
    # Braces are left alone: viewers look for placeholders only where there are `arguments`.
    return {"text": _LINK.sub(r"\\[", text)}


def _location(place: Place, span: Span | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if span:
        physical["region"] = _region(span)
    location: dict[str, Any] = {"physicalLocation": physical}
    if cell := place.cell:
        name = f"{cell.column}{cell.row}"
        full = f"{cell.sheet}!{name}" if cell.sheet else name
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": full, "kind": "cell"}]
    return location


def _uri(file: str) -> str:
    """Return a relative reference (RFC 3986): `quote` leaves `/` alone, and `:` may not stand in it."""
    return quote(file, errors="surrogatepass")


def _region(span: Span) -> dict[str, int]:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(names, (max(1, number) for number in span), strict=True))


def _fingerprint(item: Located, report: Report, seen: Counter[str]) -> str:
    """Return what stays the same while lines move: the code, the file, the author's line, its ordinal."""
    file = item.diagnostic.place.file
    lines = lines_of(report.texts.get(file, ""))
    line = lines[item.span.line - 1] if item.span and 1 <= item.span.line <= len(lines) else ""
    line = item.diagnostic.place.cell.text if item.diagnostic.place.cell else line
    identity = f"{item.diagnostic.code}\0{file}\0{line.strip()}".encode(errors="surrogatepass")
    digest = hashlib.sha256(identity).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _fix(edit: Edit, description: str, report: Report) -> dict[str, Any] | None:
    change = change_of(edit, report.texts)
    if change is None:
        return None
    replacement = {"deletedRegion": _region(change.span), "insertedContent": {"text": change.text}}
    artifact = {"artifactLocation": {"uri": _uri(change.file)}, "replacements": [replacement]}
    return {"description": _message(description or "fix it"), "artifactChanges": [artifact]}
