"""Documents that the page shows, each in its own sandboxed frame.

Each starts with a small script (`page/bridge.js`) that passes keys and the scroll position on to the page,
since nothing else can leave the frame.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.anki.playing import Sound, Speech, with_players
from deckgen.anki.preview import study_page
from deckgen.anki.typeset import typeset
from deckgen.embedding import embedded
from deckgen.text.escape import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deckgen.live.course_view import CourseView

#: The files of the page.
PAGE_FOLDER = Path(__file__).parent / "page"
_SOURCE = re.compile(r'(<(?:img|audio)\b[^>]*?\ssrc=")([^"]*)(")')
#: A sound in a file next to the pages of the site: the frame of a page reaches no file.
_BESIDE = re.compile(r'(<audio\b[^>]*?\ssrc=")(?:\.\./)*media/([\w.-]+)(")')
_POLICY = re.compile(
    r'(<meta http-equiv="Content-Security-Policy" content="[^"]*?)(?:; )?(script-src [^;"]*)?(?=[;"])'
)
#: Paper and margins of a sheet. They are read from its `@page` rule, which a template of the project may have changed.
_PAPER = re.compile(r"@page\s*\{[^}]*?size:\s*(A4|Letter)( landscape)?;\s*margin:\s*([^;]+);", re.DOTALL)
_SIZES = {"A4": ("210mm", "297mm"), "Letter": ("215.9mm", "279.4mm")}

#: A card may run its own scripts, and reach nothing outside.
CARD_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:; media-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
#: A page of the site also has its own stricter policy; its links open new windows.
PAGE_POLICY = (
    "sandbox allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


#: What a framed document may connect to (`Connection-Allowlist`, for Chromium), by its policy, which alone would allow
#: WebRTC; any list blocks that. The list of a page allows its links to be followed.
CONNECTIONS = {CARD_POLICY: "()", PAGE_POLICY: '("*://*:*/*")'}


def card_document(view: CourseView, id_: str, ordinal: int, *, night: bool, phone: bool) -> bytes | None:
    """Return a card as Anki's study screen shows it, None if there is no such card.

    Raises:
        deckgen.anki.template.TemplateError: Anki would refuse the template.
    """
    shown = view.card(id_, ordinal)
    if shown is None:
        return None
    rendered, kind = shown
    picture = embedded(view.media.contents)

    def player(found: Sound | Speech) -> str:
        """Have the browser play what Anki plays when the side appears."""
        if isinstance(found, Sound):
            return f'<audio controls src="{picture(found.name) or ""}"></audio>'
        return voice(found)

    def with_media(html: str) -> str:
        html = with_players(typeset(html), player)
        return _SOURCE.sub(lambda found: f"{found[1]}{picture(found[2]) or found[2]}{found[3]}", html)

    document = study_page(
        with_media(rendered.front),
        with_media(rendered.back),
        kind.style,
        ordinal=ordinal,
        night=night,
        phone=phone,
        title=id_,
        language=view.course.project.language,
    )
    return _bridged(document).encode()


def voice(speech: Speech) -> str:
    """Return a button that has the browser read aloud what Anki reads aloud, with the voice that it asks for."""
    language = escape(speech.language.replace("_", "-"))
    text = escape(speech.text)
    return (
        '<a class="replay-button" style="font: 1rem sans-serif" href="#" '
        f'title="{text}" data-text="{text}" data-language="{language}" '
        'onclick="const said = new SpeechSynthesisUtterance(this.dataset.text); said.lang = this.dataset.language; '
        f'speechSynthesis.cancel(); speechSynthesis.speak(said); return false;">&#9654; {language}</a>'
    )


def page_document(path: str, html: bytes, media: Mapping[str, bytes]) -> bytes:
    """Return a page, with the bridge allowed by its policy; a sheet is laid out on its paper.

    `media` are pictures and sounds by their names in packages.
    """
    text = html.decode()
    if "<audio" in text:
        inside = embedded(media)
        text = _BESIDE.sub(lambda found: f"{found[1]}{inside(found[2]) or found[2]}{found[3]}", text)
    if not path.startswith("web/"):
        text = text.replace("</head>", f"<style>{_paper(text)}</style>\n</head>", 1)
    return _bridged(_POLICY.sub(_let_in, text, count=1)).encode()


@cache
def bridge() -> str:
    """Return the script that connects a document with the page."""
    return (PAGE_FOLDER / "bridge.js").read_text(encoding="utf-8")


def _bridged(document: str) -> str:
    return document.replace("<head>", f"<head><script>{bridge()}</script>", 1)


def _let_in(found: re.Match[str]) -> str:
    digest = b64encode(sha256(bridge().encode()).digest()).decode()
    before = (found[2] or "script-src").replace(" 'none'", "")
    return f"{found[1]}; {before} 'sha256-{digest}'"


def _paper(html: str) -> str:
    """Return rules that lay a sheet on paper as wide as it is printed on; where pages end only the printer knows."""
    found = _PAPER.search(html)
    if not found:
        return ""
    width, height = _SIZES[found[1]][:: -1 if found[2] else 1]
    margins = found[3].split()
    side = margins[1] if len(margins) > 1 else margins[0]
    return (
        "@media screen { html { background: #d5d3ce; } "
        f"body {{ width: calc({width} - 2 * {side}); min-height: {height}; padding: {margins[0]} {side}; "
        "box-sizing: content-box; margin: 6mm auto; background: #fff; box-shadow: 0 1px 6px #0003; } "
        "@media (max-width: 210mm) { html { zoom: .75; } } @media (max-width: 140mm) { html { zoom: .45; } } }"
    )
