"""`mediation keys` as an operator runs it beside the portal."""

from collections.abc import Callable
from pathlib import Path

import httpx

from mediation.export import verify
from portal_process import Portal


def test_a_key_is_replaced_while_the_portal_runs_and_old_fingerprints_still_lead_to_it(
    start_portal: Callable[..., Portal], tmp_path: Path
) -> None:
    portal = start_portal()
    portal.demo("--stage", "opening")
    [before] = portal.command("keys").stdout.splitlines()
    rotated = portal.command("keys", "--rotate")
    assert rotated.returncode == 0, rotated.stderr
    old, new = (line.split()[0] for line in rotated.stdout.splitlines()[-2:])
    assert old == before.split()[0] != new
    # The portal was not started again, and writes papers with the new key.
    case = portal.demo("--stage", "opening")
    person = case["people"][0]
    answer = httpx.get(f"{portal.url}/api/cases/{case['case']}/bundle", headers={"cookie": person["cookie"]})
    file = tmp_path / "bundle.zip"
    file.write_bytes(answer.content)
    with file.open("rb") as source:
        assert verify.check(source, new).signer == new
        assert verify.check(source, old).confirmed == old
    assert portal.command("doctor", "--record", "all").returncode == 0
