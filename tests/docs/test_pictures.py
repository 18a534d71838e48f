"""The pictures of the README and the guide can be taken anew."""

from __future__ import annotations

import importlib.util
import shutil
import struct
import sys

import pytest

from docs.pages import ROOT

TOOL = ROOT / "tools" / "pictures.py"


@pytest.fixture(scope="module")
def tool():
    """The program behind `make pictures`."""
    spec = importlib.util.spec_from_file_location("pictures", TOOL)
    module = importlib.util.module_from_spec(spec)
    # It imports a module beside it.
    sys.path.insert(0, str(TOOL.parent))
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def course(tool):
    """The content of this project."""
    return tool.course()


@pytest.mark.parametrize(
    "name",
    [
        "card",
        "sheet",
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in (
                "card-answered",
                "card-night",
                "quiz",
                "own-type",
                "sound",
                "exam",
                "beliefs",
                "written",
            )
        ),
    ],
)
def test_each_picture_is_taken_from_the_content(tool, course, browser, name):
    """A picture is made of the content as it is now, and has the size of the one that is committed."""
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm is missing")
    taken = tool.PICTURES_OF[name](browser, course)

    assert _size(taken) == _size((ROOT / "docs" / "pictures" / f"{name}.png").read_bytes())


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])
