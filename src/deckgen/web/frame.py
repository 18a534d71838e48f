"""The frame of all pages: templates, words, style, scripts and the policy that lets only these run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from copy import copy
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from deckgen.direction import direction
from deckgen.numerals import exactness, written, written_points
from deckgen.patterns import lazy_pattern
from deckgen.speech import asked, speech
from deckgen.templating import html_environment
from deckgen.text import Medium, ruby, stylesheet
from deckgen.text.isolation import isolated, lang, spanned, words_lang
from deckgen.text.sound import voice_button
from deckgen.vocabulary import heard
from deckgen.web.sounds import UP
from deckgen.web.texts import Texts, as_json, filled, plain, with_ruby
from deckgen.words import counted, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from deckgen.core import Citation, Course, Item, Source
    from deckgen.templating import Templates
    from deckgen.text import Renderer

#: Placeholders for style, policy and script until the page is rendered: no text contains these noncharacters.
_STYLE, _POLICY, _SCRIPT = "\ufdd2", "\ufdd3", "\ufdd4"
#: Scripts for the contents of texts, and the HTML that needs each.
_SCRIPTS_FOR = {
    "web/reach.js": ("<pre", "<table>", "tablebox", "formula-block", "formula-wide"),
    "web/copy.js": ("<pre",),
    "web/zoom.js": ("<img",),
    "web/speak.js": ('data-part="speak"',),
}
TEXT_SCRIPTS = tuple(_SCRIPTS_FOR)
#: Styles for the same.
_STYLES_FOR = {"web/code.css": ("<pre",), "web/pairs.css": ("<dl data-part",), "web/pictures.css": ("<img",)}
#: In rules for texts, and what of the HTML they are for.
_RULES_FOR = (
    (".highlight", ('class="highlight',)),
    ("table:not", ("<table>", "tablebox")),
    (".formula", ("formula",)),
    (".formula-", ("formula-",)),
    (".todo", ("todo",)),
    (".missing-image", ("missing-image",)),
    ("audio.sound", ("<audio",)),
    (".speak", ('data-part="speak"',)),
    ("ruby {", ("<ruby",)),
    ("rt {", ("<ruby",)),
    ("rt, rp", ("<ruby",)),
)
_EMPTY = lazy_pattern(r"@media [^{}]*\{\s*\}\s*")
#: What would end a `script` or `style` element, or hide its end (HTML, 13.2.5.15 ff.).
_BREAKING_OUT = lazy_pattern(r"<(?=/(?:script|style)|!--)", re.IGNORECASE)


class Frame:
    """Renders the pages of one course."""

    def __init__(self, course: Course, templates: Templates, renderer: Renderer) -> None:
        self.course = course
        self.texts = Texts(renderer)
        self.words = words(course.project.language)
        self._templates = templates
        self.env = html_environment(templates)
        language = course.project.language
        self.env.filters.update(
            json=as_json,
            ruby=with_ruby,
            base=ruby.base,
            isolated=lambda text, amid=False: isolated(with_ruby(text), direction(language), amid=amid),
            spanned=spanned,
        )
        self.env.globals.update(
            project=course.project,
            language=language,
            direction=direction(language),
            lang=lang,
            words_lang=lambda item: words_lang(item, language),
            inline=self.texts.inline,
            block=self.texts.block,
            plain=plain,
            stem_of=self.texts.stem,
            address=address,
            short_label=partial(short_label, brief_titles(course.sources)),
            say=self.say,
            speakers=self.speakers,
            asked=asked,
            words=self.words,
            counted=lambda key, number: counted(language, key, number),
            written=lambda number: written(number, language),
            written_points=lambda points: written_points(points, language),
            heard=lambda word: self.texts.inline(heard(word, self.words["word-sound"])),
            gender=lambda gender: self.words[f"word-gender-{gender}"] if gender else "",
            exactness=lambda tolerance: exactness(tolerance, language),
        )
        macros: Any = self.env.get_template("web/sources.html").module
        # Macros that every page may call.
        self.env.globals.update(sources=macros.sources, source=macros.source)

    def of(self, course: Course) -> Frame:
        """Return the frame of pages that show only a part of the course, of the same project and sources."""
        frame = copy(self)
        frame.course = course
        return frame

    def say(self, key: str, **values: Any) -> Markup:
        """Return fixed words in the project's language."""
        return filled(self.words[key], values)

    def speakers(self, item: Item, keys: Sequence[str] = (), but: str = "") -> Markup:
        """Return buttons for what is read aloud of an item: for texts of some keys, or for all `but` one."""
        said = [each for each in speech(item) if (each.key in keys if keys else each.key != but)]
        made = [
            voice_button(escape(each.text), each.language, str(self.say("web-read-aloud", text=each.text)))
            for each in said
        ]
        return Markup(" ").join(map(Markup, made))

    def page(
        self,
        template: str,
        *,
        look: str,
        up: str = "",
        styles: Sequence[str] = (),
        scripts: Sequence[str] = (),
        data: str = "",
        **values: Any,
    ) -> bytes:
        """Render a page.

        `styles` and `scripts` name templates that are put into the page as they are, in this order;
        `data` is JSON for the scripts; `up` leads from the page to the site's folder.
        """
        early = self._joined(("web/early.js",)) if scripts else Markup()
        html = self.env.get_template(template).render(
            look=look,
            up=up,
            style=_STYLE,
            early=early,
            script=_SCRIPT if scripts else "",
            data=data,
            policy=_POLICY,
            **values,
        )
        script = self._joined([name for name in scripts if _is_wanted(name, html)])
        if script:
            script = Markup('{"use strict";\n') + script + Markup("}")
        wanted = [name for name, marks in _STYLES_FOR.items() if any(mark in html for mark in marks)]
        style = (self._joined(("web/style.css", *styles, *wanted)) + self._styles_of_texts(html)).strip()
        if not script:
            html = html.replace(f"<script>{_SCRIPT}</script>\n", "")
        html = html.replace(_STYLE, style).replace(_SCRIPT, script)
        allowed = policy(style, early, script, data, sounds="<audio" in html)
        return html.replace(_POLICY, allowed).replace(UP, up).encode()

    def _styles_of_texts(self, html: str) -> Markup:
        """Return the rules that the texts on a page need: those for code only where there is code, and so on."""
        from rcssmin import cssmin

        sheet = stylesheet(Medium.SCREEN)
        unused = [selector for selector, marks in _RULES_FOR if not any(mark in html for mark in marks)]
        lines = sheet.splitlines(keepends=True)
        sheet = "".join(line for line in lines if not any(selector in line for selector in unused))
        sheet = _EMPTY.sub("", sheet)
        return Markup(cssmin(_inert(sheet + self.texts.rules(html))))  # noqa: S704 -- our own style sheet

    def _joined(self, names: Sequence[str]) -> Markup:
        # Scripts and styles are not an author's text, but the project's own files.
        # The Nu checker hashes them without white space at their ends, so there is none.
        return Markup("".join(_inert(self._squeezed(name)) for name in names).strip())  # noqa: S704

    def _squeezed(self, name: str) -> str:
        """Return a script or style without what only its readers need: comments and white space."""
        from rcssmin import cssmin
        from rjsmin import jsmin

        minify = jsmin if name.endswith(".js") else cssmin
        return f"{minify(self._templates.texts[name])}\n"


