"""Refusals of the case: sentences with a stable code and a next step.

A refusal tells only what its reader may know. `status` is the HTTP status a shell should answer with.
"""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A command that the rules do not allow. Nothing was written."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "That is not possible now."
    next_step: ClassVar[str] = "Look at what is on the screen now and try again."

    def __init__(self) -> None:
        super().__init__(self.title)

    @property
    def code(self) -> str:
        """The class name in kebab case: `OfferAlreadyAnswered` → `offer-already-answered`."""
        name = type(self).__name__
        return "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")


class NotForYou(Refusal):
    """Base of refusals that depend on who asks."""

    status = 403


class NotInThisRoom(NotForYou):
    title = "You are not in this room."
    next_step = "Choose one of the rooms on your screen."


class MentionedIsNotInThisRoom(Refusal):
    status = 422
    title = "Somebody you mention is not in this room."
    next_step = "Mention others who are in this room, each of them once."


class ForTheMediator(NotForYou):
    title = "Only the mediator can do this."
    next_step = "Ask the mediator, in the room or privately."


class ForTheSides(NotForYou):
    title = "Only the two sides can do this."
    next_step = "Leave the decision to the business and the client."


class ForThoseWhoCanAgree(NotForYou):
    title = "This takes somebody who can agree for your side."
    next_step = "Ask the person who can agree for your side, or let your side say that you may."


class NotYours(NotForYou):
    title = "Only the person who wrote this can do that."
    next_step = "Ask them, or write your own."


class NotThere(Refusal):
    status = 404
    title = "This is not here, or not any more."
    next_step = "Look at what is on the screen now."


class NothingSaid(Refusal):
    status = 422
    title = "There are no words in it."
    next_step = "Write something first."


class NotBeforeTheMediationBegins(Refusal):
    title = "The mediation has not begun yet."
    next_step = "It begins when both sides have accepted the mediator and everybody the ground rules."


class MediationHasEnded(Refusal):
    title = "The mediation has ended."
    next_step = "The record stays available under Papers."


class MediationHasNotEnded(Refusal):
    title = "The mediation has not ended yet."
    next_step = "End it first; closing the case comes after."


class CaseIsClosed(Refusal):
    title = "This case is closed."
    next_step = "The record stays available under Papers."


class TalksArePaused(Refusal):
    title = "The joint conversation is paused."
    next_step = "Wait until the mediator resumes it, or write to the mediator privately."


class AlreadyPaused(Refusal):
    title = "It is paused already."
    next_step = "Nothing more is needed."


class NotPaused(Refusal):
    title = "Nothing is paused."
    next_step = "Carry on."


class NoMediatorYet(Refusal):
    title = "There is no mediator on this case yet."
    next_step = "Invite a mediator first."


class MediatorAlreadyHere(Refusal):
    title = "This case has a mediator already."
    next_step = "A side can ask for another mediator; then a new one can be invited."


class DisclosureHasChanged(Refusal):
    title = "The mediator has said something else about ties since you read it, or is somebody else."
    next_step = "Read what is there now, then decide."


class MediatorHasNotDisclosed(Refusal):
    title = "The mediator has not yet said whether there are ties to either side."
    next_step = "Wait for that; you are told when it is there."


class MediatorAlreadyAccepted(Refusal):
    title = "Your side has accepted the mediator already."
    next_step = "Nothing more is needed from you."


class AgreementAlreadyAccepted(Refusal):
    title = "You have accepted the ground rules already."
    next_step = "Nothing more is needed from you."


class AgreementReadsDifferently(Refusal):
    title = "The ground rules are not the text you were shown."
    next_step = "Read them again and accept what is there now."


class SessionAlreadyOpen(Refusal):
    title = "A session is open already."
    next_step = "Close it before opening another."


class NoSessionOpen(Refusal):
    title = "No session is open."
    next_step = "Open one first."


class NobodyOfThatName(Refusal):
    status = 422
    title = "One of these people is not on the case."
    next_step = "Choose among the people on the case."


class AlreadyOnThisStage(Refusal):
    title = "The session is at this stage already."
    next_step = "Choose another stage."


class NotAStepOfThisLadder(Refusal):
    title = "That is not the next step, up or down, of this case."
    next_step = "Take one step at a time, as the steps are shown."


class StepAlreadyAsked(Refusal):
    title = "Your side has asked for this already."
    next_step = "It happens as soon as the other side agrees."


class AnswerIsOwedAlready(Refusal):
    title = "The other side has been asked for an answer already, and its time for one runs."
    next_step = "You see above until when it runs. You can go on without its answer."


class NoTermsHere(Refusal):
    title = "There are no times for this on this case."
    next_step = "Agree on a day with the other side in your own words."


