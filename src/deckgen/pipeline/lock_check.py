"""Check ids against the lock without a build, for `deckgen check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from deckgen.identity import guid, pair_by_content
from deckgen.pipeline.stamp_report import Places, of_ids, of_rows

if TYPE_CHECKING:
    from deckgen.compiler.compile import Compiled
    from deckgen.diagnostics import Diagnostic
    from deckgen.identity import Lock


def check_ids(compiled: Compiled, lock: Lock, own: Mapping[str, str]) -> Iterable[Diagnostic]:
    """Return what a build would report about ids that are gone or new, and about GUIDs.

    `own` are the project's own templates.
    """
    if compiled.lowering is None or compiled.manuscript is None:
        return ()
    lines = {line.id: line for line in lock.notes}
    items = list(compiled.lowering.named())
    project = compiled.lowering.frame.project.id
    wrong = sorted(
        item.id
        for item in items
        if not (item.was or getattr(item, "adopted", False))
        and item.id in lines
        and lines[item.id].guid != guid(project, item.id)
    )
    known = {id_ for item in items for id_ in (item.id, *item.was)}
    # An item that is in a bank now still has its id.
    known |= compiled.lowering.frame.private
    gone = [
        (line.id, line.content_hash)
        for line in lock.notes
        if line.state == "live" and line.content_hash and line.id not in known
    ]
    lost: tuple[tuple[str, str], ...] = ()
    new = [item.id for item in items if not item.was and item.id not in lines]
    if gone:
        from deckgen.pipeline.notes import NoteMaker
        from deckgen.templating.mistakes import mistake
        from deckgen.templating.own import templates_of

        templates = templates_of(own)
        names = frozenset(new)
        came = [item for item in compiled.lowering.items() if item.in_deck and item.id in names]
        maker = NoteMaker(compiled.lowering.frame, compiled.pictures, templates)
        try:
            lost = pair_by_content(gone, [(item.id, maker.make(item)[0].content_hash) for item in came])
        except Exception as error:
            # A mistake in a template, which a build reports.
            if mistake(error, templates) is None:
                raise
    places = Places(compiled.manuscript)
    return (
        *of_ids(lost, tuple(wrong), places),
        *of_rows((id_ for id_, _ in gone), new, lost, places),
    )
