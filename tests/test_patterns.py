"""Patterns are compiled when they are first used."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re

import pytest

import deckgen
from deckgen.patterns import lazy_pattern


def test_it_finds_what_a_pattern_finds() -> None:
    """A lazy pattern is used like a compiled one."""
    lazy, eager = lazy_pattern("(a+)b", re.IGNORECASE), re.compile("(a+)b", re.IGNORECASE)
    text = "AAb ab b"
    assert lazy.findall(text) == eager.findall(text)
    assert lazy.sub(r"<\1>", text) == eager.sub(r"<\1>", text)
    assert (lazy.pattern, lazy.flags) == (eager.pattern, eager.flags)


def test_it_is_compiled_at_its_first_use() -> None:
    """A source that is wrong raises at the first use, not before."""
    lazy = lazy_pattern("(")
    with pytest.raises(re.error):
        lazy.search("")


def test_all_lazy_patterns_are_right() -> None:
    """Every lazy pattern of deckgen can be compiled."""
    for module in pkgutil.walk_packages(deckgen.__path__, "deckgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kind = type(lazy_pattern(""))
    found = [each for each in gc.get_objects() if type(each) is kind]
    assert len(found) > 100
    for each in found:
        each.search  # noqa: B018 -- compiles it
