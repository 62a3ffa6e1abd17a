"""`make bench`: our figures beside the peers', as a table and in bench/results.json. Ratios count, not the numbers:
every pair was measured in the same run on the same machine.
"""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import commands
import documents
import papers
import ticks

RESULTS = Path(__file__).parent / "results.json"


def _table(found: dict[str, Any], before: str = "") -> list[str]:
    lines = []
    for name, value in found.items():
        if isinstance(value, dict):
            lines += _table(value, f"{before}{name} · ")
        else:
            lines.append(f"{before + name:<58} {value}")
    return lines


def main() -> None:
    """Measure everything, print the table and keep the figures."""
    found: dict[str, Any] = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
    }
    for name, part in (("commands", commands), ("documents", documents), ("papers", papers), ("ticks", ticks)):
        sys.stdout.write(f"Measuring {name} …\n")
        sys.stdout.flush()
        found[name] = part.run()
    RESULTS.write_text(json.dumps(found, indent=2) + "\n")
    sys.stdout.write("\n".join(_table(found)) + f"\n\nKept in {RESULTS}\n")


if __name__ == "__main__":
    main()