def _is_wanted(script: str, html: str) -> bool:
    """Return whether a page has something for a script to do."""
    return any(mark in html for mark in _SCRIPTS_FOR.get(script, ("",)))


def policy(style: str, *scripts: str, sounds: bool = False) -> str:
    """Return the Content Security Policy (CSP 3) of a page with this style and these scripts, and nothing else.

    Browsers ask no hash of data (`application/json`); the Nu checker does.
    """
    allowed = " ".join(_source(script) for script in scripts if script) or "'none'"
    media = "media-src data: 'self'; " if sounds else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(style)}; img-src data:; "
        f"{media}base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def address(citation: Citation) -> str:
    """Return where a citation's link leads; nothing but the web is linked."""
    return citation.url if citation.url.startswith(("https://", "http://")) else ""


def brief_titles(sources: Iterable[Source]) -> dict[str, str]:
    """Map the keys of sources to titles without what follows a colon, where that leaves no two alike."""
    brief = {source.key: source.title.partition(": ")[0] for source in sources}
    count = Counter(brief.values())
    return {key: title for key, title in brief.items() if count[title] == 1}


def short_label(titles: Mapping[str, str], citation: Citation) -> str:
    """Name a citation where room is scarce: `RFC 9293, 3.1` for `RFC 9293: Transmission …, 3.1`."""
    title = titles.get(citation.key, citation.title)
    return f"{title}, {citation.locator}" if citation.locator else title


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _inert(text: str) -> Markup:
    # Browsers read line ends as `\n`, and hash what they read.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Markup(_BREAKING_OUT.sub(r"<\\", text))  # noqa: S704 -- see `_joined`
