// What the others have done before a client comes, over the API.
import { ask, comeInOver, give, inviteOver, openOver, viewOf } from "./over_the_api.mjs";
import { setting } from "./person.mjs";

/**
 * Everything up to the client's part, by a mediator and a handler who need no screen: the case, everybody else's yes, and
 * an invitation mailed to the client's address. `begin` has the mediator put a question, once the client has accepted.
 */
export async function prepareFor(address, name, mediator, handler) {
  for (const [who, { email, password }] of [
    [mediator, setting.staff.mediator],
    [handler, setting.staff.handler],
  ]) {
    await ask(who, "/api/sign-in", { email, password });
  }
  const caseId = await openOver(handler, {
    title: "Website delivered seven weeks late",
    category: "timeline",
    account: "The ordering site went live seven weeks late.",
    business: { name: "Larkspur Web GmbH", place: "Hamburg, DE", capacity: "business" },
    client: { name: "Osteria Pirelli", place: "Bremen, DE", capacity: "business" },
    opener: "handler",
    amount: null,
    fees: "",
  });
  const { name: mediatorsName, email } = setting.staff.mediator;
  await comeInOver(mediator, await inviteOver(handler, caseId, "mediator", null, mediatorsName, email), mediatorsName);
  await inviteOver(handler, caseId, "principal", "client", name, address);
  await give(mediator, caseId, "disclosures", { text: "I have not worked for either side." });
  await give(handler, caseId, "mediator-acceptances");
  const { sha256 } = (await viewOf(handler, caseId)).agreement;
  for (const who of [mediator, handler]) await give(who, caseId, "agreement-acceptances", { sha256 });
  return { begin: (question) => give(mediator, caseId, "issues", { text: question }) };
}
