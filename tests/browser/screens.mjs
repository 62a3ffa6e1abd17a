// Every screen, on a desk and on a phone: read by axe, measured at 320 and 390 pixels, and kept as a picture.
import { DESKTOP, PHONE, setting, tell } from "./person.mjs";

const { bargaining, drafting } = setting;
const NARROWEST = { width: 320, height: 640 };

await tell(async ({ enter, chapter }) => {
  for (const [device, size] of [
    [DESKTOP, "1280"],
    [PHONE, "390"],
  ]) {
    chapter(`Before one is in, at ${size}`);
    const stranger = await enter(`A stranger at ${size}`, device);
    await shows(stranger, size, "sign-in", "/sign-in", "Settle it, together.");
    await shows(stranger, size, "join-cut-link", "/join", "This link is not complete.");

    chapter(`The mediator at ${size}`);
    const mediator = await enter(`The mediator at ${size}`, device);
    await mediator.goes(link(drafting, "mediator"));
    await shows(mediator, size, "caseload-mediator", "/", "Website delivered seven weeks late");
    await shows(mediator, size, "open-a-case", "/cases/new", "Who is it between?");
    await ofCase(mediator, size, bargaining, "mediator");

    chapter(`The client at ${size}`);
    const client = await enter(`The client at ${size}`, device);
    await client.goes(link(drafting, "principal"));
    await shows(client, size, "caseload-client", "/", "Website delivered seven weeks late");
    await client.goes(link(bargaining, "principal"));
    await ofCase(client, size, bargaining, "client");
    await client.goes(link(drafting, "principal"));
    const text = client.page.getByRole("textbox", { name: "Text of the settlement" });
    await shows(client, size, "settlement-client", `${drafting.url}/settlement`, text);
    await client.presses("Make this a clause");
    await client.sees("Saved");
    await looksAt(client, size, "settlement-with-a-clause-client");
  }
});

/** The pages that everybody has, as this person sees them. */
async function ofCase(person, size, { url }, who) {
  await shows(person, size, `table-${who}`, url, person.page.getByRole("heading", { name: /what is owed/ }));
  if (person.isPhone) {
    for (const [mind, name] of [
      ["What we share", "share"],
      ["What we will sign", "sign"],
      ...(who === "mediator" ? [["My desk", "desk"]] : []),
    ]) {
      await person.touch(person.page.getByRole("tab", { name: mind }));
      await looksAt(person, size, `table-${name}-${who}`);
    }
  } else if (who === "mediator") {
    await person.touch(person.one("tab", "My desk"));
    await looksAt(person, size, "table-desk-mediator");
  }
  await shows(person, size, `conversation-${who}`, `${url}/talk/joint`, "Welcome, and thank you for being here.");
  await shows(person, size, `caucus-${who}`, `${url}/talk/caucus-client`, person.page.getByRole("textbox", { name: /^Write privately/ }));
  await shows(person, size, `agreement-${who}`, `${url}/agreement`, "The agreement and the ground rules");
  await shows(person, size, `ladder-${who}`, `${url}/ladder`, "What always stays open");
  await shows(person, size, `people-${who}`, `${url}/people`, "Neutral");
  await shows(person, size, `papers-${who}`, `${url}/papers`, "Your record");
}

async function shows(person, size, name, address, words) {
  await person.goes(address);
  await person.sees(words);
  await looksAt(person, size, name);
}

async function looksAt(person, size, name) {
  await person.inspects(name);
  await person.draws(`${name}-${size}`);
  if (!person.isPhone) return;
  const usual = person.page.viewportSize();
  await person.page.setViewportSize(NARROWEST);
  await person.isNotTooWide(name);
  await person.page.setViewportSize(usual);
}

function link(demo, role) {
  return demo.people.find((person) => person.role === role).link;
}
