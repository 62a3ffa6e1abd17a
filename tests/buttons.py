"""Every button on somebody's screen, as the commands that it can give; and commands that no screen offers.

A button is (where, command): "allowed_actions", "rooms", "issues" … say which part of the view offered it.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from casebook import CASE, START, Casebook, a_clause
from mediation.case import commands as c
from mediation.case.decide.drafting import comments_in
from mediation.case.decide.files import files_in
from mediation.case.decide.ground import statement_hash
from mediation.case.decide.terms import STANDSTILL_SHA256
from mediation.case.events import MessagePosted
from mediation.case.referral import pack_of, pack_sha256, terms_sha256
from mediation.case.show import view_for
from mediation.case.state import Case, Statement
from mediation.case.terms import PARTIES, STAGES, Money, is_private, party_of_room
from mediation.case.view import CaseView, MeetingProposalView

TEXTS = ("What I would like you to know.", "Perhaps we could meet halfway.", "It was late, and that hurt.")
Button = tuple[str, c.Command]
SLOTS = tuple(
    c.MeetingSlot(starts_at=START + timedelta(hours=far), ends_at=START + timedelta(hours=far + 1))
    for far in (6, 54, 24 * 100)
)


def buttons(view: CaseView, new_id: str, text: str = TEXTS[0]) -> list[Button]:
    """Everything that this screen offers, with sensible arguments, each as one or more commands."""
    return [*_without_a_thing(view, new_id, text), *_on_things(view, new_id, text)]


def _without_a_thing(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    people = {p.participant: p for p in view.people}
    own = tuple(p for p in people if people[p].party == view.me.party)
    caucuses = {r.room: r for r in view.rooms if r.room.startswith("caucus-")}
    owners = [m for r in caucuses.values() for m in r.members if people[m].party is not None]
    outcomes = ["settled", "partly-settled", "ended-without-settlement"] if view.me.party is None else []
    outcomes += ["referred"][: view.tier == "referral"]
    fields: dict[str, list[dict[str, Any]]] = {
        "Disclose": [{"text": text}],
        "AcceptAgreement": [{"sha256": view.agreement.sha256}],
        "CloseSession": [{"attended": tuple(people)}],
        "SetStage": [{"stage": stage} for stage in STAGES if stage != view.stage],
        "DeclareAuthority": [{"can_agree": own, "to_call": "our director, until six"}, {"can_agree": own[:1]}],
        "AgreeStandstill": [{"until": _standstill_until(view), "text_sha256": view.standstill.text_sha256}],
        "Leave": [{}, {"reason": text}],
        "EndMediation": [{"outcome": outcome} for outcome in outcomes],
        "PutIssue": [{"text": text[:200]}],
        "ScribePosition": [{"owner": owner, "text": text} for owner in owners],
        "OpenCaucus": [
            {"party": party_of_room(r), "announcement": said}
            for r in caucuses
            if caucuses[r].opened_at is None
            for said in ("", "Meeting one side privately.")
        ],
        "StatePosition": [
            {"text": text, "interest": "Being heard.", "wants": "", "issue": issue}
            for issue in (None, *(i.issue for i in view.issues))
        ],
        "ProposeStatement": [{"kind": kind, "text": text} for kind in ("shared-fact", "shared-aim", "possible-term")],
        "DescribeParty": [{"place": "Bremen", "capacity": capacity} for capacity in ("business", "consumer")],
        "ReportAbuse": [{"room": r.room, "text": text} for r in view.rooms[:2]],
        "OpenRoom": [{"members": (p,), "name": text[:200]} for p in people if people[p].party is not None],
        "KeepTeamRoom": [{"days": 365}],
        "OpenDraft": [
            {},
            *([{"begun_with": "table"}] if view.documents else []),
            *([{"begun_with": "draft"}] if view.own_draft else []),
        ],
        "ProposeMeeting": [
            {"room": _bargains_in(view), "slots": slots, "zone": "Europe/Berlin", "where": text[:200]}
            for slots in (SLOTS, SLOTS[:1])
        ],
        "SetLimit": [
            {"meaning": "at-most", "amount": Money(minor=500_000, currency="EUR"), "terms": text},
            {"meaning": "at-least", "terms": text},
        ],
        "SetDraftingMode": [{"mode": "one-text" if view.drafting and view.drafting.mode == "open" else "open"}],
        "SetTextLanguage": [{"language": "de" if view.drafting and view.drafting.language == "en" else "en"}],
        "Suggest": [_a_clause_more(view, new_id, text)],
        "KeepVersion": [{"name": text[:200]}],
        "RestoreVersion": [{"version": v.version} for v in (view.drafting.versions if view.drafting else [])],
        "ProposeReferral": [{"proposal": a_proposal(text)}, {"proposal": a_proposal(text, binding=False)}],
        "GiveContact": [{"contact": f"{text} {new_id[:8]}"}],
        "MakeOffer": [
            {"amount": Money(minor=90_000, currency="EUR"), "room": _bargains_in(view)},
            {"terms": text, "room": _bargains_in(view)},
        ],
    }
    for name in view.allowed_actions:
        if name in ABOUT_THE_WORDING:
            continue
        for arguments in fields.get(name, [{}]):
            yield "allowed_actions", getattr(c, name)(command_id=new_id, **arguments)


def _standstill_until(view: CaseView) -> date:
    """The day that the other side offers, or a later one than the viewer's side offers."""
    own = [until for party, until in view.standstill.offered.items() if party == view.me.party]
    others = [until for party, until in view.standstill.offered.items() if party != view.me.party]
    if others and others != own:
        return others[0]
    latest = own[0] if own else view.standstill.until or view.opened_at.date() + timedelta(days=400)
    return latest + timedelta(days=1)


