/** Refusals in the reader's language: the server words them in English, the catalogue knows the ones people meet. */
import { i18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { REFUSALS } from "./refusals";

/** What a person is told when something was refused: what happened, and what to do now. */
export interface Explanation {
  title: string;
  next: string;
}

const KNOWN: Readonly<Record<string, readonly [MessageDescriptor, MessageDescriptor]>> = {
  ...REFUSALS,
  "invitation-unknown": [
    msg`This link does not lead to an invitation.`,
    msg`Check that you have the whole link, or ask whoever invited you for a new one.`,
  ],
  "invitation-already-used": [
    msg`This invitation has been accepted already.`,
    msg`If it was you, ask for a code: it leads you back in. If not, tell whoever invited you.`,
  ],
  "invitation-revoked": [msg`This invitation was taken back.`, msg`Ask whoever invited you for a new link.`],
  "invitation-expired": [msg`This invitation has expired.`, msg`Ask whoever invited you for a new link.`],
  "already-on-this-case": [
    msg`This browser is signed in as somebody who is on this case already.`,
    msg`Sign out first, or open the link in another browser or a private window.`,
  ],
  "may-not-invite": [
    msg`You cannot invite somebody in this role.`,
    msg`Whoever speaks for their side can invite them.`,
  ],
  "too-many-invitations": [
    msg`Too many of your invitations are still open.`,
    msg`Take back those that are no longer needed, then invite again.`,
  ],
  "no-such-invitation": [msg`There is no such invitation.`, msg`Look at your invitations again.`],
  "name-needed": [msg`We need a name to show to the others.`, msg`Write the name you go by.`],
  "too-large": [msg`That is more than we can take in one go.`, msg`Send less at a time.`],
  "foreign-origin": [msg`This request came from another site.`, msg`Open the portal at its own address and try again there.`],
  "command-id-used": [
    msg`This was sent before, with something else in it.`,
    msg`Look at your invitations, then send it again as a new one.`,
  ],
  "command-id-reused": [msg`That did not work.`, msg`Look at what is on the screen now and try again.`],
  "wrong-email-or-password": [
    msg`The e-mail address or the password is not right.`,
    msg`Check both and try again. If you came by an invitation, open its link instead.`,
  ],
  "passkey-refused": [
    msg`This passkey does not open an account here.`,
    msg`Try another passkey, or sign in with e-mail and password.`,
  ],
  "passkey-too-late": [msg`That took too long, or it was sent twice.`, msg`Start again: it takes a few seconds.`],
  "passkey-not-accepted": [msg`This device gave no passkey that we can use.`, msg`Try again, or another device.`],
  "passkey-known": [msg`This passkey is kept already.`, msg`Use it to sign in.`],
  "too-many-passkeys": [msg`This account has as many passkeys as it can have.`, msg`Remove one first.`],
  "last-way-in": [
    msg`This passkey is the only way into the account.`,
    msg`Add another passkey or choose a password first.`,
  ],
  "reset-link-unusable": [
    msg`This link does not set a password any more.`,
    msg`Ask for a new one: each works once, and not for long.`,
  ],
  "password-too-short": [
    msg`The password has fewer than 12 characters.`,
    msg`Choose a longer one; a few unrelated words do well.`,
  ],
  "wrong-password": [msg`The present password is not right.`, msg`Check it and try again.`],
  "no-password-yet": [
    msg`This account has no password yet.`,
    msg`Have a link mailed to you, and choose one with it.`,
  ],
  "name-mixes-alphabets": [
    msg`A word of this name mixes letters of different alphabets that look alike.`,
    msg`Write each word in one alphabet.`,
  ],
  "email-taken": [msg`There is an account with this address.`, msg`Sign in with it, or use another address.`],
  "slug-taken": [msg`Another organisation has this address already.`, msg`Choose another short name.`],
  "not-your-own-account": [
    msg`Nobody shuts or changes their own account here.`,
    msg`Ask another administrator, or whoever runs this portal.`,
  ],
  "sits-on-a-case": [
    msg`This account has a seat on a case, and whoever manages accounts has none.`,
    msg`Make another account for managing.`,
  ],
  "account-unknown": [msg`There is no such account.`, msg`Reload the page: it may have changed.`],
  "consent-needed": [
    msg`You have not agreed to sign electronically.`,
    msg`Tick that you do, or ask the mediator how to sign on paper.`,
  ],
  "proof-needed": [
    msg`We have to know that it is you who signs.`,
    msg`Enter the code that we mail to you, or use your passkey.`,
  ],
  "address-unknown": [
    msg`We know no e-mail address of yours to which a code could go.`,
    msg`Sign with a passkey, or ask whoever invited you to invite you by e-mail.`,
  ],
  "passkey-does-not-show-it": [
    msg`This passkey does not show that it is you.`,
    msg`Try again with a passkey of this account, or have a code mailed to you.`,
  ],
  "no-passkey": [msg`You have no passkey here that is at least a day old.`, msg`Have a code mailed to you instead.`],
  "organisation-unknown": [msg`There is no such organisation.`, msg`Reload the page.`],
  "no-date": [msg`There is no date here.`, msg`Go back to the case, and look at what is new.`],
  "webhook-address-refused": [
    msg`We do not send anything to this address.`,
    msg`Enter one that is public, holds no name or password, and begins with https://.`,
  ],
  "webhook-is-off": [msg`Nothing is sent to your systems at the moment.`, msg`Enter an address and switch it on, then try again.`],
  "complaint-unknown": [msg`There is no such complaint.`, msg`Reload the page.`],
  "not-signed-in": [msg`You are not signed in.`, msg`Sign in, then try again.`],
  // Under this code the door to a case speaks; the case itself uses it too, for somebody named who has no seat.
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
