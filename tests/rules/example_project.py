"""A small project around the examples of a rule's documentation."""

from __future__ import annotations

from pathlib import Path

from deckgen.diagnostics.rule import Example

#: A picture of one transparent dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)

PROJECT = 'id = "example"\ntitle = "Example"\n'

AROUND = {
    "cards/arithmetic.toml": """\
[deck]
name = "Arithmetic"

[[question]]
id = "one-and-one"
type = "short"
prompt = "What is one and one?"
answer = "2"

[[question]]
id = "two-and-two"
type = "short"
prompt = "What is two and two?"
answer = "4"
""",
    "cards/zz-sources.toml": '[source.euclid]\ntitle = "The Elements"\n',
}


def write_project(root: Path, examples: tuple[Example, ...]) -> None:
    """Write a whole project with the examples in it; those that name no file go to `cards/example.toml`."""
    files = {"deckgen.toml": PROJECT, **AROUND}
    for example in examples:
        files[example.file or "cards/example.toml"] = example.text
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (root / "media").mkdir(exist_ok=True)
    (root / "media/square.png").write_bytes(DOT)
