"""In a real browser: a page on another port, to which our cookie does not look foreign, can do nothing with it."""

import asyncio
import json
from pathlib import Path

import pytest
from litestar import Litestar, get

from chromium import ROOT, node
from mediation.bus import Bus
from mediation.db import Pool
from way_in import WayIn, build_app, listening, running, settings_for

SCRIPT = Path(__file__).with_name("foreign_page.mjs")


@get("/somewhere", opt={"who": "anyone"}, media_type="text/html", sync_to_thread=False)
def somewhere() -> str:
    return "<!doctype html><title>Somewhere</title>"


@pytest.mark.browser
async def test_a_page_on_another_port_cannot_use_the_cookie_that_the_browser_sends_along(
    pool: Pool, database: str, tmp_path: Path, chromium: Path
) -> None:
    app = build_app(pool, Bus(database), settings_for(tmp_path))
    app.register(somewhere)
    elsewhere = Litestar([somewhere], openapi_config=None, logging_config=None)
    async with running(app) as http, listening(app) as port, listening(elsewhere) as other_port:
        portal = f"http://localhost:{port}"
        app.state.settings = settings_for(tmp_path, base_url=portal)
        way_in = WayIn(app, http, pool)
        mira = await way_in.person("Mira")
        case_id, _ = await way_in.open_case(mira)
        feed = f"ws://localhost:{port}/api/cases/{case_id}/feed"
        arguments = (ROOT / "frontend", chromium, portal, f"http://localhost:{other_port}", mira.token, feed)
        browser = await asyncio.create_subprocess_exec(
            node(), SCRIPT, *map(str, arguments), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        told, complaints = await browser.communicate()
    assert browser.returncode == 0, complaints.decode()
    result = json.loads(told)
    assert result["fromElsewhere"]["socket"] == "refused"
    assert result["me"] == 200, "the sign-out from elsewhere had no effect"
    assert result["own"] == "open"
