"""Every refusal and every fault as a problem document (RFC 9457): a code, a sentence, and what to do now.

`EXCEPTION_HANDLERS` is for the app. What nobody foresaw becomes a 500 without details, and is logged.
"""

from http import HTTPStatus
from typing import Any, Final

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, InternalServerException, SerializationException
from litestar.exceptions import ValidationException as LitestarValidation
from litestar.types import ExceptionHandlersMap

from mediation.case.refusals import Refusal
from mediation.problems import Problem, problem_document

AnyRequest = Request[Any, Any, Any]

log = structlog.get_logger(__name__)

_WORDS: Final = {
    400: ("bad-request", "The request is malformed.", "Reload the page and try again."),
    401: ("not-signed-in", "You are not signed in.", "Sign in, then try again."),
    403: ("not-open-to-you", "This is not open to you.", "Go back to your own cases."),
    404: ("not-found", "There is nothing here.", "Check the address."),
    405: ("method-not-allowed", "This address does not do that.", "Reload the page and try again."),
    413: ("too-large", "That is more than we can take in one go.", "Send less at a time."),
    415: ("not-json", "We only read JSON here.", "Send the body as JSON with Content-Type: application/json."),
    429: ("too-many-tries", "That was too often in a short time.", "Wait a little, then try again."),
    503: ("try-again", "The portal cannot answer right now.", "Nothing was lost. Try again in a moment."),
}
_UNFORESEEN: Final = (
    500,
    "something-broke",
    "Something went wrong on our side.",
    "Try again in a moment. If it stays, tell whoever runs this portal.",
)
_DATABASE_IS_AWAY: Final = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.TooManyConnectionsError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.InternalClientError,
    ConnectionError,
    TimeoutError,
)


def _answer(document: dict[str, Any], headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(
        content=msgspec.json.encode(document),
        status_code=document["status"],
        media_type="application/problem+json",
        headers=headers or {},
    )


def on_problem(_request: AnyRequest, refused: Problem) -> Response[bytes]:
    """A refusal outside the case's own rules."""
    wait = getattr(refused, "retry_after", None)
    headers = {"retry-after": str(wait)} if wait is not None else None
    document = problem_document(refused.status, refused.code, refused.title, refused.next_step, **refused.more)
    return _answer(document, headers)


def on_refusal(_request: AnyRequest, refused: Refusal) -> Response[bytes]:
    """A refusal by the rules of the case."""
    return _answer(problem_document(refused.status, refused.code, refused.title, refused.next_step))


def on_malformed(_request: AnyRequest, _fault: Exception) -> Response[bytes]:
    """A body that cannot be read at all: broken JSON, broken UTF-8, nesting without end."""
    return _answer(
        problem_document(
            400, "malformed-body", "What was sent cannot be read.", "Send valid JSON in UTF-8, not nested too deeply."
        )
    )


def _invalid(fields: list[dict[str, str]]) -> Response[bytes]:
    return _answer(
        problem_document(
            400,
            "invalid-input",
            "Something in what was sent does not fit.",
            "Correct the fields that are named, then send it again.",
            fields=fields,
        )
    )


def on_invalid(_request: AnyRequest, fault: msgspec.ValidationError) -> Response[bytes]:
    """Readable, but of the wrong shape. msgspec's sentence names types and the path, never the value."""
    return _invalid([{"field": "", "problem": str(fault)}])


def on_unstorable(_request: AnyRequest, _fault: Exception) -> Response[bytes]:
    """Text that PostgreSQL cannot keep: the net below the types, which forbid it."""
    return _invalid([{"field": "", "problem": "Contains characters that cannot be kept"}])


def on_http_exception(request: AnyRequest, fault: HTTPException) -> Response[bytes]:
    """What the framework itself refuses: no such address, wrong method, wrong fields, too large."""
    if isinstance(fault, LitestarValidation):
        extra = fault.extra if isinstance(fault.extra, list) else []
        return _invalid(
            [{"field": str(one.get("key", "")), "problem": str(one.get("message", ""))} for one in extra]
            or [{"field": "", "problem": "Does not fit"}]
        )
    if isinstance(fault.__cause__, SerializationException):
        if isinstance(fault.__cause__.__cause__, msgspec.ValidationError):
            return on_invalid(request, fault.__cause__.__cause__)
        return on_malformed(request, fault)
    if isinstance(fault, InternalServerException) and fault.detail == "client disconnected prematurely":
        return _answer(problem_document(400, *_WORDS[400]))
    if fault.status_code not in _WORDS and fault.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return on_unforeseen(request, fault)
    headers = {name: value for name, value in (fault.headers or {}).items() if name.lower() in {"allow", "retry-after"}}
    words = _WORDS.get(fault.status_code, _WORDS[400])
    return _answer(problem_document(fault.status_code, *words), headers)


def on_database_away(request: AnyRequest, fault: Exception) -> Response[bytes]:
    """The database cannot answer: nothing was lost, and trying again is right (command ids make it safe)."""
    log.warning("http.database_away", method=request.method, route=_route(request), reason=type(fault).__name__)
    return _answer(problem_document(503, *_WORDS[503]), {"retry-after": "2"})


def on_unforeseen(request: AnyRequest, fault: Exception) -> Response[bytes]:
    """A fault of ours. The log names the route's template, never the address, body or person."""
    log.error("http.unforeseen", method=request.method, route=_route(request), exc_info=fault)
    return _answer(problem_document(*_UNFORESEEN))


def _route(request: AnyRequest) -> str:
    return str(request.scope.get("path_template", ""))


EXCEPTION_HANDLERS: Final[ExceptionHandlersMap] = {
    Problem: on_problem,
    Refusal: on_refusal,
    msgspec.ValidationError: on_invalid,
    msgspec.DecodeError: on_malformed,
    SerializationException: on_malformed,
    UnicodeDecodeError: on_malformed,
    RecursionError: on_malformed,
    asyncpg.CharacterNotInRepertoireError: on_unstorable,
    asyncpg.UntranslatableCharacterError: on_unstorable,
    HTTPException: on_http_exception,
    **dict.fromkeys(_DATABASE_IS_AWAY, on_database_away),
    Exception: on_unforeseen,
}
