"""Draws one page of a picture or PDF, as a program of its own that is given nothing and can reach nothing.

`python -I -m mediation.evidence.picture KIND PAGE` reads the file from standard input and writes, to standard output,
how many pages can be drawn (four bytes, big-endian) and then the page as WebP. Exit 3: this cannot be drawn.

What decodes strangers' files will have holes. So this holds no secret, has bounded memory and time, and before it looks
at a single byte it gives up opening anything: no file, no socket, no other program.
"""

import io
import math
import os
import resource
import sys
import warnings
from collections.abc import Callable
from typing import Final

LARGEST: Final = 1600  # pixels of the longer side
MAX_PAGES: Final = 30
_MAX_PIXELS: Final = 40_000_000  # 160 MB once unpacked
_MEMORY: Final = 1 << 30
_CPU_SECONDS: Final = 6
_CANNOT: Final = 3
_NOBODY: Final = 65534
_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}


class CannotBeDrawn(Exception):  # noqa: N818 - reads as the sentence it is
    """There is nothing to show, or too much of it."""


def main(kind: str, page: int) -> int:
    """Draw, and tell the exit code."""
    _bound()
    draw = _loaded(kind)
    content = sys.stdin.buffer.read()
    _shut()
    try:
        pages, picture = draw(content, page)
    except MemoryError:
        return _CANNOT
    except Exception:  # noqa: BLE001 - whatever a broken file does to its decoder, the answer is the same
        return _CANNOT
    sys.stdout.buffer.write(pages.to_bytes(4, "big") + picture)
    sys.stdout.buffer.flush()
    return 0


def _bound() -> None:
    """No more than this much memory, processor and output, whatever the file asks for."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _shut() -> None:
    """Nothing can be opened or started from here on, and root is nobody any more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _loaded(kind: str) -> Callable[[bytes, int], tuple[int, bytes]]:
    """What draws this kind, with all that it needs loaded: later nothing can be."""
    # PIL looks for its plug-ins, and these for other modules, when they first need them: then nothing can be opened.
    import copy  # noqa: F401, PLC0415 - after the bounds

    from PIL import (  # noqa: PLC0415 - after the bounds
        Image,
        ImageColor,  # noqa: F401
        ImageOps,
        ImagePalette,  # noqa: F401
        MpoImagePlugin,  # noqa: F401
        TiffImagePlugin,  # noqa: F401
        WebPImagePlugin,  # noqa: F401
    )

    Image.preinit()
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)

    def webp(image: Image.Image) -> bytes:
        # Where and with what a picture was taken does not belong into what others are shown.
        image.info.clear()
        out = io.BytesIO()
        image.save(out, "WEBP", quality=80, method=2)
        return out.getvalue()

    if kind == "application/pdf":
        import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - after the bounds

        def pdf(content: bytes, page: int) -> tuple[int, bytes]:
            document = pypdfium2.PdfDocument(content)
            pages = min(len(document), MAX_PAGES)
            if not 1 <= page <= pages:
                raise CannotBeDrawn
            sheet = document[page - 1]
            longer = max(sheet.get_size())
            if not math.isfinite(longer) or longer <= 0:
                raise CannotBeDrawn
            return pages, webp(sheet.render(scale=LARGEST / longer, rev_byteorder=True).to_pil().convert("RGB"))

        return pdf

    def picture(content: bytes, page: int) -> tuple[int, bytes]:
        if page != 1:
            raise CannotBeDrawn
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise CannotBeDrawn
            opened.draft("RGB", (LARGEST, LARGEST))
            upright = ImageOps.exif_transpose(opened)
            plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            plain.thumbnail((LARGEST, LARGEST))
            return 1, webp(plain)

    return picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
