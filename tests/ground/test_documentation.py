"""The documentation against what it speaks of: links lead somewhere, settings, commands and targets exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from mediation.settings import CATALOGUE

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
BY_NAME = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES]


@pytest.mark.parametrize("page", BY_NAME)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", BY_NAME)
def test_every_setting_and_target_a_page_names_exists(page: Path) -> None:
    text = page.read_text()
    settings = set(re.findall(r"\bMEDIATION_[A-Z_]*[A-Z]\b", text))
    assert settings <= {setting.variable for setting in CATALOGUE}
    assert set(re.findall(r"`(?:\w+=\S+ )*make ([a-z-]+)", text)) <= TARGETS


def test_every_command_the_pages_name_exists() -> None:
    told = subprocess.run([sys.executable, "-m", "mediation", "--help"], capture_output=True, text=True, check=True)
    known = set(re.findall(r"^    ([a-z]+) ", told.stdout, re.MULTILINE))
    named = {command for page in PAGES for command in re.findall(r"`mediation ([a-z]+)", page.read_text())}
    assert {"serve", "doctor"} <= named <= known


def test_the_operator_finds_every_setting_of_a_real_portal_explained() -> None:
    table = (ROOT / "docs" / "operating.md").read_text()
    for name in ("DATABASE_URL", "MEDIATION_BASE_URL", "MEDIATION_OPERATOR", "MEDIATION_PROXY", "MEDIATION_DATA"):
        assert f"| `{name}` |" in table


def test_no_page_or_source_knows_a_package_registry() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    registries = re.compile(r"https?://[^/\s]*(?:registry|pypi|pythonhosted)|index-url *=|--index-url[ =]")
    found = [
        name
        for name in tracked.stdout.split("\0")
        if name and (ROOT / name).is_file() and name != "tests/ground/test_documentation.py"
        if registries.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert found == []
