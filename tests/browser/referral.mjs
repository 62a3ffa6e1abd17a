// Someone else decides: both sides take the step, one proposes arbitration, the client (on a phone) says no, then yes, is
// asked again when a term changes, and everybody holds the same papers once they are sent.
import { randomUUID, createHash } from "node:crypto";
import { check, DESKTOP, PHONE, setting, tell } from "./person.mjs";

const { bargaining } = setting;
const PAGE = `${bargaining.url}/referral`;
const LETTER = Buffer.from("%PDF-1.4 the contract of 3 March");
const COST = "Each side advances half of it; the award says who bears it in the end.";

await tell(async ({ enter, chapter }) => {
  const handler = await enter("Dana Ruiz", DESKTOP);
  const client = await enter("Harriet Boyd", PHONE);
  const mediator = await enter("Luis Ferreira", DESKTOP);
  const everyone = [handler, client, mediator];
  const all = (what) => Promise.all(everyone.map(what));
  for (const [person, role] of [[handler, "handler"], [client, "principal"], [mediator, "mediator"]]) {
    await person.goes(bargaining.people.find((one) => one.role === role).link);
    // Whoever comes by a link is at the case before they go on.
    await person.page.waitForURL("**/cases/**");
  }
  await addFile(handler, "our offer to them.pdf");

  chapter("One step up, and both ask for the last one");
  await handler.goes(`${bargaining.url}/ladder`);
  await takesStep(handler, "Take this step");
  await handler.sees("What this means, and the papers for it");
  await client.goes(PAGE);
  await client.sees("Both sides take this step together");
  await client.inspects("referral before the step");
  await client.follows("See the steps", client.page.getByRole("main"));
  await takesStep(client, "Ask for this step");
  await takesStep(handler, "Ask for this step");
  await client.follows("What this means, and the papers for it");
  await client.sees("Where your side can be reached");
  await client.inspects("referral nothing proposed");

  chapter("The handler proposes arbitration");
  await handler.goes(PAGE);
  await handler.presses("Propose who should decide or help");
  await handler.inspects("referral choose");
  await handler.picks(/^Arbitration/);
  await handler.chooses(/By whose rules/, /International Chamber of Commerce/);
  await handler.picks(/^No, as far as the law allows/);
  await handler.writes("The place", "Phoenix");
  await handler.writes("What should be decided", "That the whole bill is owed.");
  await handler.inspects("referral form");
  await handler.presses("Put this to the other side");
  await all(async (person) => {
    if (person !== handler) await person.goes(PAGE);
    await person.sees("International Chamber of Commerce (ICC)");
  });
  await client.sees("Usually asked for, and not said yet");

  chapter("Nobody is bound by what is not said; the cost is named, and the client says no, then yes");
  check((await client.one("button", "Agree to these terms").count()) === 0, "The client can agree to a cost that nobody has named.");
  await handler.presses("Change the wording");
  await handler.writes("What it costs, and who pays", COST);
  await handler.presses("Put the new wording");
  await client.sees(COST);
  await client.sees(/You may say no and lose nothing/);
  await client.inspects("referral asked");
  await client.presses("No, thank you");
  await handler.sees(/does not agree/);
  await client.presses("Agree to these terms");
  await client.sees("Can you still go to court?", client.page.getByRole("alertdialog"));
  await client.inspects("referral agree");
  await client.presses("Yes, our side agrees");
  await handler.sees(/Harriet Boyd agrees to these terms/);

  chapter("A term changes, and the client is asked again");
  await handler.presses("Change the wording");
  await handler.writes("The place", "Mesa");
  await handler.presses("Put the new wording");
  await client.sees(/answered an earlier wording and is asked again/);
  for (const person of [client, handler]) {
    await person.presses("Agree to these terms");
    await person.presses("Yes, our side agrees");
  }

  chapter("The client says where they are reached; the handler chooses a file, looks through it all, and sends it");
  await client.writes("Where your side can be reached", "Harriet Boyd, 4 Palm Lane, Mesa");
  await client.presses("Keep this");
  await handler.sees("Harriet Boyd, 4 Palm Lane, Mesa");
  await handler.presses("Choose a file");
  await handler.chooses(/^The file|Choose/, /our offer to them/, handler.page.getByRole("dialog"));
  await handler.writes("Its name in the papers", "Contract of 3 March.pdf");
  await handler.inspects("referral choose a file");
  await handler.presses("Let this file go out");
  await client.sees("1. Contract of 3 March.pdf");
  await handler.presses("Look through it and send it");
  await handler.sees("Harriet Boyd, 4 Palm Lane, Mesa", handler.page.getByRole("dialog"));
  await handler.inspects("referral preview");
  await handler.presses("Send it to everybody now");
  await all((person) => person.sees(/sent it to all sides/));
  await all((person) => person.inspects(`referral sent ${person.name.split(" ").at(-1).toLowerCase()}`));

  chapter("Everybody holds the same, and what comes back is written down");
  const packs = await Promise.all(everyone.map((person) => bytesBehind(person, "Everything with the files (ZIP)")));
  check(packs[0].subarray(0, 2).toString() === "PK" && packs.every((one) => one.equals(packs[0])), "They do not hold the same papers.");
  await client.page.locator("input[type=date]").fill("2026-01-31");
  await client.writes("What came back, in a sentence", "They have registered it under number 4711.");
  await client.presses("Record it");
  await all((person) => person.sees("They have registered it under number 4711."));
  await client.inspects("referral outcome");
  await mediator.noLongerSees(mediator.one("button", "Record it"));
});

async function takesStep(person, words) {
  await person.presses(words, person.page.getByRole("main"));
  await person.presses(words, person.page.getByRole("alertdialog"));
  await person.noLongerSees(person.page.getByRole("alertdialog"));
}

async function bytesBehind(person, name) {
  const href = await person.one("link", name).first().getAttribute("href");
  const answer = await person.context.request.get(new URL(href, setting.url).href);
  check(answer.ok(), `${href}: ${answer.status()}`);
  return answer.body();
}

/** A file that existed before, put on the table by this person. */
async function addFile(person, name) {
  const newId = () => randomUUID().replaceAll("-", "");
  const api = (path) => new URL(`/api/cases/${bargaining.case}${path}`, setting.url).href;
  const { request } = person.context;
  const begun = await request.post(api("/uploads"), { data: { command_id: newId(), room: "joint", name, size: LETTER.length, origin: "existed-before" } });
  const { upload } = await begun.json();
  await request.put(api(`/uploads/${upload}?offset=0`), { data: LETTER, headers: { "content-type": "application/octet-stream" } });
  const sha256 = createHash("sha256").update(LETTER).digest("hex");
  const done = await request.post(api("/files"), { data: { command_id: newId(), upload, sha256 } });
  check(done.ok(), `The file did not arrive: ${done.status()} ${await done.text()}`);
}
