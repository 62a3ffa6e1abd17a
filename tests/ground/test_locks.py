"""Locked dependencies: every one with a hash, none with the address of a registry, all in step with each other."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)((?:.*\\\n)*.*)", re.MULTILINE)


def _pins(lock: Path) -> dict[str, tuple[str, ...]]:
    """The version of each package and its hashes."""
    found = PIN.findall(lock.read_text())
    return {name: (version, *re.findall(r"--hash=(\S+)", rest)) for name, version, rest in found}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_python_package_is_pinned_by_hash_and_by_nothing_else(lock: Path) -> None:
    text = lock.read_text()
    assert not re.search(r"://|index-url|find-links|^-", text, re.MULTILINE)
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert requirements
    assert [one for one in requirements if "--hash=sha256:" not in one or "==" not in one] == []


def test_what_runs_is_what_was_tested() -> None:
    run, build, dev = (_pins(ROOT / "requirements" / f"{name}.txt") for name in ("run", "build", "dev"))
    assert run.items() <= build.items()
    assert build.items() <= dev.items()


def test_every_declared_dependency_is_locked() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.match(r"[A-Za-z0-9._-]+", one).group().lower() for one in declared}  # type: ignore[union-attr]
    assert names <= _pins(ROOT / "requirements" / "run.txt").keys()


def test_the_frontend_is_locked_by_hash_without_addresses() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert [path for path, package in packages.items() if "resolved" in package] == []
    assert [path for path, package in packages.items() if "integrity" not in package] == []
