"""Packs in every format, and every word that is in their bytes: zips unpacked, pages read, attachments taken out."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]

from casebook import CASE, START
from mediation.case.chain import jcs
from mediation.case.referral import Pack, pack_sha256, spelt_out
from mediation.papers.pack import Sent, content
from mediation.papers.typesetting import Job, typeset_all
from mediation.papers.word import mended, pack_file
from mediation.papers.words import LANGUAGES

AT = START


async def every_format(packs: list[Pack], at: datetime | None = AT) -> list[dict[str, bytes]]:
    """Each pack as JSON, and as PDF and Word in every language; the PDFs are made by one process."""
    jobs, files = [], []
    for pack in packs:
        attached = jcs(spelt_out(pack))
        sent = Sent(case_id=CASE, address="https://portal.example", sha256=pack_sha256(pack), at=at)
        files.append({"pack.json": attached})
        for language in LANGUAGES:
            files[-1][f"{language}.docx"] = pack_file(content(pack, sent, language, mended), AT)
            jobs.append(Job("pack", partial(content, pack, sent, language), AT, attached))
    made = iter(await typeset_all(jobs))
    for one in files:
        one.update({f"{language}.pdf": next(made) for language in LANGUAGES})
    return files


def all_that_is_in(name: str, made: bytes) -> Iterator[bytes]:
    """The bytes as they are, and everything that lies packed in them, to whatever depth."""
    yield made
    if made.startswith(b"PK"):
        with ZipFile(BytesIO(made)) as archive:
            yield " ".join(archive.namelist()).encode()
            for inner in archive.namelist():
                yield from all_that_is_in(inner, archive.read(inner))
    elif made.startswith(b"%PDF-"):
        document = pypdfium2.PdfDocument(made)
        # What is broken over two lines is found as well.
        text = "".join(page.get_textpage().get_text_range() for page in document)
        yield text.encode()
        yield "".join(text.split()).replace("\u200b", "").encode()
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            yield from all_that_is_in(attached.get_name(), bytes(attached.get_data()))
        yield " ".join(str(value) for value in document.get_metadata_dict().values()).encode()


def holds(name: str, made: bytes, mark: str) -> bool:
    """Whether a mark is anywhere in a file."""
    return any(mark.encode() in part for part in all_that_is_in(name, made))
