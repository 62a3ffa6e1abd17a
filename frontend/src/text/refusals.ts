/** The refusals of the case, in the words of `case/refusals.py`, so that the catalogue can say them in every language. */
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";

/** What happened, and what to do now, by the refusal's code. */
export const REFUSALS: Readonly<Record<string, readonly [MessageDescriptor, MessageDescriptor]>> = {
  "not-in-this-room": [msg`You are not in this room.`, msg`Choose one of the rooms on your screen.`],
  "for-the-mediator": [msg`Only the mediator can do this.`, msg`Ask the mediator, in the room or privately.`],
  "for-the-sides": [msg`Only the two sides can do this.`, msg`Leave the decision to the business and the client.`],
  "for-those-who-can-agree": [
    msg`This takes somebody who can agree for your side.`,
    msg`Ask the person who can agree for your side, or let your side say that you may.`,
  ],
  "not-yours": [msg`Only the person who wrote this can do that.`, msg`Ask them, or write your own.`],
  "not-there": [msg`This is not here, or not any more.`, msg`Look at what is on the screen now.`],
  "nothing-said": [msg`There are no words in it.`, msg`Write something first.`],
  "not-before-the-mediation-begins": [
    msg`The mediation has not begun yet.`,
    msg`It begins when both sides have accepted the mediator and everybody the ground rules.`,
  ],
  "mediation-has-ended": [msg`The mediation has ended.`, msg`The record stays available under Papers.`],
  "mediation-has-not-ended": [msg`The mediation has not ended yet.`, msg`End it first; closing the case comes after.`],
  "case-is-closed": [msg`This case is closed.`, msg`The record stays available under Papers.`],
  "talks-are-paused": [
    msg`The joint conversation is paused.`,
    msg`Wait until the mediator resumes it, or write to the mediator privately.`,
  ],
  "already-paused": [msg`It is paused already.`, msg`Nothing more is needed.`],
  "not-paused": [msg`Nothing is paused.`, msg`Carry on.`],
  "no-mediator-yet": [msg`There is no mediator on this case yet.`, msg`Invite a mediator first.`],
  "mediator-already-here": [
    msg`This case has a mediator already.`,
    msg`A side can ask for another mediator; then a new one can be invited.`,
  ],
  "mediator-has-not-disclosed": [
    msg`The mediator has not yet said whether there are ties to either side.`,
    msg`Wait for that; you are told when it is there.`,
  ],
  "mediator-already-accepted": [
    msg`Your side has accepted the mediator already.`,
    msg`Nothing more is needed from you.`,
  ],
  "agreement-already-accepted": [
    msg`You have accepted the ground rules already.`,
    msg`Nothing more is needed from you.`,
  ],
  "agreement-reads-differently": [
    msg`The ground rules are not the text you were shown.`,
    msg`Read them again and accept what is there now.`,
  ],
  "session-already-open": [msg`A session is open already.`, msg`Close it before opening another.`],
  "no-session-open": [msg`No session is open.`, msg`Open one first.`],
  "nobody-of-that-name": [msg`One of these people is not on the case.`, msg`Choose among the people on the case.`],
  "already-on-this-stage": [msg`The session is at this stage already.`, msg`Choose another stage.`],
  "answer-is-owed-already": [
    msg`The other side has been asked for an answer already, and its time for one runs.`,
    msg`You see above until when it runs. You can go on without its answer.`,
  ],
  "no-terms-here": [msg`There are no times for this on this case.`, msg`Agree on a day with the other side in your own words.`],
  "term-does-not-run": [msg`That time does not run, or is over.`, msg`Look at the steps for the times that run now.`],
  "extension-already-asked": [
    msg`Your side has asked for this already.`,
    msg`The time is longer as soon as the other side agrees to as many days.`,
  ],
  "term-is-long-enough": [msg`That would make this time longer than a year.`, msg`Ask for fewer days.`],
  "standstill-ends-too-soon": [
    msg`That day is not ahead, or is before the one that you have agreed on.`,
    msg`Choose a later day, three years from now at most.`,
  ],
  "standstill-reads-differently": [
    msg`The agreement is not the text you were shown.`,
    msg`Read it again, and agree to what is there now.`,
  ],
  "standstill-already-offered": [
    msg`Your side has offered this already.`,
    msg`It holds as soon as the other side agrees to the same day.`,
  ],
  "not-a-step-of-this-ladder": [
    msg`That is not the next step, up or down, of this case.`,
    msg`Take one step at a time, as the steps are shown.`,
  ],
  "step-already-asked": [
    msg`Your side has asked for this already.`,
    msg`It happens as soon as the other side agrees.`,
  ],
  "not-a-referral": [
    msg`The sides have not taken the step to a referral.`,
    msg`Both sides take that step together; then it can be recorded.`,
  ],
  "nothing-was-referred": [
    msg`Nothing has been sent on to anybody else yet.`,
    msg`Send the referral first; then either side can end it here as referred.`,
  ],
  "issue-already-endorsed": [
    msg`Your side has endorsed this question already.`,
    msg`Nothing more is needed from you.`,
  ],
  "already-answered": [msg`This has been answered already.`, msg`Look at the answer on the screen.`],
  "already-assented": [msg`Your side has agreed to this wording already.`, msg`Nothing more is needed from you.`],
  "not-assented": [msg`Your side has not agreed to this wording.`, msg`There is nothing to take back.`],
  "wording-has-changed": [
    msg`The wording has changed since you read it.`,
    msg`Read it again, then say whether you agree to it as it is now.`,
  ],
  "same-wording": [msg`That is the same wording as before.`, msg`Change it, or leave it as it is.`],
  "offer-is-empty": [msg`An offer needs an amount, or terms in words.`, msg`Say what you offer.`],
  "offer-already-answered": [
    msg`This offer has been answered or withdrawn already.`,
    msg`Look at where the offers stand now.`,
  ],
  "not-your-own-offer": [msg`A side cannot answer its own offer.`, msg`Wait for the other side, or withdraw it.`],
  "offers-are-made-at-the-table": [
    msg`The mediation has begun: offers are made and answered at the table.`,
    msg`Make the offer at the table.`,
  ],
  "both-sides-stand-by-it": [
    msg`Both sides agree to this wording.`,
    msg`Take back your agreement first, or put another wording to the other side.`,
  ],
  "caucus-already-open": [msg`You are in a private conversation with this side already.`, msg`Carry on there.`],
  "caucus-not-open": [msg`No private conversation with this side is open.`, msg`Open one first.`],
  "not-allowed-to-share": [
    msg`The side has not allowed this to be shared.`,
    msg`Ask them; it stays here until they say yes.`,
  ],
  "shared-already": [
    msg`This has been posted at the table already.`,
    msg`What is posted can be struck there, by the mediator.`,
  ],
  "message-is-gone": [msg`This message is gone already.`, msg`Nothing more is needed.`],
  "correspondence-stays": [
    msg`Direct talks are ordinary correspondence: after ten seconds a message stays.`,
    msg`Write another message that puts it right.`,
  ],
  "room-is-closed": [msg`This room is closed.`, msg`Carry on in another room; what was said here stays readable.`],
  "private-rooms-are-used-up": [
    msg`This case has as many private rooms as it can have.`,
    msg`Carry on in one of those that are there, or in a private conversation with one side.`,
  ],
  "you-are-muted": [
    msg`The mediator has asked you not to write at the table for now.`,
    msg`Write to the mediator privately; you can still read, agree and answer offers.`,
  ],
  "muted-already": [msg`They cannot write at the table already.`, msg`Nothing more is needed.`],
  "not-muted": [msg`They can write at the table.`, msg`Nothing more is needed.`],
  "no-text-yet": [
    msg`There is no settlement text yet.`,
    msg`The mediator opens it when it is time to write.`,
  ],
  "text-is-frozen": [
    msg`The text is waiting for signatures and cannot be changed.`,
    msg`Sign it, or say that you will not: then it is worked on again.`,
  ],
  "text-is-not-frozen": [
    msg`The text is still being worked on.`,
    msg`When both sides agree to every clause, drafting can be ended and the text signed.`,
  ],
  "the-mediator-holds-the-pen": [
    msg`The mediator holds the pen.`,
    msg`Suggest what you would change; it is put to everybody.`,
  ],
  "already-so": [
    msg`It is so already.`,
    msg`Nothing more is needed.`,
  ],
  "text-cannot-be-read": [
    msg`The text cannot be read just now.`,
    msg`Try again in a moment.`,
  ],
  "text-was-begun-anew": [
    msg`The text was begun anew meanwhile.`,
    msg`Look at the text as it is now, and suggest it there.`,
  ],
  "clause-is-gone": [
    msg`This clause is not in the text, or not any more.`,
    msg`Look at the text as it is now.`,
  ],
  "suggestion-is-malformed": [
    msg`This is not a suggestion for a clause.`,
    msg`Suggest a clause with words in it.`,
  ],
  "drafts-are-used-up": [
    msg`Your side has begun as many drafts as there can be.`,
    msg`Go on with the one that is there.`,
  ],
  "too-many-suggestions": [
    msg`There are too many open suggestions.`,
    msg`Decide some of them first.`,
  ],
  "suggestions-are-open": [
    msg`Something is still suggested for this clause.`,
    msg`Wait until it is decided, or withdraw your own suggestion.`,
  ],
  "not-everything-is-agreed": [
    msg`Not every clause has both sides' agreement yet.`,
    msg`Go through the clauses that are still open.`,
  ],
  "language-has-no-name": [
    msg`This language is not known here.`,
    msg`Choose one from the list.`,
  ],
  "mentioned-is-not-in-this-room": [
    msg`Somebody you mention is not in this room.`,
    msg`Mention others who are in this room, each of them once.`,
  ],
  "reference-leads-nowhere": [
    msg`A clause refers to another one that is not in the text.`,
    msg`Have the marked reference point at a clause, or take it out. Then agree to that clause again.`,
  ],
  "not-yet-time-to-sign": [
    msg`You have until the next working day before you sign.`,
    msg`Sleep on it, or say that you do not need the time.`,
  ],
  "signed-already": [
    msg`Your side has signed already.`,
    msg`Nothing more is needed.`,
  ],
  "not-signed": [
    msg`Your side has not signed.`,
    msg`There is nothing to take back.`,
  ],
  "effective-already": [
    msg`The settlement binds both sides already.`,
    msg`A change now takes another agreement of both sides.`,
  ],
  "authority-needed": [
    msg`You sign for somebody else: say what lets you.`,
    msg`Write for example “managing director” or “power of attorney of 3 March”.`,
  ],
  "no-time-to-waive": [
    msg`There is no time to think that you could do without.`,
    msg`Nothing more is needed.`,
  ],
  "words-outside-the-clauses": [
    msg`Some words stand outside the clauses, where nobody can agree to them.`,
    msg`Put them into a clause, or take them out of the text.`,
  ],
  "not-your-business": [
    msg`A case is opened for the business that one works for.`,
    msg`Use its name as it stands on your account page.`,
  ],
  "disclosure-has-changed": [
    msg`The mediator has said something else about ties since you read it, or is somebody else.`,
    msg`Read what is there now, then decide.`,
  ],
  "both-have-signed": [
    msg`Both sides have signed.`,
    msg`It takes effect by itself; until then only the client may withdraw, on the signing page.`,
  ],
  "speaks-for-a-side": [
    msg`Somebody who speaks for a side is not put out of it.`,
    msg`Pause the session, speak with them privately, or end the mediation.`,
  ],
  "not-yours-to-remove": [
    msg`You can remove those who joined your own side after you.`,
    msg`Ask the mediator, or somebody who was there before them.`,
  ],
  "nothing-left-to-keep": [
    msg`What was said has been erased already.`,
    msg`The papers and direct talks are still there.`,
  ],
  "hold-already-asked": [
    msg`You have asked for this already.`,
    msg`It stands as soon as both sides and the mediator have asked.`,
  ],
  "hold-not-asked": [
    msg`You have not asked for anything to be kept.`,
    msg`An order is lifted by whoever runs this portal; what others asked for, by them.`,
  ],
  "file-unknown": [msg`This file is not here, or not any more.`, msg`Look at what is on the screen now.`],
  // Said by the browser itself, when the file was moved, changed or taken away since it was chosen.
  "file-unreadable": [msg`This file can no longer be read on your device.`, msg`Look where it is now, and choose it again.`],
  "no-preview": [msg`This cannot be shown here.`, msg`Download it and open it with a program of yours.`],
  "file-too-large": [msg`This file is too large.`, msg`Send a smaller one, or split it into parts.`],
  "room-is-full": [
    msg`This room has no space for another file.`,
    msg`Withdraw one that is not needed any more.`,
  ],
  "too-many-uploads": [msg`You have other files on their way.`, msg`Wait until they have arrived, or cancel one.`],
  "hash-differs": [msg`What arrived is not what you sent.`, msg`Send the file again.`],
  "upload-unknown": [msg`This upload is not under way.`, msg`Begin it again.`],
  "upload-incomplete": [msg`Not all of the file has arrived.`, msg`Ask how far it came, then go on.`],
  "upload-out-of-step": [
    msg`This piece does not follow on what has arrived.`,
    msg`Ask how far it came, then go on.`,
  ],
  "piece-does-not-fit": [msg`This piece arrived cut short.`, msg`Send the file again.`],
  "not-bytes": [msg`We only take plain bytes here.`, msg`Send the file again.`],
  "paper-unknown": [msg`There is no such paper in this dispute.`, msg`See under papers which ones there are.`],
  "look-up-unknown": [msg`No paper of this portal bears this code.`, msg`Compare it with the paper, letter by letter, and the address of the portal, too.`],
  "paper-not-ready": [msg`This paper has not been made yet.`, msg`Try again in a minute.`],
  "not-a-word-file": [
    msg`This is not a Word file that can be read here.`,
    msg`Save it in Word as .docx, without a password, and try that file.`,
  ],
  "word-file-too-large": [
    msg`This Word file is larger than a settlement can be.`,
    msg`Take out pictures and attachments, or split it.`,
  ],
  "bundle-too-large": [
    msg`With its files the bundle would be larger than it can be.`,
    msg`Take it without the files, and save those that you need one by one.`,
  ],
  "too-slow": [msg`This piece took too long.`, msg`Send it again; what has arrived before is kept.`],
  "needs-someone-of-that-side": [
    msg`Nobody of that side is here yet.`,
    msg`Wait until they have joined, or invite them again.`,
  ],
  // limits of authority, and meetings of a step
  "limit-says-nothing": [
    msg`A limit needs an amount, or terms in words.`,
    msg`Enter the amount, or write what is settled.`,
  ],
  "time-is-over": [
    msg`This time is over already.`,
    msg`Choose a time that is still to come.`,
  ],
  "time-is-too-far": [
    msg`This time is too far away.`,
    msg`Choose a time within the next twelve months.`,
  ],
  "time-does-not-fit": [
    msg`A meeting takes from fifteen minutes to twelve hours.`,
    msg`Change when it begins or ends.`,
  ],
  "same-time-twice": [
    msg`The same time is proposed twice.`,
    msg`Leave one of them out, or choose another time.`,
  ],
  "zone-unknown": [msg`There is no such time zone.`, msg`Choose one from the list.`],
  "too-many-meetings-proposed": [
    msg`Several meetings are proposed already.`,
    msg`Answer one of them, or withdraw one, before you propose another.`,
  ],
  "meeting-is-not-open": [
    msg`This is settled already, or withdrawn.`,
    msg`Look at the meetings as they are now; you can propose another time.`,
  ],
  "meetings-are-arranged-at-the-table": [
    msg`Since the mediation began, meetings are arranged at the table.`,
    msg`Propose the time at the table.`,
  ],
  "does-not-suit-both": [
    msg`This time does not suit both sides, as far as they have said.`,
    msg`Wait for the other side's answer, or propose another time.`,
  ],
  "meeting-has-not-begun": [
    msg`This meeting has not begun yet.`,
    msg`Say who came once it has begun.`,
  ],
  "for-those-who-arrange": [
    msg`This takes somebody who speaks for a side, its lawyer, or the mediator.`,
    msg`Ask one of them to arrange it.`,
  ],
  "each-for-its-own": [
    msg`Each side says this of its own people.`,
    msg`Leave the others out; their side says who of them came.`,
  ],
  "for-management": [
    msg`This takes somebody who decides for your side.`,
    msg`Ask the management of the business, or the client, to settle it with you.`,
  ],
  "seat-does-not-fit": [
    msg`This role does not go with this side.`,
    msg`A client's side has a principal, a business's side handlers and managers; a mediator has no side.`,
  ],
  "ladder-is-malformed": [
    msg`These steps are not in order.`,
    msg`Use each step at most once, in the order talks, mediation, management, executive, referral.`,
  ],
  "name-is-taken": [msg`Something with this id is here already.`, msg`Send it again with a fresh id.`],
  "code-needed": [
    msg`First show that this invitation is yours.`,
    msg`Ask for a code: we mail it to the address that was invited.`,
  ],
  "code-wrong": [msg`This is not the code that we mailed.`, msg`Look at the newest mail and try again.`],
  "code-expired": [msg`This code does not work any more.`, msg`Ask for a new code.`],
  "sign-in-instead": [
    msg`There is an account with this address.`,
    msg`Sign in with it, then open this link again.`,
  ],
  "too-many-links": [
    msg`This invitation was sent again too often.`,
    msg`One of the earlier mails still works; or invite again.`,
  ],
  "intake-unknown": [
    msg`Nobody takes in disputes under this address.`,
    msg`Check the address, or ask the business for the link to its page.`,
  ],
  "already-taken-on": [
    msg`Somebody else has taken this on already.`,
    msg`Look at your list again; ask them to invite you if you should be there too.`,
  ],
  "clause-incomplete": [
    msg`A ready clause needs a title, its wording, and what it means.`,
    msg`Write what is missing.`,
  ],
  "clause-rewritten": [
    msg`Somebody has rewritten this clause since you read it.`,
    msg`Read it as it is now, then change it again.`,
  ],
  "clauses-are-used-up": [
    msg`There are as many ready clauses as there can be.`,
    msg`Take up one that is retired, and rewrite it.`,
  ],
  "binding-does-not-fit": [
    msg`Whether this binds does not go with this kind of proceedings.`,
    msg`Arbitration binds, another mediation never does; choose another kind, or the other answer.`,
  ],
  "not-a-provider-of-this-kind": [
    msg`This institution does not do this kind of proceedings by rules that are known here.`,
    msg`Choose another one, or name it yourself.`,
  ],
  "terms-are-incomplete": [
    msg`What both sides would be bound by is not all said yet.`,
    msg`Whoever proposes it names the institution, the rules, the place and what it costs; then you decide.`,
  ],
  "terms-have-changed": [
    msg`The terms have changed since you read them.`,
    msg`Read what is there now, then decide afresh.`,
  ],
  "takes-both-sides": [
    msg`This binds, so it goes out only when both sides have agreed to these very terms.`,
    msg`Wait for the other side; it may say no, and nothing follows from that.`,
  ],
  "referral-is-over": [
    msg`This has been sent or withdrawn and cannot be changed.`,
    msg`Propose another one, or record what came back.`,
  ],
  "referral-was-not-sent": [
    msg`This has not been sent.`,
    msg`What came back can be recorded once it has gone out.`,
  ],
  "referrals-are-used-up": [
    msg`Your side has proposed as often as it can.`,
    msg`Change a proposal that is still open.`,
  ],
  "pack-has-changed": [
    msg`What would go out has changed since you looked at it.`,
    msg`Look at it once more, then send it.`,
  ],
  "not-your-sides-proposal": [
    msg`The other side wrote this.`,
    msg`Say yes or no to it, or propose something yourself.`,
  ],
  "only-what-existed-before": [
    msg`This file cannot go out: it was made for the mediation, or the other side showed it there.`,
    msg`Choose a file that existed before, from direct talks or one your own side put on the table.`,
  ],
  "exhibits-are-used-up": [
    msg`As many files are chosen as one pack can take.`,
    msg`Take one back first, or send others to the institution yourself.`,
  ],
  "chosen-already": [
    msg`This file is chosen already.`,
    msg`Nothing more is needed.`,
  ],
  "outcomes-are-used-up": [
    msg`As many results are recorded as there can be.`,
    msg`Keep further ones among your own documents.`,
  ],
  "not-a-day": [
    msg`This is not a day on which something came back.`,
    msg`Give the day it is dated, not later than today.`,
  ],
  "pack-too-large": [
    msg`With its exhibits the pack would be larger than it can be.`,
    msg`Save the pack as PDF, and the exhibits one by one.`,
  ],
  "consumers-silence-is-no-refusal": [
    msg`A consumer's silence is never counted as a refusal.`,
    msg`Let the case rest, remind them, or go on to the next step.`,
  ],
  "business-cannot-let-it-rest": [
    msg`A business cannot put a dispute to rest by saying nothing.`,
    msg`Let its silence count as a refusal, remind it, or go on to the next step.`,
  ],
  "step-over-means-next-step": [
    msg`When the time of a step is over, nobody has refused and nothing rests.`,
    msg`Remind both sides, or go on to the next step.`,
  ],
  "reminder-comes-too-late": [
    msg`A reminder would come before its time begins.`,
    msg`Remind fewer working days before the end than there are until then.`,
  ],
  "policy-rewritten": [
    msg`Somebody has changed this ladder since you read it.`,
    msg`Read it as it is now, then change it again.`,
  ],
  "person-named-twice": [
    msg`Somebody is named twice at one step.`,
    msg`Name each person once at a step; they may act at several.`,
  ],
  "day-too-far-away": [msg`A day is too far away to be counted.`, msg`Choose days between 2000 and 2199.`],
  "place-unknown": [msg`We know no holidays of this place.`, msg`Choose another place.`],
  "email-needed": [msg`That is not an e-mail address.`, msg`Enter one like name@example.org.`],
};
