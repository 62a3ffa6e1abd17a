"""A body that is sent for saving, piece by piece, to a reader who keeps taking them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Final

import structlog
from litestar import Response
from litestar.types import Receive, Scope, Send

from mediation.storage import NoSuchPart, StoreAway

log = structlog.get_logger(__name__)

_SLICE: Final = 1 << 16
_PATIENCE = timedelta(seconds=30)  # with a reader who takes nothing of a slice: slower than 2 kB a second
_LONGEST: Final = timedelta(hours=1)
SHUT_IN: Final = {
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
"""What keeps a file from doing anything in a browser, should one open it in spite of all."""


class Attachment(Response[bytes]):
    """`pieces` on their way, `size` bytes of them. A reader who stops taking them, or takes all day, is let go."""

    def __init__(self, pieces: AsyncIterator[bytes], *, size: int, media_type: str, disposition: str) -> None:
        headers = {"content-disposition": disposition, "content-length": str(size), **SHUT_IN}
        super().__init__(b"", media_type=media_type, headers=headers)
        self._pieces = pieces

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:  # noqa: ANN401 - the framework's own signature is longer
        """What the framework calls to send it."""
        return self._send

    async def _send(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        fields = {"content-type": str(self.media_type), **{k: str(v) for k, v in self.headers.items()}}
        headers = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        try:
            async with asyncio.timeout(_LONGEST.total_seconds()):
                async for piece in self._pieces:
                    for start in range(0, len(piece), _SLICE):
                        body = piece[start : start + _SLICE]
                        async with asyncio.timeout(_PATIENCE.total_seconds()):
                            await send({"type": "http.response.body", "body": body, "more_body": True})
        except (TimeoutError, NoSuchPart, StoreAway) as cut:
            # Fewer bytes than were promised: the browser shows a download that failed, never half a file as a whole.
            log.warning("attachment.cut", kind=type(cut).__name__)
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})
