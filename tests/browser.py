"""A real browser and real judges of pages, shared by all tests (a pytest plugin, see `conftest.py`).

Fixtures

- `browser`: Chromium, once a session. The test is skipped where there is none, and fails where there
  is none although `CI` is set. `CHROMIUM` names another binary.
- `page`: a fresh page, without a network. A test that uses it fails when the page asked for anything
  but `data:`, `blob:` and `file:`, or wrote an error to the console (a broken Content-Security-Policy
  is one).
- `print_pdf(html)`: prints a page to PDF as a person would, with the page size that its CSS gives.
- `axe(page)`: violations of WCAG 2.2 A and AA and of best practice, as short texts; with names of rules, of
  these alone. axe does not see missing legends nor broken radio groups: assert those yourself.
- `html_errors(pages)`: what the validators say about pages by name, as short texts; all pages at once, since
  starting them is what takes the time. What they said is kept by the content of the page in pytest's cache, in which
  a page that was judged once is looked up; `--cache-clear` empties it.

The judges come from npm: `npm install --prefix tests/web-tools --no-package-lock`. Where they are not
installed, tests that need them are skipped, and fail when `CI` is set.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from waiting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from playwright.sync_api import Browser, BrowserContext, Page

_TOOLS = Path(__file__).parent / "web-tools"
_MODULES = _TOOLS / "node_modules"
#: A form that is never sent has no button to send it (wcag/h32), and no `select` holds rows with headings.
#: What reads a text aloud also stands in labels, where HTML allows no `button`.
_HTML_VALIDATE_CONFIG = _TOOLS / "htmlvalidate.json"
_ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    # As on paper and on screens with many dots; the headless shell would round letters to whole dots.
    "--font-render-hinting=none",
)


#: It runs for seconds: compiling its code well takes longer than it saves. The schema of HTML needs a deep stack.
_JAVA_ARGUMENTS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")


def _missing(what: str) -> None:
    """Skip the test, or fail it where nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


