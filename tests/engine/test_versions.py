"""The version of a release: the author's, or the one that follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.identity import Release
from deckgen.pipeline.releasing import next_version, version_to_release, with_version

#: 2026-11-29.
NOW = 1_795_950_000


@pytest.mark.parametrize(
    ("version", "following"),
    [
        ("", "1"),
        ("1", "2"),
        ("9", "10"),
        ("1.2.9", "1.2.10"),
        ("v09", "v10"),
        ("2-beta", "3-beta"),
        ("spring", "spring 2"),
        ("2026.11", "2026.11.1"),
        ("2026.11.1", "2026.11.2"),
        ("2026.10", "2026.11"),
        ("2025.9", "2026.11"),
        ("2026.12", "2026.12.1"),
    ],
)
def test_the_next_version(version: str, following: str) -> None:
    """A month goes on to this month, all else by its last number."""
    assert next_version(version, NOW) == following


def test_what_the_author_raised_is_taken(tmp_path: Path) -> None:
    """A version that nothing was released under is the one to release; one that was is followed."""
    assert version_to_release(tmp_path, "1", None, NOW) == "1"
    assert version_to_release(tmp_path, "1", Release(4, "1"), NOW) == "1"
    assert version_to_release(tmp_path, "1", Release(4, "1", NOW), NOW) == "2"
    assert version_to_release(tmp_path, "5", Release(4, "1", NOW), NOW) == "5"
    assert version_to_release(tmp_path, "", None, NOW) == "1"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('id = "x"\nversion = "1" # mine\n', 'id = "x"\nversion = "a\\"b" # mine\n'),
        ('id = "x"\r\ntitle = "T"\r\n', 'id = "x"\r\nversion = "a\\"b"\r\ntitle = "T"\r\n'),
        ("version = '''1'''\nid = 'x'\n[sheet]\n", 'version = "a\\"b"\nid = \'x\'\n[sheet]\n'),
    ],
)
def test_a_version_is_written_where_it_stands(before: str, after: str) -> None:
    """Comments, line breaks and everything else stay; where there is none, it comes behind the id."""
    assert with_version(before, 'a"b') == after
