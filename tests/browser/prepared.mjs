// What the others have done before a client comes, over the API.
import { randomUUID } from "node:crypto";
import { check, setting } from "./person.mjs";

/**
 * Everything up to the client's part, by a mediator and a handler who need no screen: the case, everybody else's yes, and
 * an invitation mailed to the client's address. `begin` has the mediator put a question, once the client has accepted.
 */
export async function prepareFor(address, name, mediator, handler) {
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
    business: { name: "Larkspur Web GmbH", place: "Hamburg, DE", capacity: "business" },
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
  await invite("principal", "client", name, address);
  await give(mediator, "disclosures", { text: "I have not worked for either side." });
  await give(handler, "mediator-acceptances", {});
  const view = await (await handler.get(new URL(`/api/cases/${caseId}`, setting.url).href)).json();
  for (const who of [mediator, handler]) await give(who, "agreement-acceptances", { sha256: view.agreement.sha256 });
  return { begin: (question) => give(mediator, "issues", { text: question }) };
}
