"""Run the histories of decks in Anki's library on the feature releases before the one that is installed.

Each release gets a virtual environment of its own, below `.deckgen/anki/`, which sees everything else in this one.
Two releases, 50 histories each, where the arguments say nothing else: `older_anki.py [RELEASES [HISTORIES]]`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEST = "tests/engine/test_anki_histories.py::test_as_many_histories_as_wanted"


def feature(release: str) -> str:
    """Return a feature release: of 26.8.1 that is 26.8."""
    return ".".join(release.split(".")[:2])


def install(before: str) -> tuple[Path, str]:
    """Install the newest release before a feature release; return its Python and which one it is."""
    folder = ROOT / ".deckgen/anki" / f"before-{before}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = f"anki<{before}"
    # A release without a wheel for this system would be built from source, which takes Rust and an hour.
    options = ["--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    subprocess.run([python, "-m", "pip", "install", *options, wanted], check=True)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    # What it has itself comes first; all else is taken from the environment that this runs in.
    (Path(own) / "all-else.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    ask = "from importlib.metadata import version; print(version('anki'))"
    found = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    return python, found


def main() -> int:
    """Run the test on each release; return 1 if it failed on any."""
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    histories = sys.argv[2] if len(sys.argv) > 2 else "50"  # noqa: PLR2004 -- the second argument
    release, failed = version("anki"), False
    for _ in range(releases):
        python, release = install(feature(release))
        print(f"Anki {release}, {histories} histories", flush=True)
        path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
        environment = {**os.environ, "DECKGEN_HISTORIES": histories, "PYTHONPATH": path}
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST]
        failed |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
