// Before anybody sits at a table: an administrator makes an account and an organisation, its owner chooses a password
// and a passkey, a client opens a dispute from outside on a phone, and the business takes it on.
import { randomUUID } from "node:crypto";
import { addressOf, codeFor, passwordLinkFor } from "./mail.mjs";
import { check, DESKTOP, PHONE, setting, tell, until } from "./person.mjs";

const BUSINESS = "Bäckerei Sommer";
const PAGE = "/to/baeckerei-sommer";
const DISPUTE = "The wedding cake came a day late";
const PASSWORD = "flour, water, salt and time";

await tell(async ({ enter, chapter }) => {
  const admin = await enter("Robin Vale", DESKTOP);
  const owner = await enter("Kim Sommer", DESKTOP);
  const client = await enter("Noor Haddad", PHONE);

  chapter("The administrator adds an organisation and somebody who works for it");
  await admin.goes("/sign-in");
  await admin.writes("E-mail", setting.staff.administrator.email);
  await admin.writes("Password", setting.staff.administrator.password);
  await admin.presses("Sign in");
  await admin.follows("Administration");
  await admin.inspects("admin accounts");
  await admin.follows("Organisations");
  await admin.presses("Add an organisation");
  await admin.picks(/^A business/);
  await admin.writes("Name", BUSINESS);
  await admin.writes("E-mail", "hallo@sommer.example");
  await admin.inspects("admin organisation added");
  await admin.presses("Add the organisation");
  await admin.sees(admin.page.getByRole("heading", { name: BUSINESS }));
  await admin.inspects("admin organisations");
  await admin.follows("Accounts");
  await admin.presses("Add an account");
  await admin.writes("Name", owner.name);
  await admin.writes("E-mail", addressOf(owner.name));
  await admin.page.getByLabel("Works for").selectOption({ label: BUSINESS });
  await admin.inspects("admin account added");
  await admin.presses("Add the account");
  await admin.sees(`${owner.name} gets a letter with a link to choose a password.`);

  chapter("They choose a password from the mail, and a passkey");
  await owner.goes(await passwordLinkFor(addressOf(owner.name)));
  await owner.writes("New password", PASSWORD);
  await owner.writes("The same again", PASSWORD);
  await owner.inspects("password");
  await owner.presses("Set this password");
  await owner.follows("Sign in");
  await owner.writes("E-mail", addressOf(owner.name));
  await owner.writes("Password", PASSWORD);
  await owner.presses("Sign in");
  await owner.follows("Your account");
  await owner.takesTheirKey();
  await owner.presses("Add a passkey");
  await owner.writes("What shall we call it?", "My laptop");
  await owner.presses("Ask the browser");
  await owner.sees("not used yet");
  await owner.inspects("account");
  await owner.follows("Your cases");
  await owner.presses("Sign out");
  await owner.presses("Sign in with a passkey");
  await owner.sees("No cases yet");

  chapter("A client opens a dispute from outside; going to the mail loads the page again");
  await client.goes(PAGE);
  await client.sees(`Tell ${BUSINESS} what went wrong.`);
  await client.presses("Send me the code");
  await client.sees("Say in a few words what it is about.");
  await client.inspects("intake with faults");
  await client.writes("What is it about, in one line?", DISPUTE);
  await client.page.getByLabel("What comes closest?").selectOption({ label: "Time and delays" });
  await client.writes("What happened?", "It was ordered for Saturday and came on Sunday.");
  await client.writes("Since when?", "14 June");
  await client.writes("What would put it right for you?", "Half of the price back.");
  await client.writes("Is there an amount?", "180,50");
  await client.writes("Your name", client.name);
  await client.writes("Your e-mail address", addressOf(client.name));
  await client.inspects("intake filled in");
  await client.presses("Send me the code");
  await client.sees("Look into your e-mail");
  await client.page.reload();
  await client.sees("Look into your e-mail");
  await client.inspects("intake code");
  await client.writes("The six digits", await codeFor(addressOf(client.name)));
  await client.sees("Your dispute has arrived.");
  await client.sees(/takes it on and answers you here, by the end of .+/);
  await client.inspects("intake acknowledged");
  await client.follows("See your case");
  await client.sees("Half of the price back.");

  chapter("The business finds it waiting, with its date, and takes it on");
  await owner.page.reload();
  await owner.sees("New disputes");
  await owner.inspects("caseload with a new dispute");
  await owner.presses(`Take it on ${DISPUTE}`);
  await until("the dispute is open before them", () => /\/cases\/[0-9a-f]{32}$/u.test(owner.page.url()));
  await owner.sees("Half of the price back.");

  chapter("Each sees where they are signed in; the administrator has no way in, and no complaints");
  await client.goes("/account");
  await client.sees("You are signed in nowhere else.");
  await client.inspects("account of a guest");
  await admin.goes("/complaints");
  await admin.sees("No complaints");
  await admin.inspects("complaints");
  await admin.goes("/");
  await admin.sees("Administrators have no cases");
  await admin.neverLearned("It was ordered for Saturday");

  chapter("Who leads a provider writes a clause of their own");
  const provider = await makesAProvider(admin, owner);
  await owner.goes(`/providers/${provider}/clauses`);
  await owner.sees("No clauses of your own yet");
  await owner.presses("Write a clause");
  await owner.writes("Title", "Who bears the costs");
  await owner.writes("Wording", "[Who] bears the costs of the mediation.");
  await owner.writes("What this means for you", "You know who pays the mediator.");
  await owner.inspects("ready clause written");
  await owner.presses("Save");
  await owner.sees("Saved. It is offered from now on.");
  await owner.inspects("ready clauses");

  chapter("An account is shut, and its owner is out at once");
  await admin.goes("/admin");
  await admin.presses(`Shut ${owner.name}`);
  const asked = admin.page.getByRole("alertdialog", { name: `Shut the account of ${owner.name}?` });
  await asked.waitFor();
  await admin.inspects("admin shuts an account");
  await admin.presses("Shut it", asked);
  await admin.sees("Account shut");
  owner.expectsRefusalAt("/api/");
  await owner.goes("/");
  await owner.sees("Settle it, together.");
});

/** Over the API, because the screens for it were seen above; tells its id. */
async function makesAProvider(admin, lead) {
  const ask = async (path, data) => {
    const answer = await admin.page.request.fetch(new URL(`/api/admin/${path}`, setting.url).href, data === undefined ? {} : { method: "POST", data });
    check(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { accounts } = await ask("accounts");
  const made = { kind: "provider", name: "Quiet Rooms", slug: "quiet-rooms", email: "hello@quiet.example" };
  const { organisation } = await ask("organisations", { command_id: randomUUID().replaceAll("-", ""), ...made });
  const { account_id: account } = accounts.find(({ name }) => name === lead.name);
  await ask(`organisations/${organisation}/members`, { account, role: "lead" });
  return organisation;
}
