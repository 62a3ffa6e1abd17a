"""`mediation demo`: asks the portal that runs in demo mode on this machine for a fresh demo case."""

import http.client
import json
import sys
from collections.abc import Mapping
from typing import Any

from mediation.settings import CannotRun, Settings, load_settings

_PATIENCE_SECONDS = 60


class NoDemo(CannotRun):
    """The running portal gives no demo case; `str()` says why."""


def run(env: Mapping[str, str], *, scenario: str | None, stage: str | None, as_json: bool) -> None:
    """Prints the fresh case and how each person signs in. Raises `CannotRun`."""
    case = open_demo_case(load_settings(env), scenario=scenario, stage=stage)
    if as_json:
        sys.stdout.write(json.dumps(case, ensure_ascii=False, indent=2) + "\n")
        return
    sys.stdout.write(f"{case['url']}\n")
    for person in case["people"]:
        sys.stdout.write(f"  {person['role']:<10} {person['name']:<22} {person['link']}\n")


def open_demo_case(settings: Settings, *, scenario: str | None = None, stage: str | None = None) -> dict[str, Any]:
    """A fresh case in which everyone has joined, as the portal answers. Raises `NoDemo`."""
    try:
        key = settings.demo_key_path.read_text().strip()
    except OSError:
        raise NoDemo(
            f"No portal runs in demo mode with its data in {settings.data_dir}: start one with `make run`, "
            "or set PORT and MEDIATION_DATA as it has them."
        ) from None
    wish = {name: value for name, value in (("scenario", scenario), ("stage", stage)) if value is not None}
    connection = http.client.HTTPConnection("localhost", settings.port, timeout=_PATIENCE_SECONDS)
    try:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        connection.request("POST", "/api/demo/cases", body=json.dumps(wish), headers=headers)
        answer = connection.getresponse()
        body = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as failure:
        raise NoDemo(f"The portal on port {settings.port} does not answer ({failure}).") from failure
    finally:
        connection.close()
    if answer.status >= http.HTTPStatus.BAD_REQUEST:
        raise NoDemo(f"{body.get('title', answer.reason)} {body.get('next', '')}".strip())
    return dict(body)
