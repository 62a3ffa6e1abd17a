"""Whatever people are called, name their files or write to each other goes through everything that is exported."""

import asyncio
from functools import partial
from io import BytesIO

import pytest
from docx import Document
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mediation.case.state import Papers
from mediation.papers import content, dossier, outcome
from mediation.papers.carrying import for_a_lawyer
from mediation.papers.content import Source
from mediation.papers.dossier import Dossier, Exhibit, Head
from mediation.papers.typesetting import Job, typeset_all
from mediation.papers.word import form_file, mended, word_file
from mediation.papers.words import LANGUAGES
from mediation.record.log import Entry
from papers.sources import AT, a_source, doc
from papers.test_any_text import BUDGET, LONG, anything


def named(words: list[str]) -> Source:
    """A case in which everything that people type is one of these texts."""
    title, business, client, place, person, authority = words[:6]
    source = a_source(doc(), title)
    papers: Papers = source.papers
    opened = papers.opened
    signing = papers.signing
    assert signing is not None
    signed = {party: replace(one, name=person, authority=authority, place=place)
              for party, one in signing.signatures.items()}  # fmt: skip
    papers = replace(
        papers,
        facts=replace(
            opened,
            business=replace(opened.business, name=business, place=place),
            client=replace(opened.client, name=client),
        ),
        people=papers.people.set("m", replace(papers.people["m"], name=person)),
        signing=replace(signing, signatures=signing.signatures.update(signed)),
    )
    return replace(source, papers=papers, host=authority, address=place)


def to_take_along(source: Source, words: list[str]) -> Dossier:
    person, text, file, reference = words[4], words[6], words[7], words[8]
    joined = {"participant": "m", "name": person, "role": "mediator", "party": None}
    told = [
        Entry("papers", 1, AT, "m", "CaseOpened", {"title": words[0]}),
        Entry("papers", 2, AT, "m", "ParticipantJoined", joined),
        Entry("papers", 3, AT, "system", "HoldPlaced", {"ground": "order", "reference": reference}),
    ]
    said = [Entry("talks", 1, AT, "m", "MessagePosted", {"text": text, "form": "message", "on_behalf_of": None})]
    shown = Exhibit(room="talks", seq=2, at=AT, by="m", name=file, size=1, sha256="ab" * 32, origin="existed-before")
    return Dossier(
        case_id=source.case_id,
        papers=source.papers,
        rooms={"papers": told, "talks": said},
        heads={"papers": Head(3, "cd" * 32), "talks": Head(1, "ef" * 32)},
        seals=source.seals,
        host=source.host,
        address=source.address,
        exhibits=[shown],
        confidential=[shown],
    )


async def everything(words: list[str]) -> dict[str, bytes]:
    source = named(words)
    jobs = [
        Job("settlement", partial(content.settlement, source, "de"), AT),
        Job("attestation", partial(content.attestation, source, "de"), AT),
        Job("certificate", partial(outcome.certificate, source, "de"), AT),
    ]
    papers = {f"{job.template}.pdf": made for job, made in zip(jobs, await typeset_all(jobs), strict=True)}
    return {**papers, **await for_a_lawyer(to_take_along(source, words))}


@pytest.mark.soak
@LONG
@settings(max_examples=max(2, BUDGET // 10), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(anything, min_size=9, max_size=9))
@example([" "] * 9)
@example(["\u200b"] * 9)
def test_any_name_title_message_or_reference_is_exported(words: list[str]) -> None:
    made = asyncio.run(everything(words))
    assert len(made) == 3 + 5 * len(LANGUAGES)
    for name, content_of in made.items():
        if name.endswith(".pdf"):
            assert content_of.startswith(b"%PDF-"), name
        else:
            Document(BytesIO(content_of))
    source = named(words)
    Document(BytesIO(word_file(content.settlement(source, "en", mended), AT, is_draft=False)))
    assert form_file(dossier.custodian(to_take_along(source, words), "en", mended), AT) == made["custodian_en.docx"]
