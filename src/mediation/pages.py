"""The built frontend: one page for every address that is not the API, and its files."""

import gzip
import mimetypes
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from mediation.problems import Problem

_NOT_BUILT = b"<!doctype html><title>Mediation</title><p>The pages are not built yet: run <code>make run</code>."
_HERE = Path(__file__).parent
_TEXT = (".css", ".js", ".svg")
"""What gets much smaller packed; pictures and fonts are packed already."""


class Pages:
    """The files of the frontend, read once: they belong to a release and never change under it."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or next((f for f in _places() if (f / "index.html").exists()), None)
        self._files = (
            {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
            if folder is not None
            else {}
        )
        self._packed: dict[str, bytes] = {}

    @property
    def is_built(self) -> bool:
        """Whether there is anything to show."""
        return "index.html" in self._files

    def answer(self, path: str, *, packed: bool = False) -> Response[bytes]:
        """The file at this path, or the one page that shows everything else.

        With `packed`, text comes as gzip: many people open their link on a phone, and not every
        proxy packs for them.
        """
        name = path.lstrip("/")
        if name in self._files and name != "index.html":
            media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
            # Names in assets/ hold a hash of their content.
            keep = "public, max-age=31536000, immutable" if name.startswith("assets/") else "no-cache"
            headers = {"cache-control": keep}
            if not name.endswith(_TEXT):
                return Response(self._files[name], media_type=media_type, headers=headers)
            headers["vary"] = "accept-encoding"
            if not packed:
                return Response(self._files[name], media_type=media_type, headers=headers)
            headers["content-encoding"] = "gzip"
            return Response(self._gzip(name), media_type=media_type, headers=headers)
        if name.startswith(("api/", "assets/", "schema/")):
            raise Problem(404, "not-found", "There is nothing here.", "Check the address.")
        page = self._files.get("index.html", _NOT_BUILT)
        return Response(page, media_type="text/html", headers={"cache-control": "no-cache"})

    def _gzip(self, name: str) -> bytes:
        if name not in self._packed:
            self._packed[name] = gzip.compress(self._files[name], mtime=0)
        return self._packed[name]


def _places() -> tuple[Path, ...]:
    """Where a build may lie: inside an installed package, or in the checkout."""
    return _HERE / "_frontend", _HERE.parents[1] / "frontend" / "dist"


def page_routers(pages: Pages) -> list[ControllerRouterHandler]:
    """The routes of the frontend, open to anyone: the page itself holds nothing of any case."""

    @get(["/", "/{path:path}"], opt={"who": "anyone"}, include_in_schema=False, sync_to_thread=False)
    def page(request: Request[Any, Any, State], path: FromPath[str] = "") -> Response[bytes]:
        return pages.answer(path, packed="gzip" in request.headers.get("accept-encoding", ""))

    return [page]
