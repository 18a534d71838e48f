"""PDFs of printed pages; those whose pages are as they were are taken from the last build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from deckgen.engine.inventory import stamp_of, tool
from deckgen.engine.state import State, load


def pdfs_of(
    pages: Mapping[str, bytes], root: Path, output: Path, progress: Callable[[str, int, int], None]
) -> dict[str, bytes]:
    """Return a PDF beside each page: `sheets/quiz/A.pdf` for `sheets/quiz/A.html`.

    Raises:
        NoEngineError: if WeasyPrint is not installed.
    """
    from deckgen.sheet.pdf import pdf

    state = load(root)
    if state is not None and state.tool != tool():
        state = None
    printed: dict[str, bytes] = {}
    names = [name for name in pages if name.endswith(".html")]
    for number, name in enumerate(names):
        progress(f"printing {name}", number, len(names))
        wanted = f"{name.removesuffix('.html')}.pdf"
        printed[wanted] = _kept(wanted, name, pages[name], output, state) or pdf(pages[name])
    return printed


def _kept(wanted: str, name: str, page: bytes, output: Path, state: State | None) -> bytes | None:
    """Return the PDF of the last build where it was made of this very page and is as it was left."""
    if state is None:
        return None
    for file in (wanted, name):
        if file not in state.outputs or stamp_of(output / file) != state.outputs[file]:
            return None
    try:
        return (output / wanted).read_bytes() if (output / name).read_bytes() == page else None
    except OSError:
        return None
