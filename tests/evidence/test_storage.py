"""Where bytes lie: the same behaviour in a folder and in a bucket, and no way out of either."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from mediation.settings import Settings
from mediation.storage import NoSuchPart, Storage, StoreAway, storage_of

KEY, OTHER = "ab" * 16, "cd" * 16


class Bucket:
    """As much of S3 as the portal uses: objects by path, and a list of those that begin alike."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.signed = True
        self.fails = False
        self.deletes = True

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        method, address, _ = (await reader.readline()).decode().split()
        headers = {}
        while (line := (await reader.readline()).strip()) != b"":
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.signed &= headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 Credential=key/")
        asked = urlsplit(address)
        status, content = self._do(method, asked.path, asked.query, body)
        writer.write(
            f'HTTP/1.1 {status} X\r\ncontent-length: {len(content)}\r\netag: "1"\r\nconnection: close\r\n'
            "last-modified: Wed, 21 Oct 2026 07:28:00 GMT\r\n\r\n".encode()
            + content
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    def _do(self, method: str, path: str, query: str, body: bytes) -> tuple[int, bytes]:
        name = unquote(path)
        if self.fails:
            return 403, b"<Error><Code>AccessDenied</Code></Error>"
        match method:
            case "PUT":
                self.objects[name] = body
                return 200, b""
            case "DELETE" if self.deletes:
                self.objects.pop(name, None)
                return 204, b""
            case "GET" if "list-type" in query:
                prefix = parse_qs(query)["prefix"][0]
                inside = [n.removeprefix("/files/") for n in self.objects if n.startswith(f"/files/{prefix}")]
                listed = "".join(
                    f"<Contents><Key>{n}</Key><Size>1</Size><ETag>1</ETag>"
                    "<LastModified>2026-10-21T07:28:00.000Z</LastModified></Contents>"
                    for n in inside
                )
                return 200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>".encode()
            case "GET" if name in self.objects:
                return 200, self.objects[name]
            case _:
                return 404, b"<Error><Code>NoSuchKey</Code></Error>"


@pytest.fixture
async def bucket() -> AsyncIterator[tuple[Bucket, int]]:
    bucket = Bucket()
    server = await asyncio.start_server(bucket.answer, "127.0.0.1", 0)
    try:
        yield bucket, server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, bucket: tuple[Bucket, int]) -> Storage:
    return storage_of(Settings(data_dir=tmp_path)) if request.param == "folder" else in_bucket(tmp_path, bucket[1])


def in_bucket(tmp_path: Path, port: int) -> Storage:
    return storage_of(
        Settings(
            data_dir=tmp_path,
            files="s3://files/portal/one",
            files_endpoint=f"http://127.0.0.1:{port}",
            files_key="key",
            files_secret="secret",
        )
    )


async def test_what_is_put_is_got_until_it_is_erased(storage: Storage) -> None:
    await storage.put(KEY, "000000-aa", b"one")
    await storage.put(KEY, "000001-bb", b"two")
    await storage.put(KEY, "page-01.webp", b"")
    await storage.put(OTHER, "000000-aa", b"other")
    await storage.settle(KEY)
    assert [piece async for piece in storage.stream(KEY, ["000000-aa", "000001-bb"])] == [b"one", b"two"]
    assert await storage.get(KEY, "page-01.webp") == b""
    await storage.drop(KEY, "000001-bb")
    await storage.drop(KEY, "000001-bb")
    await storage.erase(KEY)
    await storage.erase(KEY)
    for part in ("000000-aa", "000001-bb", "page-01.webp"):
        with pytest.raises(NoSuchPart):
            await storage.get(KEY, part)
    assert await storage.get(OTHER, "000000-aa") == b"other"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("..", "x"),
        ("../" * 10 + "a", "x"),
        (KEY[:-1], "x"),
        (KEY.upper(), "x"),
        (KEY + "\n", "x"),
        (KEY, ".."),
        (KEY, "../x"),
        (KEY, "a/b"),
        (KEY, ""),
        (KEY, "x\x00"),
        (KEY, "%2e%2e"),
    ],
)
async def test_no_name_leads_out(storage: Storage, tmp_path: Path, key: str, part: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        await storage.put(key, part, b"")
    with pytest.raises(ValueError, match="digits"):
        await storage.get(key, part)
    assert files_in(tmp_path) == []


async def test_a_bucket_is_spoken_to_with_the_key_and_below_the_prefix(
    tmp_path: Path, bucket: tuple[Bucket, int]
) -> None:
    there, port = bucket
    await in_bucket(tmp_path, port).put(KEY, "000000-aa", b"one")
    assert there.signed
    assert there.objects == {f"/files/portal/one/ab/{KEY}/000000-aa": b"one"}
    assert files_in(tmp_path) == []


async def test_a_store_that_refuses_is_away_and_what_it_said_stays_here(
    tmp_path: Path, bucket: tuple[Bucket, int]
) -> None:
    there, port = bucket
    there.fails = True
    storage = in_bucket(tmp_path, port)
    for attempt in (storage.put(KEY, "a", b""), storage.get(KEY, "a"), storage.drop(KEY, "a"), storage.erase(KEY)):
        with pytest.raises(StoreAway) as refused:
            await attempt
        assert not re.search(r"127|Denied|portal/one", str(refused.value))


async def test_a_store_that_only_says_that_it_deletes_is_not_believed(
    tmp_path: Path, bucket: tuple[Bucket, int]
) -> None:
    there, port = bucket
    there.deletes = False
    storage = in_bucket(tmp_path, port)
    await storage.put(KEY, "000000-aa", b"one")
    with pytest.raises(StoreAway):
        await storage.erase(KEY)


async def test_what_a_killed_process_left_half_written_is_erased_too(tmp_path: Path) -> None:
    storage = storage_of(Settings(data_dir=tmp_path))
    await storage.put(KEY, "000000-aa", b"one")
    (part,) = files_in(tmp_path)
    part.with_name("000001-bb#1").write_bytes(b"half of")
    await storage.erase(KEY)
    assert files_in(tmp_path) == []
