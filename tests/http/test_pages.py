"""The built frontend: its files as they are or packed, and one page for every other address."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from mediation.http_errors import EXCEPTION_HANDLERS
from mediation.pages import Pages, page_routers

SCRIPT = b"export const words = 'the same words, and again the same words';" * 40


@pytest.fixture
def browser(tmp_path: Path) -> httpx.AsyncClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(b"<!doctype html><title>The page</title>")
    (tmp_path / "assets" / "index-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "assets" / "serif-3c4d.woff2").write_bytes(b"letters")
    app: Any = Litestar(page_routers(Pages(tmp_path)), exception_handlers=EXCEPTION_HANDLERS, openapi_config=None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost")


async def test_a_script_comes_packed_to_a_browser_that_can_unpack_it(browser: httpx.AsyncClient) -> None:
    packed = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(SCRIPT) / 5
    plain = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == SCRIPT
    for answer in (packed, plain):
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")


async def test_what_is_packed_already_comes_as_it_is(browser: httpx.AsyncClient) -> None:
    font = await browser.get("/assets/serif-3c4d.woff2", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in font.headers
    assert font.content == b"letters"


async def test_every_other_address_shows_the_one_page_and_is_asked_for_again(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/index.html", "/cases/0f0f", "/join"):
        answer = await browser.get(path)
        assert "The page" in answer.text
        assert answer.headers["cache-control"] == "no-cache"


async def test_a_file_of_an_earlier_release_is_missing_and_no_page(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/assets/index-0000.js")).status_code == 404
    assert (await browser.get("/api/nothing")).status_code == 404
