"""The settlement's text: who holds the pen, what is suggested and remarked, what each side agrees to.

Commands about the text itself are decided with `case.text`, the text as it stands under the document's lock.
"""

import json
from collections.abc import Mapping
from typing import assert_never

from immutables import Map

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.chain import NotRecordable, canonical
from mediation.case.decide import may
from mediation.case.languages import has_a_name
from mediation.case.rooms import rooms_of
from mediation.case.state import Case, Comment, Drafting, Joint, Person, PrivateRoom, Suggestion, Talks, Text
from mediation.case.terms import DECIDERS, JOINT, PARTIES, TALKS, WhyLapsed

Drafts = (
    c.SetDraftingMode
    | c.SetTextLanguage
    | c.Suggest
    | c.AcceptSuggestion
    | c.RejectSuggestion
    | c.WithdrawSuggestion
    | c.KeepVersion
    | c.RestoreVersion
    | c.ReadBack
    | c.ProposeText
    | c.GiveClauseAssent
    | c.TakeBackClauseAssent
)
NEEDS_TEXT: tuple[type[c.Command], ...] = (
    c.Suggest,
    c.AcceptSuggestion,
    c.KeepVersion,
    c.RestoreVersion,
    c.ReadBack,
    c.ProposeText,
    c.GiveClauseAssent,
    c.Freeze,
    c.Reopen,
    c.SignSettlement,
    c.TakeBackSignature,
    c.WaiveTimeToThink,
)
"""The commands that are about the text as it stands, so that it has to be read before they are decided."""
LARGEST_NODE = 100_000
"""Bytes of a suggested clause as JSON; a long one has about 3,000."""
MOST_OPEN = 200
"""Suggestions that wait at once: enough for every clause of a long text, too few to drown it."""


def open_text(case: Case) -> Joint:
    """There is a text on the table that is not frozen; returns what is on the table."""
    joint = may.be_at_the_table(case)
    if joint.document is None:
        raise no.NoTextYet
    if case.papers.signing is not None:
        raise no.TextIsFrozen
    return joint


def write(case: Case, person: Person) -> Joint:
    """The author may write in the text itself: whoever holds the pen, or everybody while nobody does."""
    joint = open_text(case)
    may.say_at_the_table(case, person)
    if joint.drafting.mode == "one-text" and person.participant != case.papers.mediator:
        raise no.TheMediatorHoldsThePen
    return joint


def suggest(case: Case, person: Person) -> Joint:
    """The author may suggest something."""
    joint = open_text(case)
    may.say_at_the_table(case, person)
    if len([s for s in joint.drafting.suggestions.values() if s.state == "open"]) >= MOST_OPEN:
        raise no.TooManySuggestions
    return joint


def hold_the_pen(case: Case, person: Person) -> Joint:
    """The mediator, while there is a text to write."""
    may.mediate_at_the_table(case, person)
    return open_text(case)


def text_of(case: Case, joint: Joint) -> Text:
    """The text as it stands; refused when it could not be read."""
    if case.text is None or joint.document is None or case.text.document != joint.document.document:
        raise no.TextCannotBeRead
    return case.text


def decide(case: Case, command: Drafts, person: Person) -> e.Decision:
    """Follow a command about the text."""
    match command:
        case c.SetDraftingMode(mode=mode):
            if hold_the_pen(case, person).drafting.mode == mode:
                raise no.AlreadySo
            return [(JOINT, e.DraftingModeSet(mode=mode))]
        case c.SetTextLanguage(language=language):
            return _set_language(case, language, person)
        case c.Suggest():
            return _suggest(case, command, person)
        case c.AcceptSuggestion() | c.RejectSuggestion() | c.WithdrawSuggestion():
            return _answer(case, command, person)
        case c.KeepVersion() | c.RestoreVersion():
            return _version(case, command, person)
        case c.ReadBack(clause=clause):
            text = text_of(case, hold_the_pen(case, person))
            if clause is not None and text.clause(clause) is None:
                raise no.ClauseIsGone
            return [(JOINT, e.ClauseReadBack(clause=clause))]
        case c.ProposeText(text_hash=text_hash):
            if text_of(case, hold_the_pen(case, person)).text_hash != text_hash:
                raise no.WordingHasChanged
            return [(JOINT, e.TextProposed(text_hash=text_hash))]
        case c.GiveClauseAssent() | c.TakeBackClauseAssent():
            return _assent(case, command, person)
        case _:
            assert_never(command)


def _set_language(case: Case, language: str, person: Person) -> e.Decision:
    drafting = hold_the_pen(case, person).drafting
    if not has_a_name(language):
        raise no.LanguageHasNoName
    if drafting.language == language:
        raise no.AlreadySo
    # What prevails is part of what everybody agreed to, though no word of the clauses changes.
    return [
        (JOINT, e.TextLanguageSet(language=language)),
        *lapses(drafting, set(drafting.assents), why="language"),
    ]