def find_chromium() -> str:
    """Return the path of Chromium, empty where there is none."""
    names = (
        os.environ.get("CHROMIUM", ""),
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    return next((found for name in names if name and (found := shutil.which(name))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once a session."""
    path = find_chromium()
    if not path:
        _missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        patience = 1000 * PATIENCE
        started = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS), timeout=patience)
        make = started.new_context

        def new_context(**how: Any) -> BrowserContext:
            context = make(**how)
            context.set_default_timeout(patience)
            return context

        started.new_context = new_context  # type: ignore[method-assign]
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page that must not ask for anything, nor complain."""
    with browser.new_context(offline=True) as context:
        opened = context.new_page()
        wrong: list[str] = []
        opened.on("request", lambda request: _note_request(request.url, wrong))
        opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        yield opened
        assert wrong == []


def _note_request(url: str, wrong: list[str]) -> None:
    if not url.startswith(("data:", "blob:", "file:", "about:")):
        wrong.append(f"asked for {url}")


@pytest.fixture
def print_pdf(page: Page) -> Callable[[bytes], bytes]:
    """Give a function that prints an HTML page to PDF."""

    def printed(html: bytes) -> bytes:
        page.set_content(html.decode())
        return page.pdf(prefer_css_page_size=True, print_background=False)

    return printed


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Give a function that returns the violations axe finds in an open page."""
    script = _MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        _missing("axe-core")
    source = script.read_text(encoding="utf-8")

    def violations(page: Page, *rules: str) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)  # a script element would fall to the page's own Content-Security-Policy
        found = page.evaluate(
            """rules => {
              // Colours on their way from one to another are none to judge; what moves for ever has no end.
              for (const each of document.getAnimations()) try { each.finish() } catch {}
              return axe.run(document, {resultTypes: ['violations'],
                ...(rules.length ? {runOnly: {type: 'rule', values: rules}} : {})});
            }""",
            rules,
        )
        return [
            f"{violation['id']}: {violation['help']} {[node['html'][:120] for node in violation['nodes'][:3]]}"
            for violation in found["violations"]
        ]

    return violations


@pytest.fixture(scope="session")
def html_errors(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Mapping[str, bytes]], list[str]]:
    """Give a function that returns what the Nu checker (W3C's) and html-validate object to."""
    if not _MODULES.is_dir():
        _missing("tests/web-tools/node_modules")
    cache = getattr(request.config, "cache", None)  # none with `-p no:cacheprovider`
    kept = cache.mkdir("html") if cache else tmp_path_factory.mktemp("kept")
    judges = _digest_of_judges()

    def errors(pages: Mapping[str, bytes]) -> list[str]:
        digests = {name: hashlib.sha256(judges + html).hexdigest() for name, html in pages.items()}
        folder = tmp_path_factory.mktemp("html")
        for name, digest in digests.items():
            if not (kept / digest).exists():
                (folder / f"{digest}.html").write_bytes(pages[name])
        if unknown := [path.stem for path in folder.iterdir()]:
            said = judge(folder)
            assert {page for _, page, _ in said} <= set(unknown)
            for digest in unknown:
                _keep(kept / digest, [(who, text) for who, page, text in said if page == digest])
        return [
            f"{who}: {Path(name).name}:{text}"
            for name, digest in digests.items()
            for who, text in json.loads((kept / digest).read_text(encoding="utf-8"))
        ]

    return errors


def judge(folder: Path) -> list[tuple[str, str, str]]:
    """Have both validators read the pages of a folder.

    Returns which of them objects, the name of the page without its ending, and the objection, with its line.
    """
    return _nu(folder) + _html_validate(folder)


def _digest_of_judges() -> bytes:
    """Return a digest of all that a judgement depends on, besides the page."""
    packages = [_MODULES / name / "package.json" for name in ("vnu-jar", "html-validate")]
    read = [path.read_bytes() for path in (*packages, _HTML_VALIDATE_CONFIG, Path(__file__))]
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in read)).digest()


def _keep(path: Path, said: list[tuple[str, str]]) -> None:
    """Write what was said about a page, whole or not at all: other workers and other runs read it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        json.dump(said, file)
    Path(file.name).replace(path)


#: The checker takes no picture for one that `img-src data:` allows, and no sound for one of `media-src data: 'self'`.
#: Browsers do; where one blocked a picture, it would say so on its console, and fail the test that opened the page.
_MISREAD = re.compile(
    r"Resource violates Content Security Policy \(meta tag\): (?:image “data:image/|media “(?:data:audio/|(?:\.\./)?media/))"
)


def _nu(folder: Path) -> list[tuple[str, str, str]]:
    java = shutil.which("java")
    if not java:
        _missing("Java")
    jar = _MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        str(java),
        *_JAVA_ARGUMENTS,
        "-jar",
        str(jar),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [
        ("nu", Path(message["url"]).stem, f"{message.get('lastLine', 0)}: {message['message']}")
        for message in messages
        # "info" without a subtype is advice.
        if (message["type"] != "info" or message.get("subType") == "warning")
        and not _MISREAD.match(message["message"])
    ]


def _html_validate(folder: Path) -> list[tuple[str, str, str]]:
    node = shutil.which("node")
    if not node:
        _missing("Node")
    program = _MODULES / "html-validate" / "bin" / "html-validate.mjs"
    command = [
        *(str(node), str(program), "--config", str(_HTML_VALIDATE_CONFIG)),
        *("--formatter", "json", f"{folder}/**/*.html"),
    ]
    # Into a file: it ends before a pipe has taken all.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
        out.seek(0)
        said = out.read()
    # A program that Node cannot run ends with 1 as well, and says nothing that could be read.
    if done.returncode not in (0, 1) or not said:
        raise RuntimeError(
            f"html-validate did not run; `make test` installs the Node that it needs:\n{done.stderr}"
        )
    return [
        (
            "html-validate",
            Path(report["filePath"]).stem,
            f"{message['line']}: {message['message']} ({message['ruleId']})",
        )
        for report in json.loads(said)
        for message in report["messages"]
    ]
