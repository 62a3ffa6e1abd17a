"""Whatever is sent, the answer is a problem document with a code and a next step, and never a 500."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from way_in import WayIn

JSON = {"content-type": "application/json"}


def is_problem(answer: Any, status: int, code: str) -> bool:
    document = answer.json()
    return (
        answer.headers["content-type"] == "application/problem+json"
        and (answer.status_code, document["status"], document["code"]) == (status, status, code)
        and document["type"] == "about:blank"
        and bool(document["title"])
        and bool(document["next"])
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nothing",
        b'{"text":"a"} x',
        b'{"text":"\xff\xfe"}',
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"text":"\\ud800"}',
    ],
    ids=["empty", "cut", "word", "trailing", "bad UTF-8", "UTF-16", "nested", "half a pair"],
)
async def test_a_body_that_cannot_be_read_is_refused(way_in: WayIn, body: bytes) -> None:
    answer = await way_in.http.post("/api/said", content=body, headers=JSON)
    assert is_problem(answer, 400, "malformed-body") or (body == b"" and is_problem(answer, 400, "invalid-input"))


@pytest.mark.parametrize(
    "body",
    [
        [],
        None,
        "text",
        {},
        {"text": 5},
        {"text": None},
        {"text": ""},
        {"text": "x" * 201},
        {"text": "a\u0000b"},
        {"text": "a\u001bb"},
        {"text": "a", "more": 1},
        {"text": "a", "amount": {"minor": 0.5, "currency": "EUR"}},
        {"text": "a", "amount": {"minor": 10**30, "currency": "EUR"}},
        {"text": "a", "amount": {"minor": -1, "currency": "EUR"}},
        {"text": "a", "amount": {"minor": "1", "currency": ["EUR"]}},
        {"text": "a", "amount": {"minor": 1, "currency": "euro"}},
    ],
    ids=str,
)
async def test_a_body_of_the_wrong_shape_is_refused_and_the_field_is_named(way_in: WayIn, body: Any) -> None:
    answer = await way_in.http.post("/api/said", json=body)
    assert is_problem(answer, 400, "invalid-input")
    assert all(set(field) == {"field", "problem"} for field in answer.json()["fields"])


async def test_every_route_that_takes_a_body_refuses_what_is_none(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    bodies = (b"[" * 100_000, b'{"a":"\xff"}', b"{}", b"[]", b"null", b'{"token":"\\u0000"}', b'{"token":5}')
    for path in (
        "/api/sign-in",
        "/api/password-resets",
        "/api/password-resets/use",
        "/api/invitations/preview",
        "/api/invitations/first-page",
        "/api/invitations/accept",
        "/api/invitations/decline",
        "/api/invitations/code",
        "/api/invitations/verify",
        f"/api/cases/{case_id}/invitations",
        "/api/intake/example-studio/code",
        "/api/intake/example-studio",
        f"/api/intake-queue/{case_id}/take",
    ):
        for body in bodies:
            answer = await way_in.http.post(path, content=body, headers={**JSON, **mira.cookie})
            assert answer.status_code in {400, 404}, (path, body[:20], answer.text)
            assert is_problem(answer, answer.status_code, answer.json()["code"])


async def test_what_is_not_json_is_refused_because_other_sites_can_send_it(way_in: WayIn) -> None:
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        answer = await way_in.http.post(
            "/api/said", content=b'{"text":"a"}', headers={"content-type": media_type} if media_type else {}
        )
        assert is_problem(answer, 415, "not-json"), media_type


async def test_a_body_that_announces_too_much_is_refused_unread(way_in: WayIn) -> None:
    was_read = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal was_read
        was_read = True
        yield b"x"

    answer = await way_in.http.post("/api/said", content=body(), headers={**JSON, "content-length": str(1 << 21)})
    assert is_problem(answer, 413, "too-large")
    assert not was_read


async def test_a_body_that_does_not_say_its_size_is_cut_off(way_in: WayIn) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65_536

    answer = await way_in.http.post("/api/said", content=endless(), headers=JSON)
    assert is_problem(answer, 413, "too-large")


async def test_a_size_that_is_no_number_is_refused(way_in: WayIn) -> None:
    answer = await way_in.http.post("/api/said", content=b"{}", headers={**JSON, "content-length": "many"})
    assert is_problem(answer, 400, "bad-request")


async def test_addresses_that_are_none_and_methods_that_do_not_fit(way_in: WayIn) -> None:
    assert is_problem(await way_in.http.get("/api/nothing"), 404, "not-found")
    assert is_problem(await way_in.http.get("/api/cases/%ff%00/x/y/z"), 404, "not-found")
    wrong = await way_in.http.put("/api/said", json={})
    assert is_problem(wrong, 405, "method-not-allowed")
    assert "POST" in wrong.headers["allow"]


async def test_a_fault_of_ours_says_nothing_about_itself(way_in: WayIn) -> None:
    answer = await way_in.http.get("/api/broken")
    assert is_problem(answer, 500, "something-broke")
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text
