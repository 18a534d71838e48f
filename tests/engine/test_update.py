"""Outputs are made where their keys, their files or what they are made from are not as they were."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from deckgen.engine import worker
from deckgen.engine.output import Output, key, output
from deckgen.engine.state import Counts, State
from deckgen.engine.update import Update
from deckgen.engine.write import publish


def update(root: Path, outputs: list[Output], before: State | None = None) -> tuple[State, list[str]]:
    """Bring outputs up to date on the disk; return what is remembered, and the names of what was made."""
    made = Update(root / "dist", before, lambda _step, _done, _total: None)
    with made:
        made.add(outputs)
        made.finish()
    publish(root, made.made, made.copies, made.kept)
    state = State("", False, True, {}, (), made.traces(), Counts())
    return state, sorted((*made.made, *made.copies))


def written(text: str) -> bytes:
    return text.encode()


def page(text: str) -> Output:
    return output("page.html", written, text)


def printed(*, wanted: bool = True) -> Output:
    return Output(
        name="page.pdf", key=key("pdf"), make=lambda html: b"%PDF " + html, of="page.html", wanted=wanted
    )


COPY = Output(name="web/page.html", key=key("copy"), make=bytes, copy_of="page.html")


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    """The same key and an untouched file: nothing is made, and the file is not written."""
    state, made = update(tmp_path, [page("one")])
    assert made == ["page.html"]
    assert update(tmp_path, [page("one")], state)[1] == []
    assert update(tmp_path, [page("two")], state)[1] == ["page.html"]
    assert (tmp_path / "dist/page.html").read_bytes() == b"two"


def test_a_file_that_somebody_changed_is_made_anew(tmp_path: Path) -> None:
    """Changed or deleted, it comes back."""
    state, _ = update(tmp_path, [page("one")])
    (tmp_path / "dist/page.html").write_bytes(b"changed")
    state, made = update(tmp_path, [page("one")], state)
    assert made == ["page.html"]
    (tmp_path / "dist/page.html").unlink()
    update(tmp_path, [page("one")], state)
    assert (tmp_path / "dist/page.html").read_bytes() == b"one"


def test_what_is_made_of_an_output_depends_on_its_content(tmp_path: Path) -> None:
    """A page with another key and the same bytes leaves its PDF alone; other bytes do not."""
    state, _ = update(tmp_path, [page("one"), printed(), COPY])
    again = msgspec.structs.replace(page("one"), key=key("another template, which says the same"))
    state, made = update(tmp_path, [again, printed(), COPY], state)
    assert made == ["page.html"]
    state, made = update(tmp_path, [page("two"), printed(), COPY], state)
    assert made == ["page.html", "page.pdf", "web/page.html"]
    assert (tmp_path / "dist/page.pdf").read_bytes() == b"%PDF two"
    assert (tmp_path / "dist/web/page.html").read_bytes() == b"two"


def test_what_is_not_wanted_is_kept_while_it_is_true(tmp_path: Path) -> None:
    """A PDF stays after a build that was not asked for it, and goes when its page is another."""
    state, _ = update(tmp_path, [page("one"), printed()])
    state, made = update(tmp_path, [page("one"), printed(wanted=False)], state)
    assert made == []
    assert (tmp_path / "dist/page.pdf").exists()
    update(tmp_path, [page("two"), printed(wanted=False)], state)
    assert not (tmp_path / "dist/page.pdf").exists()


def test_what_nobody_names_any_more_goes(tmp_path: Path) -> None:
    """An output that no target names is removed, and files that no build made stay."""
    state, _ = update(tmp_path, [page("one"), COPY])
    (tmp_path / "dist/web/mine.txt").write_text("mine")
    update(tmp_path, [page("one")], state)
    assert sorted(
        path.name for path in (tmp_path / "dist").rglob("*") if path.is_file() and path.name[0] != "."
    ) == [
        "mine.txt",
        "page.html",
    ]


def test_two_outputs_of_one_name_are_a_bug(tmp_path: Path) -> None:
    """A programmer's mistake is an exception."""
    with pytest.raises(ValueError, match=r"page\.html"):
        update(tmp_path, [page("one"), page("two")])


def test_a_key_is_made_of_values_only() -> None:
    """What has no bytes of its own is refused; order and kind count."""
    with pytest.raises(TypeError, match="object"):
        key(object())
    with pytest.raises(TypeError, match="builtin_function_or_method"):
        key(print)
    assert key("a", "b") != key("ab") != key(["a", "b"], "")
    assert key({"a": 1, "b": 2}) == key({"b": 2, "a": 1})


def nothing(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def made_by(_bytes: bytes) -> bytes:
    return b"%d" % os.getpid()


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use another process for any work, whatever the machine."""
    monkeypatch.setattr(worker, "_WORTH_IT", 0)
    monkeypatch.setattr(worker, "_processes", lambda: 2)


@pytest.mark.usefixtures("another_process")
def test_others_begin_while_this_process_does_something_else(tmp_path: Path) -> None:
    """What is begun has a name at once, is made elsewhere, and what is made from it comes behind it."""
    read, write = os.pipe()

    def tells(_bytes: bytes) -> bytes:
        os.write(write, b"!")
        return made_by(_bytes)

    with Update(tmp_path, None, nothing) as update:
        update.add([Output(name="page.html", key=key("page"), make=tells)])
        update.begin()
        assert update.names == ["page.html"]
        # This process does not help before it is asked to finish.
        assert os.read(read, 1) == b"!"
        update.add([printed(), COPY, Output(name="late", key=key("late"), make=made_by)])
        update.finish()
        assert update.names == ["late", "page.html", "page.pdf", "web/page.html"]
    assert update.made["page.html"] != made_by(b"")
    assert update.made["page.pdf"] == b"%PDF " + update.content("page.html")
    assert update.copies == {"web/page.html": "page.html"}


@pytest.mark.usefixtures("another_process")
def test_what_was_begun_ends_with_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If something else fails meanwhile, no process is left."""
    started = []
    fork = os.fork

    def forked() -> int:
        process = fork()
        started.append(process)
        return process

    def waits(_bytes: bytes) -> bytes:
        os.read(os.pipe()[0], 1)
        return b"never"

    monkeypatch.setattr(os, "fork", forked)
    update = Update(tmp_path, None, nothing)
    update.add([Output(name="page.html", key=key("page"), make=waits)])
    update.begin()
    with pytest.raises(LookupError), update:
        raise LookupError
    (process,) = started
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
