"""What the browser and the server each read out of one document is the same text with the same hash."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc

from chromium import NODE
from mediation.case import chain
from mediation.drafting.canonical import canonical, check_shape
from mediation.drafting.texts import is_writable
from mediation.drafting.updates import clocks, reach

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("agreement.mjs")
DOCUMENTS = 3_000 if os.environ.get("MEDIATION_SOAK") else 150


async def documents(first: int, count: int) -> list[dict[str, Any]]:
    """Random documents as the browser's packages build and read them."""
    process = await asyncio.create_subprocess_exec(
        NODE,
        "--input-type=module",
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        "--eval",
        SCRIPT.read_text(),
        cwd=ROOT / "frontend",
        env={**os.environ, "AGREEMENT": f"{first} {count}"},
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 26,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in out.decode().split("\n") if line]


@pytest.mark.soak
@pytest.mark.timeout(900 if os.environ.get("MEDIATION_SOAK") else 120)
async def test_browser_and_server_read_the_same_text_out_of_random_documents() -> None:
    made = await documents(1, DOCUMENTS)
    assert len(made) == DOCUMENTS
    seen: set[str] = set()
    for one in made:
        doc: Doc[Any] = Doc()
        for update in one["updates"]:
            doc.apply_update(bytes.fromhex(update))
        assert canonical(doc) == one["canonical"], f"seed {one['seed']}"
        assert chain.text_hash(canonical(doc)) == one["hash"], f"seed {one['seed']}"
        check_shape(doc)
        if one["seed"] % 4:
            # What a browser writes, and nobody made nonsense of, can be suggested as well.
            assert all(is_writable(clause) for clause in clauses_of(one["canonical"])), f"seed {one['seed']}"
        # And again from the compact state, which is what a restarted portal reads.
        again: Doc[Any] = Doc()
        again.apply_update(doc.get_update())
        assert canonical(again) == one["canonical"], f"seed {one['seed']}"
        seen |= set(_types(one["canonical"]))
    assert {"heading", "clause", "table_header", "ordered_list", "hard_break", "link", "strong", "em"} <= seen
    assert {"clause_ref", "amount", "date"} <= seen


async def test_the_reach_of_an_update_is_what_the_document_has_after_it() -> None:
    for one in await documents(10_000, 20):
        doc: Doc[Any] = Doc()
        for update in one["updates"]:
            doc.apply_update(bytes.fromhex(update))
            known = clocks(doc.get_state())
            assert all(known[client] == end for client, end in reach(bytes.fromhex(update)).ends.items())
        assert reach(doc.get_update()).ends == clocks(doc.get_state())


def clauses_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [child for child in node.get("content", []) if child["type"] == "clause"]


def _types(node: dict[str, Any]) -> list[str]:
    return [
        node["type"],
        *(mark["type"] for mark in node.get("marks", [])),
        *(kind for child in node.get("content", []) for kind in _types(child)),
    ]
