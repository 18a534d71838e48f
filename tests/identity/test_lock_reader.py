from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckgen.identity import Lock, LockedNote, LockProblem, Release, Retirement, dumps, parse
from deckgen.identity.union import fold_notes
from identity.lock_strategies import locks

GUID = "AbcdefghijklmnoP"
HASH = "0123456789abcdef01234567"
HEAD = "deckgen.lock 1\nrelease 1 1.0\n"
NOTE = f"note a {GUID} 5 choice {HASH} 7 Net\n"


def problems(text: str | bytes) -> list[tuple[str, int, int, int, str]]:
    """Read a lock that is wrong, and give what is said of it, without the help."""
    found = parse(text)
    assert isinstance(found, tuple), "no problem was found"
    assert all(problem.help for problem in found)
    return [(each.code, each.line, each.column, each.end_column, each.message) for each in found]


@pytest.mark.parametrize(
    ("line", "column", "end", "message"),
    [
        (f"note a {GUID[:-1]} 5 choice {HASH} 7 Net", 8, 23, "damaged GUID: a GUID is 16 letters, digits, `-` or `_`"),
        (f"note a {GUID} 05 choice {HASH} 7 Net", 25, 27, "damaged note id: a number has 1 to 15 digits here, and does not start with 0"),
        (f"note a {GUID} 5 choice {HASH[1:]}g 7 Net", 34, 58, "damaged hash: a hash is 24 digits of `0-9a-f`"),
        (f"note a {GUID} 5 choice {HASH} -7 Net", 59, 61, "damaged stamp: a number has 1 to 15 digits here, and does not start with 0"),
        (f"note a {GUID} 5 choice {HASH} 1234567890123456 Net", 59, 75, "damaged stamp: a number has 1 to 15 digits here, and does not start with 0"),
        (f"note a\\x {GUID} 5 choice {HASH} 7 Net", 6, 9, r"damaged id: a backslash is written `\\`"),
        (f"note a {GUID} 5 choice {HASH} 7 Net\\ud800", 61, 70, r"damaged deck: a backslash is written `\\`"),
        (f"note a {GUID} 5 choice {HASH} 7", 1, 60, "a `note` line has 8 fields, not 7"),
        (f"note a {GUID} 5  {HASH} 7 Net", 27, 27, "damaged note type: fields are separated by one space, and no field is empty"),
        (f"type choice {HASH} 7 8", 38, 41, "damaged stamp: a number has 1 to 15 digits here, and does not start with 0"),
        (f"note a {GUID} 5 choice {HASH} {HASH[1:]}g 7 Net", 59, 83, "damaged hash: a hash is 24 digits of `0-9a-f`"),
        (f"note a {GUID} 5 choice {HASH} {HASH} -7 Net", 84, 86, "damaged stamp: a number has 1 to 15 digits here, and does not start with 0"),
        (f"note a {GUID} 5 choice {HASH} {HASH} 7", 1, 85, "a `note` line has 9 fields, not 8"),
        ("release x 1.0", 9, 10, "damaged count: a number has 1 to 15 digits here, and does not start with 0"),
        ("release 5", 1, 10, "a `release` line has 3 fields, not 2"),
        (f"retired a {GUID} 5 choice {HASH} 7  {{}}", 64, 67, "damaged content: this is not the end of a retired note: Object missing required field `since`"),
    ],
)  # fmt: skip
def test_damaged_line_is_located(line: str, column: int, end: int, message: str) -> None:
    """Each field that a hand damaged is named, with its line and columns."""
    assert problems(f"{HEAD}{NOTE}{line}\n") == [("lock-damaged", 4, column, end, message)]


def test_unknown_kind_of_line_is_located() -> None:
    """A line that begins with no known word is reported by that word."""
    assert problems(f"{HEAD}nota a b\n") == [("lock-unknown-line", 3, 1, 5, "unknown kind of line `nota`")]


