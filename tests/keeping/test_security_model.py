"""docs/security-model.md against what it speaks of: its tests, roles, settings and rooms exist."""

import re
from pathlib import Path
from typing import get_args

from mediation.case.chain import SLOTS
from mediation.case.terms import Role

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security-model.md").read_text()


def test_every_threat_names_a_test_and_every_test_it_names_exists() -> None:
    threats = [line for line in PAGE.split("## Threats")[1].split("\n## ")[0].splitlines() if line.startswith("| ")]
    assert len(threats) > 20
    for line in threats[2:]:
        named = re.findall(r"`(tests/[a-z_/]+\.py)`", line)
        assert named, line
        assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_room_and_role_is_spoken_of() -> None:
    assert [room for room in SLOTS if f"`{room}`" not in PAGE] == []
    words = {"legal": "legal reader"}
    assert [role for role in get_args(Role) if words.get(role, role) not in PAGE] == []
