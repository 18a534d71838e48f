"""`deckgen serve` as a server: whom it answers, with what, and how it begins and ends."""

from __future__ import annotations

import http.client
import json
import socket

import pytest

from deckgen.live.app import PAGE_FOLDER
from live.conftest import Served
from live.live_process import Running, make_project, save
from waiting import PATIENCE


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """Serve a project for all questions that change nothing."""
    with Served(make_project(tmp_path_factory.mktemp("served") / "sums")) as running:
        running.until("2 notes")
        yield running


def ask(one, path="/", method="GET", host=None, raw=(), **headers):
    """Send a request as it is, and return status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=PATIENCE)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in [("Host", host or f"127.0.0.1:{one.port}"), *raw]:
        connection.putheader(name, value)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


PATHS = ["/", "/notes", "/card?id=one-and-one&card=0", "/made/web/index.html", "/events"]


@pytest.mark.parametrize("path", PATHS)
def test_foreign_hosts_are_turned_away(one, path):
    """A name that leads here by DNS rebinding, another port and tricks with names get nothing."""
    here = f"127.0.0.1:{one.port}"
    hosts = [
        "evil.example",
        f"evil.example:{one.port}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"{here}.evil.example",
        f"evil.example@{here}",
        f"localhost.:{one.port}",
        f"0.0.0.0:{one.port}",
        f"{here}, evil.example",
    ]
    for host in hosts:
        status, _, body = ask(one, path, host=host)
        assert (status, len(body) < 100) == (421, True), host


@pytest.mark.parametrize("path", PATHS)
def test_foreign_origins_are_turned_away(one, path):
    """A request that another site's page makes is refused, whatever it would have got."""
    for origin in (
        "https://evil.example",
        "null",
        f"https://127.0.0.1:{one.port}",
        "http://127.0.0.1",
        "file://",
    ):
        assert ask(one, path, Origin=origin)[0] == 403, origin
    for site in ("cross-site", "same-site"):
        assert ask(one, path, Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors")[0] == 403
    assert ask(one, path, raw=[("Host", "evil.example")])[0] == 400


def test_its_own_page_is_answered(one):
    """All names of this machine, its own origin, and a link that leads here pass."""
    for host in ("127.0.0.1", "localhost", "[::1]"):
        name = f"{host}:{one.port}"
        assert ask(one, host=name, Origin=f"http://{name}", Sec_Fetch_Site="same-origin")[0] == 200
    assert ask(one, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_nothing_can_be_changed(one):
    """Methods that could change something do not exist."""
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"):
        assert ask(one, "/notes", method)[0] in (400, 405), method


TRAVERSALS = [
    "/made/../deckgen.toml",
    "/made/%2e%2e/deckgen.toml",
    "/made/..%2fdeckgen.toml",
    "/made/sheets/../../deckgen.toml",
    "/made/web/%2e%2e/%2e%2e/cards/sums.toml",
    "/made/..\\deckgen.toml",
    "/made/..%5cdeckgen.toml",
    "/made//etc/passwd",
    "/made/%2fetc%2fpasswd",
    "/made/.made-by-deckgen",
    "/made/web/index.html%00.png",
    "/made/web/./index.html",
    "/made/",
    "/made/anki",
    "/pdf/../deckgen.pdf",
    "/pdf/web/index.pdf",
    "/../page.py",
    "/page/../../cli/app.py",
    "/bridge.js",
    "//etc/passwd",
    "/card?id=../../deckgen.toml&card=0",
    "/card?id=one-and-one&card=-1",
    "/card?id=one-and-one&card=9",
    "/card?id=one-and-one&card=%D9%A1",
    "/card?id=one-and-one&card=99999999999999999999",
    "/card",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_anywhere_else(one, path):
    """Whatever is asked for, only what was made has an address."""
    assert ask(one, path)[0] == 404


def test_no_link_below_the_outputs_leads_out(served):
    """A link in the place of a file that was made, or of a folder above it, shows nothing from outside of the project."""
    outside = served.project.parent / "mine"
    outside.mkdir()
    for name in ("Sums.draft.apkg", "index.html", "mine.html"):
        (outside / name).write_text("my thesis, unpublished")
    dist = served.project / "dist"
    for address, name in (
        ("web/link.html", "web/link.html"),
        ("linked/mine.html", "linked"),
        ("anki/Sums.draft.apkg", "anki"),
    ):
        path = dist / name
        if path.exists():
            path.rename(served.project / "before")
        path.symlink_to(outside / "mine.html" if name.endswith(".html") else outside)
        # A clone says what it likes of what builds made.
        with (dist / ".made-by-deckgen").open("a") as made:
            made.write(f"{address}\n")
        status, _, body = ask(served, f"/made/{address}")
        assert (status, b"thesis" in body) == (404, False), address


def test_it_says_what_is_not_public_any_more(served):
    """What a build withdrew from the site stands where the page says that it was built."""
    sheet = '[[sheet]]\nid = "test"\ntitle = "A test"\nfrom = ["file:sums"]\n'
    save(served.project / "cards/sheets.toml", sheet + 'outputs = ["quiz"]\n')
    served.until("cards/sheets.toml")
    save(served.project / "cards/sheets.toml", sheet)
    served.until("withdrawn: 1 quiz (test)")
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.request("GET", "/events")
    state = json.loads(connection.getresponse().readline().removeprefix(b"data: "))
    connection.close()
    assert "; withdrawn: 1 quiz (test); `outputs` of a sheet" in state["built"]


def test_only_this_machine_can_connect(one):
    """The port is not open at the machine's other addresses."""
    other = next(
        (found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)), ""
    )
    if not other or other.startswith("127."):
        pytest.skip("this machine has no other address")
    with pytest.raises(OSError), socket.create_connection((other, one.port), timeout=2):
        pass


@pytest.mark.parametrize(
    ("path", "kind", "policy"),
    [
        ("/", "text/html; charset=utf-8", "script-src 'self'"),
        ("/page.js", "text/javascript; charset=utf-8", "default-src 'none'"),
        ("/page.css", "text/css; charset=utf-8", "default-src 'none'"),
        ("/icon.svg", "image/svg+xml", "default-src 'none'"),
        ("/notes", "application/json", "default-src 'none'"),
        (
            "/card?id=one-and-one&card=0",
            "text/html; charset=utf-8",
            "sandbox allow-scripts; default-src 'none'",
        ),
        ("/made/web/index.html", "text/html; charset=utf-8", "sandbox allow-scripts allow-downloads"),
        ("/made/anki/Sums.draft.apkg", "application/octet-stream", "sandbox"),
    ],
)
def test_answers_say_what_they_are_and_may(one, path, kind, policy):
    """Types are right and not to be guessed; each document has a policy; nothing goes to other origins."""
    status, headers, body = ask(one, path)
    assert status == 200
    assert body
    assert headers["content-type"] == kind
    assert policy in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert ("sandbox" in policy) == ("connection-allowlist" in headers)
    assert (
        "unsafe-inline" not in headers["content-security-policy"]
        or "sandbox" in headers["content-security-policy"]
    )
    assert ask(one, path, If_None_Match=headers["etag"])[0] == 304


def test_the_notes_hold_what_the_list_needs(one):
    """Ids, decks, types, tags, files, texts to search in, and the cards of each note."""
    notes = json.loads(ask(one, "/notes")[2])
    assert [(n["id"], n["deck"], n["kind"], n["file"], n["cards"]) for n in notes] == [
        ("one-and-one", "Sums", "short", "cards/sums.toml", [[0, "Card"]]),
        ("two-and-two", "Sums", "choice", "cards/sums.toml", [[0, "Card"]]),
    ]
    assert notes[1]["tags"] == ["sums", "even"]
    assert "seven" in notes[1]["text"]


def test_the_html_of_the_page_is_valid(html_errors):
    """The validators object to nothing."""
    assert html_errors({"index.html": (PAGE_FOLDER / "index.html").read_bytes()}) == []


def test_ctrl_c_ends_it_with_a_page_open(served):
    """SIGINT while a stream of events is open: over at once, with 0 and without a word."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    connection.request("GET", "/events")
    stream = connection.getresponse()
    assert stream.readline().startswith(b"data: ")
    assert served.interrupt() == 0
    # Not even a sign of life came, as one does each time that a stream was silent for a while.
    assert b":\n" not in stream.read()
    assert served.rest() == []


def test_a_taken_port_is_said(one, project):
    """`--port` with a port in use is a mistake of usage."""
    with Running("serve", "--port", str(one.port), "--no-open", cwd=project) as running:
        running.until("error: cannot serve at port", str(one.port))
        assert running.process.wait(PATIENCE) == 2


def test_a_missing_server_is_said(project):
    """Without the extra the error says which one brings it, and names no package on an index."""
    code = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'uvicorn' else real(name, *more)\n"
        "from deckgen.cli.main import main; main()"
    )
    with Running("serve", cwd=project, code=code) as running:
        line = running.until("the server is missing")[-1]
        assert running.process.wait(PATIENCE) == 2
    assert "extra `live`" in line
    assert "install deckgen" not in line


def test_the_server_is_imported_for_serve_only():
    """Other commands load nothing of it."""
    code = "import sys, deckgen.cli.app; print([m for m in ('starlette', 'uvicorn', 'watchfiles') if m in sys.modules])"
    with Running(cwd=None, code=code) as running:
        running.until("[]")
