// A client on a phone, who has never seen the product: from the invitation that the mail server was handed, to their own
// words on the table. What they press is counted, and so is what their phone must load before it shows anything.
import { addressOf, codeFor, linkFor } from "./mail.mjs";
import { check, DESKTOP, PHONE, tell } from "./person.mjs";
import { prepareFor } from "./prepared.mjs";

const NAME = "Lucia Pirelli";
const ADDRESS = addressOf(`${NAME} on a phone`);
const QUESTION = "Our question: what is owed on the last invoice?";
const VIEW = "Seven weeks of summer orders were lost.";
/** Beside typing: under eight. */
const MOST_PRESSES = 7;
/** As in vite.config.ts, which weighs the same files when they are built. */
const MOST_SCRIPT = 150_000;

await tell(async ({ enter, chapter }) => {
  chapter("The mediator and the business have prepared everything");
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const { begin } = await prepareFor(ADDRESS, NAME, mediator.context.request, handler.context.request);

  chapter("The client presses the link in the mail, and types the code that comes in another");
  const client = await enter(NAME, PHONE);
  await client.goes(await linkFor(ADDRESS));
  let presses = 1;
  const press = async (button, within) => {
    await client.presses(button, within);
    presses += 1;
  };
  await client.sees("Larkspur Web GmbH invites you to settle a dispute.");
  const loaded = await client.page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js")).map((one) => one.encodedBodySize));
  const script = loaded.reduce((sum, one) => sum + one, 0);
  check(script > 0 && script < MOST_SCRIPT, `Before the invitation is shown, ${script} bytes of script are loaded, in ${loaded.length} files.`);
  await press("Send me the code");
  await client.writes("The six digits", await codeFor(ADDRESS));

  chapter("They read, go in, and accept");
  await press("Continue");
  await press("Our side accepts this mediator");
  await press("I accept");

  chapter("The table is laid, and they speak");
  await client.sees(client.page.getByRole("tab", { name: "What we say" }));
  await begin(QUESTION);
  const question = client.page.getByRole("region", { name: QUESTION });
  await press("Say how you see it", question);
  await client.writes("In your own words", VIEW);
  await press("Say it to everyone");
  await client.sees(VIEW, question);
  check(presses <= MOST_PRESSES, `It took ${presses} presses from the mail to the first position.`);
  chapter(`${presses} presses and ${(script / 1000).toFixed(1)} kB of script`);

  chapter("On another device the same link and a new code lead straight back");
  const elsewhere = await enter(`${NAME} at a desk`, DESKTOP);
  await elsewhere.goes(await linkFor(ADDRESS));
  await elsewhere.sees("Welcome back.");
  await elsewhere.inspects("join again");
  await elsewhere.presses("Send me the code");
  await elsewhere.writes("The six digits", await codeFor(ADDRESS));
  await elsewhere.sees(VIEW);
});