def test_all_problems_are_found_at_once() -> None:
    """One reading reports every damaged field of every line, sorted."""
    text = f"{HEAD}note a {GUID}! 0 choice {HASH} 7 Net\nwhat\n{NOTE}\x01\n"
    found = [(code, line, column) for code, line, column, _, _ in problems(text)]
    assert found == [
        ("lock-damaged", 3, 8),
        ("lock-damaged", 3, 26),
        ("lock-unknown-line", 4, 1),
        ("lock-control", 6, 1),
    ]


def test_control_characters_are_located() -> None:
    """Controls inside a line are reported one by one, even where the line would do without them."""
    line = NOTE.replace("Net", "N\x00e\u2028t")
    assert problems(HEAD + line) == [
        ("lock-control", 3, 62, 63, "control character U+0000"),
        ("lock-control", 3, 64, 65, "control character U+2028"),
    ]


@pytest.mark.parametrize(
    "marks",
    [
        ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> branch\n"),
        ("<<<<<<< HEAD\n", "||||||| base\n=======\n", ">>>>>>> branch\n"),
        ("", "=======\n", ">>>>>>> branch\n"),
        ("", "", ">>>>>>> branch\n"),
    ],
)
def test_conflict_is_one_problem_that_says_what_to_do(marks: tuple[str, str, str]) -> None:
    """The marks git leaves are reported once for each conflict; without them the text is a lock."""
    other = NOTE.replace(" a ", " b ").replace("Ab", "AB")
    parts = (HEAD, marks[0], NOTE, marks[1], other, marks[2])
    first = "".join(parts).splitlines().index(next(mark for mark in marks if mark).splitlines()[0]) + 1
    found = problems("".join(parts))
    assert [(code, line, message) for code, line, _, _, message in found] == [
        ("lock-conflict", first, "an unresolved merge")
    ]
    assert isinstance(parse(HEAD + NOTE + other), Lock)


def test_two_conflicts_are_two_problems() -> None:
    """A second conflict is found, too."""
    block = f"<<<<<<< HEAD\n{NOTE}=======\n{NOTE}>>>>>>> b\n"
    assert [(found[0], found[1]) for found in problems(HEAD + block + block)] == [
        ("lock-conflict", 3),
        ("lock-conflict", 8),
    ]


@given(locks(), st.data())
def test_lock_cut_off_within_a_line_is_never_taken(lock: Lock, data: st.DataObject) -> None:
    """A lock that was not written to its end is a problem, wherever the cut is."""
    text = dumps(lock)
    cut = data.draw(st.integers(0, len(text) - 1))
    if cut and text[cut - 1] == "\n":
        return
    found = parse(text[:cut])
    assert isinstance(found, tuple)
    assert found[-1].code == "lock-truncated"


def test_lock_without_header_or_release_is_damaged() -> None:
    """Head lines are not optional: without them nobody can tell how much else was lost."""
    assert problems(NOTE)[0][4] == "the line `deckgen.lock 2` is missing"
    assert problems("deckgen.lock 1\n" + NOTE)[0][4] == "the line that starts with `release` is missing"
    assert problems("")[0][4] == "the lock is empty"


def test_later_format_is_said_and_nothing_else() -> None:
    """What a later deckgen writes is not picked to pieces by this one."""
    text = f"deckgen.lock 3\nrelease 1 1.0\nblob x\n{NOTE}"
    assert problems(text) == [("lock-version", 1, 1, 15, "format 3 of the lock is not known to this deckgen")]


def test_bytes_that_are_no_utf8_are_located() -> None:
    """A byte that is no UTF-8 is found by line and column in characters."""
    assert problems(HEAD.encode() + "é".encode() + b"\xff\n")[0][:3] == ("lock-not-utf8", 3, 2)


def test_one_id_with_two_guids_is_a_problem() -> None:
    """No rule can say which of two GUIDs the learners have."""
    other = NOTE.replace(GUID, "B" * 16)
    assert problems(HEAD + NOTE + other) == [
        ("lock-two-guids", 4, 8, 24, f"`a` has two GUIDs, `{GUID}` and `{'B' * 16}`")
    ]


