"""Write events as HTML, for texts with links, images, formulas, code blocks or `<`.

For any other text it writes the same bytes as the parser's own fast writer after
`deckgen.text.render` has adjusted its output; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from deckgen.media import is_sound
from deckgen.text.code import code_block
from deckgen.text.escape import disarm, disarm_attribute, escape_attribute, escape_text
from deckgen.text.links import href, is_allowed, local_path
from deckgen.text.medium import Medium
from deckgen.text.parse import TASK_BOXES
from deckgen.text.ruby import base_of_marked, marked_to_html
from deckgen.text.sound import in_anki, on_paper, on_screen

if TYPE_CHECKING:
    from deckgen.text.parse import Event, Parsed

#: Returns the `src` for a project-relative path, or None if there is no such image.
Media = Callable[[str], str | None]

_SIMPLE = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}


class Writer:
    """Writes one parsed text for one medium; used once."""

    def __init__(self, parsed: Parsed, medium: Medium, media: Media) -> None:
        self._parsed = parsed
        self._events = [event for event, _ in parsed.events]
        self._at = 0
        self._medium = medium
        self._media = media
        self._out: list[str] = []
        self._fresh_line = True
        self._alignments: tuple[str, ...] = ()
        self._column = 0
        self._cell = "td"
        self._code: list[str] | None = None
        self._info = ""
        self._in_link = False

    def html(self) -> str:
        """Return the whole text as HTML that ends with a newline."""
        while self._at < len(self._events):
            event = self._events[self._at]
            self._at += 1
            self._event(event)
        return "".join(self._out)

    def _event(self, event: Event) -> None:
        if isinstance(event, str):
            self._put({"SoftBreak": "\n", "HardBreak": "<br>\n"}.get(event) or self._on_own_line("<hr>\n"))
            return
        ((name, value),) = event.items()
        match name:
            case "Text" | "Html" | "InlineHtml":
                # The parser yields no HTML (see `parse`); if it did, it would be text.
                self._text(value)
            case "Code":
                self._put(f"<code>{self._escaped(value)}</code>")
            case "InlineMath" | "DisplayMath":
                self._put(self._formula(self._parsed.restore(value), display=name == "DisplayMath"))
            case "Start":
                self._start(value)
            case "TaskListMarker":
                self._put(f"{TASK_BOXES[value]} ")
            case "End":
                self._end(value)

    def _put(self, html: str) -> None:
        if html:
            self._out.append(html)
            self._fresh_line = html[-1] == "\n"

    def _on_own_line(self, html: str) -> str:
        return html if self._fresh_line else f"\n{html}"

    def _text(self, text: str) -> None:
        if self._code is None:
            self._put(marked_to_html(text, self._escaped, paper=self._medium is Medium.PAPER))
        else:
            self._code.append(self._parsed.restore(text))

    def _escaped(self, text: str) -> str:
        html = escape_text(self._parsed.restore(text))
        return disarm(html) if self._medium is Medium.ANKI else html

    def _attribute(self, text: str) -> str:
        html = escape_attribute(self._parsed.restore(base_of_marked(text)))
        return disarm_attribute(html) if self._medium is Medium.ANKI else html

    def _start(self, tag: Any) -> None:
        if isinstance(tag, str):
            self._start_plain(tag)
            return
        ((name, value),) = tag.items()
        match name:
            case "Heading":
                self._put(self._on_own_line(f"<{value['level'].lower()}>"))
            case "BlockQuote":
                self._put(self._on_own_line("<blockquote>\n"))
            case "List":
                start = "" if value in (None, 1) else f' start="{value}"'
                self._put(self._on_own_line("<ul>\n" if value is None else f"<ol{start}>\n"))
            case "Table":
                self._alignments = value
                self._put("<table>")
            case "CodeBlock":
                self._code = []
                self._info = "" if value == "Indented" else self._parsed.restore(value["Fenced"])
            case "Link":
                self._in_link = True
                self._put(self._link(value))
            case "Image":
                self._put(self._image(value, self._alternative()))

    def _start_plain(self, tag: str) -> None:
        match tag:
            case "Paragraph":
                self._put(self._on_own_line("<p>"))
            case "Item":
                marked = any("TaskListMarker" in event for event in self._events[self._at : self._at + 2])
                self._put(self._on_own_line('<li class="todo">' if marked else "<li>"))
            case "TableHead":
                self._cell, self._column = "th", 0
                self._put("<thead><tr>")
            case "TableRow":
                self._cell, self._column = "td", 0
                self._put("<tr>")
            case "TableCell":
                alignment = self._alignments[self._column].lower()
                style = "" if alignment == "none" else f' style="text-align: {alignment}"'
                self._put(f"<{self._cell}{style}>")
            case _ if tag in _SIMPLE:
                self._put(f"<{_SIMPLE[tag]}>")

    def _end(self, tag: Any) -> None:
        if isinstance(tag, str):
            self._end_plain(tag)
            return
        ((name, value),) = tag.items()
        match name:
            case "Heading":
                self._put(f"</{value.lower()}>\n")
            case "List":
                self._put("</ol>\n" if value else "</ul>\n")
            case "BlockQuote":
                self._put("</blockquote>\n")

    def _end_plain(self, tag: str) -> None:
        match tag:
            case "Paragraph":
                self._put("</p>\n")
            case "Item":
                self._put("</li>\n")
            case "CodeBlock":
                self._end_code()
            case "Link":
                self._in_link = False
                self._put("</a>")
            case "TableCell":
                self._put(f"</{self._cell}>")
                self._column += 1
            case "TableHead":
                self._put("</tr></thead><tbody>\n")
            case "TableRow":
                self._put("</tr>\n")
            case "Table":
                self._put("</tbody></table>\n")
            case _ if tag in _SIMPLE:
                self._put(f"</{_SIMPLE[tag]}>")

    def _end_code(self) -> None:
        html = code_block("".join(self._code or ()), self._info, lines=self._medium is Medium.PAPER)
        self._code = None
        self._put(self._on_own_line(f"{disarm(html) if self._medium is Medium.ANKI else html}\n"))

    def _formula(self, latex: str, *, display: bool) -> str:
        # Few texts hold a formula.
        from deckgen.text.tex import check, mathjax

        html = None
        if check(latex) is None:
            if self._medium is Medium.ANKI:
                return mathjax(latex, display=display)
            from deckgen.text.svg import drawn

            html = drawn(latex, display=display, scrolls=self._medium is Medium.SCREEN)
        return f"<code>{self._escaped(latex)}</code>" if html is None else html

    def _link(self, link: dict[str, Any]) -> str:
        destination = self._parsed.restore(link["dest_url"])
        if link["link_type"] == "Email":
            destination = f"mailto:{destination}"
        if not is_allowed(destination) or "\ufdd0" in destination:
            return "<a>"
        title = f' title="{self._attribute(link["title"])}"' if link["title"] else ""
        leaves_page = self._medium is not Medium.PAPER and not destination.startswith("#")
        rel = ' rel="noopener noreferrer"' if leaves_page else ""
        return f'<a href="{href(destination)}"{title}{rel}>'

    def _image(self, image: dict[str, Any], alternative: str) -> str:
        path = local_path(self._parsed.restore(image["dest_url"]))
        if path and is_sound(path):
            return self._sound(path, alternative)
        src = self._media(path) if path else None
        if src is None:
            return f'<span class="missing-image">{self._escaped(alternative)}</span>'
        title = f' title="{self._attribute(image["title"])}"' if image["title"] else ""
        width = f' style="width: {image["width"]}"' if "width" in image else ""
        return f'<img src="{escape_attribute(src)}" alt="{self._attribute(alternative)}"{title}{width}>'

    def _sound(self, path: str, word: str) -> str:
        if self._medium is Medium.PAPER:
            return on_paper(self._escaped(word))
        source = self._media(path)
        if source is None or (self._in_link and self._medium is Medium.SCREEN):
            # HTML has no player within a link.
            return f'<span class="missing-image">{self._escaped(word)}</span>'
        if self._medium is Medium.ANKI:
            return in_anki(source, self._attribute(word))
        return on_screen(escape_attribute(source), self._attribute(word))

    def _alternative(self) -> str:
        """Consume the events up to the end of an image, and return its alternative text."""
        depth = 1
        words = []
        while depth:
            event = self._events[self._at]
            self._at += 1
            if isinstance(event, str):
                words.append(" ")
                continue
            ((name, value),) = event.items()
            if name == "Start":
                depth += "Image" in value
            elif name == "End":
                depth -= value == "Image"
            else:
                words.append(f"${value}$" if name in ("InlineMath", "DisplayMath") else value)
        return base_of_marked("".join(words))
