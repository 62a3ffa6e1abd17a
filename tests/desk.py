"""Where files are handed in and taken out: a portal over real sockets, and people who send files to it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from litestar import Litestar

from office import Docket

PIECE = 1 << 20


@dataclass
class Desk:
    """Where files are handed in and taken out, by nickname."""

    app: Litestar
    docket: Docket
    http: httpx.AsyncClient
    port: int
    folder: Path
    """Where the bytes lie."""

    async def ask(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**await self.docket.cookie(who), **more.pop("headers", {})}
        return await self.http.request(method, f"/api/cases/{self.docket.case_id}{path}", headers=headers, **more)

    async def begin(self, who: str, room: str, size: int, **fields: Any) -> httpx.Response:
        body = {
            "command_id": uuid4().hex,
            "room": room,
            "name": "contract.pdf",
            "size": size,
            "origin": "existed-before",
            **fields,
        }
        return await self.ask(who, "POST", "/uploads", json=body)

    async def piece(self, who: str, upload: str, offset: int, content: bytes) -> httpx.Response:
        return await self.ask(
            who,
            "PUT",
            f"/uploads/{upload}?offset={offset}",
            content=content,
            headers={"content-type": "application/octet-stream"},
        )

    async def finish(self, who: str, upload: str, content: bytes, command_id: str | None = None) -> httpx.Response:
        body = {"command_id": command_id or uuid4().hex, "upload": upload, "sha256": sha256(content)}
        return await self.ask(who, "POST", "/files", json=body)

    async def send(self, who: str, room: str, content: bytes, **fields: Any) -> str:
        """Send a whole file; returns its id."""
        begun = await self.begin(who, room, len(content), **fields)
        assert begun.status_code == 201, begun.text
        upload = begun.json()["upload"]
        for offset in range(0, len(content), PIECE):
            sent = await self.piece(who, upload, offset, content[offset : offset + PIECE])
            assert sent.json() == {"received": min(offset + PIECE, len(content))}
        done = await self.finish(who, upload, content)
        assert done.status_code == 201, done.text
        return str(done.json()["file"])

    async def fetch(self, who: str, file: str) -> httpx.Response:
        return await self.ask(who, "GET", f"/files/{file}")

    async def preview(self, who: str, file: str, page: int = 1) -> httpx.Response:
        return await self.ask(who, "GET", f"/files/{file}/preview?page={page}")

    async def files(self, who: str) -> list[dict[str, Any]]:
        """The files that somebody sees."""
        return list((await self.ask(who, "GET", "")).json()["files"])

    async def withdraw(self, who: str, room: str, file: str) -> httpx.Response:
        body = {"command_id": uuid4().hex, "room": room, "file": file}
        return await self.ask(who, "POST", "/file-withdrawals", json=body)

    def stored(self) -> list[Path]:
        """Everything that lies in the store."""
        return [path for path in self.folder.rglob("*") if path.is_file()]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
