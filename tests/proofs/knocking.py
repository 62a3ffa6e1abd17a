"""Knocking at the routes of a portal: who comes, with what, and what they are told."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple, cast

import httpx
import websockets

from casebook import opening
from mediation import clock
from mediation.case import commands as c
from proofs.asking import Ask
from proofs.disputes import SEATED, Dispute, open_dispute
from proofs.matrix import TABLE
from proofs.whole_portal import WholePortal, numbered


class Answer(NamedTuple):
    """What came back, without what differs by itself."""

    mark: str
    told: str


def table() -> dict[str, str]:
    """The marks of each route, in the order of CALLERS."""
    lines: dict[str, str] = {}
    for line in TABLE.strip().splitlines():
        if line.strip() and not line.startswith("#"):
            route, marks = re.split(r" {2,}", line.strip(), maxsplit=1)
            assert route not in lines, f"two lines for {route}"
            lines[route] = "".join(marks.split())
    return lines


def routes_of(portal: WholePortal) -> set[str]:
    found = set()
    for route in portal.app.routes:
        for handler in getattr(route, "route_handlers", None) or [cast("Any", route).route_handler]:
            for method in getattr(handler, "http_methods", ["SOCKET"]):
                if str(getattr(method, "value", method)) != "OPTIONS":
                    found.add(f"{getattr(method, 'value', method)} {route.path}")
    return found


def mark_of(status: int, code: str) -> str:
    """The mark that the table would have for an answer; anything else is shown as it is."""
    if status == 401 and code == "not-signed-in":
        return "?"
    if code in {"not-on-this-case", "not-open-to-you"} and status == 403:
        return "x"
    if status == 404:
        return "0"
    if status == 403:
        return "-"
    # A portal without a frontend says that it is not ready, without a problem: anybody may know that.
    if status in {400, 405, 413, 415} or (status >= 500 and not (status == 503 and not code)):
        return f"{status} {code}"
    return "+"


async def send(portal: WholePortal, route: str, path: str, what: Ask, headers: Mapping[str, str]) -> Answer:
    method = route.partition(" ")[0]
    if method == "SOCKET":
        return await knock(portal, path, headers)
    kind = {"content-type": "application/octet-stream"} if what.content is not None else {}
    body: dict[str, Any] = {"json": what.json} if what.json is not None else {"content": what.content}
    answer = await portal.http.request(method, path + what.query, headers={**headers, **kind}, **body)
    return _answer(answer.status_code, answer)


def _answer(status: int, answer: httpx.Response) -> Answer:
    is_problem = answer.headers.get("content-type") == "application/problem+json"
    mark = mark_of(status, answer.json()["code"] if is_problem else "")
    kept = {name: value for name, value in answer.headers.items() if name not in {"date", "set-cookie"}}
    return Answer(mark, f"{status} {kept} {answer.text if is_problem else ''}")


async def knock(portal: WholePortal, path: str, headers: Mapping[str, str]) -> Answer:
    try:
        async with websockets.connect(
            f"ws://127.0.0.1:{portal.port}{path}", additional_headers=headers, proxy=None, close_timeout=1
        ):
            return Answer("+", "")
    except websockets.InvalidStatus as refused:
        body = (refused.response.body or b"").decode()
        code = re.search(r'"code":"([a-z-]+)"', body)
        return Answer(mark_of(refused.response.status_code, code[1] if code else ""), body)


class Callers:
    """Everybody of the table: their accounts, and a header that signs each in."""

    def __init__(self, portal: WholePortal) -> None:
        self.portal = portal
        self.accounts: dict[str, str] = {}

    async def arrive(self) -> "Callers":
        for who in (*SEATED, "other mediator", "of another case", "administrator"):
            kind = "guest" if who in {"client", "companion", "of another case"} else "staff"
            self.accounts[who] = await self.portal.account(who, kind)
        await self.portal.owner.execute(
            "UPDATE accounts SET administrator = true WHERE account_id = $1::text::uuid", self.accounts["administrator"]
        )
        await self._make_a_business()
        await self._open_another_case()
        return self

    async def _make_a_business(self) -> None:
        """A business with a page of its own, on which clients open disputes."""
        body = {"command_id": numbered("made", "business"), "kind": "business", "name": "Example Studio"}
        body |= {"slug": "example-studio", "email": "office@studio.example"}
        header = await self.header("administrator")
        answer = await self.portal.http.post("/api/admin/organisations", json=body, headers=header)
        assert answer.status_code == 201, answer.text

    async def _open_another_case(self) -> None:
        """A dispute of others: being on one case opens no other."""
        mediator = self.accounts["other mediator"]
        command = opening(numbered("dispute", "of others"), opener="mediator")
        case_id, _ = await self.portal.casework.open(mediator, "Other mediator", command, clock.now())
        client = c.JoinCase(name="Client of others", role="principal", party="client")
        await self.portal.join(case_id, self.accounts["of another case"], numbered("participant", "of others"), client)

    async def header(self, caller: str) -> dict[str, str]:
        """A session of their own: some routes end the one they are asked with."""
        if caller == "anonymous":
            return {}
        if caller == "ended session":
            header = await self.portal.session(self.accounts["handler"])
            assert (await self.portal.http.post("/api/sign-out", headers=header)).status_code == 204
            return header
        return await self.portal.session(self.accounts[caller])


async def disputes_for_all(callers: Callers) -> dict[str, Dispute]:
    """A dispute for each caller who may change one, so that none finds what another left; one for all the others."""
    people = {who: callers.accounts[who] for who in SEATED}
    own = {who: await open_dispute(callers.portal, people, n, busy=False) for n, who in enumerate(SEATED)}
    return defaultdict(lambda: own["removed"], own)


async def a_busy_dispute(callers: Callers) -> Dispute:
    """The same people at a dispute in which more is said in private."""
    return await open_dispute(callers.portal, {who: callers.accounts[who] for who in SEATED}, 100, busy=True)


def path_of(route: str, case_id: str, what: Ask) -> str:
    template = route.partition(" #")[0].partition(" ")[2]
    for name, value in {"case_id": case_id, **what.fill}.items():
        template = re.sub(rf"\{{{name}:\w+\}}", value, template)
    assert "{" not in template, f"Tell tests/proofs/asking.py what goes into {template}."
    return template
