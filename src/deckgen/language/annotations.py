"""The types of keys, with the words that editors show for them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from deckgen.core.text import Html


class Distractor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A wrong option that says why it is wrong."""

    text: Annotated[str | None, Meta(description="The option, in Markdown.")] = None
    html: Annotated[str | None, Meta(description="The option as raw HTML, instead of `text`.")] = None
    why: Annotated[str | Html, Meta(description="Why it is wrong, shown to those who chose it.")] = ""
    misconception: Annotated[
        str, Meta(description="Id of the misconception behind it; its correction says why it is wrong.")
    ] = ""


Id = Annotated[
    str,
    Meta(
        description="Permanent and unique in the project: the learner's history depends on it. "
        "Lower-case letters, digits and hyphens.",
        extra_json_schema={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
    ),
]
Language = Annotated[
    str, Meta(description="BCP 47 tag of the item's texts, where it is not the deck's or the project's.")
]
Was = Annotated[
    tuple[str, ...], Meta(description="Former ids, the oldest first: carries the learner's history over.")
]
Markdown = Annotated[str | Html, Meta(description='Markdown with `$maths$`, or { html = "…" } for raw HTML.')]
Plain = Annotated[str, Meta(description="Plain text.")]
Tags = Annotated[
    tuple[str, ...],
    Meta(description="Anki tags, without spaces; `::` makes a hierarchy."),
]
Sources = Annotated[
    tuple[str, ...],
    Meta(description='Citations: the key of a source, a space, and the place in it: "rfc9293 3.1".'),
]
