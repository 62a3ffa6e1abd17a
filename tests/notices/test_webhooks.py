"""Webhooks reach a receiver that is not ours, signed as the standard says, at least once, and tell of papers alone."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from hooks import Receiver, listening
from mediation import clock, db
from mediation.case import commands as c
from mediation.identity import organisations
from mediation.identity.wire import AddOrganisation
from mediation.notices.webhooks import queue
from mediation.notices.webhooks.destinations import NotAllowed, address_for, check_url, may_reach
from mediation.notices.webhooks.signing import body_of, headers_of, new_secret, shown
from mediation.notices.webhooks.worker import KEPT, LEASE, WAITS, Deliverer
from notices_town import BASE, Reachable, Town

MARK = "The-secret-word"


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening(Receiver()) as receiver:
        yield receiver


@dataclass
class Hooked:
    """A case of a business whose systems are told."""

    town: Town
    docket: Reachable
    organisation: UUID
    secret: bytes

    def deliverer(self, **more: Any) -> Deliverer:
        pool = more.pop("pool", self.town.pool)
        return Deliverer(pool, demo=True, base_url=BASE, now=self.town.time, **more)

    async def step_up(self) -> None:
        """A step is taken, and of what becomes a paper by it, that alone is to be delivered."""
        await self.docket.do("client", c.StepTier, to="management")
        async with self.town.pool.acquire() as conn:
            await conn.execute("DELETE FROM webhook_deliveries WHERE kind <> 'step-taken'")

    async def log(self) -> list[Any]:
        async with self.town.pool.acquire() as conn:
            return await conn.fetch("SELECT * FROM webhook_deliveries ORDER BY created_at, kind")


@pytest.fixture
async def hooked(town: Town, receiver: Receiver) -> Hooked:
    docket, organisation, secret = await town.case(), uuid4(), new_secret()
    lead = UUID(docket.seats["handler"].account_id)
    wanted = AddOrganisation(
        command_id=organisation.hex,
        kind="business",
        name="Example Studio",
        slug="studio",
        place="",
        email="a@b.example",
    )
    async with town.pool.acquire() as conn:
        await organisations.add(conn, organisation.hex, wanted, clock.now())
        await organisations.put_member(conn, organisation.hex, lead.hex, "lead")
        await organisations.tie(conn, docket.case_id, organisation.hex)
        await conn.execute(
            """
            INSERT INTO webhooks (organisation_id, url, secret, enabled, changed_by, changed_at)
            VALUES ($1, $2, $3, true, $4, $5)
            """,
            *(organisation, receiver.url, secret, lead, clock.now()),
        )
    return Hooked(town, docket, organisation, secret)


async def test_a_receiver_that_is_not_ours_takes_it(hooked: Hooked, receiver: Receiver) -> None:
    # Its own clock is the machine's.
    hooked.town.time.now = datetime.now(UTC).replace(microsecond=0)
    await hooked.step_up()
    assert await hooked.deliverer().look() == 1
    [(headers, body)] = receiver.got
    told = Webhook(shown(hooked.secret)).verify(body, headers)
    assert told == {
        "id": headers["webhook-id"],
        "at": told["at"],
        "kind": "step-taken",
        "case": hooked.docket.case_id,
    }
    assert datetime.fromisoformat(told["at"]) == hooked.town.time.now
    [row] = await hooked.log()
    assert (row["status"], row["tries"], row["failure"]) == (204, 1, None)
    assert row["delivered_at"] is not None


def test_what_was_changed_forged_or_is_long_past_is_refused() -> None:
    secret, now = new_secret(), datetime.now(UTC)
    body = body_of("1" * 32, now, "step-taken", None)
    receiver = Webhook(shown(secret))
    good = headers_of("1" * 32, body, [secret], now)
    assert receiver.verify(body, good)["kind"] == "step-taken"
    late = now - timedelta(minutes=6)
    for headers, sent in (
        (good, body.replace(b"step-taken", b"case-closed")),
        ({**good, "webhook-id": "2" * 32}, body),
        ({**good, "webhook-timestamp": str(int(now.timestamp()) + 1)}, body),
        (headers_of("1" * 32, body, [new_secret()], now), body),
        (headers_of("1" * 32, body, [secret], late), body),
    ):
        with pytest.raises(WebhookVerificationError):
            receiver.verify(sent, headers)


def test_while_a_secret_is_replaced_both_are_good() -> None:
    former, secret, now = new_secret(), new_secret(), datetime.now(UTC)
    body = body_of("1" * 32, now, "test", None)
    headers = headers_of("1" * 32, body, [secret, former], now)
    for key in (former, secret):
        assert Webhook(shown(key)).verify(body, headers)["kind"] == "test"


async def test_nothing_that_is_said_in_a_room_reaches_it(hooked: Hooked, receiver: Receiver) -> None:
    docket = hooked.docket
    for author, room in (("client", "joint"), ("client", "caucus-client"), ("handler", "team-business")):
        await docket.say(author, room, MARK)
    await docket.do("mediator", c.OpenCaucus, party="client", announcement=MARK)
    await docket.do("client", c.MakeOffer, room="joint", terms=MARK)
    assert await hooked.log() == []
    await docket.do("client", c.Leave)
    assert await hooked.deliverer().look() > 0
    assert {json.loads(body)["kind"] for _, body in receiver.got} <= set(queue.KINDS.values())
    for headers, body in receiver.got:
        assert set(json.loads(body)) == {"id", "at", "kind", "case"}
        assert MARK not in body.decode() + str(headers)


async def test_it_is_tried_again_over_days_under_one_id_and_then_given_up_and_said_so(
    hooked: Hooked, receiver: Receiver
) -> None:
    receiver.status = 503
    await hooked.step_up()
    await hooked.town.everybody_has_read_everything()
    started = hooked.town.time.now
    tries = 0
    while (await hooked.log())[0]["next_try_at"] is not None:
        hooked.town.time.now = (await hooked.log())[0]["next_try_at"]
        tries += await hooked.deliverer().look()
    [row] = await hooked.log()
    assert tries == row["tries"] == len(WAITS) + 1 - (started + sum(WAITS, timedelta()) >= row["give_up_at"])
    assert timedelta(days=2) < hooked.town.time.now - started < timedelta(days=5)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in receiver.got}) == tries, "each try has its own time"
    assert (row["status"], row["failed_at"] is not None) == (503, True)
    [mail] = await hooked.town.mails()
    assert mail.subject == "Your system does not take what we send it"
    assert f"{BASE}/organisations/{hooked.organisation.hex}/webhook" in mail.body


async def test_a_redirection_is_not_followed(hooked: Hooked, receiver: Receiver) -> None:
    async with listening(Receiver()) as elsewhere:
        receiver.status, receiver.location = 307, elsewhere.url
        await hooked.step_up()
        await hooked.deliverer().look()
        assert elsewhere.got == []
    [row] = await hooked.log()
    assert (row["status"], row["delivered_at"]) == (307, None)


async def test_one_that_is_gone_is_asked_no_more(hooked: Hooked, receiver: Receiver) -> None:
    receiver.status = 410
    await hooked.step_up()
    await hooked.deliverer().look()
    await hooked.docket.do("client", c.Leave)
    hooked.town.time.later(days=1)
    assert await hooked.deliverer().look() == 0
    assert len(receiver.got) == 1
    assert all(row["next_try_at"] is None for row in await hooked.log())


async def test_several_workers_deliver_each_once(hooked: Hooked, receiver: Receiver, database: str) -> None:
    async with hooked.town.pool.acquire() as conn:
        for n in range(40):
            await queue.add(conn, hooked.organisation, None, f"test-{n}", hooked.town.time.now)
    other = await db.open_pool(database, size=3)
    try:
        workers = [hooked.deliverer(), hooked.deliverer(pool=other), hooked.deliverer(), hooked.deliverer(pool=other)]
        assert sum(await asyncio.gather(*(worker.look() for worker in workers))) == 40
        for worker in workers:
            await worker.stop()
    finally:
        other.terminate()
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(receiver.got) == 40


async def test_a_worker_that_dies_while_it_delivers_leads_to_the_same_again(hooked: Hooked, receiver: Receiver) -> None:
    receiver.wait = asyncio.Event()
    await hooked.step_up()
    dying = asyncio.create_task(hooked.deliverer().look())
    await receiver.came.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    receiver.wait.set()
    assert await hooked.deliverer().look() == 0, "until its lease is over"
    hooked.town.time.now += LEASE
    assert await hooked.deliverer().look() == 1
    assert [headers["webhook-id"] for headers, _ in receiver.got] == [(await hooked.log())[0]["delivery_id"].hex] * 2
    assert (await hooked.log())[0]["delivered_at"] is not None


async def test_what_was_delivered_long_ago_is_forgotten(hooked: Hooked) -> None:
    await hooked.step_up()
    await hooked.deliverer().look()
    hooked.town.time.now += KEPT + timedelta(seconds=1)
    await hooked.deliverer().forget()
    assert await hooked.log() == []


# ── where it may lead ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
        *("", "nowhere", "1.2.3", "0x7f.1", "127.1", "2130706433"),
    ],
)
def test_no_address_of_a_private_network_is_reached(address: str) -> None:
    assert not may_reach(address, demo=False)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111"])
def test_the_open_network_is(address: str) -> None:
    assert may_reach(address, demo=False)


@pytest.mark.parametrize(
    "url",
    [
        *("http://crm.example.org/hook", "ftp://crm.example.org", "//crm.example.org", "crm.example.org", "https://"),
        *(
            "https://localhost/hook",
            "https://app.localhost",
            "https://printer.local",
            "https://db.internal",
            "https://db",
        ),
        *("https://127.0.0.1/", "https://[::1]/", "https://[fe80::1%25eth0]/", "https://169.254.169.254/latest"),
        *("https://user:word@crm.example.org/", "https://crm.example.org/#part", "https://crm.example.org:99999/"),
        *("https://crm.example.org/a b", "https://crm.exämple.org/", "https://crm.example.org/" + "x" * 500),
        *("https://crm.example.org/\r\nHost: other", "https://[::ffff:10.0.0.1]/"),
    ],
)
def test_such_an_address_is_refused_as_it_is_entered(url: str) -> None:
    with pytest.raises(NotAllowed):
        check_url(url, demo=False)


async def test_a_name_that_leads_inside_is_refused_at_every_try() -> None:
    async def inside(_host: str, _port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    async def outside(_host: str, _port: int) -> list[str]:
        return ["93.184.216.34"]

    url = "https://crm.example.org/hook"
    assert await address_for(url, demo=False, resolver=outside) == ("crm.example.org", "93.184.216.34")
    with pytest.raises(NotAllowed):
        await address_for(url, demo=False, resolver=inside)


async def test_one_that_leads_inside_by_now_gets_nothing(hooked: Hooked, receiver: Receiver) -> None:
    """Its name led outside when it was entered; it is looked at again when something is sent."""

    async def inside(_host: str, _port: int) -> list[str]:
        return ["192.168.1.1"]

    async with hooked.town.pool.acquire() as conn:
        await conn.execute("UPDATE webhooks SET url = 'https://crm.example.org/hook'")
    await hooked.step_up()
    await hooked.deliverer(resolver=inside).look()
    assert receiver.got == []
    [row] = await hooked.log()
    assert row["failure"] == "it leads into a private network"


# ── over TLS, to the very address that was looked at ────────────────────────────────────────────────────────────────


def certificate_for(name: str, folder: Path) -> Path:
    """A self-signed certificate for a name, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer, issuer, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(("name", "taken"), [("crm.example.org", True), ("other.example.org", False)])
async def test_the_certificate_is_checked_for_the_name_though_the_address_was_looked_up_before(
    hooked: Hooked, tmp_path: Path, name: str, *, taken: bool
) -> None:
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    certificate = certificate_for(name, tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=served)
    port = server.sockets[0].getsockname()[1]
    async with hooked.town.pool.acquire() as conn:
        await conn.execute("UPDATE webhooks SET url = $1", f"https://crm.example.org:{port}/hook?a=b")
    await hooked.step_up()
    client = httpx.AsyncClient(verify=trusting, trust_env=False)
    deliverer = hooked.deliverer(resolver=here, client=client)
    await deliverer.look()
    await deliverer.stop()
    server.close()
    [row] = await hooked.log()
    assert (row["delivered_at"] is not None) == bool(heard) == taken
    if taken:
        assert heard[0].startswith(b"POST /hook?a=b HTTP/1.1\r\n")
        assert f"host: crm.example.org:{port}".encode() in heard[0].lower()