@given(st.one_of(st.text(), st.binary()))
@example("deckgen.lock 99999999999999999999999999999999\n" * 2)
@example(HEAD + f"retired a {GUID} 5 choice {HASH} 7 " + "[" * 100_000 + "\n")
@example(HEAD + f'retired a {GUID} 5 choice {HASH} 7 {{"since":' + "9" * 6000 + "}\n")
@example("\ud800\n")
def test_reading_never_raises(text: str | bytes) -> None:
    """Any text gives a lock or problems that can be pointed at."""
    check(text)


pieces = st.sampled_from(
    [*(HEAD + NOTE).replace("\n", " \n ").split(" "), "gone", "retired", "type", "\\", "\\u0041", "\r", "=======",
     "0", " ", "", "\x7f", '{"since":1,"deck":"d","fields":[],"tags":[]}', "é", "-", "#"]
)  # fmt: skip


@given(st.lists(pieces, max_size=60))
def test_reading_never_raises_on_what_looks_like_a_lock(words: list[str]) -> None:
    """The same holds for texts made of the words of a lock."""
    check(HEAD + " ".join(words))


def check(text: str | bytes) -> None:
    """Read any text, and check what came of it."""
    found = parse(text)
    if isinstance(found, Lock):
        assert parse(dumps(found)) == found
        return
    assert found
    assert all(isinstance(problem, LockProblem) and problem.message and problem.help for problem in found)
    lines = text.split("\n") if isinstance(text, str) else text.split(b"\n")
    for problem in found:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= problem.end_column <= len(lines[problem.line - 1]) + 2


def test_of_two_lines_the_later_stamp_wins() -> None:
    """The greater `mod` wins, with all that stands in its line, in either order."""
    later = NOTE.replace(f"{HASH} 7 Net", f"{'f' * 24} 8 Other")
    expected = Lock(Release(1, "1.0"), (LockedNote("a", GUID, 5, "choice", "", "f" * 24, 8, "Other"),))
    assert parse(HEAD + NOTE + later) == parse(HEAD + later + NOTE) == expected


def test_same_stamp_and_other_content_forces_a_new_stamp() -> None:
    """Two branches that changed one note in the same second leave a hash that no content has."""
    other = NOTE.replace(HASH, "f" * 24)
    expected = Lock(Release(1, "1.0"), (LockedNote("a", GUID, 5, "choice", "0" * 24, "0" * 24, 7, "Net"),))
    assert parse(HEAD + NOTE + other) == parse(HEAD + other + NOTE) == expected


def test_lines_of_both_formats_are_read() -> None:
    """A merge of a branch that an older deckgen built brings lines with one hash: what the other one says is kept."""
    both = NOTE.replace(HASH, f"{'c' * 24} {HASH}")
    expected = Lock(Release(1, "1.0"), (LockedNote("a", GUID, 5, "choice", "c" * 24, HASH, 7, "Net"),))
    assert parse(f"deckgen.lock 2\n{HEAD}{NOTE}{both}") == parse(f"{HEAD}{both}{NOTE}") == expected


def test_later_release_wins() -> None:
    """Two release lines are one: the greater count."""
    found = parse(HEAD + "release 10 2.0\nrelease 9 9.9\n")
    assert isinstance(found, Lock)
    assert found.release == Release(10, "2.0")


variants = st.builds(
    LockedNote,
    st.just("a"),
    st.just(GUID),
    st.integers(1, 2),
    st.sampled_from(["choice", "cloze"]),
    st.sampled_from(["", "1" * 24, "2" * 24]),
    st.sampled_from(["1" * 24, "2" * 24]),
    st.integers(1, 2),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["live", "gone", Retirement(1, ("x",), ()), Retirement(2, (), ())]),
)


@given(variants, variants, variants)
def test_folding_does_not_depend_on_order(one: LockedNote, two: LockedNote, three: LockedNote) -> None:
    """However three branches are merged, the outcome is one."""
    expected = fold_notes(fold_notes(one, two), three)
    assert fold_notes(one, one) == one
    assert fold_notes(one, fold_notes(two, three)) == expected
    assert fold_notes(three, fold_notes(two, one)) == expected
