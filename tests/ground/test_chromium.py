"""The browser that the browser tests rely on."""

import subprocess
from pathlib import Path

from chromium import node


def test_there_is_a_chromium_that_starts(chromium: Path) -> None:
    told = subprocess.run([chromium, "--version"], capture_output=True, text=True, timeout=30, check=True)
    assert "Chrom" in told.stdout


def test_node_is_the_one_of_the_virtual_environment() -> None:
    told = subprocess.run([node(), "--version"], capture_output=True, text=True, timeout=30, check=True)
    assert told.stdout.startswith("v24.")
