// A mediator, a business handler and a client live through a dispute from its opening to its end, each at their own
// browser; the client on a phone.
import {
  acceptEverything,
  agree,
  at,
  CLIENT,
  comeIn,
  comeToTheTable,
  counter,
  deskOf,
  fillOffer,
  goToMind,
  invite,
  offer,
  openCase,
  paper,
  propose,
  reflect,
  say,
  sayToEveryoneAfterACaucus,
  scribe,
  sharesWordings,
  signIn,
  statement,
  statePosition,
  textOf,
  turnTo,
  type,
} from "./doings.mjs";
import { check, DESKTOP, PHONE, setting, tell, until } from "./person.mjs";

const QUESTIONS = [
  "Our question: what is owed on the last invoice?",
  "Our question: how does the site get maintained from here?",
];
/** Said in confidence: each must never reach the other side's browser in any form. */
const CLIENTS_SECRET = "We could pay about 12,000 if the maintenance is really included.";
const CLIENTS_FIRST_WORRY = "Before I agree to anything: will they read what I tell you?";
const CLIENTS_CONDITION = "Only if they do not learn that it came from us.";
const BUSINESS_SECRET = "We cannot go under 11,500, the freelancer is already paid.";
const WHAT_IF = "What if maintenance were included for a figure nearer to twelve?";
const TERM = "Twelve months of maintenance are included, with an answer within one working day.";

