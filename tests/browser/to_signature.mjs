// From an empty text to a record that anybody can check: the mediator holds the pen, both sides suggest, agree clause by
// clause and sign: the client, who does all of it on a phone, by the code from their mail, the handler by a passkey.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type } from "./doings.mjs";
import { codeFor } from "./mail.mjs";
import { check, DESKTOP, PHONE, setting, tell, until } from "./person.mjs";
import { picturesOfWord } from "./word_file.mjs";

const { drafting } = setting;
const TYPED_BY_THE_CLIENT = "I should not be able to write here.";
const WORDING = " The note names what is late, and why.";
const REFUSED = "Larkspur Studio may name the restaurant as a reference for ten years.";
const EDIT = " The first is due on 15 January.";
const VERSION = "Before the suggestions";
/** What the client's Word file says; only the first of it is brought to the table. */
const BROUGHT = "Larkspur Studio answers every question within two working days.";
const KEPT = "We would also take a voucher instead of half of the money.";
const REMARK = "Every week, also in August?";
const ROLES = { "Dr Amara Okafor": "mediator", "Jonas Weidt": "handler", "Lucia Pirelli": "client" };
/** Said in confidence: must never reach the business in any form. */
const SECRET = "Between us: we would also live with a note every two weeks.";

await tell(async ({ enter, chapter }) => {
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const client = await enter("Lucia Pirelli", PHONE);
  const everyone = [mediator, handler, client];
  const all = (what) => Promise.all(everyone.map(what));
  const inspectAll = (name) => all((person) => person.inspects(`${name} ${ROLES[person.name]}`));

  chapter("Three people open the settlement, and the mediator takes the pen");
  await Promise.all([comes(mediator, "mediator"), addsTheirKey(handler).then(() => comes(handler, "handler")), comes(client, "principal")]);
  await mediator.picks(/^I hold the pen/);
  await all((person) => person.sees(person === mediator ? "Agreed, and not written down yet" : "Dr Amara Okafor holds the pen."));
  for (const count of [1, 2]) {
    await mediator.presses("Make this a clause");
    await all((person) => person.sees(besideClause(person, count)));
  }

  chapter("The client cannot type, and suggests another wording on the phone");
  await client.touch(text(client).locator("p").first());
  await client.page.keyboard.type(TYPED_BY_THE_CLIENT);
  await client.takesFromMenu("Suggest a change to clause 1", "Suggest another wording");
  await writesWording(client, "Clause 1 in your words", WORDING);
  await client.writes("Why? (if you like)", "So that we can plan our staff.");
  await client.sees("What would change");
  await client.inspects("suggest another wording");
  await client.presses("Suggest this");
  await all((person) => person.sees(suggestionOf(person, "Lucia Pirelli")));
  for (const person of everyone) check(!(await text(person).innerText()).includes(TYPED_BY_THE_CLIENT), `${person.name} has what the client typed.`);

  chapter("The handler suggests a new clause");
  await handler.presses("Suggest a new clause");
  await writesWording(handler, "The new clause", REFUSED);
  await handler.inspects("suggest a new clause");
  await handler.presses("Suggest this");
  await all((person) => person.sees(suggestionOf(person, "Jonas Weidt")));
  await inspectAll("settlement with suggestions");

  chapter("A version is kept; one suggestion is taken up, one turned down, and the texts are compared");
  await mediator.presses("Versions");
  await mediator.writes("Keep the text as it is now, under this name", VERSION);
  await mediator.presses("Keep this version");
  await mediator.sees("Kept by Dr Amara Okafor");
  await mediator.presses("Close", mediator.page.getByRole("dialog"));
  await mediator.presses("Accept", suggestionOf(mediator, "Lucia Pirelli"));
  await mediator.noLongerSees(suggestionOf(mediator, "Lucia Pirelli"));
  await mediator.presses("Reject", suggestionOf(mediator, "Jonas Weidt"));
  await all(async (person) => {
    await person.sees(WORDING.trim(), text(person));
    await person.noLongerSees(person.page.getByRole("article", { name: /^Suggestion of / }));
    await person.noLongerSees(REFUSED);
  });
  await client.presses("Versions");
  await client.presses(`Compare “${VERSION}” with another`);
  await client.sees("changed", client.page.getByRole("region", { name: "Comparison" }));
  await client.sees(WORDING.trim(), client.page.getByRole("region", { name: "Comparison" }));
  await client.inspects("versions compared");
  await client.presses("Close", client.page.getByRole("dialog"));

  chapter("The client drafts alone from a Word file, and brings one clause to the table");
  await client.presses("From a Word file");
  const [chooser] = await Promise.all([client.page.waitForEvent("filechooser"), client.presses("Choose a Word file")]);
  await chooser.setFiles(setting.wordFile);
  await client.sees("It becomes 2 clauses:");
  await client.picks(/^Into your side’s own draft/);
  await client.inspects("from a Word file");
  await client.presses("Write into our draft");
  const draft = client.page.getByLabel("Text of your own draft", { exact: true });
  await client.sees(KEPT, draft);
  await client.inspects("own draft");
  await client.presses("Bring to the table …");
  await client.ticks(/^Clause 1/);
  await client.inspects("bring to the table");
  await client.presses("Suggest this clause");
  await mediator.presses("Accept", suggestionOf(mediator, "Lucia Pirelli"));
  await mediator.noLongerSees(suggestionOf(mediator, "Lucia Pirelli"));
  await all((person) => person.sees(BROUGHT, text(person)));

  chapter("The handler comments on words, and the mediator finds the very place");
  await text(handler).locator("p").filter({ hasText: "A status note" }).first().dblclick({ position: { x: 40, y: 12 } });
  await handler.presses("Comment on these words");
  await handler.touch(handler.page.getByRole("radio", { name: "Everyone at the table" }));
  await handler.writes("Your comment", REMARK);
  await handler.presses("Send to everyone", handler.page.getByRole("dialog"));
  await mediator.touch(text(mediator).locator(".remarked").first());
  await mediator.sees(REMARK, besideClause(mediator, 1).locator("[data-looked-for]"));

  chapter("The mediator refers to a clause, marks an amount, and says which language prevails");
  await type(mediator, "End", " See also ", BROUGHT);
  await mediator.takesFromMenu("Insert a reference, an amount or a date", /^Refer to a clause/);
  await mediator.touch(mediator.page.getByRole("dialog").getByRole("button", { name: /^Clause 1/ }));
  await mediator.presses(/^Mark as the amount/);
  await mediator.presses("Say the language…");
  await mediator.presses("Say it to everyone");
  await all(async (person) => {
    await person.sees(/English prevails over every translation/);
    await person.sees("What is to be paid and by when");
    await person.sees(text(person).getByText(/^clause 1$/i));
  });
  await mediator.presses("Who wrote this");
  await mediator.sees("Lucia Pirelli", mediator.page.getByRole("region", { name: "Who wrote what" }));
  await inspectAll("settlement with marks");
  await mediator.presses("Do not show who wrote what");

  chapter("The client comments in private, and the business is never sent it");
  await client.presses("Comment on clause 2");
  await client.touch(client.page.getByRole("radio", { name: "Private with Dr Amara Okafor" }));
  await client.writes("Your comment", SECRET);
  await client.inspects("private comment");
  await client.presses("Send privately");
  await client.sees(SECRET, client.page.getByRole("dialog"));
  await client.presses("Close", client.page.getByRole("dialog"));
  await mediator.sees(SECRET);
  mediator.hasLearned(SECRET);
  handler.hasLearned(REFUSED);

  chapter("Both agree clause by clause; an edit makes one agreement lapse on every screen; both agree again");
  for (const number of [1, 2, 3]) await agreesTo(handler, number);
  await client.presses("Agree to all 3 …");
  await client.ticks("I have read these 3 clauses");
  await client.inspects("agree to all");
  await client.presses("Agree to all 3 that I have read");
  await all((person) => person.sees("Both sides agree to every clause"));
  await type(mediator, "End", EDIT, "Payment of");
  await all(async (person) => {
    await person.sees("Changed since it was agreed to: read it again", besideClause(person, 2));
    await person.sees("Both agree", besideClause(person, 1));
    await person.sees(EDIT.trim(), text(person));
  });
  await inspectAll("settlement with a lapsed agreement");
  await mediator.sees("Saved, and everyone here has it");
  await agreesTo(client, 2);
  await agreesTo(handler, 2);
  await all((person) => person.sees("Both agree", besideClause(person, 2)));

  chapter("The mediator reads it back, and every screen follows");
  await mediator.presses("Read through it together");
  for (const side of [handler, client]) await side.sees("Dr Amara Okafor reads clause 1 of 3 with everyone.");
  await mediator.presses("Next clause");
  for (const side of [handler, client]) await side.sees("Dr Amara Okafor reads clause 2 of 3 with everyone.");
  await inspectAll("reading together");
  await mediator.presses("End the reading");
  for (const side of [handler, client]) await side.noLongerSees(/reads clause 2 of 3/);

  chapter("The drafting ends, and both sign: one with the code from their mail, one with their passkey");
  await mediator.presses("End the drafting");
  await mediator.inspects("end the drafting");
  await mediator.presses("End the drafting", mediator.page.getByRole("alertdialog"));
  await all(async (person) => {
    await person.sees(person === mediator ? /^We wait for the signature of/ : "Read the text to its end. Below it you can sign.");
    await person.sees(EDIT.trim());
  });
  await inspectAll("signing");
  await signs(client, "lucia.pirelli@demo.invalid");
  await client.sees("You have signed");
  await all((person) => person.sees("Lucia Pirelli", person.page.locator(".signer-name")));
  await inspectAll("signing one signed");
  await handler.presses("Sign now with a passkey");
  await handler.sees("Without both of these, nothing is signed.");
  const declared = await handler.one("textbox", /^What lets you sign for/).inputValue();
  check(declared.includes("as able to agree for it"), `What the side declared of its handler does not stand in the form, but "${declared}".`);
  await handler.writes(/^What lets you sign for/, "Power of attorney of 3 November 2026");
  await agreesToSign(handler);
  await handler.presses("Sign now with a passkey");
  await all((person) => person.sees("identified by a passkey"));
  await all((person) => person.sees("It is settled"));
  await inspectAll("settlement in effect");

  chapter("The papers offer the settlement, and each takes their record along");
  const carried = {};
  await all(async (person) => {
    await person.follows("Go to the papers");
    const printed = person.page.getByRole("listitem").filter({ has: person.page.getByRole("heading", { name: "The settlement", exact: true }) });
    await person.sees(person.one("link", "PDF, English", printed));
    await person.inspects(`papers when settled ${ROLES[person.name]}`);
    const pdf = await takes(person, printed, "PDF, English");
    check(pdf.buffer.subarray(0, 5).toString() === "%PDF-", `${person.name} was given something else than a PDF.`);
    carried[person.name] = { pdf, record: await takes(person, person.page, "Download your record") };
    if (person === handler) carried.word = await takes(person, printed, "Word file");
  });
  const { words, sheets } = await picturesOfWord(handler, carried.word, "settlement as a Word file");
  check(sheets > 0, "The Word file shows no page.");
  for (const one of [WORDING.trim(), EDIT.trim(), BROUGHT, "clause 1", "Lucia Pirelli", "Jonas Weidt"]) check(words.includes(one), `The Word file does not show "${one}": ${words}`);
  check(!words.includes(SECRET) && !words.includes(REFUSED), "The Word file shows what is not in the settlement.");

  chapter("Anybody's browser tells whether it is in order");
  await Promise.all(
    [handler, client].map(async (person) => {
      const { pdf, record } = carried[person.name];
      await person.goes("/verify");
      await person.sees("Nothing is uploaded.");
      await person.inspects("verify");
      await gives(person, record);
      await person.sees("This record is in order.");
      await gives(person, pdf);
      await person.sees("This is a paper that the record lists, to the byte.");
      await person.inspects("verify in order");
      const flipped = Buffer.from(record.buffer);
      flipped[flipped.indexOf("documents/settlement-en.pdf") + 1000] ^= 1;
      await gives(person, { ...record, name: "flipped.zip", buffer: flipped });
      await person.noLongerSees("This record is in order.");
      await person.sees("This record does not verify.");
      await person.inspects("verify flipped");
    }),
  );
  await handler.neverLearned(SECRET);
  await handler.neverLearned(TYPED_BY_THE_CLIENT);
  for (const other of [handler, mediator]) await other.neverLearned(KEPT);
  client.hasLearned(BROUGHT);
});

