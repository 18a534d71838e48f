"""A rule's docstring is its documentation."""

from __future__ import annotations

import sys

import pytest

from deckgen.diagnostics import Severity
from deckgen.diagnostics.explain import explain, reference_page, unknown_code
from deckgen.diagnostics.rule import Example, codes_in, doc_in, docs_in, parse_docstring, rules_in

DOC = '''The item does not know this key.

    A key that nobody reads is a mistake in the writing, and would be lost
    without a word.

    So it is refused, as TOML (toml.io, v1.0.0) leaves it to us.

    Bad:
        ```toml
        [[question]]
        answr = "8"
        ```

        ```toml file=deckgen.toml

        titel = "x"
        ```

    Good:
        ````toml
        [[question]]
        answer = """
          ```sh
          a | b
          ```"""
        ````
    '''


def test_docstring_is_read():
    """Paragraphs are joined, examples are kept as they stand."""
    doc = parse_docstring("unknown-key", DOC, Severity.WARNING)
    assert doc.code == "unknown-key"
    assert doc.severity is Severity.WARNING
    assert doc.summary == "The item does not know this key."
    assert doc.why == (
        "A key that nobody reads is a mistake in the writing, and would be lost without a word.",
        "So it is refused, as TOML (toml.io, v1.0.0) leaves it to us.",
    )
    assert doc.bad == (
        Example('[[question]]\nanswr = "8"\n', "toml"),
        Example('\ntitel = "x"\n', "toml", "deckgen.toml"),
    )
    assert doc.good == (Example('[[question]]\nanswer = """\n  ```sh\n  a | b\n  ```"""\n', "toml"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("this key.", "this key"),
        ("The item", "the item"),
        ("Bad:", "Wrong:"),
        ("Good:", "Right:"),
        ("Good:", "Bad:"),
        ("````toml", "toml"),
        ("````\n", "``\n"),
        ("```toml file=deckgen.toml", "```toml x y"),
        ("```toml file=deckgen.toml", "```toml file=a file=b"),
        ("    Good:\n", "    Good:\n        So:\n"),
        (DOC[DOC.index("    A key") : DOC.index("    Bad:")], ""),
        (DOC[DOC.index("        ````toml") :], ""),
        (DOC[DOC.index("        ```toml") : DOC.index("    Good:")], ""),
        (DOC, ""),
    ],
)
def test_malformed_docstring_is_refused(old, new):
    """Whatever a docstring lacks, its author is told which rule it is."""
    assert old in DOC
    with pytest.raises(ValueError, match=r"^unknown-key: "):
        parse_docstring("unknown-key", DOC.replace(old, new))


def test_explained_in_the_terminal(expect_file, request):
    """`deckgen explain` shows what, why, a bad and a good example."""
    folder = request.path.parent / "explain"
    doc = parse_docstring("unknown-key", DOC)
    expect_file(folder / "expected.txt", explain(doc, width=60))
    expect_file(folder / "expected-color.txt", explain(doc, color=True, width=200))


def test_reference_page(expect_file, request):
    """The page has a table of all rules and a section for each."""
    docs = {code: parse_docstring(code, DOC) for code in ("empty-text", "unknown-key")}
    expect_file(request.path.parent / "explain" / "expected.md", reference_page(docs))


def test_bar_in_a_summary_stays_in_its_cell():
    """`|` would end a cell of the table."""
    doc = parse_docstring("x", DOC.replace("this key.", "this | key."))
    assert "| The item does not know this \\| key. |" in reference_page({"x": doc})


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("unknown_key", "no diagnostic has the code `unknown_key`; did you mean `unknown-key`?"),
        ("dupliacte-id", "no diagnostic has the code `dupliacte-id`; did you mean `duplicate-id`?"),
        ("E501", "no diagnostic has the code `E501`"),
        ("\x1b[31m", "no diagnostic has the code `<U+001B>[31m`"),
    ],
)
def test_unknown_code(code, answer):
    """An unknown code is answered with the nearest ones."""
    assert unknown_code(code, ["unknown-key", "duplicate-id", "empty-text"]) == answer


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a package of two rules, one of which only warns."""
    folder = tmp_path / "ruleset"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "_shared.py").write_text("raise AssertionError('not a rule')")
    (folder / "unknown_key.py").write_text(f'r"""{DOC.replace(chr(34) * 3, chr(39) * 3)}"""')
    (folder / "dull.py").write_text(
        f"from deckgen.diagnostics import Severity\nSEVERITY = Severity.WARNING\n__doc__ = {DOC!r}"
    )
    monkeypatch.syspath_prepend(tmp_path)
    import ruleset

    yield ruleset
    for name in [name for name in sys.modules if name.partition(".")[0] == "ruleset"]:
        del sys.modules[name]


def test_rules_are_found_by_their_files(package):
    """A rule is a file; names that start with `_` are none. Listing them imports nothing."""
    assert codes_in(package) == ("dull", "unknown-key")
    assert not [name for name in sys.modules if name.startswith("ruleset.")]
    assert list(rules_in(package)) == ["dull", "unknown-key"]
    assert [doc.severity for doc in docs_in(package).values()] == [Severity.WARNING, Severity.ERROR]


def test_one_rule_is_imported_alone(package):
    """`explain` loads one rule only."""
    assert doc_in(package, "unknown-key").summary == "The item does not know this key."
    assert doc_in(package, "no-such-rule") is None
    assert doc_in(package, "-shared") is None
    assert "ruleset.dull" not in sys.modules
