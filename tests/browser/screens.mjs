// Every screen that no story shows, on a desk and on a phone: read by axe, measured at 320 and 390 pixels, and kept as a
// picture. The settlement's are in to_signature, of sign-in and of opening a case on a desk in three_people.
import { DESKTOP, PHONE, setting, tell } from "./person.mjs";

const { bargaining, drafting } = setting;

await tell(async ({ enter, chapter }) => {
  for (const [device, size] of [
    [DESKTOP, "1280"],
    [PHONE, "390"],
  ]) {
    chapter(`Before one is in, at ${size}`);
    const stranger = await enter(`A stranger at ${size}`, device);
    await shows(stranger, "sign-in", "/sign-in", "Settle it, together.");
    await shows(stranger, "join-cut-link", "/join", "This link is not complete.");
    stranger.expectsRefusalAt("/api/invitations/preview");
    stranger.expectsRefusalAt("/api/intake/nobody-at-all");
    await shows(stranger, "join-unknown-link", "/join#" + "A".repeat(43), "This link does not lead to an invitation.");
    await shows(stranger, "password-cut-link", "/password", "This link is not complete.");
    await shows(stranger, "look-up", "/look-up", "The code on the paper");
    await shows(stranger, "intake-of-nobody", "/to/nobody-at-all", stranger.page.getByRole("heading", { level: 2 }));

    chapter(`The mediator at ${size}`);
    const mediator = await enter(`The mediator at ${size}`, device);
    await mediator.goes(link(drafting, "mediator"));
    await shows(mediator, "caseload-mediator", "/", "Website delivered seven weeks late");
    if (mediator.isPhone) {
      await shows(mediator, "open-a-case", "/cases/new", "Who is it between?");
      await shows(mediator, "account-mediator", "/account", "Where you are signed in");
    }
    await ofCase(mediator, bargaining, "mediator");

    chapter(`The client at ${size}`);
    const client = await enter(`The client at ${size}`, device);
    await client.goes(link(drafting, "principal"));
    await shows(client, "caseload-client", "/", "Website delivered seven weeks late");
    await client.goes(link(bargaining, "principal"));
    await ofCase(client, bargaining, "client");
    if (!client.isPhone) await drawsTheTable(client);
  }
});

/** The picture in the README: what one sees of the table at first. */
async function drawsTheTable(person) {
  await shows(person, "table-client", bargaining.url, person.page.getByRole("heading", { name: /what is owed/ }));
  await person.page.screenshot({ path: `${setting.artefacts}/table.png` });
}

/** The pages that everybody has, as this person sees them. */
async function ofCase(person, { url }, who) {
  await shows(person, `table-${who}`, url, person.page.getByRole("heading", { name: /what is owed/ }));
  if (person.isPhone) {
    for (const [mind, name] of [
      ["What we share", "share"],
      ["What we will sign", "sign"],
      ...(who === "mediator" ? [["My desk", "desk"]] : []),
    ]) {
      await person.touch(person.page.getByRole("tab", { name: mind }));
      await person.inspects(`table-${name}-${who}`);
    }
  } else if (who === "mediator") {
    await person.touch(person.one("tab", "My desk"));
    await person.inspects("table-desk-mediator");
  }
  await shows(person, `conversation-${who}`, `${url}/talk/joint`, "Welcome, and thank you for being here.");
  await shows(person, `caucus-${who}`, `${url}/talk/caucus-client`, person.page.getByRole("textbox", { name: /^Write privately/ }));
  await shows(person, `agreement-${who}`, `${url}/agreement`, "The agreement and the ground rules");
  await shows(person, `ladder-${who}`, `${url}/ladder`, "What always stays open");
  await shows(person, `people-${who}`, `${url}/people`, "Neutral");
  await shows(person, `papers-${who}`, `${url}/papers`, "Your record");
}

async function shows(person, name, address, words) {
  await person.goes(address);
  await person.sees(words);
  await person.inspects(name);
}

function link(demo, role) {
  return demo.people.find((person) => person.role === role).link;
}