def a_proposal(text: str, *, binding: bool = True) -> c.Proposal:
    """Something to have decided elsewhere, or to be helped with."""
    return c.Proposal(
        kind="arbitration" if binding else "ombudsman",
        provider="icc" if binding else "generic",
        institution="" if binding else "The ombudsman of the trade",
        rules="ICC Rules of Arbitration 2021" if binding else "",
        seat="Hamburg",
        cost=text,
        court_stays_open=not binding,
        binding=binding,
        description=text,
    )


def _on_referrals(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for one in view.referral.referrals if view.referral is not None else []:
        arguments: dict[str, dict[str, Any]] = {
            "RewordReferral": {"proposal": a_proposal(f"{text} {new_id[:8]}", binding=one.text.binding)},
            "AgreeToReferral": {"terms_sha256": one.terms_sha256},
            "SendReferral": {"pack_sha256": one.pack_sha256},
            "RecordReferralOutcome": {"day": "2026-01-31", "text": text},
        }
        for name in one.can:
            if name != "ChooseExhibit":
                yield "referral", getattr(c, name)(command_id=new_id, referral=one.referral, **arguments.get(name, {}))
        rooms = {f.file: f.room for f in view.files}
        for file in one.choosable:
            yield (
                "referral",
                c.ChooseExhibit(
                    command_id=new_id,
                    referral=one.referral,
                    room=rooms[file],  # type: ignore[arg-type]
                    file=file,
                    name=text[:200],
                ),
            )
        for exhibit in one.exhibits:
            for _ in exhibit.can:
                yield (
                    "referral",
                    c.TakeBackExhibit(command_id=new_id, referral=one.referral, exhibit=exhibit.exhibit),
                )


def _bargains_in(view: CaseView) -> str:
    return "joint" if view.began_at is not None else "talks"


def _on_things(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for room in view.rooms:
        if room.can_post:
            for form in ("message", "apology"):
                yield "rooms", c.PostMessage(command_id=new_id, room=room.room, text=text, form=form)
            if others := tuple(m for m in room.members if m != view.me.participant):
                yield "rooms", c.PostMessage(command_id=new_id, room=room.room, text=text, mentions=others[:1])
            yield "rooms", a_file(room.room, new_id, text)
        yield from _in_room(view, room.room, room.can, new_id, text)
    yield from _on_people_and_files(view, new_id)
    yield from _on_the_text(view, new_id, text)
    yield from _on_the_ladder(view, new_id)
    for issue in view.issues:
        for name in issue.can:
            arguments: dict[str, Any] = {"text": f"{text} {new_id[:8]}"} if name == "RewordIssue" else {}
            yield "issues", getattr(c, name)(command_id=new_id, issue=issue.issue, **arguments)
    yield from _on_referrals(view, new_id, text)
    yield from _on_positions(view, new_id, text)
    yield from _on_statements(view, new_id, text)
    yield from _on_offers(view, new_id, text)
    yield from _on_meetings(view, new_id, text)
    yield from _in_private(view, new_id, text)


def _on_the_ladder(view: CaseView, new_id: str) -> Iterator[Button]:
    for rung in view.ladder:
        yield from (("ladder", c.StepTier(command_id=new_id, to=rung.tier)) for _ in rung.can)
    for term in view.terms:
        if term.term != "acknowledge" and term.can and term.days < 200:
            # What the other side asks for, or other days than the own side asks for.
            own = {**term.longer}.get(view.me.party or "client")
            theirs = [term.longer[party] for party in term.longer if party != view.me.party]
            days = theirs or [1 if own is None else own % 60 + 1]
            if own != days[0]:
                yield "terms", c.ExtendTerm(command_id=new_id, term=term.term, owed_by=term.owed_by, days=days[0])


def _on_people_and_files(view: CaseView, new_id: str) -> Iterator[Button]:
    for person in view.people:
        for name in person.can:
            yield "people", getattr(c, name)(command_id=new_id, participant=person.participant)
    for file in view.files:
        for name in file.can:
            yield "files", getattr(c, name)(command_id=new_id, room=file.room, file=file.file)


def a_file(room: str, new_id: str, text: str) -> c.AddFile:
    """A file that has arrived, as the server tells of it."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return c.AddFile(
        command_id=new_id,
        room=room,
        name=text[:200],
        media_type="application/pdf",
        size=len(text),
        sha256=sha256,
        origin="existed-before",
    )


def _in_private(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for name in view.limit.can if view.limit is not None else []:
        yield "limit", getattr(c, name)(command_id=new_id, limit=view.limit.limit)  # type: ignore[union-attr]
    for scribed in view.scribed:
        # What would be said at the table waits while the table is paused.
        for confirmed in [False, *[True][: not view.paused]]:
            for _ in scribed.can:
                yield (
                    "scribed",
                    c.AnswerScribed(
                        command_id=new_id, room=scribed.room, scribed=scribed.scribed, confirmed=confirmed, words=text
                    ),
                )
    for sharing in view.sharings:
        for name in sharing.can:
            yield "sharings", getattr(c, name)(command_id=new_id, room=sharing.room, sharing=sharing.sharing)


def _in_room(view: CaseView, room: str, can: list[str], new_id: str, text: str) -> Iterator[Button]:
    party = party_of_room(room)
    for name in can:
        if name == "CloseRoom":
            yield "rooms", c.CloseRoom(command_id=new_id, room=room)
        elif name == "PostComment":
            document = view.documents[0].name
            others = next(r.members for r in view.rooms if r.room == room)
            mentions = tuple(m for m in others if m != view.me.participant)[:8]
            yield "rooms", c.PostComment(command_id=new_id, room=room, document=document, text=text, mentions=mentions)
        elif name == "ProposeSharing":
            forms = ("mediators-words", "what-if") if view.me.role == "mediator" else ("my-words",)
            for form in forms:
                yield "rooms", c.ProposeSharing(command_id=new_id, room=room, form=form, text=text)  # type: ignore[arg-type]
        else:
            for announcement in ("", "A word in private."):
                yield "rooms", getattr(c, name)(command_id=new_id, party=party, announcement=announcement)


def _on_positions(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for position in view.positions:
        arguments: dict[str, dict[str, Any]] = {
            "RevisePosition": {"text": f"{text} {new_id[:8]}"},
            "ReflectPosition": {"text": f"What I hear is: {text}"},
        }
        for name in position.can:
            yield (
                "positions",
                getattr(c, name)(command_id=new_id, position=position.position, **arguments.get(name, {})),
            )
        reflection = position.reflection
        for _ in reflection.can if reflection is not None else []:
            for heard in (True, False):
                yield (
                    "positions",
                    c.AnswerReflection(
                        command_id=new_id,
                        reflection=reflection.reflection,  # type: ignore[union-attr]
                        heard=heard,
                        correction=text,
                    ),
                )


def _on_statements(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for statement in view.statements:
        arguments: dict[str, dict[str, Any]] = {
            "GiveAssent": {"text_hash": statement.text_hash},
            "RewordStatement": {"text": f"{text} {new_id[:8]}"},
        }
        for name in statement.can:
            yield (
                "statements",
                getattr(c, name)(command_id=new_id, statement=statement.statement, **arguments.get(name, {})),
            )


def _on_offers(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for offer in view.offers:
        arguments: dict[str, list[dict[str, Any]]] = {
            "MakeOffer": [{"terms": text, "in_answer_to": offer.offer}],
            "AnswerOffer": [{"offer": offer.offer, "accepted": answer} for answer in (True, False)],
            "WithdrawOffer": [{"offer": offer.offer}],
        }
        for name in offer.can:
            for given in arguments[name]:
                yield "offers", getattr(c, name)(command_id=new_id, room=offer.room, **given)


def _on_meetings(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for one in view.meeting_proposals:
        common = [number for number, slot in enumerate(one.slots) if len(slot.suits) == len(PARTIES)]
        arguments: dict[str, list[dict[str, Any]]] = {
            "AnswerMeeting": [{"suits": suits} for suits in ((), (0,)) if not _answered_so(view, one, suits)],
            "SetMeeting": [{"slot": number} for number in common],
            "WithdrawMeeting": [{}],
        }
        for name in one.can:
            for given in arguments[name]:
                yield "proposals", getattr(c, name)(command_id=new_id, room=one.room, proposal=one.proposal, **given)
    own = tuple(p.participant for p in view.people if view.me.role == "mediator" or p.party == view.me.party)
    for meeting in view.meetings:
        for name in meeting.can:
            if name == "ProposeMeeting":
                fields = {"slots": SLOTS[-1:], "zone": "Asia/Tokyo", "moves": meeting.meeting, "where": text[:200]}
                yield "meetings", c.ProposeMeeting(command_id=new_id, room=_bargains_in(view), **fields)  # type: ignore[arg-type]
            elif name == "NoteAttendance":
                if list(own) not in [one.people for one in meeting.attended]:
                    yield "meetings", c.NoteAttendance(command_id=new_id, meeting=meeting.meeting, attended=own)
            else:
                yield "meetings", getattr(c, name)(command_id=new_id, meeting=meeting.meeting)


def _answered_so(view: CaseView, proposal: MeetingProposalView, suits: tuple[int, ...]) -> bool:
    """Whether this is what the viewer's side has said already, which the screen does not offer again."""
    mine = tuple(number for number, slot in enumerate(proposal.slots) if view.me.party in slot.suits)
    return view.me.party in proposal.answered_by and mine == suits


ABOUT_THE_WORDING = {"GiveClauseAssent", "ProposeText", "Freeze", "SignSettlement"}
"""What is given to a wording by its hash: the view knows no wording, the page beside the text does."""


def _a_clause_more(view: CaseView, new_id: str, text: str) -> dict[str, Any]:
    document = view.documents[0].name if view.documents else "settlement.1"
    clause = hashlib.sha256(new_id.encode()).hexdigest()[:32]
    return {"document": document, "change": "insert", "clause": clause, "node": a_clause(clause, text)}


def _on_the_text(view: CaseView, new_id: str, text: str) -> Iterator[Button]:
    for suggestion in view.drafting.suggestions if view.drafting is not None else []:
        for name in suggestion.can:
            yield "suggestions", getattr(c, name)(command_id=new_id, suggestion=suggestion.suggestion)
    for comment in view.comments:
        for name in comment.can:
            yield "comments", getattr(c, name)(command_id=new_id, room=comment.room, comment=comment.comment)


def on_the_wording(book: Casebook, viewer: str, new_id: str) -> list[c.Command]:
    """What the page beside the text offers to somebody: agreeing to clauses, ending the drafting, signing."""
    known = book.knowing_the_text(viewer, c.Freeze(command_id=new_id, text_hash="0" * 64))
    can = set(view_for(viewer, known, CASE).allowed_actions) & ABOUT_THE_WORDING
    if known.text is None:
        return []
    text_hash = known.text.text_hash
    offered: list[c.Command] = []
    if "GiveClauseAssent" in can:
        offered += [
            c.GiveClauseAssent(command_id=new_id, clause=one.clause, text_hash=one.text_hash)
            for one in known.text.clauses
        ]
    if "ProposeText" in can:
        offered.append(c.ProposeText(command_id=new_id, text_hash=text_hash))
    if "Freeze" in can:
        offered.append(c.Freeze(command_id=new_id, text_hash=text_hash))
    if "SignSettlement" in can:
        offered.append(a_signature(new_id, text_hash))
    return offered


def a_signature(new_id: str, text_hash: str) -> c.SignSettlement:
    """A signature, as the server tells of it once it knows who signs."""
    return c.SignSettlement(
        command_id=new_id,
        text_hash=text_hash,
        name="Somebody",
        capacity="business",
        place="Hamburg",
        authority="managing director",
        identified_by="code",
    )


def strikes(book: Casebook, viewer: str, new_id: str) -> list[c.Command]:
    """Taking back each of one's own messages, which the conversation offers and the view does not."""
    return [
        c.StrikeMessage(command_id=new_id, room=room, seq=told.seq)
        for room, entries in book.entries_for(viewer).items()
        for told in entries
        if told is not None and isinstance(told.event, MessagePosted) and told.actor == viewer
    ]


def everything(case: Case, new_id: str, text: str = TEXTS[0]) -> list[c.Command]:
    """Every kind of command on every thing there is in any room, whoever might give it: most are for somebody else."""
    papers = case.papers
    people = list(papers.people)
    rooms = ["papers", "talks", "joint", *(f"{kind}-{party}" for kind in ("caucus", "team") for party in PARTIES)]
    rooms += [room for room in case.private if is_private(room)]
    plain: list[c.Command] = [
        c.Disclose(command_id=new_id, text=text),
        c.AcceptMediator(command_id=new_id),
        c.DescribeParty(command_id=new_id, capacity="consumer"),
        c.RefuseMediator(command_id=new_id),
        c.AcceptAgreement(command_id=new_id, sha256=papers.opened.agreement_sha256),
        c.OpenSession(command_id=new_id),
        c.CloseSession(command_id=new_id, attended=tuple(p.participant for p in papers.present())),
        *(c.SetStage(command_id=new_id, stage=stage) for stage in STAGES),
        c.Pause(command_id=new_id),
        c.Resume(command_id=new_id),
        *(c.StepTier(command_id=new_id, to=to) for to in ("talks", "mediation", "management", "executive", "referral")),
        c.AskForAnswer(command_id=new_id),
        *(
            c.ExtendTerm(command_id=new_id, term=term, owed_by=party, days=days)
            for term in ("answer", "resolve")
            for party in PARTIES
            for days in (1, 60)
        ),
        c.AgreeStandstill(command_id=new_id, until=date(2027, 6, 30), text_sha256=STANDSTILL_SHA256),
        *(c.DeclareAuthority(command_id=new_id, can_agree=(p,)) for p in people),
        c.Leave(command_id=new_id),
        *(
            c.EndMediation(command_id=new_id, outcome=outcome)
            for outcome in ("settled", "partly-settled", "ended-without-settlement", "referred", "expired")
        ),
        c.CloseCase(command_id=new_id),
        *(kind(command_id=new_id, participant=p) for kind in (c.RemoveParticipant, c.Mute, c.Unmute) for p in people),
        *(c.ReportAbuse(command_id=new_id, room=room, text=text) for room in rooms),
        c.KeepTeamRoom(command_id=new_id, days=365),
        *(c.OpenDraft(command_id=new_id, begun_with=begun_with) for begun_with in ("nothing", "table", "draft")),
        *(
            c.ProposeMeeting(command_id=new_id, room=room, slots=SLOTS, zone="Europe/Berlin", where=text[:200])
            for room in ("talks", "joint")
        ),
        *(
            kind(command_id=new_id, meeting=meeting, **more)
            for meeting in papers.meetings
            for kind, more in ((c.CancelMeeting, {}), (c.NoteAttendance, {"attended": tuple(people[:1])}))
        ),
        c.SetLimit(command_id=new_id, meaning="at-most", terms=text),
        c.AskHold(command_id=new_id),
        c.LiftHold(command_id=new_id),
        *(c.SetDraftingMode(command_id=new_id, mode=mode) for mode in ("one-text", "open")),
        *(c.SetTextLanguage(command_id=new_id, language=language) for language in ("en", "de")),
        c.KeepVersion(command_id=new_id, name=text[:200]),
        c.RestoreVersion(command_id=new_id, version=new_id),
        c.ReadBack(command_id=new_id),
        c.Reopen(command_id=new_id),
        c.TakeBackSignature(command_id=new_id),
        c.WaiveTimeToThink(command_id=new_id),
        *(kind(command_id=new_id, text_hash="0" * 64) for kind in (c.ProposeText, c.Freeze)),
        a_signature(new_id, "0" * 64),
        *(c.PostComment(command_id=new_id, room=room, document="settlement.1", text=text) for room in rooms),
        *(c.OpenRoom(command_id=new_id, members=(p,), name=text[:200]) for p in people),
        *(c.CloseRoom(command_id=new_id, room=room) for room in rooms),
        *(a_file(room, new_id, text) for room in rooms),
        *(c.WithdrawFile(command_id=new_id, room=room, file=file) for room in rooms for file in files_in(case, room)),
        *(c.PostMessage(command_id=new_id, room=room, text=text) for room in rooms),
        c.PutIssue(command_id=new_id, text=text),
        c.StatePosition(command_id=new_id, text=text),
        *(c.ScribePosition(command_id=new_id, owner=p, text=text) for p in people),
        c.ProposeStatement(command_id=new_id, kind="shared-fact", text=text),
        c.MakeOffer(command_id=new_id, terms=text),
        c.MakeOffer(command_id=new_id, terms=text, room="talks"),
        *(c.OpenCaucus(command_id=new_id, party=party) for party in PARTIES),
        *(c.CloseCaucus(command_id=new_id, party=party) for party in PARTIES),
        *(
            c.ProposeSharing(command_id=new_id, room=room, form=form, text=text)
            for room in rooms[3:]
            for form in ("my-words", "what-if")
        ),
    ]
    return [*plain, *_on_everything(case, new_id, text)]


def _on_everything(case: Case, new_id: str, text: str) -> Iterator[c.Command]:
    new = f"{text} {new_id[:8]}"
    joint = case.joint
    yield from _on_every_suggestion(case, new_id, text)
    yield from _on_every_referral(case, new_id, text)
    for issue in joint.issues if joint is not None else ():
        yield c.RewordIssue(command_id=new_id, issue=issue, text=new)
        yield c.EndorseIssue(command_id=new_id, issue=issue)
        yield c.WithdrawIssue(command_id=new_id, issue=issue)
    for position in joint.positions if joint is not None else ():
        yield c.RevisePosition(command_id=new_id, position=position, text=new)
        yield c.WithdrawPosition(command_id=new_id, position=position)
        yield c.ReflectPosition(command_id=new_id, position=position, text=text)
    for reflection in joint.reflections if joint is not None else ():
        yield c.AnswerReflection(command_id=new_id, reflection=reflection, heard=False)
    for statement in joint.statements.values() if joint is not None else ():
        yield c.RewordStatement(command_id=new_id, statement=statement.statement, text=new)
        yield c.WithdrawStatement(command_id=new_id, statement=statement.statement)
        yield c.GiveAssent(command_id=new_id, statement=statement.statement, text_hash=_hash_of(statement))
        yield c.TakeBackAssent(command_id=new_id, statement=statement.statement)
    yield from _on_every_offer(case, new_id, text)
    yield from _in_every_private_room(case, new_id)


def _on_every_referral(case: Case, new_id: str, text: str) -> Iterator[c.Command]:
    yield c.ProposeReferral(command_id=new_id, proposal=a_proposal(text))
    yield c.GiveContact(command_id=new_id, contact=f"{text} {new_id[:8]}")
    for name, one in case.papers.referrals.items():
        yield c.RewordReferral(command_id=new_id, referral=name, proposal=a_proposal(f"{text} {new_id[:8]}"))
        yield c.WithdrawReferral(command_id=new_id, referral=name)
        yield c.AgreeToReferral(command_id=new_id, referral=name, terms_sha256=terms_sha256(one.text))
        yield c.RefuseReferral(command_id=new_id, referral=name)
        yield c.SendReferral(command_id=new_id, referral=name, pack_sha256=pack_sha256(pack_of(case.papers, name)))
        yield c.RecordReferralOutcome(command_id=new_id, referral=name, day="2026-01-31", text=text)
        for exhibit in one.exhibits:
            yield c.TakeBackExhibit(command_id=new_id, referral=name, exhibit=exhibit)
        for room in ("talks", "joint"):
            for file in files_in(case, room):
                yield c.ChooseExhibit(command_id=new_id, referral=name, room=room, file=file, name=text[:200])


def _on_every_suggestion(case: Case, new_id: str, text: str) -> Iterator[c.Command]:
    clause = hashlib.sha256(new_id.encode()).hexdigest()[:32]
    yield c.Suggest(
        command_id=new_id, document="settlement.1", change="insert", clause=clause, node=a_clause(clause, text)
    )
    for suggestion in case.joint.drafting.suggestions.values() if case.joint is not None else ():
        for kind in (c.AcceptSuggestion, c.RejectSuggestion, c.WithdrawSuggestion):
            yield kind(command_id=new_id, suggestion=suggestion.suggestion)
        yield c.GiveClauseAssent(command_id=new_id, clause=suggestion.clause, text_hash="0" * 64)
        yield c.TakeBackClauseAssent(command_id=new_id, clause=suggestion.clause)
    for room in [*(["joint"] if case.joint is not None else []), *case.private]:
        for comment in comments_in(case, room):
            yield c.ResolveComment(command_id=new_id, room=room, comment=comment)


def _on_every_offer(case: Case, new_id: str, text: str) -> Iterator[c.Command]:
    for room, part in (("talks", case.talks), ("joint", case.joint)):
        for proposal in part.proposals if part is not None else ():
            yield c.AnswerMeeting(command_id=new_id, room=room, proposal=proposal, suits=())  # type: ignore[arg-type]
            yield c.SetMeeting(command_id=new_id, room=room, proposal=proposal, slot=0)  # type: ignore[arg-type]
            yield c.WithdrawMeeting(command_id=new_id, room=room, proposal=proposal)  # type: ignore[arg-type]
        for offer in part.offers if part is not None else ():
            yield c.AnswerOffer(command_id=new_id, room=room, offer=offer, accepted=False)  # type: ignore[arg-type]
            yield c.WithdrawOffer(command_id=new_id, room=room, offer=offer)  # type: ignore[arg-type]
            yield c.MakeOffer(command_id=new_id, room=room, terms=text, in_answer_to=offer)  # type: ignore[arg-type]


def _in_every_private_room(case: Case, new_id: str) -> Iterator[c.Command]:
    for room, private in case.private.items():
        if private.limit is not None:
            yield c.TakeBackLimit(command_id=new_id, limit=private.limit.limit)
        for scribed in private.scribed:
            for confirmed in (True, False):
                yield c.AnswerScribed(command_id=new_id, room=room, scribed=scribed, confirmed=confirmed)
        for sharing in private.sharings:
            for kind in (c.AllowSharing, c.RefuseSharing, c.PostShared):
                yield kind(command_id=new_id, room=room, sharing=sharing)


def _hash_of(statement: Statement) -> str:
    return statement_hash(statement.statement, statement.kind, statement.text)
