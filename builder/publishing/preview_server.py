"""Makes the renderer's preview server one that only this machine's own pages can talk to.

A page of another site can have its name lead to this machine (DNS rebinding) and then read what is
previewed; its requests bear that name, and are refused. The script that loads a page again after a
change stands in a file: the pages' policy runs none that is written into them. What is wrong with
the collection stands above each page, for whoever edits looks there and not at the terminal.
"""

from __future__ import annotations

import ipaddress
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs import livereload

from builder.counting import counted
from builder.files import shown_name
from builder.html.escape import escape
from builder.html.policy import POLICY
from builder.model import Place, Problem, Problems

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

SCRIPT = "/livereload/script.js"
"""Where the script is; no page of a site has an address below this folder."""
STYLE = "/livereload/style.css"
"""Where it is told how what is wrong looks; the pages' policy wants that in a file as well."""

# A page that loads itself again shows what it showed before: that may be far below its beginning.
_STICKY = (
    ".preview-problems{position:sticky;top:0;z-index:10;max-height:50vh;overflow:auto;"
    "background:var(--md-default-bg-color,#fff);color:var(--md-default-fg-color,#000)}"
)

# MkDocs' own, but that what it is told stands in the element and not in the script.
_DATA = "document.currentScript.dataset"
_TEXT = livereload._SCRIPT_TEMPLATE.substitute(epoch=f"{_DATA}.epoch", request_id=f"{_DATA}.page")


_BODY = re.compile(rb"<body\b[^<>]*>")
_SHOWN = 20  # problems; a page is to be seen below them
_NO_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    "<title>Nothing is built yet</title></head><body></body></html>"
)


def server_at(
    address: tuple[str, int], build: Callable[[], None], root: Path
) -> livereload.LiveReloadServer:
    """Return a preview server that has taken its address; who asks waits until it serves `root`.

    Raises Problems where the address cannot be had.
    """
    host, port = address
    try:
        server = livereload.LiveReloadServer(build, host, port, str(root))
        try:
            server.server_bind()
            server.server_activate()
        except OSError:
            server.server_close()
            raise
    except OSError as error:
        what, hint = f"cannot be served ({error.strerror})", "name another one with --address"
        raise Problems([Problem(Place(f"{host}:{port}", 0), what, hint)]) from error
    # When it serves it takes its address, which can be done but once.
    server.server_bind = server.server_activate = lambda: None  # type: ignore[method-assign]
    return server


def keep_to_this_machine(
    server: livereload.LiveReloadServer,
    wrong: Callable[[], Sequence[Problem]] = tuple,
    ahead: Callable[[str], bytes | None] = lambda path: None,
) -> None:
    """Let a preview server refuse other names, and write no script into pages.

    What is `wrong` when a page is asked for stands above it, and on a page of its own as long as
    there is no site. A page that there is `ahead` of the site, by its path there, stands in the
    place of the site's. A server that its user has bound to an address that others reach answers to
    every name.
    """
    answer = server.serve_request
    guarded = is_loopback(str(server.server_address[0]))

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        name = host_of(environ.get("HTTP_HOST", ""))
        environ["HTTP_REFERER"] = shown_name(environ.get("HTTP_REFERER", ""))  # it is told
        if "\0" in environ.get("PATH_INFO", ""):
            return _told(start, "404 Not Found", "No file has such a name.")
        if guarded and not is_loopback(name):
            return _told(start, "403 Forbidden", "This preview is for this machine only.")
        if environ.get("PATH_INFO") == SCRIPT:
            return _told(start, "200 OK", _TEXT, kind="application/javascript")
        if environ.get("PATH_INFO") == STYLE:
            return _told(start, "200 OK", _STICKY, kind="text/css")
        if not environ.get("PATH_INFO", "").startswith("/livereload/"):
            epoch = _epoch(server)  # before that the page ahead may not be made yet
            page = ahead(_file_of(environ.get("PATH_INFO", "")))
            if page is not None:
                told = server._inject_js_into_html(page, epoch)  # type: ignore[no-untyped-call]
                return _told(start, "200 OK", told, kind="text/html")
        return answer(environ, start)

    server.set_app(app)
    server._inject_js_into_html = (  # type: ignore[method-assign]
        lambda content, epoch: with_script(with_problems(content, wrong()), epoch)
    )
    server.error_handler = lambda code: _error_page(server, code, wrong())
    server.RequestHandlerClass = _Teller


def _file_of(path: str) -> str:
    """Return the path in the site of what a request asks for."""
    named = path.encode("latin-1", "replace").decode("utf-8", "ignore")
    file = f"{named}index.html" if named.endswith("/") else named
    return posixpath.normpath(f"/{file}").lstrip("/")


def _epoch(server: livereload.LiveReloadServer) -> int:
    """Return when the site was built that is served, as soon as none is being built."""
    with server._epoch_cond:
        server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
        return server._visible_epoch


def reload_pages(server: livereload.LiveReloadServer) -> None:
    """Let open pages load themselves again, though the server has built nothing."""
    with server._rebuild_cond, server._epoch_cond:
        # Else they do so anyway, when the server is done.
        if server._visible_epoch == server._wanted_epoch:
            now = max(livereload._timestamp(), server._visible_epoch + 1)
            server._visible_epoch = server._wanted_epoch = now
            server._epoch_cond.notify_all()


class _Teller(livereload._Handler):
    """Tells of requests what a terminal shows and does not obey."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Tell of a request."""
        self.requestline = shown_name(self.requestline)
        super().log_request(code, size)  # type: ignore[no-untyped-call]  # MkDocs' own


def host_of(header: str) -> str:
    """Return the name in a Host header without the port: "::1" of "[::1]:8000"."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower().removesuffix(".")


def is_loopback(name: str) -> bool:
    """Tell whether a name or address always means this machine."""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def with_problems(content: bytes, problems: Sequence[Problem]) -> bytes:
    """Return a page with what is wrong above it; as it is where nothing is."""
    body = _BODY.search(content)
    if not problems or body is None:
        return content
    told = [str(problem) for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        told.append(f"and {len(problems) - _SHOWN:,} more, see the terminal")
    lines = "".join(f"<li>{escape(line)}</li>" for line in told)
    title = f"{counted(len(problems), 'problem')}: what you see may be as it was before"
    banner = (
        f'<link rel="stylesheet" href="{STYLE}">'
        '<div class="md-typeset preview-problems" role="alert"><div class="admonition failure">'
        f'<p class="admonition-title">{title}</p><ul>{lines}</ul></div></div>'
    )
    return content[: body.end()] + banner.encode() + content[body.end() :]


def _error_page(
    server: livereload.LiveReloadServer, code: int, problems: Sequence[Problem]
) -> bytes | None:
    file = Path(server.root, f"{code}.html")
    if file.is_file():
        return file.read_bytes()
    if not problems:
        return None
    return with_script(with_problems(_NO_PAGE.encode(), problems), server._visible_epoch)


def with_script(content: bytes, epoch: int) -> bytes:
    """Return a page that loads itself again as soon as the site is newer than `epoch`."""
    page, end, rest = content.rpartition(b"</body>")
    if not end:
        page, rest = content, b""
    attributes = f'src="{SCRIPT}" data-epoch="{epoch}" data-page="{livereload._timestamp()}"'
    return b"%b<script %b></script>%b%b" % (page, attributes.encode(), end, rest)


def _told(
    start: Callable[..., Any], status: str, text: str | bytes, *, kind: str = "text/plain"
) -> list[bytes]:
    data = text.encode() if isinstance(text, str) else text
    start(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(data)))])
    return [data]
