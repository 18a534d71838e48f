"""Turn an exception of a project's template into a diagnostic.

Jinja rewrites tracebacks so that a template's lines stand in them as if they were Python's, but only those of
`render`; of a macro that was called from Python the compiled code's lines are left. Both are read here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from deckgen.nearest import did_you_mean, nearest
from deckgen.patterns import lazy_pattern
from deckgen.rules import template
from deckgen.templating import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from jinja2 import TemplateSyntaxError

    from deckgen.diagnostics import Diagnostic
    from deckgen.templating import Templates

#: Letters of a message; some quote a whole value.
_LONGEST = 300
_UNDEFINED = lazy_pattern(r"^'(?P<name>\w+)' is undefined$")
_MACRO = lazy_pattern(r"^macro '(?P<name>\w+)' ")
_NO_FILTER = lazy_pattern(r"^No filter named '(?P<name>\w+)'")
_FILTERS = lazy_pattern(r"\|\s*(\w+)")


class _Stop(NamedTuple):
    """A line of a template that was being filled in."""

    name: str
    line: int
    #: Names that can be used there.
    known: frozenset[str]


def mistake(error: Exception, templates: Templates) -> Diagnostic | None:
    """Return the diagnostic for an exception, None if the project's own templates did not cause it.

    The line is the innermost one of the project's in the traceback. A shipped template that fails because of
    an own one that it uses (a macro that is gone, or takes other arguments) is laid at the own one's door.
    """
    if not templates.own:
        return None
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError):
        return syntax_mistake(error, error.name, templates) if error.name in templates.own else None
    stops = list(_stops(error))
    mine = [stop for stop in stops if stop.name in templates.own]
    macro = _macro(str(error), templates)
    if mine:
        stop = mine[-1]
        return _found(stop.name, stop.line, error, templates, stop.known)
    if macro:
        return _found(*macro, error, templates)
    used = [name for stop in reversed(stops) for name in _used_by(stop.name, templates)]
    return _found(used[0], None, error, templates) if used else None


def syntax_mistake(error: TemplateSyntaxError, name: str, templates: Templates) -> Diagnostic:
    """Return the diagnostic for a template that cannot be understood."""
    text = templates.texts[name]
    # Jinja counts one line too many if a template ends too early.
    line = min(error.lineno, text.rstrip("\n").count("\n") + 1)
    # Jinja gives the character's offset in the whole text, which does not help people.
    message = re.sub(r"^(unexpected char .+) at \d+$", r"\1", error.message or "")
    unknown = _NO_FILTER.match(message)
    filters = (found for other in templates.texts.values() for found in _FILTERS.findall(other))
    near = nearest(unknown["name"], _jinja_filters() | set(filters) - {unknown["name"]}) if unknown else None
    return template.found(file_name(name), _plain(message), line, text, did_you_mean(near))


def _found(
    name: str, line: int | None, error: Exception, templates: Templates, known: frozenset[str] = frozenset()
) -> Diagnostic:
    message, near = _message(error, templates, known)
    return template.found(file_name(name), message, line, templates.texts[name], did_you_mean(near))


def _message(error: Exception, templates: Templates, known: frozenset[str]) -> tuple[str, str | None]:
    """Return the message, and what may have been meant."""
    from jinja2 import TemplateError, TemplateNotFound
    from jinja2.exceptions import SecurityError

    text = str(error)
    if isinstance(error, TemplateNotFound):
        missing = str(error.name or text)
        return f"there is no template `{missing}`", nearest(missing, templates.texts)
    if isinstance(error, RecursionError):
        return "the template uses itself without end", None
    if isinstance(error, SecurityError):
        return f"the sandbox forbids it: {_plain(text)}", None
    if undefined := _UNDEFINED.match(text):
        return _plain(text), nearest(undefined["name"], known)
    if isinstance(error, KeyError):
        return f"there is no word {_plain(text)}", nearest(text.strip("'"), _keys())
    if isinstance(error, TemplateError | TypeError) and text:
        return _plain(text), None
    return _plain(f"{type(error).__name__}: {text}".rstrip(": ")), None


def _stops(error: Exception) -> Iterator[_Stop]:
    """Yield the lines of templates in the traceback, the outermost first."""
    step = error.__traceback__
    while step:
        frame = step.tb_frame
        compiled = frame.f_globals.get("__jinja_template__")
        if compiled is not None:
            yield _Stop(str(compiled.name), compiled.get_corresponding_lineno(step.tb_lineno), frozenset())
        elif (file := frame.f_code.co_filename).startswith(file_name("")):
            yield _Stop(file.removeprefix(file_name("")), step.tb_lineno, _names_in(frame))
        step = step.tb_next


def _names_in(frame: FrameType) -> frozenset[str]:
    return frozenset(name for name, value in frame.f_locals.items() if not _is_undefined(value))


def _is_undefined(value: Any) -> bool:
    from jinja2 import Undefined

    return isinstance(value, Undefined)


def _macro(text: str, templates: Templates) -> tuple[str, int] | None:
    """Find the own template that defines a macro which was called wrongly."""
    named = _MACRO.match(text)
    if not named:
        return None
    for name in sorted(templates.own):
        found = re.search(rf"\bmacro\s+{named['name']}\s*\(", templates.texts[name])
        if found:
            return name, templates.texts[name].count("\n", 0, found.start()) + 1
    return None


def _used_by(name: str, templates: Templates) -> list[str]:
    """List the own templates that a template names."""
    text = templates.texts.get(name, "")
    return [own for own in sorted(templates.own) if f'"{own}"' in text or f"'{own}'" in text]


def _jinja_filters() -> set[str]:
    from jinja2.filters import FILTERS

    return set(FILTERS)


def _keys() -> frozenset[str]:
    """Return the keys of the fixed words, as templates of sheets know them, and in full."""
    from deckgen.words.english import COUNTED, ENGLISH

    keys = ENGLISH.keys() | COUNTED.keys()
    return frozenset(keys | {key.removeprefix("sheet-") for key in keys})


def _plain(text: str) -> str:
    """Write a message as diagnostics are: lower case, no full stop, names in backticks, on one line."""
    text = " ".join(re.sub(r"'([^'`]*)'", r"`\1`", text).split()).removesuffix(".")
    text = text[0].lower() + text[1:] if text[:1].isupper() and not re.match(r"\w+Error\b", text) else text
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
