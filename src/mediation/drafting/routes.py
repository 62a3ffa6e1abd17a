"""The websocket of a case's documents."""

from typing import Any, Final

from litestar import WebSocket, websocket
from litestar.types import ControllerRouterHandler

from mediation.drafting import reading
from mediation.drafting.documents import Documents
from mediation.drafting.session import Session
from mediation.identity.guards import seat_of
from mediation.identity.live_sessions import Close, LiveSessions

UNAUTHORIZED: Final = 4401


@websocket("/cases/{case_id:str}/documents", opt={"who": "seat"})
async def edit_documents(socket: WebSocket[Any, Any, Any]) -> None:
    """Serve the Hocuspocus protocol to a person on the case; the app's state holds `documents` and `live_sessions`."""
    documents: Documents = socket.app.state.documents
    live: LiveSessions | None = socket.app.state.get("live_sessions")
    signed_in = socket.scope["state"].get("session")

    def register(session: Session) -> Close:
        if live is None or signed_in is None:
            return lambda: None
        return live.register(signed_in.session_id, lambda: session.close(UNAUTHORIZED, "session-ended"))

    await socket.accept()
    await documents.serve(seat_of(socket), socket.receive, socket.send, register)


routers: Final[list[ControllerRouterHandler]] = [edit_documents, *reading.routers]
