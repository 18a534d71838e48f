"""Pin what `make` and `make test` install: constraints.txt, and the packages in tests/web-tools/package.json.

Takes the newest versions that the ranges in pyproject.toml allow, for Python 3.11 and newer on Linux, macOS and
Windows; where systems or Pythons differ, a line has a marker. Versions only: no hosts, no hashes. Needs npm.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WEB_TOOLS = ROOT / "tests" / "web-tools"
GROUPS = ("test", "programs", "constraints")
HEADER = """\
# What `make` and `make test` install. Written by `make constraints`; the ranges for users are in pyproject.toml.
"""


def main() -> None:
    """Write both files anew."""
    (ROOT / "constraints.txt").write_text(HEADER + python_packages(), encoding="utf-8")
    pin_node_packages()


def python_packages() -> str:
    """Resolve everything that pyproject.toml names, for all systems; return one line a package."""
    groups = [word for group in GROUPS for word in ("--group", group)]
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", *groups, "--universal",
               "--python-version", "3.11", "--upgrade", "--no-header", "--no-annotate", "--quiet"]  # fmt: skip
    # The backend that builds deckgen itself is in the test group; its pin serves `--build-constraint` too.
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def pin_node_packages() -> None:
    """Take the newest of each package named; pin them, and what they depend on in turn as overrides."""
    path = WEB_TOOLS / "package.json"
    package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    named = package["dependencies"]
    package.pop("overrides", None)
    path.write_text(json.dumps(package), encoding="utf-8")
    npm = ["npm", "--prefix", str(WEB_TOOLS), "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    newest = [f"{name}@latest" for name in named]
    subprocess.run([*npm, "install", "--ignore-scripts", "--save-exact", *newest], check=True)
    listed = subprocess.run([*npm, "ls", "--all", "--json"], check=True, capture_output=True, text=True)
    versions = dict(sorted(flat(json.loads(listed.stdout)["dependencies"]).items()))
    package["dependencies"] = {name: versions.pop(name) for name in named}
    package["overrides"] = versions
    path.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def flat(tree: dict[str, Any]) -> dict[str, str]:
    """Return the version of each package in npm's tree."""
    found = {}
    for name, package in tree.items():
        if "version" in package:
            found[name] = package["version"]
        found |= flat(package.get("dependencies", {}))
    return found


if __name__ == "__main__":
    main()
