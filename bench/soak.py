"""`make soak`: the tests with a long budget, run at full length; figures dated under bench/soak/."""

import json
import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "bench" / "soak"


def figures_in(said: list[str]) -> dict[str, Any]:
    """The result, the figures that tests printed, and how long the long ones took, from what pytest said."""
    calls = (re.match(r"([\d.]+)s call +(.+)", line.strip()) for line in said)
    return {
        "result": next((line.strip("= ") for line in reversed(said) if " passed" in line or " failed" in line), "?"),
        "figures": [found[1] for line in said if (found := re.search(r"soak: (.+)", line))],
        "seconds_of": {call[2]: float(call[1]) for call in calls if call and float(call[1]) >= 1},
    }


def main() -> None:
    """Run every test marked `soak` with the long budgets; ends with 1 when one fails."""
    began = time.monotonic()
    tests = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-m", "soak", "-p", "no:cacheprovider", "-s", "--durations=0", *sys.argv[1:]],
        cwd=ROOT,
        env={**os.environ, "MEDIATION_SOAK": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    said: list[str] = []
    if tests.stdout is not None:
        for line in tests.stdout:
            sys.stdout.write(line)
            said.append(line.rstrip())
    code = tests.wait()
    figures: dict[str, Any] = {
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began),
        **figures_in(said),
    }
    KEPT.mkdir(exist_ok=True)
    path = KEPT / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    path.write_text(json.dumps(figures, indent=2) + "\n")
    sys.stdout.write(f"Kept in {path}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