def _suggest(case: Case, command: c.Suggest, person: Person) -> e.Decision:
    joint = suggest(case, person)
    text = text_of(case, joint)
    if command.document != text.document:
        raise no.TextWasBegunAnew
    may.be_new(joint.drafting.suggestions, command.command_id)
    needs_node = command.change in {"replace", "insert"}
    if needs_node != (command.node is not None) or (command.change == "insert") != (command.base_hash is None):
        raise no.SuggestionIsMalformed
    node = _clause_node(command.clause, command.node) if command.node is not None else None
    here = text.clause(command.clause)
    if command.change == "insert":
        if here is not None:
            raise no.NameIsTaken
    elif here is None:
        raise no.ClauseIsGone
    elif here.text_hash != command.base_hash:
        raise no.WordingHasChanged
    elif node is not None and node == canonical(here.node):
        raise no.SameWording
    if command.after is not None and (command.after == command.clause or text.clause(command.after) is None):
        raise no.ClauseIsGone
    suggested = e.SuggestionMade(
        suggestion=command.command_id,
        document=command.document,
        change=command.change,
        clause=command.clause,
        base_hash=command.base_hash,
        after=command.after,
        node=node,
        why=command.why.strip(),
    )
    return [(JOINT, suggested)]


def _clause_node(clause: str, node: Mapping[str, object]) -> dict[str, object]:
    """The suggested wording in its one spelling; refused unless it is one clause of this id."""
    if len(json.dumps(node)) > LARGEST_NODE:
        raise no.SuggestionIsMalformed
    try:
        spelt = canonical(node)
    except NotRecordable:
        raise no.SuggestionIsMalformed from None
    attrs = spelt.get("attrs")
    if spelt["type"] != "clause" or not isinstance(attrs, dict) or attrs.get("id") != clause or "content" not in spelt:
        raise no.SuggestionIsMalformed
    return spelt


def check_answer(case: Case, kind: type[c.Command], person: Person, suggestion: Suggestion) -> None:
    """Refuse unless this person may accept, reject or withdraw this suggestion now.

    Whoever writes in the text decides what goes into it; its author takes a suggestion back.
    """
    if kind is c.WithdrawSuggestion:
        open_text(case)
        may.speak_at_the_table(case, person)
        if suggestion.by != person.participant:
            raise no.NotYours
    else:
        write(case, person)
    if suggestion.state != "open":
        raise no.AlreadyAnswered


def _answer(
    case: Case, command: c.AcceptSuggestion | c.RejectSuggestion | c.WithdrawSuggestion, person: Person
) -> e.Decision:
    joint = open_text(case)
    suggestion = joint.drafting.suggestions.get(command.suggestion)
    if suggestion is None:
        raise no.NotThere
    check_answer(case, type(command), person, suggestion)
    if isinstance(command, c.WithdrawSuggestion):
        return [(JOINT, e.SuggestionWithdrawn(suggestion=command.suggestion))]
    if isinstance(command, c.RejectSuggestion):
        return [(JOINT, e.SuggestionRejected(suggestion=command.suggestion))]
    text = text_of(case, joint)
    here = text.clause(suggestion.clause)
    if suggestion.document != text.document:
        raise no.TextWasBegunAnew
    if suggestion.change != "insert" and here is None:
        raise no.ClauseIsGone
    if here is not None and suggestion.change in {"replace", "remove"} and here.text_hash != suggestion.base_hash:
        # Words that were written since would be lost without anybody having seen it.
        raise no.WordingHasChanged
    if suggestion.after is not None and text.clause(suggestion.after) is None:
        raise no.ClauseIsGone
    accepted: e.Decision = [(JOINT, e.SuggestionAccepted(suggestion=command.suggestion))]
    changes_it = suggestion.change in {"replace", "remove"}
    return [*accepted, *lapses(joint.drafting, {suggestion.clause} if changes_it else set())]


def lapses(drafting: Drafting, changed: set[str], why: WhyLapsed = "wording") -> e.Decision:
    """What follows for the assents when these clauses read differently now, are gone, or no longer mean the same."""
    agreed = sorted(clause for clause in changed if drafting.assents.get(clause, Map()))
    return [(JOINT, e.ClauseAssentLapsed(clause=clause, why=why)) for clause in agreed]


def _version(case: Case, command: c.KeepVersion | c.RestoreVersion, person: Person) -> e.Decision:
    joint = write(case, person) if isinstance(command, c.KeepVersion) else hold_the_pen(case, person)
    text = text_of(case, joint)
    if isinstance(command, c.KeepVersion):
        may.be_new(joint.drafting.versions, command.command_id)
        kept = e.VersionKept(
            version=command.command_id,
            document=text.document,
            name=may.words(command.name),
            text_hash=text.text_hash,
        )
        return [(JOINT, kept)]
    if command.version not in joint.drafting.versions or joint.document is None:
        raise no.NotThere
    return [(JOINT, begun_anew(joint.document.epoch + 1, command.version))]


