"""What the templates of a note type are rendered with, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deckgen.direction import direction
from deckgen.templating import anki_environment
from deckgen.text import Medium, stylesheet
from deckgen.words import words
from deckgen.words.numbers import marks

if TYPE_CHECKING:
    from deckgen.core import Project
    from deckgen.templating import Templates

#: Words that scripts say, by the names they know them by.
_SCRIPT_WORDS = [
    "almost",
    "missed",
    "partly",
    "picked-right",
    "picked-wrong",
    "reason",
    "right",
    "right-option",
    "wrong",
    "your-answer",
    "your-order",
    "your-place",
]
#: The same of words that pages say, too.
_TYPED_WORDS = ["not-read", "read-as", "read-as-decimal", "unread"]


class TypeRenderer:
    """Renders the templates of the note types of a project."""

    def __init__(self, project: Project, templates: Templates, *, subdeck: bool) -> None:
        """Render with these templates; `subdeck` as in `note_types`."""
        self.project = project
        self.templates = templates
        self.say = words(project.language)
        self.direction = direction(project.language)
        self._environment = anki_environment(templates)
        self._subdeck = subdeck

    def render(self, name: str, **values: object) -> str:
        """Render a template of one side of a card.

        Raises:
            jinja2.TemplateError: A template that the project overrides is wrong.
        """
        say = self.say
        return self._environment.get_template(name).render(
            project=self.project,
            language=self.project.language,
            direction=self.direction,
            subdeck=self._subdeck,
            words=say,
            words_for_scripts={name: say[f"anki-{name}"] for name in _SCRIPT_WORDS}
            | {name: say[f"typed-{name}"] for name in _TYPED_WORDS},
            decimal_mark=marks(self.project.language).decimal,
            **values,
        )

    def text(self, name: str) -> str:
        """Render a template by itself, as a note type has it that was made elsewhere.

        Raises:
            jinja2.TemplateError: The template is wrong, or missing.
        """
        return self._environment.get_template(name).render()

    def style(self, *kinds: str) -> str:
        """Return the style of all cards, of code, of some kinds where they have one, and the project's own rules."""
        parts = [self._environment.get_template("anki/_style.css").render(), stylesheet(Medium.ANKI)]
        styles = [f"anki/{kind}/style.css" for kind in kinds]
        parts += [
            self._environment.get_template(name).render() for name in styles if name in self.templates.texts
        ]
        parts.append(self._environment.get_template("anki/own.css").render())
        return "\n".join(part for part in parts if part.strip())
