"""An operator with the owner's password switches the triggers off and changes rows; the doctor finds the place."""

from uuid import uuid4

import asyncpg
import pytest

from mediation.db import Pool
from mediation.record import log
from mediation.record.doctor import doctor
from sample_record import CLIENT, START, key

# What is done to the rows, and where the first finding must point.
TAMPERING = [
    (("UPDATE entries SET entry = convert_to(replace(convert_from(entry, 'UTF8'), 'two', 'too'), 'UTF8') "
     "WHERE room = 'talks' AND seq = 2"), "entry 2 of talks"),
    ("UPDATE entries SET salt = sha256(salt) WHERE room = 'papers' AND seq = 1", "entry 1 of papers"),
    (("UPDATE entries SET commitment = sha256(commitment), entry = NULL, salt = NULL "
     "WHERE room = 'talks' AND seq = 1"), "entry 1 of talks"),
    ("DELETE FROM entries WHERE room = 'talks' AND seq = 2", "entry 2 of talks"),
    ("DELETE FROM entries WHERE room = 'talks' AND seq = 3", "talks"),
    (("UPDATE entries SET seq = 14 - seq WHERE room = 'talks' AND seq <> 2; "
     "UPDATE entries SET seq = seq - 10 WHERE seq > 10"), "entry 1 of talks"),
    ("UPDATE entries SET head = sha256(head) WHERE room = 'joint' AND seq = 1", "entry 1 of joint"),
    ("UPDATE entries SET room = 'joint', seq = 2 WHERE room = 'talks' AND seq = 3", "talks"),
    ("UPDATE rooms SET length = 2 WHERE room = 'talks'", "talks"),
    ("UPDATE rooms SET head = sha256(head) WHERE room = 'joint'", "joint"),
    ("UPDATE entries SET place = 1", "the order of writing"),
    ("UPDATE checkpoints SET sig = sha512(sig) WHERE n = 2", "checkpoint 2"),
    ("UPDATE checkpoints SET body = body || ' '::bytea WHERE n = 1", "checkpoint 1"),
    ("DELETE FROM checkpoints WHERE n = 1", "checkpoint 1"),
    ("DELETE FROM checkpoints WHERE n = 2", "the case"),
    ("UPDATE openings SET r = sha256(r) WHERE n = 2 AND room = 'talks'", "checkpoint 2"),
    ("UPDATE openings SET length = length - 1 WHERE n = 2 AND room = 'papers'", "checkpoint 2"),
    ("DELETE FROM openings WHERE n = 1 AND room = 'joint'", "checkpoint 1"),
    ("UPDATE cases SET checkpoint_n = 1", "the case"),
    ("UPDATE signing_keys SET valid_from = '2030-01-01'", "checkpoint 1"),
]  # fmt: skip


@pytest.mark.parametrize(("tampering", "where"), TAMPERING, ids=[where for _, where in TAMPERING])
async def test_the_doctor_names_the_place_that_was_tampered_with(
    pool: Pool, database: str, tampering: str, where: str
) -> None:
    keyring, case_id = key("the portal's key"), uuid4().hex
    async with pool.acquire() as conn:
        await keyring.register(conn)
        async with conn.transaction():
            heads = await log.open_case(conn, case_id, START)
            for room, text in [("papers", "p"), ("talks", "one"), ("talks", "two"), ("talks", "three"), ("joint", "j")]:
                await log.append(
                    conn, case_id, heads, START, [log.Draft(room, CLIENT, "MessagePosted", {"text": text})], keyring
                )
            paper = log.Draft("papers", "system", "SessionOpened", {})
            await log.append(conn, case_id, heads, START, [paper], keyring)
        assert await doctor(conn, case_id) == []
    owner = await asyncpg.connect(database)
    try:
        await owner.execute("SET session_replication_role = replica")
        await owner.execute(tampering)
    finally:
        await owner.close()
    async with pool.acquire() as conn:
        findings = await doctor(conn, case_id)
    assert findings
    assert findings[0].where == where


async def test_the_doctor_does_not_know_a_case_that_is_not_there(pool: Pool) -> None:
    async with pool.acquire() as conn:
        with pytest.raises(log.CaseUnknown):
            await doctor(conn, uuid4().hex)
