// A client who uses no mouse: from the link in the message to their own words on the table, with Tab, Enter, the space
// bar and typing. The other two have done their part beforehand, over the API.
import { addressOf, codeFor, linkFor } from "./mail.mjs";
import { check, DESKTOP, tell, until } from "./person.mjs";
import { prepareFor } from "./prepared.mjs";

const QUESTION = "Our question: what is owed on the last invoice?";
const NAME = "Lucia Pirelli";
const ADDRESS = addressOf(`${NAME} without a mouse`);
const VIEW = "Seven weeks of summer orders were lost.";
/** Nobody should have to press Tab more often than this to get to the next thing. */
const PATIENCE_WITH_TAB = 60;

await tell(async ({ enter, chapter }) => {
  chapter("The mediator and the business have prepared everything");
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const { begin } = await prepareFor(ADDRESS, "", mediator.context.request, handler.context.request);

  chapter("The client reads, gives a name, accepts, all by keyboard");
  const client = await enter(NAME, DESKTOP);
  await client.goes(await linkFor(ADDRESS));
  await press(client, client.one("button", "Send me the code"));
  // The field has the focus when it comes, and what is complete is sent off by itself.
  await client.sees(client.one("textbox", "The six digits"));
  await client.page.keyboard.type(await codeFor(ADDRESS));
  await write(client, client.one("textbox", "Your name"), NAME);
  await client.page.keyboard.press("Enter");
  await press(client, client.one("button", "Our side accepts this mediator"));
  await client.noLongerSees(client.one("button", "Our side accepts this mediator"));
  await press(client, client.one("button", "I accept"));
  await client.noLongerSees(client.one("button", "I accept"));

  chapter("The table is laid, and the client speaks");
  await begin(QUESTION);
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
