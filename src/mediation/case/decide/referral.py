"""Referral elsewhere: proposed by a side, agreed to afresh where it binds, sent to everybody at once.

The sides refer, nobody else does: not the mediator, not a clock, and not the ladder. Having stepped on to a referral is
no side's assent to proceedings that bind.
"""

from datetime import date, datetime, timedelta
from typing import Final, assert_never

import msgspec
from msgspec.structs import asdict

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.decide.files import files_in
from mediation.case.referral import agreed_by, has_answered, is_said, pack_of, pack_sha256, spelt_out, terms_sha256
from mediation.case.referral_rules import PROVIDERS, does, may_bind
from mediation.case.state import Case, File, Person, Referral
from mediation.case.terms import JOINT, PAPERS, PARTIES, TALKS, Party

MOST_PROPOSALS: Final = 6
"""Of one side, so that neither can use up the other's."""
MOST_EXHIBITS: Final = 40
MOST_OUTCOMES: Final = 12
"""Of one side, for one referral."""
_AHEAD_OF_US: Final = timedelta(days=1)  # somewhere it is tomorrow already

Refers = (
    c.ProposeReferral
    | c.RewordReferral
    | c.WithdrawReferral
    | c.AgreeToReferral
    | c.RefuseReferral
    | c.GiveContact
    | c.ChooseExhibit
    | c.TakeBackExhibit
    | c.SendReferral
    | c.RecordReferralOutcome
)
About = (
    c.RewordReferral
    | c.WithdrawReferral
    | c.AgreeToReferral
    | c.RefuseReferral
    | c.ChooseExhibit
    | c.TakeBackExhibit
    | c.SendReferral
    | c.RecordReferralOutcome
)


def refer(case: Case, person: Person) -> Party:
    """Somebody who speaks for a side, once both sides have stepped on to a referral; returns the side.

    Also after an ending, unless everything is settled: the ending "referred" comes before the pack is complete.
    """
    may.be_open(case)
    party = may.speak_for_a_side(person)
    _be_referred(case)
    return party


def _be_referred(case: Case) -> None:
    if case.papers.outcome == "settled":
        raise no.MediationHasEnded
    if case.papers.tier != "referral":
        raise no.NotAReferral


def check_proposing(case: Case, person: Person) -> None:
    """Refuse unless this person may propose one more referral."""
    party = refer(case, person)
    if sum(one.party == party for one in case.papers.referrals.values()) >= MOST_PROPOSALS:
        raise no.ReferralsAreUsedUp


def check_contact(case: Case, person: Person) -> None:
    """Refuse unless this person may say where their side is reached."""
    refer(case, person)


def check(case: Case, command: type[About], person: Person, referral: Referral | None) -> None:
    """Refuse unless this person may do this about the referral now, whatever is chosen or worded with it."""
    if referral is None:
        may.be_of_a_side(person)
        raise no.NotThere
    if command is c.RecordReferralOutcome:
        # A result may come back long after everything here is closed.
        party = may.speak_for_a_side(person)
        if referral.sent_at is None:
            raise no.ReferralWasNotSent
        if sum(one.party == party for one in referral.outcomes) >= MOST_OUTCOMES:
            raise no.OutcomesAreUsedUp
        return
    if command is c.AgreeToReferral:
        check_agreeing(case, person, referral)
        return
    party = refer(case, person)
    if not referral.is_open:
        raise no.ReferralIsOver
    match command:
        case c.RewordReferral | c.WithdrawReferral:
            _be_its_author(party, referral)
        case c.RefuseReferral:
            if has_answered(referral, party) and party not in agreed_by(referral):
                raise no.AlreadyAnswered
        case c.ChooseExhibit:
            if len(referral.exhibits) >= MOST_EXHIBITS:
                raise no.ExhibitsAreUsedUp
        case c.SendReferral:
            if not referral.text.binding:
                _be_its_author(party, referral)
            elif len(agreed_by(referral)) < len(PARTIES):
                raise no.TakesBothSides
        case _:
            pass


def check_agreeing(case: Case, person: Person, referral: Referral) -> Party:
    """Refuse unless this person can bind their side to these terms now: whoever can agree for it; returns the side."""
    may.be_open(case)
    party = may.agree_for_a_side(case, person)
    _be_referred(case)
    if not referral.is_open:
        raise no.ReferralIsOver
    if referral.text.binding and not is_said(referral.text):
        raise no.TermsAreIncomplete
    if party in agreed_by(referral):
        raise no.AlreadyAnswered
    return party


def _be_its_author(party: Party, referral: Referral) -> None:
    if referral.party != party:
        raise no.NotYourSidesProposal


