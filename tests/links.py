"""Coming with the link of an invitation, as a browser does: looking, typing the code, accepting."""

from typing import Any

import httpx

from way_in import WayIn, new_id

DANA = "dana@example.org"


async def ask(way_in: WayIn, what: str, token: str, headers: Any = None, **more: Any) -> httpx.Response:
    return await way_in.http.post(f"/api/invitations/{what}", json={"token": token, **more}, headers=headers)


async def accept(way_in: WayIn, token: str, name: str = "Dana", headers: Any = None) -> httpx.Response:
    return await ask(way_in, "accept", token, headers, name=name, command_id=new_id())


async def come_in(way_in: WayIn, token: str, name: str = "Dana", address: str = DANA) -> httpx.Response:
    """Type the code and accept, in a browser that is signed in as nobody."""
    answer = await accept(way_in, token, name, await way_in.visit(token, address))
    assert answer.status_code == 200, answer.text
    return answer


def one_browser(*headers: dict[str, str]) -> dict[str, str]:
    return {"cookie": "; ".join(one["cookie"] for one in headers)}


def refusal(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]
