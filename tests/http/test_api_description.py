"""The OpenAPI document tells a stranger to the code what every route takes, gives and refuses."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from apps import portal_app
from way_in import settings_for


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Any]:
    async with portal_app(settings_for(tmp_path)) as app:
        yield app.openapi_schema.to_schema()


def operations(api: Any) -> dict[str, Any]:
    return {f"{method} {path}": op for path, item in api["paths"].items() for method, op in item.items()}


def test_every_route_says_what_a_refusal_looks_like_and_none_describes_the_frameworks_own(api: Any) -> None:
    for name, operation in operations(api).items():
        assert set(operation["responses"]["default"]["content"]) == {"application/problem+json"}, name
        assert "400" not in operation["responses"], name
    assert api["components"]["schemas"]["Problem"]["required"] == ["type", "status", "code", "title", "next"]


def test_every_route_says_whether_it_needs_a_session(api: Any) -> None:
    described = operations(api)
    assert described["post /api/sign-in"]["security"] == []
    assert described["get /api/me"]["security"] == [{"session": []}]
    assert all("security" in operation for operation in described.values())
    assert api["components"]["securitySchemes"]["session"]["name"] == "__Host-mediation"


def test_every_operation_has_a_name_of_its_own(api: Any) -> None:
    names = [operation["operationId"] for operation in operations(api).values()]
    assert len(names) == len(set(names))
