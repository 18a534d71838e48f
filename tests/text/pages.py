"""Read HTML as a judge of it: which tags, attributes and texts there are."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "col", "wbr"}


class Page(HTMLParser):
    """The tags with their attributes, the text, and what is not well-formed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.strings: list[str] = []
        self.mistakes: list[str] = []
        self._open: list[str] = []
        self._string = ""
        self.feed(html)
        self.close()
        self._end_string()
        self.mistakes += [f"<{tag}> is not closed" for tag in self._open]

    @property
    def text(self) -> str:
        return "".join(self.strings)

    def handle_starttag(self, tag, attrs):
        self._end_string()
        if len({name for name, _ in attrs}) < len(attrs):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        self._end_string()
        if not self._open or self._open.pop() != tag:
            self.mistakes.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        self._string += data

    def handle_comment(self, data):
        self.mistakes.append(f"a comment: {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def _end_string(self) -> None:
        # As in a browser and to MathJax, text ends where an element begins or ends.
        self.strings.append(self._string)
        self._string = ""
