"""Install what the tests need beyond Python packages: a Chromium, poppler's tools, and Node packages.

What is there already is used. On Debian and Ubuntu the system's packages are installed;
elsewhere Playwright brings its own Chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Program → Debian package.
PROGRAMS = {"pdftotext": "poppler-utils"}


def main() -> None:
    """Install what is missing."""
    wanted = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not any(map(shutil.which, BROWSERS)):
        wanted.append("chromium")
    if wanted and shutil.which("apt-get"):
        apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        run([*apt, "update", "-qq"], environment)
        run([*apt, "install", "-y", "-qq", "--no-install-recommends", *wanted], environment)
    if not any(map(shutil.which, BROWSERS)):
        run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))
    node = Path(__file__).parent.parent / "tests" / "web-tools"
    if (node / "package.json").exists() and shutil.which("npm"):
        npm = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(npm, cwd=node, check=False)


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command; a failure is told, and the tests that miss the tool will say so."""
    done = subprocess.run(command, env=environment, check=False)
    if done.returncode:
        print(f"could not run: {' '.join(command)}", file=sys.stderr)


if __name__ == "__main__":
    main()