class TermDoesNotRun(Refusal):
    title = "That time does not run, or is over."
    next_step = "Look at the steps for the times that run now."


class ExtensionAlreadyAsked(Refusal):
    title = "Your side has asked for this already."
    next_step = "The time is longer as soon as the other side agrees to as many days."


class TermIsLongEnough(Refusal):
    title = "That would make this time longer than a year."
    next_step = "Ask for fewer days."


class StandstillEndsTooSoon(Refusal):
    status = 422
    title = "That day is not ahead, or is before the one that you have agreed on."
    next_step = "Choose a later day, three years from now at most."


class StandstillReadsDifferently(Refusal):
    title = "The agreement is not the text you were shown."
    next_step = "Read it again, and agree to what is there now."


class StandstillAlreadyOffered(Refusal):
    title = "Your side has offered this already."
    next_step = "It holds as soon as the other side agrees to the same day."


class NotAReferral(Refusal):
    title = "The sides have not taken the step to a referral."
    next_step = "Both sides take that step together; then it can be recorded."


class NothingWasReferred(Refusal):
    title = "Nothing has been sent on to anybody else yet."
    next_step = "Send the referral first; then either side can end it here as referred."


class IssueAlreadyEndorsed(Refusal):
    title = "Your side has endorsed this question already."
    next_step = "Nothing more is needed from you."


class AlreadyAnswered(Refusal):
    title = "This has been answered already."
    next_step = "Look at the answer on the screen."


class AlreadyAssented(Refusal):
    title = "Your side has agreed to this wording already."
    next_step = "Nothing more is needed from you."


class NotAssented(Refusal):
    title = "Your side has not agreed to this wording."
    next_step = "There is nothing to take back."


class WordingHasChanged(Refusal):
    title = "The wording has changed since you read it."
    next_step = "Read it again, then say whether you agree to it as it is now."


class SameWording(Refusal):
    status = 422
    title = "That is the same wording as before."
    next_step = "Change it, or leave it as it is."


class OfferIsEmpty(Refusal):
    status = 422
    title = "An offer needs an amount, or terms in words."
    next_step = "Say what you offer."


class OfferAlreadyAnswered(Refusal):
    title = "This offer has been answered or withdrawn already."
    next_step = "Look at where the offers stand now."


class NotYourOwnOffer(NotForYou):
    title = "A side cannot answer its own offer."
    next_step = "Wait for the other side, or withdraw it."


class OffersAreMadeAtTheTable(Refusal):
    title = "The mediation has begun: offers are made and answered at the table."
    next_step = "Make the offer at the table."


class BothSidesStandByIt(Refusal):
    title = "Both sides agree to this wording."
    next_step = "Take back your agreement first, or put another wording to the other side."


class CaucusAlreadyOpen(Refusal):
    title = "You are in a private conversation with this side already."
    next_step = "Carry on there."


class CaucusNotOpen(Refusal):
    title = "No private conversation with this side is open."
    next_step = "Open one first."


class NotAllowedToShare(Refusal):
    title = "The side has not allowed this to be shared."
    next_step = "Ask them; it stays here until they say yes."


class SharedAlready(Refusal):
    title = "This has been posted at the table already."
    next_step = "What is posted can be struck there, by the mediator."


class MessageIsGone(Refusal):
    title = "This message is gone already."
    next_step = "Nothing more is needed."


class CorrespondenceStays(Refusal):
    title = "Direct talks are ordinary correspondence: after ten seconds a message stays."
    next_step = "Write another message that puts it right."


class RoomIsClosed(Refusal):
    title = "This room is closed."
    next_step = "Carry on in another room; what was said here stays readable."


class PrivateRoomsAreUsedUp(Refusal):
    title = "This case has as many private rooms as it can have."
    next_step = "Carry on in one of those that are there, or in a private conversation with one side."


class YouAreMuted(NotForYou):
    title = "The mediator has asked you not to write at the table for now."
    next_step = "Write to the mediator privately; you can still read, agree and answer offers."


class MutedAlready(Refusal):
    title = "They cannot write at the table already."
    next_step = "Nothing more is needed."


class NotMuted(Refusal):
    title = "They can write at the table."
    next_step = "Nothing more is needed."


class SpeaksForASide(NotForYou):
    title = "Somebody who speaks for a side is not put out of it."
    next_step = "Pause the session, speak with them privately, or end the mediation."


class NotYoursToRemove(NotForYou):
    title = "You can remove those who joined your own side after you."
    next_step = "Ask the mediator, or somebody who was there before them."


class NothingLeftToKeep(Refusal):
    title = "What was said has been erased already."
    next_step = "The papers and direct talks are still there."


class HoldAlreadyAsked(Refusal):
    title = "You have asked for this already."
    next_step = "It stands as soon as both sides and the mediator have asked."


