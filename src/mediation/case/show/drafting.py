"""The settlement's text as a viewer finds it: what is suggested, remarked, agreed to and signed."""

from mediation.case import commands as c
from mediation.case.decide import drafting as rules
from mediation.case.decide import signing as signs
from mediation.case.decide.allowed import Question, allows, names
from mediation.case.rooms import rooms_of
from mediation.case.state import Case, Person, Suggestion
from mediation.case.terms import PARTIES
from mediation.case.view import (
    ClauseAssentView,
    CommentView,
    DocumentView,
    DraftingView,
    SignatureView,
    SigningView,
    SuggestionView,
    VersionView,
)


def documents_for(case: Case, me: Person) -> list[DocumentView]:
    """The text on the table, and whether the viewer may write in it."""
    if case.joint is None or case.joint.document is None:
        return []
    return [
        DocumentView(
            kind="settlement",
            name=case.joint.document.document,
            epoch=case.joint.document.epoch,
            can_edit=allows(rules.write, case, me),
            frozen=case.papers.signing is not None,
        )
    ]


def drafting_for(case: Case, me: Person) -> DraftingView | None:
    """Suggestions, assents and versions, oldest first; nothing before there is a text."""
    if case.joint is None or case.joint.document is None:
        return None
    drafting = case.joint.drafting
    return DraftingView(
        mode=drafting.mode,
        language=drafting.language or None,
        suggestions=[
            SuggestionView(
                suggestion=s.suggestion,
                change=s.change,
                clause=s.clause,
                base_hash=s.base_hash,
                after=s.after,
                node=s.node,
                why=s.why,
                by=s.by,
                at=s.at,
                state=s.state,
                can=_with_suggestion(case, me, s),
            )
            for s in sorted(drafting.suggestions.values(), key=lambda s: (s.at, s.suggestion))
        ],
        assents=[
            ClauseAssentView(clause=clause, business=given.get("business"), client=given.get("client"))
            for clause, given in sorted(drafting.assents.items())
        ],
        lapsed=sorted(drafting.lapsed),
        lapsed_with_language=sorted(drafting.lapsed_with_language),
        reading=drafting.reading,
        proposed=drafting.proposed,
        versions=[
            VersionView(version=v.version, document=v.document, name=v.name, text_hash=v.text_hash, by=v.by, at=v.at)
            for v in sorted(drafting.versions.values(), key=lambda v: (v.at, v.version))
        ],
    )


def _with_suggestion(case: Case, me: Person, suggestion: Suggestion) -> list[str]:
    kinds = (c.AcceptSuggestion, c.RejectSuggestion, c.WithdrawSuggestion)
    return names(*((kind, rules.check_answer, (case, kind, me, suggestion)) for kind in kinds))


def comments_for(case: Case, me: Person) -> list[CommentView]:
    """Remarks in every room the viewer is in, oldest first."""
    found = [(room, r) for room in rooms_of(case, me.participant) for r in rules.comments_in(case, room).values()]
    return [
        CommentView(
            comment=r.comment,
            room=room,
            document=r.document,
            clause=r.clause,
            quote=r.quote,
            anchor=r.anchor,
            text=r.text,
            by=r.by,
            at=r.at,
            in_answer_to=r.in_answer_to,
            mentions=list(r.mentions),
            resolved=r.resolved,
            can=names((c.ResolveComment, rules.check_resolving, (case, me, room, r))),
        )
        for room, r in sorted(found, key=lambda found: (found[1].at, found[1].comment))
    ]


def signing_for(case: Case) -> SigningView | None:
    """Where the signing stands; a paper, so everybody on the case sees it."""
    signing = case.papers.signing
    if signing is None:
        return None
    return SigningView(
        document=signing.document,
        text_hash=signing.text_hash,
        partial=signing.partial,
        frozen_at=signing.frozen_at,
        sign_from=signing.sign_from,
        days_to_withdraw=signing.days_to_withdraw,
        waived=signing.waived,
        signatures=[
            SignatureView(
                party=party,
                participant=signature.participant,
                name=signature.name,
                capacity=signature.capacity,
                place=signature.place,
                authority=signature.authority,
                identified_by=signature.identified_by,
                at=signature.at,
            )
            for party in PARTIES
            if (signature := signing.signatures.get(party)) is not None
        ],
        effective_from=signs.effective_from(signing),
        effective_at=signing.effective_at,
        language=signing.language or None,
    )


def actions(case: Case, me: Person) -> list[Question]:
    """What may be done about the text without picking a suggestion or remark first."""
    pen = (c.SetDraftingMode, c.SetTextLanguage, c.ReadBack, c.ProposeText)
    signing = (c.Freeze, c.Reopen, c.SignSettlement, c.TakeBackSignature, c.WaiveTimeToThink)
    return [
        *((kind, rules.hold_the_pen, (case, me)) for kind in pen),
        (c.Suggest, rules.suggest, (case, me)),
        (c.KeepVersion, rules.write, (case, me)),
        (c.RestoreVersion, rules.hold_the_pen, (case, me)),
        (c.GiveClauseAssent, rules.assenting, (case, me)),
        *((kind, signs.check, (case, kind, me)) for kind in signing),
    ]
