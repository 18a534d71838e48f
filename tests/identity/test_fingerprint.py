from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deckgen.identity import guid, html_hash
from deckgen.identity.fingerprint import GUID_PATTERN, HASH_PATTERN


def test_guid_never_changes() -> None:
    """The GUID of an item is a promise to learners: this literal may never be edited."""
    assert guid("socket-and-port", "accept-returns") == "-9g15rjq8O4muTFU"


def test_html_hash_never_changes() -> None:
    """A new way of hashing would stamp every note of every project anew: this literal may never be edited."""
    assert html_hash("choice", ("Où?", "Là"), ("b", "a")) == "7bf7897ff37eabd2428333b4"


@given(st.text(), st.text(), st.text(), st.text())
def test_guids_of_different_ids_differ(project: str, item: str, project2: str, item2: str) -> None:
    """No separator can be forged: other pairs of ids give other GUIDs, all safe in XML, JSON and TSV."""
    assert GUID_PATTERN.fullmatch(guid(project, item))
    assert (guid(project, item) == guid(project2, item2)) == ((project, item) == (project2, item2))


def test_guid_separators_are_unambiguous() -> None:
    """A colon that wanders from one id to the other changes the GUID."""
    assert len({guid("a:b", "c"), guid("a", "b:c"), guid("a", "1:b:c"), guid("a:1:b", "c")}) == 4


contents = st.tuples(st.text(), st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))


@given(contents, contents)
def test_content_hashes_tell_contents_apart(one: tuple, other: tuple) -> None:
    """Hashes are equal exactly if type, fields and the set of tags are."""

    def meaning(content: tuple) -> tuple:
        return content[0], content[1], set(content[2])

    assert HASH_PATTERN.fullmatch(html_hash(*one))
    assert (html_hash(*one) == html_hash(*other)) == (meaning(one) == meaning(other))


def test_text_cannot_wander_between_fields() -> None:
    """The same letters cut differently are another content."""
    cuts = {
        html_hash("t", ("ab", "c"), ()),
        html_hash("t", ("a", "bc"), ()),
        html_hash("t", ("abc",), ()),
        html_hash("t", ("ab",), ("c",)),
        html_hash("ta", ("b", "c"), ()),
        html_hash("t", ("ab", "c", ""), ()),
        html_hash("t", ("ab\x1fc",), ()),
    }
    assert len(cuts) == 7
