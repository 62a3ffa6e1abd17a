"""From an agreed text to a settlement: freezing, signing by name, time to think, and taking effect."""

from datetime import datetime
from typing import assert_never

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import drafting, may
from mediation.case.obligations import references_in
from mediation.case.state import Case, Papers, Person, Signing
from mediation.case.terms import JOINT, PAPERS, PARTIES, Party
from mediation.case.working_days import MONDAY_TO_FRIDAY, next_working_day, over_at

DAYS_TO_WITHDRAW = 3
"""Working days in which a consumer without a lawyer may take the signature back."""

Signs = c.Freeze | c.Reopen | c.SignSettlement | c.TakeBackSignature | c.WaiveTimeToThink


def is_unrepresented_consumer(papers: Papers) -> bool:
    """Whether the client is a consumer who has nobody with legal training at their side."""
    return papers.facts_of("client").capacity == "consumer" and not any(
        p.role == "counsel" for p in papers.side("client")
    )


def effective_from(signing: Signing) -> datetime | None:
    """When a text signed by both sides binds; None while a signature is missing."""
    if len(signing.signatures) < len(PARTIES):
        return None
    signed = max(signature.at for signature in signing.signatures.values())
    consumer = signing.signatures.get("client")
    if signing.waived or signing.days_to_withdraw == 0 or consumer is None:
        return signed
    return max(signed, over_at(MONDAY_TO_FRIDAY, consumer.at, signing.days_to_withdraw))


def check(case: Case, command: type[Signs], person: Person) -> None:
    """Refuse unless this person may do this now, whatever the text says."""
    if command is c.Freeze:
        drafting.open_text(case)
        if person.participant != case.papers.mediator:
            may.agree_for_a_side(case, person)
        return
    may.be_at_the_table(case)
    signing = case.papers.signing
    if signing is None:
        raise no.TextIsNotFrozen
    if command is c.Reopen:
        may.not_both_signed(case)
        if person.participant == case.papers.mediator:
            return
    party = may.agree_for_a_side(case, person)
    if command is c.SignSettlement and party in signing.signatures:
        raise no.SignedAlready
    if command is c.TakeBackSignature:
        if party not in signing.signatures:
            raise no.NotSigned
        if party == "business":
            # The time to withdraw is the consumer's; the other side is bound once both have signed.
            may.not_both_signed(case)
    if command is c.WaiveTimeToThink and (party != "client" or signing.days_to_withdraw == 0 or signing.waived):
        raise no.NoTimeToWaive


def decide(case: Case, command: Signs, person: Person, now: datetime) -> e.Decision:
    """Follow a step of the signing."""
    check(case, type(command), person)
    if isinstance(command, c.Freeze):
        return _freeze(case, command, now)
    signing = case.papers.signing
    if signing is None:
        raise no.TextIsNotFrozen
    match command:
        case c.Reopen():
            return reopened(case, signing)
        case c.SignSettlement():
            return _sign(case, command, person, signing, now)
        case c.TakeBackSignature():
            party = may.be_of_a_side(person)
            due = effective_from(signing)
            if due is not None and now >= due:
                raise no.EffectiveAlready
            return [(PAPERS, e.SignatureTakenBack(party=party)), *reopened(case, signing)]
        case c.WaiveTimeToThink():
            waived: e.Decision = [(PAPERS, e.TimeToThinkWaived())]
            return [*waived, *(_effective(case, signing) if len(signing.signatures) == len(PARTIES) else [])]
        case _:
            assert_never(command)


def _freeze(case: Case, command: c.Freeze, now: datetime) -> e.Decision:
    joint = drafting.open_text(case)
    text = drafting.text_of(case, joint)
    if text.text_hash != command.text_hash:
        raise no.WordingHasChanged
    if text.stray:
        raise no.WordsOutsideTheClauses
    if any(reference.to is None or text.clause(reference.to) is None for reference in references_in(text.node)):
        raise no.ReferenceLeadsNowhere
    if not drafting.is_agreed(joint.drafting, text):
        raise no.NotEverythingIsAgreed
    thinks = is_unrepresented_consumer(case.papers)
    frozen = e.SettlementFrozen(
        document=text.document,
        text_hash=text.text_hash,
        partial=command.partial,
        sign_from=next_working_day(MONDAY_TO_FRIDAY, now) if thinks else now,
        days_to_withdraw=DAYS_TO_WITHDRAW if thinks else 0,
        language=joint.drafting.language,
    )
    return [(PAPERS, frozen)]


def _sign(case: Case, command: c.SignSettlement, person: Person, signing: Signing, now: datetime) -> e.Decision:
    party = may.be_of_a_side(person)
    if command.text_hash != signing.text_hash:
        raise no.WordingHasChanged
    _be_in_time(party, signing, now)
    facts = case.papers.facts_of(party)
    authority = command.authority.strip()
    signs_for_another = may.words(command.name).casefold() != facts.name.casefold()
    if signs_for_another and not authority:
        raise no.AuthorityNeeded
    signed = e.SettlementSigned(
        party=party,
        document=signing.document,
        text_hash=signing.text_hash,
        name=may.words(command.name),
        capacity=command.capacity,
        place=may.words(command.place),
        authority=authority,
        identified_by=command.identified_by,
    )
    events: e.Decision = [(PAPERS, signed)]
    is_last = set(signing.signatures) | {party} == set(PARTIES)
    if is_last and (signing.waived or signing.days_to_withdraw == 0):
        return [*events, *_effective(case, signing)]
    return events


def due(case: Case, now: datetime) -> e.Decision:
    """What follows by itself once the time to withdraw is over; nothing before."""
    signing, since = case.papers.signing, due_at(case.papers)
    return _effective(case, signing) if signing is not None and since is not None and now >= since else []


def _effective(case: Case, signing: Signing) -> e.Decision:
    text = case.text
    if text is None or text.text_hash != signing.text_hash:
        raise no.TextCannotBeRead
    return [
        (
            PAPERS,
            e.SettlementEffective(
                document=signing.document,
                text_hash=signing.text_hash,
                text=text.node,
                partial=signing.partial,
                language=signing.language,
            ),
        ),
        (PAPERS, e.MediationEnded(outcome="partly-settled" if signing.partial else "settled")),
    ]


def reopened(case: Case, signing: Signing) -> e.Decision:
    """The text is worked on again, in a new document that begins with the wording that was frozen."""
    joint = case.joint
    if joint is None or joint.document is None:
        raise no.NotInThisRoom
    anew = drafting.begun_anew(joint.document.epoch + 1, None)
    return [(PAPERS, e.SettlementReopened(document=signing.document)), (JOINT, anew)]


def _be_in_time(party: Party, signing: Signing, now: datetime) -> None:
    if party == "client" and now < signing.sign_from and not signing.waived:
        raise no.NotYetTimeToSign


def party_may_sign(case: Case, person: Person, now: datetime) -> Signing:
    """What this person can sign now for their side; the shell asks before it mails a code."""
    check(case, c.SignSettlement, person)
    signing = case.papers.signing
    if signing is None:
        raise no.TextIsNotFrozen
    _be_in_time(may.be_of_a_side(person), signing, now)
    return signing


def due_at(papers: Papers) -> datetime | None:
    """When a text that both sides signed is to take effect by itself; None when nothing is waited for."""
    signing = papers.signing
    if signing is None or signing.effective_at is not None or papers.ended_at is not None:
        return None
    return effective_from(signing)
