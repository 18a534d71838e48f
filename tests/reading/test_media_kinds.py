"""One table of media kinds: what passes the check is in the package, on the sheet, on the web and watched."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cli.conftest import process
from deckgen.contents import in_memory
from deckgen.language.manuscript import MediaFile, MediaProblem
from deckgen.live.inputs import Inputs
from deckgen.media import KINDS, kind_named, kind_of
from deckgen.reading.media import pictures_in, read_media
from sounds.made import tone

#: The smallest file of each kind that its first bytes tell.
SAMPLES = {
    "PNG": b"\x89PNG\r\n\x1a\n\0",
    "JPEG": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
    "GIF": b"GIF89a\1\0\1\0\0\0\0;",
    "WebP": b"RIFF\4\0\0\0WEBP",
    "AVIF": b"\0\0\0\x1cftypavif",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
} | {kind.name: tone(kind.extensions[0]) for kind in KINDS if kind.is_sound}
NAMES = [
    (kind.name, end)
    for kind in KINDS
    for extension in kind.extensions
    for end in (extension, extension.upper())
]


def test_each_kind_is_told_by_its_first_bytes() -> None:
    """There is a sample of each, and no other kind takes it."""
    assert [kind_of(SAMPLES[kind.name]) for kind in KINDS] == list(KINDS)
    assert kind_of(b"") is None


@pytest.mark.parametrize(("kind", "end"), NAMES)
def test_a_name_that_passes_is_listed_and_watched(kind: str, end: str, tmp_path: Path) -> None:
    """Whoever reads, lists or watches pictures goes by the same table, in capitals too."""
    picture = f"media/a.{end}"
    for name, content in (
        (picture, SAMPLES[kind]),
        ("deckgen.toml", b""),
        ("cards/a.toml", f"'![]({picture})'".encode()),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert read_media(tmp_path, picture) == MediaFile(picture, in_memory(SAMPLES[kind]))
    assert pictures_in(tmp_path) == [picture]
    assert picture in Inputs(tmp_path).scan()


def test_a_name_of_another_kind_is_reported(tmp_path: Path) -> None:
    """With the usual extension to call it by."""
    (tmp_path / "a.png").write_bytes(SAMPLES["JPEG"])
    assert read_media(tmp_path, "a.png") == MediaProblem("a.png", "unreadable", "it is JPEG: call it `….jpg`")
    assert kind_named("jpg") is None


def test_media_are_in_every_output(tmp_path: Path) -> None:
    """In the package as it is, and inside of each page as a `data:` URI; sounds are a mark on paper."""
    course = tmp_path / "course"
    assert process("new", "course", cwd=tmp_path).code == 0
    (course / "media").mkdir()
    shown = []
    for kind in KINDS:
        for extension in kind.extensions:
            (course / f"media/{extension}.{extension}").write_bytes(SAMPLES[kind.name])
            shown.append(f"![A {extension}](media/{extension}.{extension})")
    (course / "cards/pictures.toml").write_text(
        '[deck]\nname = "Pictures"\n[[question]]\nid = "all-kinds"\ntype = "short"\nanswer = "a"\n'
        f'prompt = "{" ".join(shown)}"\n'
        '[[sheet]]\nid = "shown"\ntitle = "Shown"\nfrom = ["pictures"]\noutputs = ["paper", "quiz"]\n',
        encoding="utf-8",
    )
    built = process("build", "-C", "course", cwd=tmp_path)
    assert (built.code, built.err) == (0, ""), built

    with zipfile.ZipFile(course / "dist/anki/Pictures.apkg") as package:
        contents = [package.read(name) for name in package.namelist() if name.isdigit()]
    assert sorted(contents) == sorted(SAMPLES[kind.name] for kind in KINDS for _ in kind.extensions)
    for page in ("sheets/shown/A.html", "web/shown.html"):
        html = (course / "dist" / page).read_text(encoding="utf-8")
        for mime in {kind.mime for kind in KINDS}:
            of_mime = [kind for kind in KINDS if kind.mime == mime]
            expected = sum(len(kind.extensions) for kind in of_mime)
            if of_mime[0].is_sound and page.startswith("sheets"):
                assert html.count(mime) == 0, mime
            else:
                assert html.count(f'src="data:{mime};base64,') == expected, (page, mime)
        sounds = sum(len(kind.extensions) for kind in KINDS if kind.is_sound)
        assert html.count("<audio" if page.startswith("web") else 'class="loudspeaker"') == sounds