await tell(async ({ enter, chapter }) => {
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const client = await enter("Lucia Pirelli", PHONE);
  const everyone = [mediator, handler, client];
  const all = (what) => Promise.all(everyone.map(what));

  chapter("The staff sign in; the business opens the case and invites a mediator and the client");
  await Promise.all([signIn(mediator, setting.staff.mediator), signIn(handler, setting.staff.handler)]);
  await openCase(handler);
  const forMediator = await invite(handler, "Mediator", "Dr Amara Okafor");
  await handler.presses("Invite someone else");
  const forClient = await invite(handler, "Client", "Lucia Pirelli");

  chapter("The mediator and the client come by their links");
  await comeIn(mediator, forMediator, "Continue");
  await comeIn(client, forClient, "Ask the mediator privately");
  await mediator.writes("Your ties to either side", "I have not worked for either side.");
  await mediator.presses("Tell everyone");

  chapter("A private word before anything is accepted");
  await say(client, "Write privately to Dr Amara Okafor", CLIENTS_FIRST_WORRY);
  await mediator.turnsTo(`Private: ${CLIENT}`);
  await mediator.sees(CLIENTS_FIRST_WORRY);
  await say(mediator, `Write privately to ${CLIENT}`, "No. It stays here unless you allow exact words.");
  await client.sees("No. It stays here unless you allow exact words.");

  chapter("Everyone accepts the mediator and the ground rules");
  await all((person) => acceptEverything(person, person !== mediator));
  await all(comeToTheTable);

  chapter("The mediator opens a session and puts the questions; the sides endorse them");
  await mediator.presses("Open a session", await deskOf(mediator));
  await mediator.sees(/^Open since/, await deskOf(mediator));
  for (const question of QUESTIONS) {
    await mediator.presses("Put a question on the table");
    await mediator.writes("The question", question);
    await mediator.presses("Put it on the table");
    await mediator.sees(mediator.page.getByRole("region", { name: question }));
  }
  for (const side of [handler, client]) {
    for (const question of QUESTIONS) await side.presses("This is the right question", at(side, question));
  }
  await all((person) => until(`${person.name} sees both questions endorsed`, async () => (await person.page.getByText("Both sides want to answer this").count()) === QUESTIONS.length));

  chapter("Positions by both sides, and one written down by the mediator for the client");
  await Promise.all([
    statePosition(handler, QUESTIONS[0], "The work was delivered in full and the invoice of EUR 18,400 is due.", "Cash flow, and a reference client in gastronomy.", "Payment within 14 days."),
    statePosition(client, QUESTIONS[0], "Seven weeks of summer orders were lost; the last invoice should be waived.", "To recover a part of the season.", "A credit for the lost weeks."),
  ]);
  await all((person) => person.sees("The work was delivered in full", at(person, QUESTIONS[0])));
  await all((person) => person.sees("Seven weeks of summer orders were lost", at(person, QUESTIONS[0])));
  await scribe(mediator, QUESTIONS[1], "Lucia Pirelli", "The site must not go down in December.");
  await client.follows(/Read what the mediator wrote down for you/);
  await client.sees("The site must not go down in December.");
  await handler.neverLearned("The site must not go down in December.");
  await client.presses("That's it");
  await client.turnsTo("Table");
  await all((person) => person.sees("The site must not go down in December.", at(person, QUESTIONS[1])));

  chapter("The mediator reflects: one is right, one is corrected and reflected again");
  await reflect(mediator, "Lucia Pirelli", "Say back what you hear", "The season matters more to you than the money.");
  await client.presses("That's it", at(client, QUESTIONS[0]));
  await all((person) => person.sees("\"That's it\", says Lucia Pirelli"));
  await reflect(mediator, "Jonas Weidt", "Say back what you hear", "You want to be paid, whatever it costs.");
  await handler.presses("Not quite", at(handler, QUESTIONS[0]));
  await handler.writes("In your own words", "Paid, yes, and we want to keep them as a reference.");
  await handler.presses("Say it to everyone");
  await mediator.sees("Not quite, says Jonas Weidt.");
  await reflect(mediator, "Jonas Weidt", "Say it back again", "You want to be paid, and to keep the relationship.");
  await handler.presses("That's it", at(handler, QUESTIONS[0]));
  await all((person) => person.sees("\"That's it\", says Jonas Weidt"));

  chapter("Common ground: both agree, a rewording lapses, both agree again");
  await goToMind(client, "What we share");
  await propose(mediator, QUESTIONS[1], "What happened", "The site as delivered works.");
  await agree(handler, "The site as delivered works.");
  await agree(client, "The site as delivered works.");
  await all((person) => sharesWordings(person, 1));
  await mediator.takesFromMenu("More about this wording", "Word it better", statement(mediator, "The site as delivered works."));
  const better = "The site as delivered works and both sides want it to stay online.";
  await mediator.writes("The wording", better);
  await mediator.presses("Put the new wording on the table");
  await all((person) => person.sees("The wording has changed; earlier agreement no longer counts."));
  await agree(client, better);
  await agree(handler, better);
  await propose(handler, QUESTIONS[1], "What we could agree on", TERM);
  await agree(client, TERM);
  await agree(handler, TERM);
  await all((person) => sharesWordings(person, 2));

  chapter("Each side speaks with the mediator alone; the client lets a \"what if\" be carried to the table");
  await turnTo(handler, "Private with Dr Amara Okafor");
  await say(handler, "Write privately to Dr Amara Okafor", BUSINESS_SECRET);
  await turnTo(handler, "Everyone");
  await mediator.presses("Meet privately", (await deskOf(mediator)).getByRole("listitem").filter({ hasText: CLIENT }));
  await mediator.presses("Begin the private session");
  await client.turnsTo("Private with the mediator");
  await client.sees("Private: only you and Dr Amara Okafor");
  await say(client, "Write privately to Dr Amara Okafor", CLIENTS_SECRET);
  await mediator.touch(mediator.one("tab", /^Conversation/));
  await mediator.sees(CLIENTS_SECRET);
  await mediator.takesFromMenu("More about this message", "Ask whether this may be said at the table", mediator.page.getByRole("listitem").filter({ hasText: CLIENTS_SECRET }));
  await mediator.writes("The words you would use", WHAT_IF);
  await mediator.picks(/As the mediator's own/);
  await mediator.presses("Ask them");
  await client.writes("A condition, if you have one", CLIENTS_CONDITION);
  await client.inspects("caucus with a question to share");
  await client.presses("Yes, exactly this");
  await mediator.sees(CLIENTS_CONDITION);
  await handler.neverLearned(WHAT_IF);
  await mediator.presses("Say it at the table");
  await mediator.presses("Say it at the table", mediator.page.getByRole("alertdialog"));
  await handler.sees(WHAT_IF);
  await handler.sees("The mediator's own \"what if\"");
  handler.hasLearned(WHAT_IF);
  await mediator.presses("End it", (await deskOf(mediator)).getByRole("listitem").filter({ hasText: CLIENT }));
  await mediator.presses("End the private session");
  await handler.sees("We are back together.");
  await keepSecrets();

  chapter("Offers and counter-offers, as far as a yes");
  await client.turnsTo("Table");
  await goToMind(client, "What we will sign");
  await client.presses("Make an offer");
  await fillOffer(client, "8000", "Twelve months of maintenance included.");
  await counter(handler, "€8,000", "15000", "Six months of maintenance included.");
  await counter(client, "€15,000", "11000", "Twelve months of maintenance included.");
  await counter(handler, "€11,000", "12500", "Twelve months of maintenance included, paid in two instalments.");
  await client.presses("Accept", offer(client, "€12,500"));
  await client.presses("Accept it");
  await all(async (person) => {
    await goToMind(person, "What we will sign");
    await person.sees("Accepted", offer(person, "€12,500"));
    await person.inspects(`table with offers ${person === mediator ? "mediator" : "side"}`);
  });
  await client.turnsTo("Conversation");

  chapter("A word taken back at once, and a pause");
  await sayToEveryoneAfterACaucus(client, "I wish we had never met you.");
  await handler.sees("I wish we had never met you.");
  // What was sent in private a moment ago may still offer the same above it.
  await client.touch(client.one("button", "Take it back").last());
  await all((person) => person.noLongerSees("I wish we had never met you."));
  await mediator.presses("Pause for everyone", await deskOf(mediator));
  await client.sees("The joint conversation is paused");
  await handler.sees("The joint conversation is paused");
  check((await client.one("textbox", "Say something to everyone").count()) === 0, "The client can write to everyone during a pause.");
  await mediator.presses("Carry on", await deskOf(mediator));
  await client.one("textbox", "Say something to everyone").waitFor();

  await draft();
  await goOffline();

  chapter("The mediator ends it, and each takes their record along");
  await mediator.turnsTo("Table");
  await mediator.presses("End the mediation", await deskOf(mediator));
  await mediator.picks(/^Settled$/, mediator.page.getByRole("dialog"));
  await mediator.presses("End it and record the date");
  await all(async (person) => {
    await person.turnsTo("Papers");
    await person.sees("Settled");
    await person.inspects("papers at the end");
    const [download] = await Promise.all([person.page.waitForEvent("download"), person.follows("Download your record")]);
    await download.saveAs(`${setting.bundles}/${person.name}.zip`);
  });
  await keepSecrets();

  async function keepSecrets() {
    for (const secret of [CLIENTS_SECRET, CLIENTS_FIRST_WORRY, CLIENTS_CONDITION]) await handler.neverLearned(secret);
    await client.neverLearned(BUSINESS_SECRET);
  }

  async function draft() {
    chapter("Drafting: clauses from what was agreed, and three people writing at once");
    await mediator.touch((await deskOf(mediator)).getByText("All stages"));
    await mediator.presses("Go to Drafting", await deskOf(mediator));
    await mediator.presses("Go there", mediator.page.getByRole("alertdialog"));
    await handler.presses("Make this a clause", statement(handler, TERM));
    await handler.sees(TERM, paper(handler));
    await client.turnsTo("Table");
    await goToMind(client, "What we will sign");
    await client.presses("Make this a clause", offer(client, "€12,500"));
    await client.sees("Payment of €12,500", paper(client));
    await mediator.turnsTo("Settlement");
    await all((person) => until(`${person.name} has both clauses`, async () => (await textOf(person)).includes("Payment of €12,500") && (await textOf(person)).includes(TERM)));
    const words = { first: "Both sides declare: ", middle: " A status note comes every Friday.", last: " The first instalment is due on 15 January." };
    await Promise.all([
      type(mediator, "Control+Home", words.first),
      type(handler, "End", words.middle, "Twelve months of maintenance are"),
      type(client, "Control+End", words.last),
    ]);
    await alike(Object.values(words));
    await all((person) => person.sees("Saved, and everyone here has it"));
  }

  async function goOffline() {
    chapter("The client's phone loses its network, says so, and catches up");
    await client.loses("network");
    await client.sees("You are offline.");
    await client.sees("Offline. All you wrote is saved.");
    await type(client, "Control+End", " Written in a tunnel.");
    await client.sees("Offline. Not saved yet: keep this page open.");
    await client.inspects("settlement offline");
    await sayToEveryoneAfterACaucus(handler, "Are you still with us?");
    await type(handler, "Control+Home", "Written meanwhile. ");
    await client.finds("network");
    await client.noLongerSees("You are offline.");
    await alike(["Written in a tunnel.", "Written meanwhile."]);
    await client.sees("Saved, and everyone here has it");
    await client.turnsTo("Conversation");
    await client.sees("Are you still with us?");
  }

  /** All three screens show the same text, and it holds all these words. */
  async function alike(words) {
    let texts = [];
    await until(
      () => `all three have the same text with "${words.join('", "')}", but they have ${JSON.stringify(texts)}`,
      async () => {
        texts = await all(textOf);
        return texts.every((text) => text === texts[0] && words.every((some) => text.includes(some)));
      },
    );
  }
});
