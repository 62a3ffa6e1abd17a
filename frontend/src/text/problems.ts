/** Refusals in the reader's language: the server words them in English, the catalogue knows the ones people meet. */
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";

/** What a person is told when something was refused: what happened, and what to do now. */
export interface Explanation {
  title: string;
  next: string;
}

const KNOWN: Readonly<Record<string, readonly [MessageDescriptor, MessageDescriptor]>> = {
  "wrong-email-or-password": [
    msg`The e-mail address or the password is not right.`,
    msg`Check both and try again. If you came by an invitation, open its link instead.`,
  ],
  "not-signed-in": [msg`You are not signed in.`, msg`Sign in, then try again.`],
  "not-on-this-case": [msg`You are not on this case.`, msg`Go back to your own cases, or ask whoever invited you.`],
  "not-open-to-you": [msg`This is not open to you.`, msg`Go back to your own cases.`],
  "not-found": [msg`There is nothing here.`, msg`Check the address.`],
  "too-many-tries": [msg`That was too often in a short time.`, msg`Wait a little, then try again.`],
  "try-again": [msg`The portal cannot answer right now.`, msg`Nothing was lost. Try again in a moment.`],
  "something-broke": [
    msg`Something went wrong on our side.`,
    msg`Try again in a moment. If it stays, tell whoever runs this portal.`,
  ],
  "invalid-input": [msg`Something you wrote does not fit.`, msg`Look at the marked fields, then send it again.`],
  "wording-has-changed": [
    msg`The wording has changed since you read it.`,
    msg`Read it again, then say whether you agree to it as it is now.`,
  ],
  "talks-are-paused": [
    msg`The joint conversation is paused.`,
    msg`Wait until the mediator resumes it, or write to the mediator privately.`,
  ],
  "not-before-the-mediation-begins": [
    msg`The mediation has not begun yet.`,
    msg`It begins when both sides have accepted the mediator and everybody the ground rules.`,
  ],
  "mediation-has-ended": [msg`The mediation has ended.`, msg`The record stays available under Papers.`],
  "for-those-who-can-agree": [
    msg`This takes somebody who can agree for your side.`,
    msg`Ask the person who can agree for your side, or let your side say that you may.`,
  ],
  "for-the-mediator": [msg`Only the mediator can do this.`, msg`Ask the mediator, in the room or privately.`],
  "nothing-said": [msg`There are no words in it.`, msg`Write something first.`],
  "offer-is-empty": [msg`An offer needs an amount, or terms in words.`, msg`Say what you offer.`],
  "agreement-reads-differently": [
    msg`The ground rules are not the text you were shown.`,
    msg`Read them again and accept what is there now.`,
  ],
  unreachable: [
    msg`We could not reach the portal.`,
    msg`What you wrote is still here. Check your connection and try again.`,
  ],
};

const UNKNOWN = [msg`That did not work.`, msg`Look at what is on the screen now and try again.`] as const;

interface Worded {
  code: string;
  title: string;
  next: string;
}

/** Words for a refusal: the catalogue's if it knows the code, else the server's own, else a general sentence. */
export function explain(problem: Worded): Explanation {
  const known = KNOWN[problem.code];
  if (known !== undefined && (i18n.locale !== "en" || problem.title === "")) {
    return { title: i18n._(known[0]), next: i18n._(known[1]) };
  }
  if (problem.title !== "") return { title: problem.title, next: problem.next };
  return { title: i18n._(UNKNOWN[0]), next: i18n._(UNKNOWN[1]) };
}

/** Words for the case that nobody answered at all. */
export function explainUnreachable(): Explanation {
  return explain({ code: "unreachable", title: "", next: "" });
}
