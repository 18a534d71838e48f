"""`deckgen serve`: watch, and show everything in a browser."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deckgen.cli.options import Folder
from deckgen.cli.watch import EXTRA, Reporter, end_prompt
from deckgen.system_error import reason

if TYPE_CHECKING:
    import socket

    from deckgen.live.background import BackgroundWork


def serve(
    folder: Folder = Path(),
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Serve at this port; 0 takes a free one.")
    ] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Leave the browser closed.")] = False,
) -> None:
    """Show cards, sheets and web pages in a browser as you edit.

    The page is updated at every save. Only this computer can open it. Like `deckgen watch`, it also builds into
    dist/ when you pause. Ctrl-C stops it, with exit code 0.

    Examples:
        deckgen serve              the project of this folder, in the browser
        deckgen serve --no-open    print the address only
    """
    from deckgen.cli.session import USAGE_ERROR, project_root

    root = project_root(folder)
    if not all(find_spec(name) for name in ("starlette", "uvicorn")):
        typer.echo(f"error: the server is missing; it comes with {EXTRA}", err=True)
        raise typer.Exit(USAGE_ERROR)
    try:
        sockets = listen(port)
    except OSError as error:
        typer.echo(f"error: cannot serve at port {port}: {reason(error)}", err=True)
        raise typer.Exit(USAGE_ERROR) from None
    try:
        _serve(root, sockets, show=not no_open)
    except KeyboardInterrupt:
        end_prompt()


def listen(port: int) -> list[socket.socket]:
    """Listen on this machine's loopback addresses, IPv4 and if possible IPv6, at one port."""
    import socket

    first = socket.create_server(("127.0.0.1", port))
    sockets = [first]
    # Without IPv6, or if its port is taken, the IPv4 address that is printed still works.
    with suppress(OSError):
        sockets.append(socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6))
    return sockets


def _serve(root: Path, sockets: list[socket.socket], *, show: bool) -> None:
    from deckgen.cli.failure import bug
    from deckgen.live.app import App
    from deckgen.live.background import BackgroundWork
    from deckgen.live.project import LiveProject
    from deckgen.live.server import run
    from deckgen.live.watching import Watch

    port = sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    watching = Watch(root)
    watching.begin()
    project = LiveProject(root)
    app = App(root, project)
    reporter = Reporter(root, watching, headline=f"\n{address}")
    reporter.announce(f"serving {root} at {address}; Ctrl-C stops")
    work = BackgroundWork(
        watching, project, reporter.rebuild, reporter.report, lambda: time.strftime("%H:%M:%S"), bug
    )
    # The page's requests are short, and should not wait for the build's thread.
    sys.setswitchinterval(0.001)
    try:
        run(app, sockets, port, begun=lambda: _begun(work, address, show=show))
    finally:
        work.end()


def _begun(work: BackgroundWork, address: str, *, show: bool) -> None:
    """Start work once the server answers requests."""
    work.begin()
    if show and has_browser():
        import webbrowser

        webbrowser.open(address)


def has_browser() -> bool:
    """Return whether a browser window would open on the user's screen."""
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    # Without a display, Python would start a text browser in this terminal.
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
