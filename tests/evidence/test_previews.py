"""Pages drawn by the portal: what a picture or PDF looks like, whatever else it is, at a bounded cost."""

import asyncio
import io
import itertools
import os
import select
import subprocess
import sys
import zlib
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from PIL import Image

from desk import Desk, code_of
from mediation.evidence import previews
from mediation.evidence.picture import LARGEST, MAX_PAGES
from mediation.evidence.previews import drawn
from mediation.problems import Problem


def picture(kind: str, size: tuple[int, int] = (400, 200), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 30)).save(out, kind, **more)
    return out.getvalue()


def pdf(pages: int = 3) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (200, 300), (n * 20 % 256, 90, 90)) for n in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def png_of(width: int, height: int, data: bytes) -> bytes:
    """A PNG that says how large it is, and holds `data`."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


LOOPS = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 99999999/Parent 2 0 R>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]/Resources<</XObject<</X 4 0 R>>>>/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 30>>"
    b"stream\n/X Do /X Do /X Do /X Do /X Do\nendstream endobj\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
)
HUGE_SHEET = LOOPS.replace(b"[0 0 10 10]", b"[0 0 1e30 1e-30]").replace(b"/X Do", b"")


async def test_a_picture_is_shown_small_upright_and_without_what_it_tells_of_its_maker(desk: Desk) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera of Dana's"
    photo = picture("JPEG", (4000, 2000), exif=exif)
    shown = await desk.preview("handler", await desk.send("client", "joint", photo, name="photo.jpg"))
    assert (shown.status_code, shown.headers["content-type"], shown.headers["x-pages"]) == (200, "image/webp", "1")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert b"Dana" not in shown.content
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (LARGEST // 2, LARGEST)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "JPEG"])
async def test_every_kind_of_picture_is_shown(kind: str) -> None:
    pages, shown = await drawn(picture(kind), f"image/{kind.lower()}", 1)
    assert pages == 1
    with Image.open(io.BytesIO(shown)) as image:
        assert (image.format, image.size) == ("WEBP", (400, 200))


async def test_a_pdf_is_shown_page_by_page_and_drawn_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = await desk.send("client", "joint", pdf(), name="contract.pdf")
    first, third = await desk.preview("client", file), await desk.preview("client", file, 3)
    assert (first.headers["x-pages"], third.headers["x-pages"]) == ("3", "3")
    assert first.content != third.content

    async def drawn_again(*_: object) -> tuple[int, bytes]:
        raise AssertionError

    monkeypatch.setattr(previews, "drawn", drawn_again)
    again = await desk.preview("handler", file, 3)
    assert (again.content, again.headers["x-pages"]) == (third.content, "3")
    assert code_of(await desk.preview("client", file, MAX_PAGES + 1)) == (404, "no-preview")


async def test_of_a_long_pdf_the_first_pages_are_shown() -> None:
    pages, _ = await drawn(pdf(MAX_PAGES + 5), "application/pdf", MAX_PAGES)
    assert pages == MAX_PAGES
    assert await drawn(pdf(2), "application/pdf", 3) == (0, b"")


async def test_what_cannot_be_shown_is_said_to_be_so_and_is_there_for_download(desk: Desk) -> None:
    for content in (b"just text", b"%PDF-1.7 and no more", b"\x89PNG\r\n\x1a\n", b"GIF89a/*<script>*/"):
        file = await desk.send("client", "joint", content)
        for _ in range(2):
            assert code_of(await desk.preview("client", file)) == (404, "no-preview")
        assert (await desk.fetch("client", file)).content == content


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/png", png_of(30_000, 30_000, zlib.compress(bytes(30_000_000)))),
        ("image/png", png_of(2**31 - 1, 2**31 - 1, b"")),
        ("image/png", png_of(6_000, 6_000, zlib.compress(b""))),
        ("image/gif", b"GIF89a\xff\xff\xff\xff\x80\x00\x00" + bytes(40)),
        ("image/jpeg", b"\xff\xd8\xff" + os.urandom(5000)),
        ("image/webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X" + bytes(60)),
        ("image/png", picture("GIF")),
        ("application/pdf", b"%PDF-1.4\n" + b"[" * 100_000),
    ],
)
async def test_a_bomb_costs_little(media_type: str, content: bytes) -> None:
    used = psutil.Process().memory_info().rss
    assert await drawn(content, media_type, 1) == (0, b"")
    assert psutil.Process().memory_info().rss - used < 50_000_000


@pytest.mark.parametrize("content", [LOOPS, HUGE_SHEET])
async def test_a_pdf_without_end_ends(content: bytes) -> None:
    """Whether it is drawn or given up is the decoder's affair; that it ends, and how large, is ours."""
    async with asyncio.timeout(30):
        pages, shown = await drawn(content, "application/pdf", 1)
    assert (pages > 0) == bool(shown)
    if shown:
        with Image.open(io.BytesIO(shown)) as image:
            assert max(image.size) <= LARGEST


