// What people do in a case, each by what it is called on the screen.
import { addressOf, codeFor } from "./mail.mjs";
import { until } from "./person.mjs";

const TITLE = "Website delivered seven weeks late";
const BUSINESS = "Larkspur Web GmbH";
export const CLIENT = "Osteria Pirelli";

export async function signIn(person, { email, password }) {
  await person.goes("/sign-in");
  await person.inspects("sign in");
  await person.writes("E-mail", email);
  await person.writes("Password", password);
  await person.presses("Sign in");
  await person.sees("No cases yet");
}

export async function openCase(handler) {
  await handler.follows("Open a case");
  await handler.writes("Title", TITLE);
  await handler.chooses(/Kind of dispute/, "Time and delays");
  await handler.writes("What happened, in a few sentences", "The ordering site was due before the summer season and went live seven weeks late.");
  await handler.writes("Amount in question, if there is one", "18400");
  await handler.writes("The business", BUSINESS);
  await handler.writes("The client", CLIENT);
  await handler.page.getByLabel("Where it is").fill("Hamburg, DE");
  await handler.page.getByLabel("Where they are").fill("Bremen, DE");
  await handler.picks("A business");
  await handler.picks("The one who speaks for the business");
  await handler.writes("Who pays for the mediation?", "Both sides, in equal parts.");
  await handler.inspects("open a case filled in");
  await handler.presses("Open the case");
}

export async function invite(person, role, name) {
  await person.picks(new RegExp(`^${role}`), person.page.getByRole("form", { name: "Bring someone" }));
  await person.writes("Their e-mail address", addressOf(name));
  await person.writes("Their name, if you know it", name);
  await person.presses("Send the invitation");
  return person.one("textbox", "Link").inputValue();
}

export async function comeIn(person, link, wish) {
  await person.goes(link);
  await person.inspects("join 1 preview");
  await person.presses("Send me the code");
  const digits = await codeFor(addressOf(person.name));
  await person.inspects("join 2 code");
  // Complete, it is sent off by itself.
  await person.writes("The six digits", digits);
  await person.sees("How would you like to go on?");
  await person.writes("Your name", person.name);
  await person.inspects("join 3 first page");
  await person.presses(wish);
}

/** Chooses a room where several stand side by side. */
export async function turnTo(person, room) {
  await person.touch(person.page.getByRole("radiogroup", { name: "Room" }).getByRole("radio", { name: room }));
}

export async function say(person, box, text) {
  await person.writes(box, text);
  await person.presses(/^Send privately/);
  await person.sees(text);
}

/** Who was in private since they last spoke to everyone is asked once more. */
export async function sayToEveryoneAfterACaucus(person, text) {
  await person.writes("Say something to everyone", text);
  await person.presses("Send to everyone");
  const asked = person.page.getByRole("alertdialog", { name: "Everyone will see this" });
  await person.sees(text, asked);
  await person.presses("Send to everyone", asked);
  await person.sees(text, person.page.getByRole("log"));
}

export async function acceptEverything(person, isSide) {
  await person.goes(new URL(person.page.url()).pathname.replace(/^(\/cases\/[0-9a-f]{32}).*/u, "$1/agreement"));
  if (isSide) await person.presses("Our side accepts this mediator");
  await person.inspects(`agreement before ${isSide ? "a side" : "the mediator"} accepts`);
  await person.presses("I accept");
}

/** Whoever accepts last is led to the table at once; the others are told, and follow. */
export async function comeToTheTable(person) {
  const told = person.page.getByText("Everyone has accepted. The mediation has begun.");
  const isThere = () => /^\/cases\/[0-9a-f]{32}$/u.test(new URL(person.page.url()).pathname);
  await until(`${person.name} is at the table or led to it`, async () => isThere() || (await told.isVisible()));
  if (!isThere()) await person.follows("Go to the table");
}

export async function deskOf(mediator) {
  await mediator.touch(mediator.one("tab", "My desk"));
  const desk = mediator.page.getByRole("region", { name: "My desk" });
  await desk.waitFor();
  return desk;
}

export function at(person, question) {
  return person.page.getByRole("region", { name: question });
}

export function statement(person, text) {
  return person.page.getByRole("article").filter({ hasText: text }).last();
}

export function offer(person, amount) {
  return person.page.getByRole("region", { name: "Offers" }).getByRole("listitem").filter({ hasText: amount });
}

export function rung(person, step) {
  return person.page.getByRole("listitem").filter({ has: person.page.getByRole("heading", { name: step }) });
}

export function paper(person) {
  return person.page.getByRole("textbox", { name: "Text of the settlement" });
}

/** On a phone one state of mind is shown at a time. */
export async function goToMind(person, mind) {
  if (person.isPhone) await person.touch(person.page.getByRole("tab", { name: mind }));
}

export async function statePosition(person, question, text, interest, wants) {
  await person.presses("Say how you see it", at(person, question));
  await person.writes("In your own words", text);
  await person.writes("What matters to you", interest);
  await person.writes("What would help", wants);
  await person.inspects("position dialog");
  await person.presses("Say it to everyone");
}

export async function scribe(mediator, question, owner, text) {
  await mediator.presses("Write down what somebody says", at(mediator, question));
  await mediator.chooses(/For whom/, new RegExp(owner));
  await mediator.writes("What they say", text);
  await mediator.presses("Show it to them");
}

export async function reflect(mediator, owner, button, text) {
  await mediator.presses(button, mediator.page.getByRole("article").filter({ has: mediator.page.getByText(owner, { exact: true }) }));
  await mediator.writes("What I hear is …", text);
  await mediator.presses("Say it to everyone");
}

export async function propose(person, question, kind, text) {
  await person.presses("Something both could agree to", at(person, question));
  await person.picks(new RegExp(`^${kind}`));
  await person.writes("The wording", text);
  await person.presses("Put it on the table");
}

export async function agree(person, text) {
  await person.presses("I agree to this wording", statement(person, text));
}

export async function sharesWordings(person, count) {
  await until(`${person.name} sees ${count} shared wordings`, async () => (await person.page.getByText("Both sides agree to this wording").count()) === count);
}

export async function fillOffer(person, amount, terms) {
  await person.writes("Amount", amount);
  await person.writes("Terms", terms);
  await person.inspects("offer dialog");
  await person.presses("Make this offer");
}

export async function counter(person, to, amount, terms) {
  await person.presses("Answer with another offer", offer(person, to).last());
  await fillOffer(person, amount, terms);
}

/** What the document says on this screen, without other people's cursors and the notes beside clauses. */
export function textOf(person) {
  return paper(person).evaluate((shown) => {
    const copy = shown.cloneNode(true);
    for (const drawn of copy.querySelectorAll("[contenteditable=false], .clause-source, .ProseMirror-yjs-cursor, [class*=caret], .ProseMirror-widget")) drawn.remove();
    return [...copy.querySelectorAll("p")].map((line) => line.textContent.replaceAll("\u2060", "")).join("\n");
  });
}

/** Puts the cursor into a paragraph, or simply the text, presses `key` to get to the place, and types as people do. */
export async function type(person, key, words, paragraph = "") {
  await person.touch(paper(person).locator("p").filter({ hasText: paragraph }).first());
  await person.page.keyboard.press(key);
  await person.page.keyboard.type(words);
}