class HoldNotAsked(Refusal):
    title = "You have not asked for anything to be kept."
    next_step = "An order is lifted by whoever runs this portal; what others asked for, by them."


class NoTextYet(Refusal):
    title = "There is no settlement text yet."
    next_step = "The mediator opens it when it is time to write."


class TextIsFrozen(Refusal):
    title = "The text is waiting for signatures and cannot be changed."
    next_step = "Sign it, or say that you will not: then it is worked on again."


class TextIsNotFrozen(Refusal):
    title = "The text is still being worked on."
    next_step = "When both sides agree to every clause, drafting can be ended and the text signed."


class TheMediatorHoldsThePen(NotForYou):
    title = "The mediator holds the pen."
    next_step = "Suggest what you would change; it is put to everybody."


class AlreadySo(Refusal):
    title = "It is so already."
    next_step = "Nothing more is needed."


class LimitSaysNothing(Refusal):
    status = 422
    title = "A limit needs an amount, or terms in words."
    next_step = "Enter the amount, or write what is settled."


class TimeIsOver(Refusal):
    status = 422
    title = "This time is over already."
    next_step = "Choose a time that is still to come."


class TimeIsTooFar(Refusal):
    status = 422
    title = "This time is too far away."
    next_step = "Choose a time within the next twelve months."


class TimeDoesNotFit(Refusal):
    status = 422
    title = "A meeting takes from fifteen minutes to twelve hours."
    next_step = "Change when it begins or ends."


class SameTimeTwice(Refusal):
    status = 422
    title = "The same time is proposed twice."
    next_step = "Leave one of them out, or choose another time."


class ZoneUnknown(Refusal):
    status = 422
    title = "There is no such time zone."
    next_step = "Choose one from the list."


class TooManyMeetingsProposed(Refusal):
    title = "Several meetings are proposed already."
    next_step = "Answer one of them, or withdraw one, before you propose another."


class MeetingIsNotOpen(Refusal):
    title = "This is settled already, or withdrawn."
    next_step = "Look at the meetings as they are now; you can propose another time."


class MeetingsAreArrangedAtTheTable(Refusal):
    title = "Since the mediation began, meetings are arranged at the table."
    next_step = "Propose the time at the table."


class DoesNotSuitBoth(Refusal):
    title = "This time does not suit both sides, as far as they have said."
    next_step = "Wait for the other side's answer, or propose another time."


class MeetingHasNotBegun(Refusal):
    title = "This meeting has not begun yet."
    next_step = "Say who came once it has begun."


class ForThoseWhoArrange(NotForYou):
    title = "This takes somebody who speaks for a side, its lawyer, or the mediator."
    next_step = "Ask one of them to arrange it."


class EachForItsOwn(NotForYou):
    title = "Each side says this of its own people."
    next_step = "Leave the others out; their side says who of them came."


class ForManagement(NotForYou):
    title = "This takes somebody who decides for your side."
    next_step = "Ask the management of the business, or the client, to settle it with you."


class DraftsAreUsedUp(Refusal):
    title = "Your side has begun as many drafts as there can be."
    next_step = "Go on with the one that is there."


class TextCannotBeRead(Refusal):
    title = "The text cannot be read just now."
    next_step = "Try again in a moment."


class TextWasBegunAnew(Refusal):
    title = "The text was begun anew meanwhile."
    next_step = "Look at the text as it is now, and suggest it there."


class ClauseIsGone(Refusal):
    status = 404
    title = "This clause is not in the text, or not any more."
    next_step = "Look at the text as it is now."


class SuggestionIsMalformed(Refusal):
    status = 422
    title = "This is not a suggestion for a clause."
    next_step = "Suggest a clause with words in it."


class TooManySuggestions(Refusal):
    title = "There are too many open suggestions."
    next_step = "Decide some of them first."


class SuggestionsAreOpen(Refusal):
    title = "Something is still suggested for this clause."
    next_step = "Wait until it is decided, or withdraw your own suggestion."


class WordsOutsideTheClauses(Refusal):
    title = "Some words stand outside the clauses, where nobody can agree to them."
    next_step = "Put them into a clause, or take them out of the text."


class NotEverythingIsAgreed(Refusal):
    title = "Not every clause has both sides' agreement yet."
    next_step = "Go through the clauses that are still open."


class LanguageHasNoName(Refusal):
    status = 422
    title = "This language is not known here."
    next_step = "Choose one from the list."


class ReferenceLeadsNowhere(Refusal):
    title = "A clause refers to another one that is not in the text."
    next_step = "Have the marked reference point at a clause, or take it out. Then agree to that clause again."


class NotYetTimeToSign(Refusal):
    title = "You have until the next working day before you sign."
    next_step = "Sleep on it, or say that you do not need the time."


