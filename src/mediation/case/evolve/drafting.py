"""Work on the settlement's text: suggestions, assents to clauses, versions, and remarks in any room."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.state import Comment, Drafting, Suggestion, Told, Version

COMMENTS = (events.CommentPosted, events.CommentResolved)
DRAFTING = (
    events.DraftingModeSet,
    events.TextLanguageSet,
    events.SuggestionMade,
    events.SuggestionAccepted,
    events.SuggestionRejected,
    events.SuggestionWithdrawn,
    events.ClauseAssentGiven,
    events.ClauseAssentTakenBack,
    events.ClauseAssentLapsed,
    events.ClauseReadBack,
    events.TextProposed,
    events.VersionKept,
)


def evolve_comments(comments: Map[str, Comment], told: Told) -> Map[str, Comment]:
    """The remarks of a room after one more, or after one is settled."""
    match told.event:
        case events.CommentPosted() as posted:
            comment = Comment(
                comment=posted.comment,
                document=posted.document,
                clause=posted.clause,
                quote=posted.quote,
                anchor=posted.anchor,
                text=posted.text,
                by=told.actor,
                at=told.at,
                in_answer_to=posted.in_answer_to,
                mentions=posted.mentions,
            )
            return comments.set(posted.comment, comment)
        case events.CommentResolved(comment=comment_id) if comment_id in comments:
            return comments.set(comment_id, replace(comments[comment_id], resolved=True))
        case _:
            # Somebody who reads a private room from later on meets answers to what they have not seen.
            return comments


def evolve_drafting(drafting: Drafting, told: Told) -> Drafting:
    """The work on the text after one more entry."""
    match told.event:
        case events.DraftingModeSet(mode=mode):
            return replace(drafting, mode=mode)
        case events.TextLanguageSet(language=language):
            return replace(drafting, language=language)
        case events.SuggestionMade() as made:
            suggestion = Suggestion(
                suggestion=made.suggestion,
                document=made.document,
                change=made.change,
                clause=made.clause,
                base_hash=made.base_hash,
                after=made.after,
                node=made.node,
                why=made.why,
                by=told.actor,
                at=told.at,
            )
            return replace(drafting, suggestions=drafting.suggestions.set(made.suggestion, suggestion))
        case events.SuggestionAccepted(suggestion=suggestion_id):
            return _answered(drafting, suggestion_id, "accepted")
        case events.SuggestionRejected(suggestion=suggestion_id):
            return _answered(drafting, suggestion_id, "rejected")
        case events.SuggestionWithdrawn(suggestion=suggestion_id):
            return _answered(drafting, suggestion_id, "withdrawn")
        case events.ClauseReadBack(clause=clause):
            return replace(drafting, reading=clause)
        case events.TextProposed(text_hash=text_hash):
            return replace(drafting, proposed=text_hash)
        case events.VersionKept() as kept:
            version = Version(
                version=kept.version,
                document=kept.document,
                name=kept.name,
                text_hash=kept.text_hash,
                by=told.actor,
                at=told.at,
            )
            return replace(drafting, versions=drafting.versions.set(kept.version, version))
        case _:
            return _assents(drafting, told)


def _assents(drafting: Drafting, told: Told) -> Drafting:
    assents = drafting.assents
    match told.event:
        case events.ClauseAssentGiven(clause=clause, party=party, text_hash=text_hash):
            given = assents.get(clause, Map()).set(party, text_hash)
            is_whole = len(given) == 2  # noqa: PLR2004 - both sides
            told_again = frozenset({clause}) if is_whole else frozenset()
            return replace(
                drafting,
                assents=assents.set(clause, given),
                lapsed=drafting.lapsed - told_again,
                lapsed_with_language=drafting.lapsed_with_language - told_again,
            )
        case events.ClauseAssentTakenBack(clause=clause, party=party) if party in assents.get(clause, Map()):
            return replace(drafting, assents=assents.set(clause, assents[clause].delete(party)))
        case events.ClauseAssentLapsed(clause=clause, why=why) if clause in assents:
            of_language = drafting.lapsed_with_language
            return replace(
                drafting,
                assents=assents.delete(clause),
                lapsed=drafting.lapsed | {clause},
                lapsed_with_language=of_language | {clause} if why == "language" else of_language - {clause},
            )
        case _:
            return drafting


def _answered(drafting: Drafting, suggestion: str, state: str) -> Drafting:
    if suggestion not in drafting.suggestions:
        return drafting
    answered = replace(drafting.suggestions[suggestion], state=state)
    return replace(drafting, suggestions=drafting.suggestions.set(suggestion, answered))


def in_a_new_document(drafting: Drafting) -> Drafting:
    """What remains when the text is begun anew: who holds the pen, which language prevails, and the versions."""
    return Drafting(mode=drafting.mode, language=drafting.language, versions=drafting.versions)
