"""Mail goes out after its transaction, through a real server, at least once and under one Message-ID."""

import asyncio
import datetime as dt
import os
import signal
import ssl
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mail_server import MailServer, mail_server
from mediation import clock, db, outbox
from mediation.bus import Bus
from mediation.db import Pool
from mediation.mail import texts
from mediation.mail.message import Message
from mediation.mail.postman import Postman, SmtpPostman, postman_of
from mediation.outbox import GIVE_UP_AFTER, LEASE, WAITS, Outbox
from mediation.settings import Settings, SmtpServer
from portal_process import Portal, free_port

SENDER = "Example Mediation <mediation@example.org>"


class Quiet:
    """No bus: these tests look by themselves."""

    def publish(self, _hint: dict[str, Any]) -> None:
        """Nobody listens."""

    def listen(self, _topic: str, _listener: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
        """Nothing is ever said."""
        return lambda: None


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Lets time pass: `later(timedelta(minutes=1))`."""
    passed = timedelta()
    real = clock.now

    def go_on(span: timedelta) -> None:
        nonlocal passed
        passed += span

    monkeypatch.setattr(clock, "now", lambda: real() + passed)
    return go_on


def smtp(port: int, **more: Any) -> SmtpPostman:
    return SmtpPostman(SmtpServer(**{"host": "localhost", "port": port, "security": "none", **more}), SENDER)


def outbox_of(pool: Pool, postman: Postman) -> Outbox:
    return Outbox(pool, Quiet(), postman)


def to(address: str = "dana@example.org") -> Message:
    return texts.code(address, "de", "123456", 10)


async def put(pool: Pool, message: Message, **more: Any) -> str:
    async with pool.acquire() as conn, conn.transaction():
        return await outbox.put(conn, message, clock.now(), **more)


def certificate_for_localhost(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


async def row_of(pool: Pool, mail_id: str) -> Any:
    return await pool.fetchrow("SELECT * FROM outbox WHERE mail_id = $1", mail_id)


async def test_a_mail_arrives_as_it_was_written_and_is_erased_here(pool: Pool, server: MailServer) -> None:
    until = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    message = texts.invitation("dana@example.org", "de", "Bürgermühle", "quality", "https://p.example/join#T", until)
    mail_id = await put(pool, message)
    assert await outbox_of(pool, smtp(server.port)).send_due() == 1
    [mail] = server.mails
    assert mail["Message-ID"] == f"<{mail_id}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (mail["From"], mail["To"]) == (SENDER, "dana@example.org")
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail["Content-Language"] == "de"
    assert mail.get_content().startswith("Bürgermühle lädt Sie zu einem Gespräch ein")
    assert "https://p.example/join#T" in mail.get_content()
    assert server.recipients == ["dana@example.org"]
    row = await row_of(pool, mail_id)
    assert row["sent_at"] is not None
    assert row["message"] is None
    assert "dana" not in str(dict(row))


async def test_a_transaction_that_fails_mails_nothing(pool: Pool, server: MailServer) -> None:
    async def fail() -> None:
        async with pool.acquire() as conn, conn.transaction():
            await outbox.put(conn, to(), clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await outbox_of(pool, smtp(server.port)).send_due() == 0


async def test_two_workers_send_each_mail_once(database: str, pool: Pool, server: MailServer) -> None:
    other = await db.open_pool(database, size=5)
    try:
        sent = {await put(pool, to(f"p{n}@example.org")) for n in range(40)}
        workers = [outbox_of(each, smtp(server.port)) for each in (pool, other, pool, other)]
        tried = await asyncio.gather(*(worker.send_due() for worker in workers))
    finally:
        other.terminate()
    assert sum(tried) == 40
    assert sorted(server.ids) == sorted(f"<{mail_id}@example.org>" for mail_id in sent)


async def test_a_worker_that_dies_between_sending_and_noting_it_leads_to_the_same_mail_again(
    pool: Pool, server: MailServer, later: Callable[[timedelta], None]
) -> None:
    taken = asyncio.Event()

    class Dies:
        """Hands the mail in, and is gone before it can say so."""

        async def carry(self, message: Message, mail_id: str, at: dt.datetime) -> None:
            await smtp(server.port).carry(message, mail_id, at)
            taken.set()
            await asyncio.Event().wait()

    await put(pool, to())
    dying = asyncio.create_task(outbox_of(pool, Dies()).send_due())
    await taken.wait()
    dying.cancel()
    survivor = outbox_of(pool, smtp(server.port))
    assert await survivor.send_due() == 0, "its lease keeps the others off"
    later(LEASE)
    assert await survivor.send_due() == 1
    assert len(server.ids) == 2
    assert len(set(server.ids)) == 1
    assert await survivor.send_due() == 0


async def test_a_portal_killed_while_the_server_takes_the_mail_sends_it_again_under_the_same_id(
    start_portal: Callable[..., Portal], database: str, pool: Pool, server: MailServer
) -> None:
    """The server has the mail; the portal never learns it."""
    portal = await asyncio.to_thread(start_portal, demo=False, MEDIATION_SMTP=f"smtp://localhost:{server.port}")
    bus, process = Bus(database), portal.pid
    await bus.start()
    server.on_mail = lambda: os.kill(process, signal.SIGKILL)
    mail_id = await put(pool, to())
    bus.publish({"mail": True})
    await asyncio.to_thread(server.wait_for, 1)
    await asyncio.to_thread(portal.kill)
    await bus.stop()
    server.on_mail = None
    row = await row_of(pool, mail_id)
    assert row["sent_at"] is None
    assert row["message"] is not None
    await pool.execute("UPDATE outbox SET next_try_at = $1", clock.now())
    await asyncio.to_thread(portal.start)
    await asyncio.to_thread(server.wait_for, 2)
    assert len(set(server.ids)) == 1
    assert await asyncio.to_thread(portal.stop) is not None


async def test_a_server_that_is_away_is_tried_again_with_growing_waits(
    pool: Pool, later: Callable[[timedelta], None]
) -> None:
    port = free_port()
    box, mail_id = outbox_of(pool, smtp(port)), await put(pool, to())
    waits = []
    for _ in range(4):
        assert await box.send_due() == 1
        row = await row_of(pool, mail_id)
        assert row["failed_at"] is None
        waits.append(row["next_try_at"] - clock.now())
        assert await box.send_due() == 0, "not before its time"
        later(waits[-1] + timedelta(seconds=1))
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]
    with mail_server(port) as server:
        assert await box.send_due() == 1
        assert server.ids == [f"<{mail_id}@example.org>"]


async def test_it_gives_up_after_some_days_and_says_so(
    pool: Pool, later: Callable[[timedelta], None], capsys: pytest.CaptureFixture[str]
) -> None:
    box, mail_id = outbox_of(pool, smtp(free_port())), await put(pool, to())
    for wait in WAITS:
        assert await box.send_due() == 1
        later(wait)
    later(GIVE_UP_AFTER)
    assert (await row_of(pool, mail_id))["failed_at"] is None
    await box.send_due()
    row = await row_of(pool, mail_id)
    assert row["failed_at"] is not None
    assert row["message"] is None
    assert "outbox.given_up" in "".join(capsys.readouterr())


async def test_what_waited_while_the_portal_was_off_for_weeks_is_still_mailed(
    pool: Pool, server: MailServer, later: Callable[[timedelta], None]
) -> None:
    mail_id = await put(pool, to())
    later(timedelta(days=15))
    away = outbox_of(pool, smtp(free_port()))
    assert await away.send_due() == 1, "the mail server comes up a little later"
    later(WAITS[0])
    await outbox_of(pool, smtp(server.port)).send_due()
    assert server.ids == [f"<{mail_id}@example.org>"]


async def test_a_mailbox_that_does_not_exist_is_not_tried_again(pool: Pool, server: MailServer) -> None:
    server.refusals = {"gone@example.org": "550 5.1.1 No such mailbox", "busy@example.org": "450 4.2.1 Later"}
    gone, busy = await put(pool, to("gone@example.org")), await put(pool, to("busy@example.org"))
    await outbox_of(pool, smtp(server.port)).send_due()
    assert (await row_of(pool, gone))["failure"] == "recipient refused (550)"
    assert (await row_of(pool, gone))["failed_at"] is not None
    assert (await row_of(pool, busy))["failed_at"] is None


async def test_a_code_that_nobody_can_use_any_more_is_not_mailed(
    pool: Pool, server: MailServer, later: Callable[[timedelta], None]
) -> None:
    mail_id = await put(pool, to(), useless_after=clock.now() + timedelta(minutes=10))
    later(timedelta(minutes=10))
    await outbox_of(pool, smtp(server.port)).send_due()
    assert server.mails == []
    assert (await row_of(pool, mail_id))["failed_at"] is not None


async def test_a_hint_sends_at_once_also_from_another_process(database: str, pool: Pool, server: MailServer) -> None:
    here, there = Bus(database), Bus(database)
    worker, telling = Outbox(pool, here, smtp(server.port)), Outbox(pool, there, smtp(server.port))
    await here.start()
    await there.start()
    await worker.start()
    try:
        await put(pool, to())
        telling.hurry()
        await asyncio.to_thread(server.wait_for, 1, outbox.POLL.total_seconds() * 0.6)
    finally:
        await worker.stop()
        await here.stop()
        await there.stop()


async def test_what_was_sent_long_ago_is_forgotten(
    pool: Pool, server: MailServer, later: Callable[[timedelta], None]
) -> None:
    await put(pool, to())
    box = outbox_of(pool, smtp(server.port))
    await box.send_due()
    later(outbox.KEPT + timedelta(days=1))
    mail_id = await put(pool, to())
    await box.forget(clock.now())
    assert [row["mail_id"].hex for row in await pool.fetch("SELECT mail_id FROM outbox")] == [mail_id]


async def test_mail_goes_over_tls_when_the_setting_says_so_and_never_to_a_server_nobody_vouches_for(
    pool: Pool, tmp_path: Path, later: Callable[[timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = certificate_for_localhost(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    for security, server in (("tls", mail_server(tls=context)), ("starttls", mail_server(starttls=context))):
        with server as kept:
            box, mail_id = outbox_of(pool, smtp(kept.port, security=security)), await put(pool, to())
            await box.send_due()
            assert kept.mails == []
            assert (await row_of(pool, mail_id))["failure"] is not None
            with monkeypatch.context() as trusting:
                trusting.setenv("SSL_CERT_FILE", str(certificate))
                later(timedelta(hours=1))
                await box.send_due()
            assert kept.encrypted == [True]


async def test_a_server_that_cannot_encrypt_gets_nothing_that_was_to_be_encrypted(
    pool: Pool, server: MailServer
) -> None:
    mail_id = await put(pool, to())
    await outbox_of(pool, smtp(server.port, security="starttls")).send_due()
    assert server.mails == []
    assert (await row_of(pool, mail_id))["message"] is not None


async def test_without_a_server_mail_lies_in_files_for_the_operator_alone(
    pool: Pool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path, demo=True)
    await put(pool, to())
    await outbox_of(pool, postman_of(settings)).send_due()
    [file] = settings.mail_dir.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.mail_dir.stat().st_mode) == 0o700
    assert b"From: mediation@localhost\r\n" in file.read_bytes()
    assert "Mail to dana@example.org (code): 123456" in capsys.readouterr().out


async def test_outside_a_terminal_and_a_demo_no_code_is_shown(
    pool: Pool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a service prints ends up in a log that others read."""
    await put(pool, to())
    await outbox_of(pool, postman_of(Settings(data_dir=tmp_path))).send_due()
    assert "123456" not in "".join(capsys.readouterr())
