"""Code guessing against two running portals that share a database: five tries between them."""

import asyncio
import uuid
from collections import Counter
from collections.abc import Callable

import httpx

from mail_server import MailServer, mail_server
from portal_process import Portal
from way_in import code_in


async def test_two_portals_between_them_give_a_guesser_five_tries(start_portal: Callable[..., Portal]) -> None:
    with mail_server() as mail:
        one, two = [
            await asyncio.to_thread(start_portal, MEDIATION_SMTP=f"smtp://localhost:{mail.port}") for _ in range(2)
        ]
        await _guess(one, two, mail)


async def _guess(one: Portal, two: Portal, mail: MailServer) -> None:
    case = await asyncio.to_thread(one.demo)
    [handler] = [person for person in case["people"] if person["role"] == "handler"]
    async with httpx.AsyncClient(base_url=one.url) as here, httpx.AsyncClient(base_url=two.url) as there:
        made = await here.post(
            f"/api/cases/{case['case']}/invitations",
            json={"command_id": uuid.uuid4().hex, "role": "counsel", "party": "business", "email": "cara@example.org"},
            headers={"cookie": handler["cookie"]},
        )
        token = made.json()["link"].partition("#")[2]
        assert (await there.post("/api/invitations/code", json={"token": token})).status_code == 202
        await asyncio.to_thread(mail.wait_until, lambda: any("code:" in one.get_content() for one in mail.mails))
        [code] = [code_in(one) for one in mail.mails if "code:" in one.get_content()]
        wrong = [f"{(int(code) + 1 + n) % 1_000_000:06d}" for n in range(40)]
        answers = await asyncio.gather(
            *(
                (here, there)[n % 2].post("/api/invitations/verify", json={"token": token, "code": guess})
                for n, guess in enumerate(wrong)
            )
        )
        assert Counter(answer.status_code for answer in answers) == {422: 5, 429: 35}
        for portal in (here, there):
            late = await portal.post("/api/invitations/verify", json={"token": token, "code": code})
            assert (late.status_code, late.json()["code"]) == (429, "too-many-tries")
