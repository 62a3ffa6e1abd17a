"""Typesets papers, as a program of its own with bounded memory, time and output.

`python -I -m mediation.papers.typesetter` reads `{"folder","papers":[{"source","data","at"}…]}` as JSON from standard
input and writes each PDF to standard output, behind its length in eight bytes. Exit 3: one of them cannot be typeset;
standard error says why, in words that hold none of the text.

What people typed reaches the template as JSON in `sys.inputs`, never as part of a program.
"""

import json
import os
import resource
import sys
from datetime import UTC, datetime
from typing import Final

CANNOT: Final = 3
_MEMORY: Final = 2 << 30
_CPU_SECONDS: Final = 60


def main() -> int:
    """Typeset, and tell the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["RAYON_NUM_THREADS"] = "1"  # each thread reserves memory that counts against the bound
    import typst  # noqa: PLC0415 - after the bounds

    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[asked["folder"]])
    for paper in asked["papers"]:
        try:
            compiler = typst.Compiler(paper["source"].encode(), font_paths=fonts, sys_inputs={"data": paper["data"]})
            made = compiler.compile(
                format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=datetime.fromtimestamp(paper["at"], UTC)
            )
        except (typst.TypstError, MemoryError) as failed:
            # The first line of a diagnosis is typst's own; a later one would show the text.
            sys.stderr.write(str(getattr(failed, "message", type(failed).__name__)).split("\n", 1)[0][:200])
            return CANNOT
        if not isinstance(made, bytes):
            return CANNOT
        sys.stdout.buffer.write(len(made).to_bytes(8, "big") + made)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