async def test_a_decoder_that_never_ends_is_ended_with_all_it_started(stand_in: "StandIn") -> None:
    stand_in.says("import os, time\nos.fork()\nprint(os.getpid(), file=open(PIDS, 'a'), flush=True)\ntime.sleep(600)\n")
    with pytest.raises(Problem, match="try-again"):
        await drawn(b"%PDF-", "application/pdf", 1, patience=timedelta(seconds=3))
    assert len(stand_in.started()) == 2
    assert all(ends(pid) for pid in stand_in.started())


def ends(pid: int) -> bool:
    """Whether a process is over, or about to be: a child of a child may still wait to be collected."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 10)[0])
    finally:
        os.close(handle)


async def test_a_decoder_that_uses_up_its_time_is_given_up_for_good(stand_in: "StandIn") -> None:
    stand_in.says(
        "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n",
    )
    assert await drawn(b"%PDF-", "application/pdf", 1) == (0, b"")


async def test_a_decoder_that_never_stops_talking_is_not_listened_to(stand_in: "StandIn") -> None:
    stand_in.says("import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 20))\n")
    assert await drawn(b"%PDF-", "application/pdf", 1) == (0, b"")


class StandIn:
    """Another program in place of the one that draws: as one that was taken over might behave."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "python"
        self._pids = folder / "pids"

    def says(self, program: str) -> None:
        self.path.write_text(f"#!{sys.executable}\nPIDS = {str(self._pids)!r}\n{program}")
        self.path.chmod(0o755)

    def started(self) -> list[int]:
        return [int(line) for line in self._pids.read_text().split()]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    stand_in = StandIn(tmp_path)
    monkeypatch.setattr(previews, "PROGRAM", (str(stand_in.path),))
    return stand_in


def test_once_it_looks_at_a_file_it_can_open_and_start_nothing() -> None:
    """The program's own bounds, tried from inside it."""
    tried = """
import os, socket, sys
from mediation.evidence import picture
picture._bound()
picture._loaded("application/pdf")
picture._shut()
for attempt in (
    lambda: open("/etc/hostname"), lambda: open("/tmp/x", "w"), lambda: socket.socket(), lambda: socket.socketpair(),
    lambda: os.pipe(), lambda: os.fork(), lambda: bytearray(1 << 30), lambda: os.setuid(0),
):
    try:
        attempt()
    except (OSError, MemoryError) as refused:
        sys.stderr.write(type(refused).__name__ + "\\n")
    else:
        sys.stderr.write("done\\n")
sys.stderr.write(str(dict(os.environ)))
"""
    told = subprocess.run(
        [sys.executable, "-I", "-c", tried], env={}, cwd="/", capture_output=True, text=True, check=False
    )
    *answers, environment = told.stderr.splitlines()
    # Taking the identity one has is no act; for root, who became nobody, there is no way back.
    expected = 8 if os.geteuid() == 0 else 7
    assert len([answer for answer in answers if answer != "done"]) >= expected, told.stderr
    assert set(answers[:7]) == {"OSError", "BlockingIOError", "MemoryError"}, told.stderr
    assert "LC_CTYPE" in environment or environment == "{}"


async def test_two_peoples_pages_are_drawn_at_once_and_a_crowd_is_asked_to_come_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody whose many pages take long holds up nobody else."""
    at_work, most, may_end, two = 0, 0, asyncio.Event(), asyncio.Event()

    async def slowly(*_: object) -> tuple[int, bytes]:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        if at_work == 2:
            two.set()
        await may_end.wait()
        at_work -= 1
        return 20, b"drawn"

    monkeypatch.setattr(previews, "drawn", slowly)
    file = await desk.send("client", "joint", pdf(2))
    asked = [asyncio.create_task(desk.preview("client", file, page)) for page in range(1, 21)]
    for turned_away in itertools.islice(asyncio.as_completed(asked), 8):
        assert code_of(await turned_away) == (503, "try-again")
    asked.append(asyncio.create_task(desk.preview("handler", file, 20)))
    async with asyncio.timeout(10):
        await two.wait()
    may_end.set()
    codes = [answer.status_code for answer in await asyncio.gather(*asked)]
    assert (codes.count(200), codes.count(503), most) == (13, 8, 2)
