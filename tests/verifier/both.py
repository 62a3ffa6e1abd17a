"""The two verifiers, asked about the same bundles: the portal's own, and verify.mjs beside this file."""

import json
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from mediation.export import verify

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    proven: bool
    said: str


def run(*words: str, paths: str = "") -> "subprocess.CompletedProcess[str]":
    program = [str(ROOT / ".venv" / "bin" / "node"), str(Path(__file__).parent / "verify.mjs"), *words]
    return subprocess.run(program, input=paths, capture_output=True, text=True, check=False)


def theirs(folder: Path, bundles: list[bytes], *words: str) -> list[Answer]:
    """What the second verifier says of each, in one process for all of them."""
    files = [folder / f"{number}.zip" for number in range(len(bundles))]
    for file, content in zip(files, bundles, strict=True):
        file.write_bytes(content)
    ended = run(*words, "--each", paths="\n".join(map(str, files)))
    assert ended.stderr == ""
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [answer["file"] for answer in told] == [str(file) for file in files]
    assert ended.returncode == (0 if all(answer["proven"] for answer in told) else 1)
    return [Answer(answer["proven"], answer["said"]) for answer in told]


def ours(bundle: bytes, fingerprint: str | None = None) -> Answer:
    """What `mediation verify` says of it."""
    try:
        return Answer(True, "\n".join(verify.check(BytesIO(bundle), fingerprint).lines()))
    except (verify.Wrong, verify.Unreadable) as wrong:
        return Answer(False, str(wrong))
