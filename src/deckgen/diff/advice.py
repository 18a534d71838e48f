"""What Anki does not do by itself, and what to tell learners."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from deckgen.counting import counted
from deckgen.identity import RETIRED_TAG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deckgen.diff.difference import Difference, NoteRef

#: Ids in one search; more do not fit into Anki's search box.
_MOST = 40


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know; `search` is what to enter in Anki's browser, and may be empty."""

    code: str
    text: str
    search: str = ""


def advice(difference: Difference) -> Iterator[Advice]:
    """Yield everything that an author should know about a release, or tell learners."""
    for deck in difference.decks_renamed:
        yield Advice(
            code="deck-renamed",
            text=(
                f"Anki identifies a deck by its name: `{deck.before}` stays, with the cards learners have, and only "
                f"new cards go to `{deck.after}`. Learners who rename `{deck.before}` to `{deck.after}` before they "
                "import keep all cards in one deck."
            ),
            search=f'"deck:{deck.before}"',
        )
    by_way: defaultdict[tuple[str, str], list[NoteRef]] = defaultdict(list)
    for move in difference.moved:
        by_way[move.before, move.note.deck].append(move.note)
    for (before, after), notes in sorted(by_way.items()):
        yield Advice(
            code="cards-stay",
            text=(
                f"Cards that learners have stay in `{before}`. Learners who want them in `{after}` find them with this "
                "search and move them there (Cards → Change Deck)."
            ),
            search=_search(notes),
        )
    apart = dict.fromkeys(each.card for each in difference.cards if each.apart)
    if apart:
        names = ", ".join(f"`{card}`" for card in apart)
        yield Advice(
            code="cards-apart",
            text=(
                f"Learners get {names} as new cards, and keep all others with their reviews. Anki's note type had no "
                "place left for them, so that they are notes of their own: Anki does not bury them together with the "
                "other cards of what they are about."
            ),
        )
    blank = [note for each in difference.cards if each.what == "blank" for note in each.notes]
    if blank:
        yield Advice(
            code="blank-cards",
            text=(
                "A card with nothing on its front stays in Anki, with its history: learners see that it is blank, and "
                "Tools → Empty Cards deletes it. A card that is to go for good is better withdrawn: `retired = true` "
                "in a note type of your own."
            ),
            search=_search(blank),
        )
    if difference.retired:
        yield Advice(
            code="retired",
            text=(
                "Nothing in a package deletes or suspends a card. Retired notes get a tag and a banner; learners find "
                "them with this search and can suspend or delete them."
            ),
            search=f"tag:{RETIRED_TAG}",
        )
    if difference.left:
        yield Advice(
            code="left",
            text="These notes are no longer part of the package: learners keep them as they are.",
            search=_search(difference.left),
        )
    if difference.changed or difference.restamped:
        yield Advice(
            code="edits-replaced",
            text=(
                "An update replaces all fields and tags of a note: what a learner wrote into a changed note is lost, "
                "and notes that learners edit after this build stay as they are until they are stamped again "
                "(`--restamp ID`). Reviews, intervals, flags and suspension are never touched."
            ),
        )
    if difference.new_look:
        yield Advice(
            code="new-look",
            text=(
                f"{counted(len(difference.new_look), 'note')} would look different, though nothing in them changed: "
                "this deckgen renders them differently. New learners get the new look; learners who have them keep the "
                "old look and their own edits. `deckgen build --restamp ID` sends a note again, "
                "`--restamp '*'` all of them."
            ),
        )
    if difference.stuck or difference.types_stuck:
        yield Advice(
            code="stuck",
            text=(
                "Their stamps are not later than those that learners have, so Anki ignores them: the decks compared "
                "with were built with another lock. Build with `--restamp ID` for each, or `--restamp '*'`."
            ),
        )
    if difference.media_removed or difference.media_changed:
        yield Advice(
            code="media-stays",
            text="Old pictures and sounds stay in learners' media folders until they run Tools → Check Media.",
        )


def _search(notes: Iterable[NoteRef]) -> str:
    # Not by the field `Id`: learners keep the id that a note had when it was sent.
    nids = [str(note.nid) for note in notes]
    return f"nid:{','.join(nids)}" if 0 < len(nids) <= _MOST else ""
