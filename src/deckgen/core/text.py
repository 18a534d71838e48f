"""What an author's text is, before any target has rendered it."""

from __future__ import annotations

import msgspec


class Html(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Raw HTML, where an author insists: `{ html = "…" }`."""

    html: str


#: A plain string is Markdown (CommonMark, no raw HTML).
Text = str | Html