def check_exhibit(case: Case, person: Person, referral: Referral | None, room: str, file: File | None) -> Party:
    """Refuse unless this file may go out, as this person's side chooses.

    Nothing of a caucus, a team or a private room: `c.ChooseExhibit` cannot name one. Of the table only what one's own
    side put there: nobody carries out of the mediation what the other side showed in it. Made for the mediation: never.
    """
    check(case, c.ChooseExhibit, person, referral)
    party = may.speak_for_a_side(person)
    if file is None:
        raise no.NotThere
    author = case.papers.people.get(file.by)
    is_own = author is not None and author.party == party
    if file.origin != "existed-before" or room not in {TALKS, JOINT} or (room == JOINT and not is_own):
        raise no.OnlyWhatExistedBefore
    if referral is not None and any(one.sha256 == file.sha256 for one in referral.exhibits.values()):
        raise no.ChosenAlready
    return party


def check_taking_back(case: Case, person: Person, referral: Referral | None, exhibit: str) -> None:
    """Refuse unless this person's side chose the exhibit, and it has not gone out."""
    check(case, c.TakeBackExhibit, person, referral)
    found = referral.exhibits.get(exhibit) if referral is not None else None
    if found is None:
        raise no.NotThere
    if found.party != person.party:
        raise no.NotYours


def decide(case: Case, command: Refers, person: Person, now: datetime) -> e.Decision:
    """Follow a step of a referral."""
    papers = case.papers
    if isinstance(command, c.ProposeReferral):
        check_proposing(case, person)
        may.be_new(papers.referrals, command.command_id)
        proposed = e.ReferralProposed(
            referral=command.command_id, party=refer(case, person), proposal=_worded(command.proposal)
        )
        return [(PAPERS, proposed)]
    if isinstance(command, c.GiveContact):
        check_contact(case, person)
        contact = command.contact.strip()
        party = refer(case, person)
        if papers.contacts.get(party, "") == contact:
            raise no.AlreadySo
        return [(PAPERS, e.ContactGiven(party=party, contact=contact))]
    referral = papers.referrals.get(command.referral)
    check(case, type(command), person, referral)
    if referral is None:
        raise no.NotThere
    return [(PAPERS, _followed(case, command, person, referral, now))]


def _followed(case: Case, command: About, person: Person, referral: Referral, now: datetime) -> e.Event:
    name, party, terms = referral.referral, may.be_of_a_side(person), terms_sha256(referral.text)
    match command:
        case c.RewordReferral(proposal=proposal):
            text = _worded(proposal)
            if text == referral.text:
                raise no.SameWording
            return e.ReferralReworded(referral=name, proposal=text)
        case c.WithdrawReferral():
            return e.ReferralWithdrawn(referral=name)
        case c.AgreeToReferral(terms_sha256=read):
            if read != terms:
                raise no.TermsHaveChanged
            return e.ReferralAnswered(referral=name, party=party, agreed=True, terms_sha256=terms)
        case c.RefuseReferral():
            return e.ReferralAnswered(referral=name, party=party, agreed=False, terms_sha256=terms)
        case c.ChooseExhibit():
            return _chosen(case, command, person, referral)
        case c.TakeBackExhibit(exhibit=exhibit):
            check_taking_back(case, person, referral, exhibit)
            return e.ExhibitTakenBack(referral=name, exhibit=exhibit)
        case c.SendReferral(pack_sha256=read):
            pack = pack_of(case.papers, name)
            if read != pack_sha256(pack):
                raise no.PackHasChanged
            return e.ReferralSent(referral=name, party=party, pack=spelt_out(pack), sha256=read)
        case c.RecordReferralOutcome(day=day, text=text):
            _be_a_day(day, now)
            return e.ReferralOutcomeRecorded(referral=name, party=party, day=day, text=may.words(text))
        case _:
            assert_never(command)


def _chosen(case: Case, command: c.ChooseExhibit, person: Person, referral: Referral) -> e.Event:
    file = files_in(case, command.room).get(command.file)
    party = check_exhibit(case, person, referral, command.room, file)
    if file is None:
        raise no.NotThere
    may.be_new(referral.exhibits, command.command_id)
    return e.ExhibitChosen(
        exhibit=command.command_id,
        referral=referral.referral,
        party=party,
        name=may.words(command.name),
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )


def _worded(proposal: c.Proposal) -> e.ReferralText:
    """The proposal as it is written down; an institution that is known here has its own name."""
    if not may_bind(proposal.kind, binding=proposal.binding):
        raise no.BindingDoesNotFit
    if not does(proposal.provider, proposal.kind):
        raise no.NotAProviderOfThisKind
    said = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(proposal).items()}
    known = PROVIDERS.get(proposal.provider)
    return msgspec.convert({**said, "institution": known.name} if known is not None else said, e.ReferralText)


def _be_a_day(day: str, now: datetime) -> None:
    try:
        given = date.fromisoformat(day)
    except ValueError:
        raise no.NotADay from None
    if given > (now + _AHEAD_OF_US).date():
        raise no.NotADay
