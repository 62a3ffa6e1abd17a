"""The signing key: made once, kept from others, handed over in a way that a verifier can follow."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from mediation.db import Pool
from mediation.record import log
from mediation.record.doctor import doctor
from mediation.record.keys import (
    KeyForeign,
    KeyRetired,
    Keyring,
    KeyUnusable,
    PublicKey,
    broken_handover,
    public_keys,
)
from sample_record import START, key

PAPER = log.Draft("papers", "system", "CaseOpened", {})


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = Keyring.from_folder(folder)
    assert Keyring.from_folder(folder).key_id == first.key_id
    assert (folder / "signing.pem").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == ["signing.pem"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        rings = list(threads.map(lambda _: Keyring.from_folder(tmp_path / "keys"), range(16)))
    assert len({ring.key_id for ring in rings}) == 1


def test_a_key_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signing.pem"
    Keyring.from_folder(tmp_path)
    path.chmod(0o640)
    with pytest.raises(KeyUnusable, match="read by others"):
        Keyring.from_folder(tmp_path)
    path.chmod(0o600)
    path.write_text("not a key")
    with pytest.raises(KeyUnusable, match="not a private key"):
        Keyring.from_folder(tmp_path)


def test_a_key_does_not_show_itself_in_logs() -> None:
    ring = key("k")
    assert repr(ring) == f"<Keyring {ring.key_id[:8]}>"


async def test_a_second_server_with_another_key_is_told_to_bring_the_first(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await key("one").register(conn)
        await key("one").register(conn)
        with pytest.raises(KeyForeign, match="put the old key back"):
            await key("two").register(conn)


async def test_two_servers_that_start_at_once_with_two_keys_leave_one(pool: Pool) -> None:
    async def register(name: str) -> bool:
        async with pool.acquire() as conn:
            try:
                await key(name).register(conn)
            except KeyForeign:
                return False
            return True

    assert sorted(await asyncio.gather(register("one"), register("two"))) == [False, True]


async def test_after_a_rotation_the_old_key_vouches_for_the_new_one_and_seals_no_more(
    pool: Pool, tmp_path: Path
) -> None:
    case_id = uuid4().hex
    ring = key("the portal's key")
    without_the_folder = key("the portal's key")
    async with pool.acquire() as conn:
        await ring.register(conn)
        await without_the_folder.register(conn)
        async with conn.transaction():
            heads = await log.open_case(conn, case_id, START)
            await log.append(conn, case_id, heads, START, [PAPER], ring)
        await ring.rotate(conn, tmp_path, START + timedelta(days=1))
        assert ring.key_id != without_the_folder.key_id
        with pytest.raises(KeyRetired):
            async with conn.transaction():
                await log.append(conn, case_id, await log.lock(conn, case_id), START, [PAPER], without_the_folder)
        # A clock that was set back does not make a checkpoint that is dated before its key.
        async with conn.transaction():
            await log.append(conn, case_id, await log.lock(conn, case_id), START, [PAPER], ring)
        keys = await public_keys(conn)
        assert [k.key_id for k in keys] == [without_the_folder.key_id, ring.key_id]
        assert broken_handover(keys) is None
        assert broken_handover([keys[0], PublicKey(keys[1].ed25519, keys[1].valid_from)]) is not None
        assert await doctor(conn, case_id) == []
        # The key in the setting is the old one now; the folder has the one that counts.
        again = key("the portal's key")
        await again.register(conn, tmp_path)
        assert (again.key_id, again.valid_from) == (ring.key_id, START + timedelta(days=1))


async def test_a_process_that_did_not_notice_a_rotation_follows_it_at_its_next_seal(pool: Pool, tmp_path: Path) -> None:
    case_id = uuid4().hex
    ring, elsewhere = Keyring.from_folder(tmp_path), Keyring.from_folder(tmp_path)
    async with pool.acquire() as conn:
        await ring.register(conn)
        await elsewhere.register(conn)
        await ring.rotate(conn, tmp_path, START)
        async with conn.transaction():
            heads = await log.open_case(conn, case_id, START)
            await log.append(conn, case_id, heads, START, [PAPER], elsewhere)
        assert elsewhere.key_id == ring.key_id
        assert await doctor(conn, case_id) == []


async def test_a_rotation_cut_short_after_its_commit_is_finished_at_the_next_start(pool: Pool, tmp_path: Path) -> None:
    ring = Keyring.from_folder(tmp_path)
    before = (tmp_path / "signing.pem").read_bytes()
    async with pool.acquire() as conn:
        await ring.register(conn)
        await ring.rotate(conn, tmp_path, START)
        # As if the power had gone before the last rename.
        (tmp_path / "signing.pem").replace(tmp_path / "signing-next.pem")
        (tmp_path / "signing.pem").write_bytes(before)
        (tmp_path / "signing.pem").chmod(0o600)
        again = Keyring.from_folder(tmp_path)
        assert again.key_id != ring.key_id
        await again.register(conn, tmp_path)
        assert again.key_id == ring.key_id == Keyring.from_folder(tmp_path).key_id


async def test_a_key_is_not_replaced_before_its_own_time(pool: Pool, tmp_path: Path) -> None:
    ring = Keyring.from_folder(tmp_path)
    async with pool.acquire() as conn:
        await ring.register(conn)
        await ring.rotate(conn, tmp_path, START)
        with pytest.raises(ValueError, match="counts from"):
            await ring.rotate(conn, tmp_path, START)


async def test_of_two_rotations_at_once_each_key_is_kept_until_it_is_handed_over(pool: Pool, tmp_path: Path) -> None:
    """Both may go through, one after the other; what must never happen is a present key that nobody holds."""
    Keyring.from_folder(tmp_path)

    async def rotate(minutes: int) -> None:
        async with pool.acquire() as conn:
            ring = Keyring.from_folder(tmp_path)
            await ring.register(conn)
            with contextlib.suppress(ValueError):  # a later one came first
                await ring.rotate(conn, tmp_path, START + timedelta(minutes=minutes))

    await asyncio.gather(*(rotate(minutes) for minutes in range(4)))
    async with pool.acquire() as conn:
        keys = await public_keys(conn)
        assert len(keys) >= 2
        assert broken_handover(keys) is None
        again = Keyring.from_folder(tmp_path)
        await again.register(conn)
        assert again.key_id == keys[-1].key_id