def begun_anew(epoch: int, version: str | None) -> e.DocumentOpened:
    """A new document with the wording of a version; deleted half-sentences do not travel along."""
    return e.DocumentOpened(document=f"settlement.{epoch}", epoch=epoch, version=version)


def assenting(case: Case, person: Person) -> Joint:
    """The author may agree to clauses for their side now."""
    joint = open_text(case)
    may.speak_at_the_table(case, person)
    may.agree_for_a_side(case, person)
    return joint


def check_assent(case: Case, person: Person, clause: str, *, give: bool) -> None:
    """Refuse unless this person may agree to this clause for their side, or take its agreement back."""
    joint = assenting(case, person)
    party = may.be_of_a_side(person)
    agreed = party in joint.drafting.assents.get(clause, Map())
    if give and agreed:
        raise no.AlreadyAssented
    if not give and not agreed:
        raise no.NotAssented


def _assent(case: Case, command: c.GiveClauseAssent | c.TakeBackClauseAssent, person: Person) -> e.Decision:
    check_assent(case, person, command.clause, give=isinstance(command, c.GiveClauseAssent))
    party = may.be_of_a_side(person)
    if isinstance(command, c.TakeBackClauseAssent):
        return [(JOINT, e.ClauseAssentTakenBack(clause=command.clause, party=party))]
    joint = open_text(case)
    here = text_of(case, joint).clause(command.clause)
    if here is None:
        raise no.ClauseIsGone
    if here.text_hash != command.text_hash:
        raise no.WordingHasChanged
    if any(s.state == "open" and s.clause == command.clause for s in joint.drafting.suggestions.values()):
        raise no.SuggestionsAreOpen
    return [(JOINT, e.ClauseAssentGiven(clause=command.clause, party=party, text_hash=command.text_hash))]


def is_agreed(drafting: Drafting, text: Text) -> bool:
    """Whether both sides agree to every clause as it reads now, and nothing waits to be decided."""
    ids = [one.clause for one in text.clauses]
    if not ids or len(set(ids)) < len(ids) or any(s.state == "open" for s in drafting.suggestions.values()):
        return False
    return all(
        drafting.assents.get(one.clause, Map()).get(party) == one.text_hash for one in text.clauses for party in PARTIES
    )


# ── remarks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def comments_in(case: Case, room: str) -> Mapping[str, Comment]:
    """The remarks in one room, by their ids; none where the reader is not."""
    parts: dict[str, Talks | Joint | PrivateRoom | None] = {JOINT: case.joint}
    part = parts.get(room) or case.private.get(room)
    return part.comments if isinstance(part, Joint | PrivateRoom) else {}


def check_commenting(case: Case, person: Person, room: str) -> None:
    """Refuse unless this person may remark on the text in this room now."""
    joint = may.be_at_the_table(case)
    if joint.document is None:
        raise no.NoTextYet
    if room == TALKS:
        raise no.NotInThisRoom
    may.talk(case, person, room)


def check_resolving(case: Case, person: Person, room: str, comment: Comment) -> None:
    """Refuse unless this person may settle this remark: its author, the mediator, or whoever speaks for a side."""
    may.be_before_the_end(case)
    if room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    if person.participant not in {comment.by, case.papers.mediator} and person.role not in DECIDERS:
        raise no.NotYours
    if comment.resolved or comment.in_answer_to is not None:
        raise no.AlreadyAnswered


def decide_comment(case: Case, command: c.PostComment | c.ResolveComment, person: Person) -> e.Decision:
    """Remark on the text, or settle a remark; in the room it belongs to and nowhere else."""
    known = comments_in(case, command.room)
    if isinstance(command, c.ResolveComment):
        comment = known.get(command.comment)
        if comment is None:
            raise no.NotThere
        check_resolving(case, person, command.room, comment)
        return [(command.room, e.CommentResolved(comment=command.comment))]
    check_commenting(case, person, command.room)
    may.be_new(known, command.command_id)
    if command.in_answer_to is not None:
        first = known.get(command.in_answer_to)
        if first is None or first.in_answer_to is not None:
            raise no.NotThere
    posted = e.CommentPosted(
        comment=command.command_id,
        document=command.document,
        clause=command.clause,
        quote=command.quote,
        anchor=command.anchor,
        text=may.words(command.text),
        in_answer_to=command.in_answer_to,
        mentions=may.mention(case, person, command.room, command.mentions),
    )
    return [(command.room, posted)]
