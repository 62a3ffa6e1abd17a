"""An upload outlives the process that took its first pieces: whichever takes the next one goes on from there."""

import hashlib
import json
import os
from collections.abc import Callable
from uuid import uuid4

import httpx

from desk import PIECE
from portal_process import Portal

LETTER = os.urandom(3 * PIECE + 77)


def test_an_upload_goes_on_at_another_process_after_the_first_was_killed(start_portal: Callable[..., Portal]) -> None:
    first, second = start_portal(), start_portal()
    demo = json.loads(first.command("demo", "--json").stdout)
    client = next(person for person in demo["people"] if person["role"] == "principal")
    case, headers = f"/api/cases/{demo['case']}", {"cookie": client["cookie"]}
    bytes_follow = {**headers, "content-type": "application/octet-stream"}

    def send(portal: Portal, upload: str, offset: int) -> int:
        address = f"{portal.url}{case}/uploads/{upload}?offset={offset}"
        sent = httpx.put(address, content=LETTER[offset : offset + PIECE], headers=bytes_follow)
        return int(sent.json()["received"])

    begin = {
        "command_id": uuid4().hex,
        "room": "joint",
        "name": "a.bin",
        "size": len(LETTER),
        "origin": "existed-before",
    }
    upload = httpx.post(f"{first.url}{case}/uploads", json=begin, headers=headers).json()["upload"]
    assert [send(first, upload, 0), send(second, upload, PIECE)] == [PIECE, 2 * PIECE]
    first.kill()
    so_far = httpx.get(f"{second.url}{case}/uploads/{upload}", headers=headers).json()
    assert so_far == {"received": 2 * PIECE, "size": len(LETTER)}
    assert [send(second, upload, 2 * PIECE), send(second, upload, 3 * PIECE)] == [3 * PIECE, len(LETTER)]
    finish = {"command_id": uuid4().hex, "upload": upload, "sha256": hashlib.sha256(LETTER).hexdigest()}
    filed = httpx.post(f"{second.url}{case}/files", json=finish, headers=headers)
    second.kill()
    first.start()
    # Asked again after the answer was lost, and read by who was dead when it was written.
    again = httpx.post(f"{first.url}{case}/files", json=finish, headers=headers)
    assert (again.status_code, again.json()) == (201, filed.json())
    got = httpx.get(f"{first.url}{case}/files/{again.json()['file']}", headers=headers)
    assert got.content == LETTER
