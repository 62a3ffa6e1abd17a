// A client who uses no mouse: from the link in the message to their own words on the table, with Tab, Enter, the space
// bar and typing. The other two have done their part beforehand, over the API.
import { randomUUID } from "node:crypto";
import { codeFor } from "./mail.mjs";
import { check, DESKTOP, setting, tell, until } from "./person.mjs";

const QUESTION = "Our question: what is owed on the last invoice?";
const ADDRESS = "lucia@pirelli.example";
const VIEW = "Seven weeks of summer orders were lost.";
/** Nobody should have to press Tab more often than this to get to the next thing. */
const PATIENCE_WITH_TAB = 60;

await tell(async ({ enter, chapter }) => {
  chapter("The mediator and the business have prepared everything");
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const { link, begin } = await prepare(mediator.context.request, handler.context.request);

  chapter("The client reads, gives a name, accepts, all by keyboard");
  const client = await enter("Lucia Pirelli", DESKTOP);
  await client.goes(link);
  await press(client, client.one("button", "Send me the code"));
  // The field has the focus when it comes, and what is complete is sent off by itself.
  await client.sees(client.one("textbox", "The six digits"));
  await client.page.keyboard.type(await codeFor(ADDRESS));
  await write(client, client.one("textbox", "Your name"), "Lucia Pirelli");
  await client.page.keyboard.press("Enter");
  await press(client, client.one("button", "Our side accepts this mediator"));
  await client.noLongerSees(client.one("button", "Our side accepts this mediator"));
  await press(client, client.one("button", "I accept"));

  chapter("The table is laid, and the client speaks");
  await begin();
  const question = client.page.getByRole("region", { name: QUESTION });
  await press(client, client.one("button", "Say how you see it", question));
  await client.sees("How do you see it?");
  await write(client, client.one("textbox", "In your own words"), VIEW);
  await press(client, client.one("button", "Say it to everyone"));
  await client.sees(VIEW, question);
  await until("the focus is back where it was", () => question.evaluate((place) => place.contains(document.activeElement)));
});

/** Tab as often as it takes, then the key. */
async function press(person, target, key = "Enter") {
  await reach(person, target);
  await person.page.keyboard.press(key);
}

async function write(person, target, text) {
  await reach(person, target);
  await person.page.keyboard.type(text);
}

async function reach(person, target) {
  await target.waitFor();
  for (let presses = 0; presses <= PATIENCE_WITH_TAB; presses += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) {
      const ring = await target.evaluate((one) => {
        const label = one.closest("label");
        const drawn = label === null ? [one] : [one, label, ...label.querySelectorAll("*")];
        return drawn.some((part) => getComputedStyle(part).outlineStyle !== "none");
      });
      check(ring, `Nothing shows that ${target} has the focus.`);
      return;
    }
    await person.page.keyboard.press("Tab");
  }
  check(false, `${person.name} pressed Tab ${PATIENCE_WITH_TAB} times and did not come to ${target}.`);
}

/** Everything up to the client's part. `begin` has the mediator put the question, once the client has accepted. */
async function prepare(mediator, handler) {
  const newId = () => randomUUID().replaceAll("-", "");
  const ask = async (who, path, data) => {
    const answer = await who.post(new URL(path, setting.url).href, { data });
    check(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  for (const [who, { email, password }] of [
    [mediator, setting.staff.mediator],
    [handler, setting.staff.handler],
  ]) {
    await ask(who, "/api/sign-in", { email, password });
  }
  const { case: caseId } = await ask(handler, "/api/cases", {
    command_id: newId(),
    title: "Website delivered seven weeks late",
    category: "timeline",
    account: "The ordering site went live seven weeks late.",
    business: { name: "Larkspur Studio GmbH", place: "Hamburg, DE", capacity: "business" },
    client: { name: "Osteria Pirelli", place: "Bremen, DE", capacity: "business" },
    opener: "handler",
    amount: null,
    fees: "",
  });
  const give = (who, collection, fields) => ask(who, `/api/cases/${caseId}/${collection}`, { command_id: newId(), ...fields });
  const invite = (role, party, name, email) => give(handler, "invitations", { role, party, name, email, title: "", language: "en" });
  // At the address of their account nobody needs a code.
  const forMediator = await invite("mediator", null, "Dr Amara Okafor", setting.staff.mediator.email);
  await ask(mediator, "/api/invitations/accept", { token: new URL(forMediator.link).hash.slice(1), name: "Dr Amara Okafor", command_id: newId() });
  const { link } = await invite("principal", "client", "", ADDRESS);
  await give(mediator, "disclosures", { text: "I have not worked for either side." });
  await give(handler, "mediator-acceptances", {});
  const view = await (await handler.get(new URL(`/api/cases/${caseId}`, setting.url).href)).json();
  for (const who of [mediator, handler]) await give(who, "agreement-acceptances", { sha256: view.agreement.sha256 });
  return { link, begin: () => give(mediator, "issues", { text: QUESTION }) };
}