class SignedAlready(Refusal):
    title = "Your side has signed already."
    next_step = "Nothing more is needed."


class NotSigned(Refusal):
    title = "Your side has not signed."
    next_step = "There is nothing to take back."


class EffectiveAlready(Refusal):
    title = "The settlement binds both sides already."
    next_step = "A change now takes another agreement of both sides."


class AuthorityNeeded(Refusal):
    status = 422
    title = "You sign for somebody else: say what lets you."
    next_step = "Write for example “managing director” or “power of attorney of 3 March”."


class BothHaveSigned(Refusal):
    title = "Both sides have signed."
    next_step = "It takes effect by itself; until then only the client may withdraw, on the signing page."


class NoTimeToWaive(Refusal):
    title = "There is no time to think that you could do without."
    next_step = "Nothing more is needed."


class NeedsSomeoneOfThatSide(Refusal):
    status = 422
    title = "Nobody of that side is here yet."
    next_step = "Wait until they have joined, or invite them again."


class SeatDoesNotFit(Refusal):
    status = 422
    title = "This role does not go with this side."
    next_step = "A client's side has a principal, a business's side handlers and managers; a mediator has no side."


class LadderIsMalformed(Refusal):
    status = 422
    title = "These steps are not in order."
    next_step = "Use each step at most once, in the order talks, mediation, management, executive, referral."


# ── referral elsewhere ──────────────────────────────────────────────────────────────────────────────────────────────


class BindingDoesNotFit(Refusal):
    status = 422
    title = "Whether this binds does not go with this kind of proceedings."
    next_step = "Arbitration binds, another mediation never does; choose another kind, or the other answer."


class NotAProviderOfThisKind(Refusal):
    status = 422
    title = "This institution does not do this kind of proceedings by rules that are known here."
    next_step = "Choose another one, or name it yourself."


class TermsAreIncomplete(Refusal):
    title = "What both sides would be bound by is not all said yet."
    next_step = "Whoever proposes it names the institution, the rules, the place and what it costs; then you decide."


class TermsHaveChanged(Refusal):
    title = "The terms have changed since you read them."
    next_step = "Read what is there now, then decide afresh."


class TakesBothSides(Refusal):
    title = "This binds, so it goes out only when both sides have agreed to these very terms."
    next_step = "Wait for the other side; it may say no, and nothing follows from that."


class ReferralIsOver(Refusal):
    title = "This has been sent or withdrawn and cannot be changed."
    next_step = "Propose another one, or record what came back."


class ReferralWasNotSent(Refusal):
    title = "This has not been sent."
    next_step = "What came back can be recorded once it has gone out."


class ReferralsAreUsedUp(Refusal):
    title = "Your side has proposed as often as it can."
    next_step = "Change a proposal that is still open."


class PackHasChanged(Refusal):
    title = "What would go out has changed since you looked at it."
    next_step = "Look at it once more, then send it."


class NotYourSidesProposal(NotForYou):
    title = "The other side wrote this."
    next_step = "Say yes or no to it, or propose something yourself."


class OnlyWhatExistedBefore(Refusal):
    title = "This file cannot go out: it was made for the mediation, or the other side showed it there."
    next_step = "Choose a file that existed before, from direct talks or one your own side put on the table."


class ExhibitsAreUsedUp(Refusal):
    title = "As many files are chosen as one pack can take."
    next_step = "Take one back first, or send others to the institution yourself."


class ChosenAlready(Refusal):
    title = "This file is chosen already."
    next_step = "Nothing more is needed."


class OutcomesAreUsedUp(Refusal):
    title = "As many results are recorded as there can be."
    next_step = "Keep further ones among your own documents."


class NotADay(Refusal):
    status = 422
    title = "This is not a day on which something came back."
    next_step = "Give the day it is dated, not later than today."


class NameIsTaken(Refusal):
    title = "Something with this id is here already."
    next_step = "Send it again with a fresh id."


# ── policies ────────────────────────────────────────────────────────────────────────────────────────────────────────


class ConsumersSilenceIsNoRefusal(Refusal):
    status = 422
    title = "A consumer's silence is never counted as a refusal."
    next_step = "Let the case rest, remind them, or go on to the next step."


class BusinessCannotLetItRest(Refusal):
    status = 422
    title = "A business cannot put a dispute to rest by saying nothing."
    next_step = "Let its silence count as a refusal, remind it, or go on to the next step."


class StepOverMeansNextStep(Refusal):
    status = 422
    title = "When the time of a step is over, nobody has refused and nothing rests."
    next_step = "Remind both sides, or go on to the next step."


class ReminderComesTooLate(Refusal):
    status = 422
    title = "A reminder would come before its time begins."
    next_step = "Remind fewer working days before the end than there are until then."
