"""What the OpenAPI document says about every route alike: who may use it, and what a refusal looks like.

The framework describes the errors it would send by itself; ours are problem documents (`mediation.http_errors`).
"""

from typing import Final

from litestar import Litestar
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    PathItem,
    Reference,
    Schema,
    SecurityScheme,
)

from mediation.identity.guards import ANYONE, DEMO, declared_who
from mediation.identity.sessions import COOKIE

_TEXT: Final = Schema(type=OpenAPIType.STRING)
_PROBLEM: Final = Schema(
    title="Problem",
    description="A refusal (RFC 9457): a stable code, a sentence, and what to do now.",
    type=OpenAPIType.OBJECT,
    required=["type", "status", "code", "title", "next"],
    properties={
        "type": _TEXT,
        "status": Schema(type=OpenAPIType.INTEGER),
        "code": _TEXT,
        "title": _TEXT,
        "next": _TEXT,
        "tries_left": Schema(
            description="With `code-wrong`: how often this code can still be tried.", type=OpenAPIType.INTEGER
        ),
        "fields": Schema(
            description="With `invalid-input`: which fields do not fit, and why.",
            type=OpenAPIType.ARRAY,
            items=Schema(
                type=OpenAPIType.OBJECT, required=["field", "problem"], properties={"field": _TEXT, "problem": _TEXT}
            ),
        ),
    },
)
_REFUSED: Final = OpenAPIResponse(
    description="Refused, as a problem document.",
    content={"application/problem+json": OpenAPIMediaType(schema=Reference(ref="#/components/schemas/Problem"))},
)


def describe(app: Litestar) -> None:
    """Complete the app's OpenAPI document; call it once, when every route is registered."""
    api = app.openapi_schema
    components = api.components
    # The framework keeps the addresses of a route in a set; sorted, the document is the same at every start.
    api.paths = dict(sorted((api.paths or {}).items()))
    components.schemas = dict(sorted({**components.schemas, "Problem": _PROBLEM}.items()))
    components.security_schemes = {
        "session": SecurityScheme(type="apiKey", security_scheme_in="cookie", name=COOKIE),
    }
    open_routes = {
        (route.path_format, str(method))
        for route in app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods
        if declared_who(handler) in {ANYONE, DEMO}
    }
    for path, item in api.paths.items():
        for method, operation in _operations(item):
            operation.responses = {**(operation.responses or {}), "default": _REFUSED}
            operation.responses.pop("400", None)
            operation.security = [] if (path, method) in open_routes else [{"session": []}]


def _operations(item: PathItem) -> list[tuple[str, Operation]]:
    methods = {"GET": item.get, "PUT": item.put, "POST": item.post, "DELETE": item.delete, "PATCH": item.patch}
    return [(method, operation) for method, operation in methods.items() if operation is not None]
