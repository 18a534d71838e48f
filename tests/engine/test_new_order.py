"""The order of new cards, as Anki's scheduler brings them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anki_judge import collection, import_package
from deckgen.pipeline.outcome import Options, Outcome
from deckgen.pipeline.pipeline import build
from engine.projects import PROJECT, write_files

NOW = 1_790_000_000
ORDERED = PROJECT + '[anki]\norder = ["words", "deep/claims"]\n'


_NO = 'correction = "No."\n'


def _deck(*, mixed: bool) -> str:
    return '[deck]\nname = "Sums"\n' + ('new = "mixed"\n' if mixed else "")


def _claims(*answers: bool, prefix: str = "claim") -> str:
    return "".join(
        f'\n[[question]]\nid = "{prefix}-{n}"\ntype = "true-false"\nprompt = "Claim {prefix} {n}."\n'
        f"answer = {str(answer).lower()}\n{'' if answer else _NO}"
        for n, answer in enumerate(answers)
    )


def _project(root: Path, *, project: str = ORDERED, mixed: bool = True) -> None:
    concepts = "".join(
        f'\n[[concept]]\nid = "term-{n}"\nterm = "Term {n}"\ndefinition = "Meaning {n}."\n' for n in range(3)
    )
    write_files(
        root,
        {
            "deckgen.toml": project,
            "cards/a-first.toml": _deck(mixed=False) + _claims(True, True, prefix="first"),
            "cards/deep/claims.toml": _deck(mixed=False) + _claims(*[True] * 4, *[False] * 4),
            "cards/words.toml": _deck(mixed=mixed) + concepts,
        },
    )


def _build(root: Path, now: int = NOW) -> Outcome:
    outcome = build(root, Options(now=now))
    assert outcome.diagnostics == ()
    return outcome


def _studied(col: Any) -> list[str]:
    """Answer every new card that the scheduler brings, and return what their items and templates were."""
    deck = col.decks.by_name("Sums")
    config = col.decks.config_dict_for_deck_id(deck["id"])
    config["new"]["perDay"] = 9999
    # By position, as each card was gathered: Anki would bring all first templates of a day before the second ones.
    config["newSortOrder"] = 1
    config["newMix"] = 1
    col.decks.save(config)
    col.decks.select(deck["id"])
    seen = []
    while card := col.sched.getCard():
        seen.append(f"{card.note()['Id']} {card.ord + 1}")
        col.sched.answerCard(card, 4)
    return seen


def test_anki_brings_new_cards_in_the_order_of_the_project(tmp_path: Path) -> None:
    """Named files come first; in a mixed deck concepts, then the rest with neither siblings nor answers in blocks."""
    _project(tmp_path)
    _build(tmp_path)
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        seen = _studied(col)

    assert seen[:3] == ["term-0 1", "term-1 1", "term-2 1"]
    assert len(seen) == len(set(seen)) == 16
    claims = ["claim-0", "claim-1", "claim-2", "claim-3", "first-0", "first-1"]
    assert [one for one in seen if one.split()[0] in claims] == [f"{claim} 1" for claim in claims]
    is_true = [one.split()[0] in claims for one in seen[3:] if not one.startswith("term-")]
    assert all(len({*is_true[at : at + 3]}) == 2 for at in range(6))


def test_files_alone_can_be_ordered(tmp_path: Path) -> None:
    """Without mixing the cards of each file come as they stand in it, siblings together."""
    _project(tmp_path, mixed=False)
    _build(tmp_path)
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        seen = _studied(col)

    assert seen == [
        *(f"term-{n} {card}" for n in range(3) for card in (1, 2)),
        *(f"claim-{n} 1" for n in range(8)),
        *(f"first-{n} 1" for n in range(2)),
    ]


def test_another_order_is_no_change_of_content(tmp_path: Path) -> None:
    """The lock stays as it is, and who has the deck is told of no update and keeps the order that they have."""
    _project(tmp_path, project=PROJECT, mixed=False)
    _build(tmp_path)
    lock = (tmp_path / "deckgen.lock").read_bytes()
    with collection() as col:
        import_package(col, tmp_path / "dist/anki/Sums.apkg")
        before = col.db.all("SELECT id, due, mod FROM cards ORDER BY id")
        _project(tmp_path)
        outcome = _build(tmp_path, NOW + 1000)
        log = import_package(col, tmp_path / "dist/anki/Sums.apkg")

        assert not outcome.changes.changed
        assert (tmp_path / "deckgen.lock").read_bytes() == lock
        assert (len(log.new), len(log.updated)) == (0, 0)
        assert col.db.all("SELECT id, due, mod FROM cards ORDER BY id") == before


def test_the_order_is_the_same_at_every_build(tmp_path: Path) -> None:
    """A mixed deck built from nothing, and after an edit of an answer, has the bytes of a clean build."""
    for name in ("one", "other"):
        _project(tmp_path / name)
        _build(tmp_path / name)
    claims = tmp_path / "one/cards/deep/claims.toml"
    edited = claims.read_text("utf-8").replace("answer = true\n", "answer = false\n" + _NO, 1)
    claims.write_text(edited, encoding="utf-8", newline="\n")
    _build(tmp_path / "one", NOW + 1)
    (tmp_path / "other/cards/deep/claims.toml").write_bytes(claims.read_bytes())
    build(tmp_path / "other", Options(now=NOW + 1))

    packages = [(tmp_path / name / "dist/anki/Sums.apkg").read_bytes() for name in ("one", "other")]
    assert packages[0] == packages[1]
