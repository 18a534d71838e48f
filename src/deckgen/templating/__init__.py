"""Jinja over a fixed set of template texts, sandboxed because a project may bring its own."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache
from pathlib import Path
from types import BuiltinMethodType, MethodType
from typing import TYPE_CHECKING, Any

import msgspec

from deckgen.engine.output import Key, key
from deckgen.templating.limits import counted, filters, product

if TYPE_CHECKING:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment


#: Templates of macros that write fields of notes.
_OF_FIELDS = ("/fields.html", "/_sources.html")
#: A comment at the start of a template: Jinja's, in Anki's templates with brackets, or that of a style or script.
_OPENING = re.compile(r"\s*(?:\{#|\[#|/\*|//)\s*(.+?)\s*(?:#\}|#\]|\*/|\n)", re.DOTALL)


#: Attributes of loops that templates use.
_OF_LOOPS = frozenset({"first", "index", "index0", "last", "length"})
_METHODS = (MethodType, BuiltinMethodType)


class Templates(msgspec.Struct, frozen=True, dict=True):
    """The texts of all templates by name (`sheet/page.html`), the project's own before the shipped ones."""

    texts: dict[str, str]
    #: Names that the project overrides.
    own: frozenset[str] = frozenset()
    #: The cache of compiled templates: a `jinja2.BytecodeCache`, or None.
    compiled: Any = None

    def digest(self, *without: str) -> Key:
        """Return the digest of all templates but those in some folders (`web`)."""
        known: dict[tuple[str, ...], Key] = self.__dict__.setdefault("_digests", {})
        if without not in known:
            left_out = tuple(f"{folder}/" for folder in without)
            # A project's own templates may use each other across folders.
            known[without] = key(
                {
                    name: text
                    for name, text in self.texts.items()
                    if name in self.own or not name.startswith(left_out)
                }
            )
        return known[without]


def shipped_folder() -> Path:
    """Return the folder of the default templates: in the wheel, or in the checkout."""
    packaged = Path(__file__).parents[1] / "templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "templates"


def read_folder(folder: Path, part: str = "") -> dict[str, str]:
    """Read every template below `folder`, or in its folder `part` and not in any, by name from `folder` with `/`.

    What is hidden or no text is left out.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted({*(folder / part).rglob("*"), *folder.glob("*")})
        if path.is_file() and not path.name.startswith((".", "_deckgen"))
    }


def html_environment(templates: Templates) -> jinja2.Environment:
    """Return the environment for pages: `{{ }}` and `{% %}`, everything escaped unless marked safe."""
    return _environment(templates)


def anki_environment(templates: Templates) -> jinja2.Environment:
    """Return the environment for Anki's card templates: `[[ ]]` and `[% %]`.

    `{{Field}}` stays what an Anki user knows it as. The macros that fields are written with get HTML,
    escaped already, and write it as it is: escaping is what would cost most in them.
    """
    return _environment(
        templates,
        autoescape=lambda name: not (name or "").endswith(_OF_FIELDS),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )


@cache
def _sandbox() -> type[SandboxedEnvironment]:
    """Return the class of environments; Jinja is imported when something is rendered."""
    from jinja2.runtime import LoopContext
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """A sandbox with a fast path for attributes that Jinja's sandbox always allows."""

        def getattr(self, obj: object, attribute: str) -> object:
            # Jinja forbids names with a leading `_`, the insides of functions, generators and the like, and
            # what changes a list, dict or set: an instance of a Struct has nothing else to forbid, and a loop
            # is only asked what it counts. Bound methods are left to Jinja, as it guards `str.format`.
            if (isinstance(obj, msgspec.Struct) and attribute[:1] != "_") or (
                type(obj) is LoopContext and attribute in _OF_LOOPS
            ):
                try:
                    value = getattr(obj, attribute)
                except AttributeError:
                    pass
                else:
                    if not isinstance(value, _METHODS):
                        return value
            return super().getattr(obj, attribute)

        def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
            # Jinja goes through its chain of maps at each import of macros. Nothing is added once a template is loaded.
            return {**self.globals, **(d or {})}

        #: Operators that can make large values from small ones.
        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: jinja2.runtime.Context, operator: str, left: Any, right: Any) -> Any:
            product(operator, left, right)
            return super().call_binop(context, operator, left, right)

        def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
            parsed = super()._parse(source, name, filename)
            return counted(parsed) if name in self.own_templates else parsed

        #: Names of the templates of the project.
        own_templates: frozenset[str] = frozenset()

    return Sandbox


def _environment(
    templates: Templates, autoescape: bool | Callable[[str | None], bool] = True, **delimiters: str
) -> jinja2.Environment:
    import jinja2

    environment: Any = _sandbox()(
        loader=jinja2.FunctionLoader(lambda name: _source(templates, name)),
        autoescape=autoescape,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=templates.compiled,
        **delimiters,
    )
    environment.own_templates = templates.own
    environment.filters.update(filters())
    made: jinja2.Environment = environment
    return made


def _source(templates: Templates, name: str) -> tuple[str, str, None] | None:
    """Return what Jinja loads: the text, and the file name for tracebacks."""
    text = templates.texts.get(name)
    return None if text is None else (text, file_name(name), None)


def file_name(name: str) -> str:
    """Return where a project's own template of this name is: `templates/sheet/page.html`."""
    return f"templates/{name}"


def about(text: str) -> str:
    """Return the first sentence of the comment at the start of a template, empty if there is none."""
    found = _OPENING.match(text)
    words = " ".join(found[1].split()) if found else ""
    return words.partition(". ")[0].removesuffix(".")
