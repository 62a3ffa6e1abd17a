// A client on a phone: from the invitation in their mailbox to their own words on the table. Every tap is counted; typing
// is not. The mediator and the business have done their part beforehand, over the API.
import { randomUUID } from "node:crypto";
import { codeFor, linkFor } from "../browser/mail.mjs";
import { check, DESKTOP, PHONE, setting, tell, until } from "../browser/person.mjs";

const QUESTION = "What is owed on the last invoice?";
const ADDRESS = "lucia@pirelli.example";
const VIEW = "Seven weeks of summer orders were lost.";

await tell(async ({ enter, chapter }) => {
  chapter("The mediator and the business have prepared everything");
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const begin = await prepare(mediator.context.request, handler.context.request);

  chapter("The client taps the link in the mail");
  const client = await enter("Lucia Pirelli", PHONE);
  let taps = 0;
  const tap = async (target) => {
    await target.tap();
    taps += 1;
  };
  await client.goes(await linkFor(ADDRESS));
  taps += 1;
  await client.sees("Larkspur Studio GmbH");
  await client.neverLearned("The ordering site went live");
  await tap(client.one("button", "Send me the code"));
  const digits = client.one("textbox", "The six digits");
  await client.sees(digits);
  await client.page.keyboard.type(await codeFor(ADDRESS));
  const name = client.one("textbox", "Your name");
  await client.sees(name);
  await name.fill("Lucia Pirelli");
  await tap(client.page.getByRole("button", { name: "Continue" }));
  await tap(client.one("button", "Our side accepts this mediator"));
  await tap(client.one("button", "I accept"));

  chapter("The table is laid, and the client speaks");
  await begin();
  const question = client.page.getByRole("region", { name: QUESTION });
  await client.sees(question);
  await tap(client.one("button", "Say how you see it", question));
  await client.sees("How do you see it?");
  await client.writes("In your own words", VIEW);
  await tap(client.one("button", "Say it to everyone"));
  await client.sees(VIEW, question);
  console.log(`taps beside typing: ${taps}`);
  check(taps < 8, `it took ${taps} taps from the mail to the first position`);
  await until("the others have it too", async () => {
    const answer = await mediator.context.request.get(new URL(`/api/cases/${new URL(client.page.url()).pathname.split("/")[2]}`, setting.url).href);
    return (await answer.json()).positions.some((one) => one.text === VIEW);
  });
});

/** Everything up to the client's part. What is returned has the mediator put the question. */
async function prepare(mediator, handler) {
  const newId = () => randomUUID().replaceAll("-", "");
  const ask = async (who, path, data) => {
    const answer = await who.post(new URL(path, setting.url).href, { data });
    check(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  for (const [who, role] of [
    [mediator, "mediator"],
    [handler, "handler"],
  ]) {
    const { email, password } = setting.staff[role];
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
  const forMediator = await invite("mediator", null, "Dr Amara Okafor", setting.staff.mediator.email);
  const token = new URL(forMediator.link).hash.slice(1);
  await ask(mediator, "/api/invitations/accept", { token, name: "Dr Amara Okafor", command_id: newId() });
  await invite("principal", "client", "", ADDRESS);
  await give(mediator, "disclosures", { text: "I have not worked for either side." });
  await give(handler, "mediator-acceptances", {});
  const view = await (await handler.get(new URL(`/api/cases/${caseId}`, setting.url).href)).json();
  for (const who of [mediator, handler]) await give(who, "agreement-acceptances", { sha256: view.agreement.sha256 });
  return () => give(mediator, "issues", { text: QUESTION });
}
