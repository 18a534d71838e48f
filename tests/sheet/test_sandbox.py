"""The sandbox of templates forbids what Jinja's own forbids, and answers as it does."""

from __future__ import annotations

from typing import Any

import jinja2
import msgspec
import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from deckgen import core
from deckgen.templating import Templates, html_environment
from sheet.quizzes import head


class Holder(msgspec.Struct, frozen=True):
    """A value as templates get them, with things in it that are not to be had."""

    text: str = "{0.__class__}"
    many: tuple[int, ...] = (1, 2)
    format: Any = "{0.__class__}".format
    _hidden: str = "hidden"

    @property
    def twice(self) -> str:
        """Return a derived value."""
        return self.text * 2

    def method(self) -> str:
        """Return what a method says."""
        return "said"


@pytest.mark.parametrize(
    "template",
    [
        "{{ it.text }} {{ it.twice }} {{ it.many[1] }} {{ it.method() }}",
        "{{ it._hidden }}",
        "{{ it.__class__ }}",
        "{{ it.__struct_fields__ }}",
        "{{ it.missing }}",
        "{{ it.missing | default('none') }}",
        "{{ it.text.format(it) }}",
        "{{ it.format(it) }}",
        "{{ it.method.__func__ }}",
        "{{ it.method.__self__ }}",
        "{{ it | attr('__class__') }}",
        "{{ [it] | map(attribute='_hidden') | join }}",
        "{% for x in it.many %}{{ loop.index }} {{ loop.index0 }} {{ loop.first }} {{ loop.last }} {{ loop.length }}{% endfor %}",
        "{% for x in it.many %}{{ loop._iterator }}{% endfor %}",
        "{% for x in it.many %}{{ loop.cycle('a', 'b') }} {{ loop.previtem }} {{ loop.nextitem }}{% endfor %}",
        "{% for x in it.many %}{{ loop.nothing }}{% endfor %}",
    ],
)
def test_answers_are_those_of_jinja(template: str) -> None:
    """Whatever is asked of a value or of a loop: the same text, or the same error."""
    ours = html_environment(Templates({"t": template}))
    theirs = ImmutableSandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)

    def outcome(env: jinja2.Environment) -> tuple[str, str]:
        try:
            return "text", env.from_string(template).render(it=Holder())
        except jinja2.TemplateError as error:
            return type(error).__name__, str(error)

    assert outcome(ours) == outcome(theirs)


def test_no_value_has_an_inside() -> None:
    """An item's class, module or globals are out of reach by any name."""
    env = html_environment(Templates({}))
    item = core.Short(**head("a"), prompt="p", answer="a")
    for name in ("__class__", "__init__", "__struct_config__"):
        with pytest.raises(jinja2.exceptions.SecurityError):
            env.from_string(f"{{{{ item.{name}.x }}}}").render(item=item)
