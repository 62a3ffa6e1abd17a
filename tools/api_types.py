"""Writes the browser's types from the API as the portal describes it; `--check` only says whether they are fresh."""

import subprocess
import sys
import tempfile
from pathlib import Path

from msgspec.json import encode

from mediation.app import create_app
from mediation.settings import load_settings

ROOT = Path(__file__).parents[1]
TYPES = ROOT / "frontend" / "src" / "api" / "schema.d.ts"
BIN = ROOT / ".venv" / "bin"
GENERATOR = "node_modules/openapi-typescript/bin/cli.js"


def generated() -> str:
    """The types as they should be."""
    # No environment: the description must not depend on how this machine is set up. Demo routes belong to it.
    app = create_app(load_settings({"MEDIATION_DEMO": "1"}))
    with tempfile.TemporaryDirectory() as folder:
        description, types = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        description.write_bytes(encode(app.openapi_schema.to_schema()))
        subprocess.run(
            [BIN / "node", GENERATOR, "--default-non-nullable=false", description, "--output", types],
            cwd=ROOT / "frontend",
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return types.read_text()


def main() -> None:
    """Writes or checks, and ends with 1 when the types are stale."""
    fresh = generated()
    if "--check" not in sys.argv:
        TYPES.write_text(fresh)
        return
    if not TYPES.exists() or TYPES.read_text() != fresh:
        sys.exit("frontend/src/api/schema.d.ts is stale: run `make types` and commit it.")


if __name__ == "__main__":
    main()
