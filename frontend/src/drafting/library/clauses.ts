/**
 * Clauses to begin with, in our own words. Each says what it means for whoever agrees to it, and warns where it takes
 * something from a consumer. They are no legal advice; square brackets are to be filled in.
 */
import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";

export interface LibraryClause {
  id: string;
  name: MessageDescriptor;
  /** What it is for, in a line. */
  use: MessageDescriptor;
  /** The wording, a paragraph for each line. */
  words: MessageDescriptor;
  /** "What this means for you." */
  means: MessageDescriptor;
  /** Shown where it takes rights that a consumer has. */
  warning: MessageDescriptor | null;
}

/** Said of a clause of a provider that is marked as taking rights. */
export const TAKES_RIGHTS = msg`This takes or limits rights that you may have as a consumer. Be sure you know which ones, and ask somebody you trust before you agree.`;

export const LIBRARY: readonly LibraryClause[] = [
  {
    id: "release",
    name: msg`Release`,
    use: msg`Nobody asks for more because of what this dispute was about.`,
    words: msg`Once everything in this settlement has been done, neither side has any further claim against the other because of [the work or delivery this dispute was about]. Claims that somebody could not know of today stay open, and so do claims for harm to a person’s life or health.`,
    means: msg`When all of it has been done, you cannot ask for anything more because of this dispute, and neither can the other side.`,
    warning: msg`This gives up claims that you may have. Be sure you know which ones, and ask somebody you trust before you agree.`,
  },
  {
    id: "full-and-final",
    name: msg`Full and final settlement`,
    use: msg`This text is all there is; earlier promises in the matter no longer count.`,
    words: msg`This settlement ends the dispute about [matter] completely. It takes the place of everything the two sides said, wrote or promised about it before. It can be changed only in writing and with the agreement of both sides.`,
    means: msg`Only what stands in this text counts. Whatever you were promised before and is not written here, you cannot rely on.`,
    warning: msg`Check that everything you were promised stands in the text. What is missing is given up.`,
  },
  {
    id: "payment-in-instalments",
    name: msg`Payment in instalments`,
    use: msg`A sum in several parts, and what happens when one is late.`,
    words: msg`[Who pays] pays [who receives] [amount] in [number] instalments of [amount] each. The first is due on [date], each further one on [day] of the following months. Payment goes to [account].
If an instalment is more than [14] days late in spite of a written reminder, the whole sum that is still open becomes due at once.`,
    means: msg`The money comes in parts on fixed days. If a part stays away for longer than agreed and a reminder did not help, all that is left has to be paid at once.`,
    warning: null,
  },
  {
    id: "handover",
    name: msg`Handing over`,
    use: msg`What is handed over, when, in what state, and how it is checked.`,
    words: msg`[Who] hands over [what] to [whom] by [date], in this state: [description]. [Whom] checks it within [10] working days and says in writing what is missing. What is missing is put right within [10] working days. If nothing is said in that time, it counts as accepted; faults that could not be seen in the check may still be raised.`,
    means: msg`You know what is handed over and until when. Whoever receives it has to look at it in time and say what is wrong.`,
    warning: msg`Saying nothing in time counts as accepting. Put the day until which you have to check into your calendar.`,
  },
  {
    id: "confidentiality",
    name: msg`Confidentiality`,
    use: msg`What stays between the two sides.`,
    words: msg`Both sides keep the content of this settlement to themselves. They may speak of it to their advisers, insurers, auditors and those they live with, to anybody the law obliges them to inform, and as far as they must in order to have it carried out. That there was a dispute and that it has been settled may be said.`,
    means: msg`You may not tell others what you agreed on, except the people and offices named here.`,
    warning: msg`This limits what you may say in public. It cannot keep you from going to an authority, from giving evidence or from getting advice.`,
  },
  {
    id: "public-statements",
    name: msg`Reviews and public statements`,
    use: msg`What is said in public about the matter from now on.`,
    words: msg`By [date], [who] adds to the review at [where]: “The matter has been settled to the satisfaction of both sides.” Nobody is obliged to delete a true review or to praise anybody. Both sides say nothing untrue or demeaning about each other in public.`,
    means: msg`What you wrote may stay. You add a sentence to it, and both of you keep to the truth and stay civil.`,
    warning: msg`You may always say honestly and fairly what you experienced. Do not agree to more than this without advice.`,
  },
  {
    id: "apology",
    name: msg`Apology`,
    use: msg`Words of regret that admit nothing.`,
    words: msg`[Who] says to [whom]: “[I am sorry that …]” This is said to make peace. It is no admission that anybody was at fault, and it changes nothing about the other clauses.`,
    means: msg`You hear, or say, that something is regretted. It cannot be held against anybody as an admission.`,
    warning: null,
  },
  {
    id: "governing-law",
    name: msg`Governing law`,
    use: msg`By which country’s law this text is read.`,
    words: msg`This settlement is read by the law of [country]. If one of the two sides is a consumer, the protection that the law of the country where they live gives them, and that no agreement may take away, stays theirs.`,
    means: msg`If you ever disagree about what this text means, the law of that country decides.`,
    warning: msg`As a consumer you keep the protection of the country you live in. Ask for advice if another country’s law is to apply.`,
  },
];
