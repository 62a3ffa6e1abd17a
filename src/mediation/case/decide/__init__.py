"""What a command leads to: events in rooms, or a refusal. The whole of the rules passes through here."""

from datetime import datetime
from typing import assert_never

from mediation.case import commands as c
from mediation.case.decide import (
    caucus,
    conversation,
    drafting,
    files,
    ground,
    keeping,
    mediation,
    offers,
    own_draft,
    people,
    positions,
    private_rooms,
    process,
    signing,
    terms,
)
from mediation.case.events import Decision
from mediation.case.refusals import NotInThisRoom
from mediation.case.state import Case, Person
from mediation.case.terms import ParticipantId


def decide(case: Case, command: c.Command, by: ParticipantId, now: datetime) -> Decision:
    """What follows from a command by this participant, who knows `case` (their own rooms, nothing else).

    Raises a Refusal, and then nothing has happened.
    """
    person = case.papers.people.get(by)
    if person is None or person.left_at is not None:
        raise NotInThisRoom
    decision = _decide(case, command, person, now)
    return [*decision, *terms.following(case.papers, person, decision)]


def _decide(case: Case, command: c.Command, person: Person, now: datetime) -> Decision:
    match command:
        case c.Disclose() | c.AcceptMediator() | c.RefuseMediator() | c.AcceptAgreement():
            return mediation.decide(case, command, person, now)
        case c.OpenSession() | c.CloseSession() | c.SetStage() | c.Pause() | c.Resume() | c.DeclareAuthority():
            return process.decide(case, command, person)
        case c.StepTier() | c.EndMediation() | c.CloseCase():
            return process.decide_course(case, command, person)
        case c.AskForAnswer() | c.ExtendTerm() | c.AgreeStandstill():
            return terms.decide(case, command, person, now)
        case c.Leave():
            return people.leave(case, command, person, now)
        case c.DescribeParty():
            return people.describe_party(case, command, person)
        case c.RemoveParticipant():
            return people.remove(case, command, person, now)
        case c.Mute() | c.Unmute():
            return people.decide_muting(case, command, person)
        case c.ReportAbuse():
            return people.report_abuse(case, command, person)
        case c.KeepTeamRoom() | c.AskHold() | c.LiftHold():
            return keeping.decide(case, command, person, now)
        case c.OpenDraft():
            return own_draft.decide(case, command, person)
        case c.AddFile() | c.WithdrawFile():
            return files.decide(case, command, person)
        case c.PostComment() | c.ResolveComment():
            return drafting.decide_comment(case, command, person)
        case c.Freeze() | c.Reopen() | c.SignSettlement() | c.TakeBackSignature() | c.WaiveTimeToThink():
            return signing.decide(case, command, person, now)
        case (
            c.SetDraftingMode()
            | c.SetTextLanguage()
            | c.Suggest()
            | c.AcceptSuggestion()
            | c.RejectSuggestion()
            | c.WithdrawSuggestion()
            | c.KeepVersion()
            | c.RestoreVersion()
            | c.ReadBack()
            | c.ProposeText()
            | c.GiveClauseAssent()
            | c.TakeBackClauseAssent()
        ):
            return drafting.decide(case, command, person)
        case c.OpenRoom() | c.CloseRoom():
            return private_rooms.decide(case, command, person)
        case c.PostMessage() | c.StrikeMessage():
            return conversation.decide(case, command, person, now)
        case c.PutIssue() | c.RewordIssue() | c.EndorseIssue() | c.WithdrawIssue():
            return positions.decide_issue(case, command, person)
        case c.StatePosition() | c.RevisePosition() | c.WithdrawPosition():
            return positions.decide_position(case, command, person)
        case c.ReflectPosition() | c.AnswerReflection():
            return positions.decide_reflection(case, command, person)
        case c.ProposeStatement() | c.RewordStatement() | c.WithdrawStatement():
            return ground.decide_statement(case, command, person)
        case c.GiveAssent() | c.TakeBackAssent():
            return ground.decide_assent(case, command, person)
        case c.MakeOffer() | c.AnswerOffer() | c.WithdrawOffer():
            return offers.decide(case, command, person)
        case c.OpenCaucus() | c.CloseCaucus():
            return caucus.decide(case, command, person)
        case c.ScribePosition() | c.AnswerScribed():
            return caucus.decide_scribed(case, command, person)
        case c.ProposeSharing() | c.AllowSharing() | c.RefuseSharing() | c.PostShared():
            return caucus.decide_sharing(case, command, person)
        case _:
            assert_never(command)
