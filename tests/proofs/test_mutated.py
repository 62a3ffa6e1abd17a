"""Frames and bodies with damage in them, at every door of the whole portal: no 500, nothing told, and life goes on."""

import contextlib
import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import websockets

from feeds import watching
from mediation.drafting import wire
from mediation.identity import limits
from proofs.asking import CASE, ask
from proofs.disputes import MARKER, SEATED, open_dispute
from proofs.knocking import Callers, path_of, table
from proofs.whole_portal import WholePortal, numbered, whole_portal

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
MUTATED = int(os.environ.get("MEDIATION_SOAK_FRAMES") or (500_000 if IS_SOAK else 300))
BITS = (
    *(
        b'"',
        b"\\",
        b"{",
        b"}",
        b"[[[[",
        b",",
        b":",
        b"\x00",
        b"\xff",
        b"\xf0\x9f",
        b"\\ud83d",
        b"1e999",
        b"-1",
        b"null",
    ),
    *(
        b"\x80\x80\x80\x80\x10",
        b"\xff\xff\xff\xff\x0f",
        b"papers",
        b"caucus-business",
        b"9007199254740993",
        b"[" * 3000,
    ),
)
# They end a seat, a session or the case, after which everything is refused for that alone.
ENDING = (
    *("departures", "endings", "closings", "mediator-refusals", "removals", "sign-out", "end-others", "pauses"),
    *("password", "authority-declarations"),
)
HELLO, TYPING = '{"type":"hello","since":{"joint":1,"talks":0}}', '{"type":"typing","room":"joint"}'
DOCUMENT = wire.prefix("settlement.1")
TOKEN = DOCUMENT + bytes([wire.Type.AUTH, 0]) + wire.var_string("") + wire.var_string("4.8.0")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The same with one to four damages."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at:at] = chance.choice(BITS)
            case 1:
                del data[at : at + chance.randint(1, 8)]
            case 2 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 3:
                data[at : at + chance.randint(0, 6)] = data[: chance.randint(0, len(data))]
            case _:
                data[at : at + 1] = chance.choice(BITS)
    return bytes(data)


class Vandal:
    """Somebody of the client's side who sends nonsense, and must hear nothing of the business's private rooms."""

    def __init__(self, portal: WholePortal, case_id: str, chance: random.Random, header: dict[str, str]) -> None:
        self.portal, self.case_id, self.chance, self.header = portal, case_id, chance, header
        self.outcomes: Counter[str] = Counter()

    def heard(self, what: bytes | str, sent: object) -> None:
        text = what if isinstance(what, bytes) else what.encode()
        assert f"{MARKER} of the business".encode() not in text, sent
        assert f"{MARKER} of the team of the business".encode() not in text, sent

    async def send_body(self, method: str, path: str, body: bytes) -> None:
        headers = {**self.header, "content-type": "application/json"}
        answer = await self.portal.http.request(method, path, content=body, headers=headers)
        assert answer.status_code < 500, (method, path, body, answer.text)
        self.heard(answer.content, body)
        self.outcomes[str(answer.status_code)] += 1

    async def send_to_feed(self) -> None:
        frames = [HELLO.encode(), TYPING.encode()]
        changed = self.chance.randrange(2)
        frames[changed] = mutated(frames[changed], self.chance)
        as_text = self.chance.random() < 0.8
        sent: list[str | bytes] = [f.decode("utf-8", "replace") if as_text else f for f in frames]
        await self._send("feed", sent, last='{"type":"ping"}', answer='{"type":"pong"}')

    async def send_to_documents(self) -> None:
        frames = [TOKEN, wire.state(DOCUMENT, b"\0"), wire.update(DOCUMENT, b"\0\0"), wire.awareness(DOCUMENT, b"\0")]
        changed = self.chance.randrange(len(frames))
        frames[changed] = mutated(frames[changed], self.chance)
        await self._send("documents", [*frames], last=wire.PING, answer=wire.PONG)

    async def _send(self, where: str, frames: list[Any], *, last: str | bytes, answer: str | bytes) -> None:
        url = f"ws://127.0.0.1:{self.portal.port}/api/cases/{self.case_id}/{where}"
        async with websockets.connect(url, additional_headers=self.header, proxy=None, close_timeout=1) as socket:
            with contextlib.suppress(websockets.ConnectionClosed):
                for frame in (*frames, last):
                    await socket.send(frame)
                while (heard := await socket.recv()) != answer:
                    self.heard(heard, frames)
                self.outcomes[f"{where} open"] += 1
                return
        # 1011 and 4500 would be faults of ours; a client that breaks the rules is told so.
        assert socket.close_code not in {1011, 4500, 1006, None}, (where, frames, socket.close_reason)
        self.outcomes[f"{where} {socket.close_code}"] += 1


@pytest.mark.soak
@pytest.mark.timeout(14_400 if IS_SOAK else 120)
async def test_no_damaged_frame_or_body_breaks_anything_or_is_told_of_other_rooms(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = int(os.environ.get("MEDIATION_SEED", "0")) or (random.randrange(1 << 32) if IS_SOAK else 7)
    chance = random.Random(seed)

    async def spend_nothing(*_asked: object, **_more: object) -> None:
        """How often somebody may is tested elsewhere; here it would only keep the damage out."""

    for name in ("spend", "spend_for"):
        monkeypatch.setattr(limits, name, spend_nothing)
    async with whole_portal(database, tmp_path) as portal:
        callers = await Callers(portal).arrive()
        dispute = await open_dispute(portal, {who: callers.accounts[who] for who in SEATED}, 1, busy=False)
        header = await portal.session(dispute.seats["client"].account_id)
        vandal = Vandal(portal, dispute.case_id, chance, header)
        routes = [r for r in sorted(table()) if r[:4] in {"POST", "PUT "} and not r.endswith(ENDING)]
        bodies = [(r, ask(r, dispute, "0" * 32)) for r in routes if CASE in r or chance.random() < 0.5]
        bodies = [(route, what) for route, what in bodies if what.json is not None]
        for n in range(MUTATED):
            match n % 4:
                case 0:
                    await vandal.send_to_feed()
                case 1:
                    await vandal.send_to_documents()
                case _:
                    route, what = chance.choice(bodies)
                    body = json.dumps(what.json).replace("0" * 32, numbered("damaged", n))
                    path = path_of(route, dispute.case_id, what)
                    await vandal.send_body(route.split()[0], path, mutated(body.encode(), chance))
        # Life goes on: somebody else comes, and reads what is said then.
        other = await portal.session(dispute.seats["handler"].account_id)
        async with watching(portal.port, dispute.case_id, other) as feed:
            words = {"command_id": portal.new_id(), "room": "joint", "text": "Life goes on."}
            said = await portal.http.post(f"/api/cases/{dispute.case_id}/messages", json=words, headers=other)
            assert said.status_code == 201, said.text
            await feed.until_said("Life goes on.")
    print(f"\nsoak: {MUTATED} damaged frames and bodies, seed {seed}: {dict(sorted(vandal.outcomes.items()))}")