function signsIn(person, role) {
  return person.goes(drafting.people.find((one) => one.role === role).link);
}

async function comes(person, role) {
  if (!person.page.url().startsWith(setting.url)) await signsIn(person, role);
  await person.goes(`${drafting.url}/settlement`);
  await text(person).waitFor();
}

/** A text box for whoever may write, a document for whoever reads along. */
function text(person) {
  return person.page.getByLabel("Text of the settlement", { exact: true });
}

/** A passkey signs a day after it was added; the portal is told that this one was. */
async function addsTheirKey(person) {
  await person.takesTheirKey();
  await signsIn(person, "handler");
  await person.goes("/account");
  await person.presses("Add a passkey");
  await person.writes("What shall we call it?", "My laptop");
  await person.presses("Ask the browser");
  await person.sees("My laptop");
  const [program, ...words] = setting.addedYesterday;
  execFileSync(program, words);
}

function besideClause(person, number) {
  return person.page.getByRole("group", { name: `Beside clause ${number}`, exact: true });
}

function suggestionOf(person, name) {
  return person.page.getByRole("article", { name: `Suggestion of ${name}` });
}

async function writesWording(person, label, words) {
  await person.touch(person.one("textbox", label));
  await person.page.keyboard.press("Control+End");
  await person.page.keyboard.type(words);
}

async function agreesTo(person, number) {
  await person.presses(`I agree to this clause: number ${number}`);
  await until(`${person.name} agrees to clause ${number}`, async () => (await person.one("button", `Take back your agreement to clause ${number}`).count()) === 1);
}

async function agreesToSign(person) {
  await person.ticks("I have read the text above to its end.");
  await person.ticks("I want to sign it electronically, here, with my name.");
}

async function signs(person, address) {
  await agreesToSign(person);
  await person.presses("Send me the code");
  await person.writes("The six digits", await codeFor(address));
  await person.inspects("signing with the code");
  await person.presses("Sign now");
}

async function takes(person, within, link) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), person.follows(link, within)]);
  const name = download.suggestedFilename();
  const place = `${setting.bundles}/${person.name}.${name.split(".").at(-1)}`;
  await download.saveAs(place);
  return { name, mimeType: "application/octet-stream", buffer: readFileSync(place) };
}

async function gives(person, file) {
  const [chooser] = await Promise.all([person.page.waitForEvent("filechooser"), person.presses("Choose a record (zip) or a paper (PDF)")]);
  await chooser.setFiles([file]);
}
