// A dispute from its opening to a referral: six people read on top of every screen, at a desk and on a phone, what happens
// next and by when. The client lives through it on a tom.
import { deskOf, goToMind, invite, rung } from "./doings.mjs";
import { readsAtFirstSight } from "./line_on_top.mjs";
import { addressOf, codeFor } from "./mail.mjs";
import { addFile, comeInOver, give, inviteOver, openOver, viewOf } from "./over_the_api.mjs";
import { check, DESKTOP, PHONE, setting, tell } from "./person.mjs";

const { clinic, scenario } = setting;
const BUSINESS = scenario.business.name;
const CLIENT = scenario.client.name;
const LIMIT = "Nothing before Easter";
const CALL = "https://calls.example/room-17";
const EXPERT = "An expert whom the appointing body names that both sides agreed on";
const COST = "Each side advances half; the expert says who bears it in the end.";
const CAME_BACK = "The appointing body has named Dr Asha Rao as the expert.";
const TALKING = "The two sides are talking directly.";
const SHARING = "We look for what both sides share.";
const FOR_MANAGEMENT = `This step is for management. ${SHARING}`;
const FOR_THE_HEAD = `This step is for the head of the business. ${SHARING}`;
const SOMEONE_ELSE = "Someone else is to decide or to help.";
const PASSED_ON = "It ended here; somebody else is to decide or help now.";
const BY = "by DAY";
const STEP = "This step has time until DAY.";
const UNSET = "No time is set for it.";
const business = `${BUSINESS} has until DAY to answer.`;
const client = `${CLIENT} has until DAY to answer.`;

await tell(async ({ enter, chapter }) => {
  const [priya, colin, ruth, sana] = await Promise.all(["Priya Nair", "Colin Marsh", "Ruth Adeyemi", "Sana Qureshi"].map(ofStaff));
  const tom = await enter("Tom Hale", PHONE);
  const eleanor = await enter("Eleanor Voss", DESKTOP);
  const api = (person) => person.context.request;

  chapter("The business opens it and invites the client");
  const caseId = await openOver(api(priya), { ...of(scenario, "title", "category", "account", "amount", "business", "client", "fees"), opener: "handler" });
  const home = `/cases/${caseId}`;
  const reads = async (stop, told) => {
    await Promise.all(told.map(([person, ...line]) => readsAtFirstSight(person, caseId, stop, line)));
    // What one of each side has before them, each on their own device.
    for (const person of [priya, tom]) if (told.some(([one]) => one === person)) await person.pictures(stop);
  };
  await priya.goes(home);
  await reads("1 opened", [[priya, TALKING, "Invite the other side.", client]]);
  await priya.follows("What if we can’t agree?");
  await priya.sees("Ruth Adeyemi (Chief executive)");
  await priya.turnsTo("People");
  const link = await invite(priya, "Client", tom.name);

  chapter("The client comes on a phone, is asked for an answer, and gives it");
  await tom.goes(link);
  await tom.presses("Send me the code");
  await tom.writes("The six digits", await codeFor(addressOf(tom.name)));
  await tom.presses("Continue");
  await tom.page.waitForURL("**/cases/**");
  await reads("2 asked", [
    [priya, TALKING, "The other side has been asked what it says to this dispute.", client],
    [tom, TALKING, "The other side asks what you say to this dispute. Write to them.", BY],
  ]);
  await tom.follows("The other side asks what you say to this dispute. Write to them.");
  await tom.writes("Write to the other side", "Your proposal lists the interface. We need it now.");
  await tom.presses("Send to both sides");
  await reads("3 answered", [
    [priya, TALKING, "Write to each other, or invite a mediator.", STEP],
    [tom, TALKING, "Write to each other, or invite a mediator.", STEP],
  ]);

  chapter("A mediator comes, and they meet at the table");
  await comesOver(eleanor, api(tom), "counsel", "client", addressOf(eleanor.name));
  await comesOver(sana, api(priya), "mediator", null);
  await give(api(sana), caseId, "disclosures", { text: scenario.disclosure });
  const PREPARED = "The mediation is being prepared.";
  await reads("4 prepared", [
    [priya, PREPARED, "Say whether you accept this mediator.", STEP],
    [tom, PREPARED, "Say whether you accept this mediator.", STEP],
    [eleanor, PREPARED, "Read the ground rules and say whether you accept them.", STEP],
    [sana, PREPARED, "Read the ground rules and say whether you accept them.", STEP],
  ]);
  await Promise.all([sana, eleanor].map(waits));
  for (const side of [priya, tom]) await give(api(side), caseId, "mediator-acceptances");
  for (const person of [sana, priya, eleanor, tom]) await agrees(person);
  await mediate();
  await Promise.all([sana, eleanor].map((person) => person.turnsTo("Table")));
  await reads("5 at the table", [
    [priya, SHARING, "Note what both sides could agree to.", STEP],
    [tom, SHARING, "Note what both sides could agree to.", STEP],
    [eleanor, SHARING, "Note what both sides could agree to.", STEP],
    [sana, SHARING, "Look for common ground; offer private conversations.", STEP],
  ]);
  await Promise.all([sana, eleanor].map(waits));
  await tom.goes(home);
  await goToMind(tom, "What we share");
  for (const { text } of scenario.shared) await tom.sees(text);

  chapter("The client takes it to management");
  // On a phone the head is kept low: the steps stand behind "Help and safety".
  await tom.presses("Help and safety");
  await tom.follows(/^What if we can’t agree\?/);
  await takesStep(tom, "Take this step", "Management joins the table");
  await reads("6 management is asked", [
    [priya, FOR_MANAGEMENT, "Bring in whoever decides at this step.", BY],
    [tom, FOR_MANAGEMENT, "It is the other side’s turn to say where it stands. You can go on talking.", business],
    [eleanor, FOR_MANAGEMENT, "It is the other side’s turn to say where it stands. You can go on talking.", business],
    [sana, FOR_MANAGEMENT, "Look for common ground; offer private conversations.", business],
  ]);
  await comesOver(colin, api(priya), "manager", "business", null, "Operations director");
  await colin.sees("You were brought in. Here is the case on one page.");
  await reads("7 a manager comes", [
    [colin, "This step is for management. The mediation is under way.", "Read the ground rules and say whether you accept them.", BY],
    [priya, FOR_MANAGEMENT, "It is your side’s turn: say where it stands, or make an offer.", BY],
  ]);
  await agrees(colin);

  chapter("He reads the case on one page, settles with the handler how far to go, and she is warned beyond it");
  await colin.follows("Read the case on one page");
  await colin.sees("Asked of you now");
  await colin.sees("Schedule B and the proposal contradict each other.");
  await colin.inspects("brief of a manager");
  await colin.presses("Settle how far to go");
  const dialog = colin.page.getByRole("dialog");
  await colin.writes("Amount", "5000", dialog);
  await colin.writes("Terms", LIMIT, dialog);
  await dialog.getByLabel("Until the end of").fill(dayAhead(5));
  await colin.inspects("limit dialog");
  await colin.presses("Tell my own side", dialog);
  await colin.sees(/up to £5,000/);
  await colin.inspects("brief of a manager who settled it");
  await priya.goes(`${home}#offers`);
  await priya.presses("Make an offer");
  const offer = priya.page.getByRole("dialog");
  await priya.writes("Amount", "6000", offer);
  await priya.writes("Terms", "within two weeks", offer);
  await priya.sees("Beyond what Colin Marsh settled with you", offer);
  await priya.inspects("limit warning");
  await priya.presses("Make this offer", offer);
  await priya.noLongerSees(offer);
  await reads("8 management is there", [
    [colin, FOR_MANAGEMENT, "Note what both sides could agree to.", STEP],
    [tom, FOR_MANAGEMENT, "There is an offer for you to answer.", STEP],
  ]);

  chapter("They arrange to meet, each by their own clocks");
  await priya.turnsTo("People");
  await priya.sees(/up to £5,000/);
  await priya.inspects("people with a limit");
  await priya.goes(`${home}/meetings`);
  await priya.sees("No meeting is arranged");
  await priya.inspects("meetings none");
  await priya.presses("Propose a meeting");
  const times = priya.page.getByRole("dialog");
  await priya.writes("Where", CALL, times);
  await priya.inspects("meeting dialog");
  await priya.presses("Propose these 2 times", times);
  await priya.sees("Your side proposes a meeting");
  await tom.goes(`${home}/meetings`);
  await tom.sees("Priya Nair proposes a meeting");
  await tom.inspects("meeting proposed");
  await tom.touch(tom.page.locator(".meeting-slot label").first());
  await tom.presses("These suit us");
  await tom.presses("Set this time");
  await tom.sees("Into my calendar");
  await tom.inspects("meeting set");
  await colin.goes(`${home}/meetings`);
  const file = colin.page.waitForEvent("download");
  await colin.follows("Into my calendar");
  check((await file).suggestedFilename().endsWith(".ics"), "The meeting is no calendar file.");
  await colin.goes(home);
  await colin.sees("The next meeting");
  await colin.inspects("table with a meeting");

  chapter("The client says no to the offer and takes it to the head of the business, who comes");
  const [made] = (await viewOf(api(tom), caseId)).offers;
  await give(api(tom), caseId, "offer-answers", { offer: made.offer, accepted: false });
  await give(api(tom), caseId, "tier-steps", { to: "executive" });
  await reads("9 the head is asked", [
    [colin, FOR_THE_HEAD, "Bring in whoever decides at this step.", BY],
    [tom, FOR_THE_HEAD, "It is the other side’s turn to say where it stands. You can go on talking.", business],
  ]);
  await waits(colin);
  await comesOver(ruth, api(priya), "manager", "business", null, "Chief executive");
  await agrees(ruth);
  await reads("10 the head is there", [
    [ruth, FOR_THE_HEAD, "Note what both sides could agree to.", STEP],
    [tom, FOR_THE_HEAD, "Note what both sides could agree to.", STEP],
  ]);

  chapter("The client asks for the last step, and the business wants it too");
  await waits(ruth);
  await tom.goes(`${home}/referral`);
  await tom.sees("Both sides take this step together");
  await tom.inspects("referral before the step");
  await give(api(tom), caseId, "tier-steps", { to: "referral" });
  const ANOTHER = "The other side asks for another step. See what it means, and whether you want it too.";
  await reads("11 the last step is asked for", [
    [ruth, FOR_THE_HEAD, ANOTHER, STEP],
    [tom, FOR_THE_HEAD, "Another step is asked for. It happens once both sides want it.", STEP],
  ]);
  await priya.goes(home);
  await priya.follows(ANOTHER);
  await takesStep(priya, "Ask for this step", "Someone else decides");
  await reads("12 someone else is to decide", [
    [ruth, SOMEONE_ELSE, "Propose who should decide or help.", client],
    [priya, SOMEONE_ELSE, "Propose who should decide or help.", client],
    [tom, SOMEONE_ELSE, "Propose who should decide or help.", BY],
    [eleanor, SOMEONE_ELSE, "The two sides settle who should decide or help.", BY],
    [sana, SOMEONE_ELSE, "The two sides settle who should decide or help.", client],
  ]);
  await tom.inspects("referral nothing proposed");

  chapter("The client proposes an expert, whom a body is to name; nobody is bound by what is not said");
  await tom.presses("Propose who should decide or help");
  await tom.inspects("referral choose");
  await tom.picks(/^An expert decides/);
  await tom.writes("Who decides, or helps", EXPERT);
  await tom.picks(/^Yes(?!,)/);
  await tom.picks(/^No, as far as the law allows/);
  await tom.writes("The rules", "The body’s rules for expert determination, 2025");
  await tom.writes("The place", "Leeds");
  await tom.writes("The language there", "English");
  await tom.writes("What should be decided", "Whether the first release had to have the interface.");
  await tom.inspects("referral form");
  await tom.presses("Put this to the other side");
  await priya.goes(`${home}/referral`);
  await priya.sees("Usually asked for, and not said yet");
  check((await priya.one("button", "Agree to these terms").count()) === 0, "The business can agree to a cost that nobody has named.");
  await reads("13 a proposal leaves something open", [
    [tom, SOMEONE_ELSE, "Say what your proposal leaves open. Nobody can agree to it before.", UNSET],
    [priya, SOMEONE_ELSE, "The proposal is with the other side now.", UNSET],
  ]);
  await tom.presses("Change the wording");
  await tom.writes("What it costs, and who pays", COST);
  await tom.presses("Put the new wording");
  const BOUND = "Something is proposed that would bind your side. Say yes or no; you lose nothing by a no.";
  await reads("14 a proposal would bind", [
    [priya, SOMEONE_ELSE, BOUND, UNSET],
    [tom, SOMEONE_ELSE, BOUND, UNSET],
    [sana, SOMEONE_ELSE, "The two sides settle who should decide or help.", UNSET],
  ]);

  chapter("A no, a yes, another term, and a fresh yes of both to exactly these");
  await priya.sees(COST);
  await priya.inspects("referral asked");
  await priya.presses("No, thank you");
  await reads("15 the business says no", [[priya, SOMEONE_ELSE, "The proposal is with the other side now.", UNSET]]);
  await tom.sees(/does not agree/);
  await priya.presses("Agree to these terms");
  await priya.sees("Can you still go to court?", priya.page.getByRole("alertdialog"));
  await priya.inspects("referral agree");
  await priya.presses("Yes, our side agrees");
  await tom.sees(new RegExp(`${BUSINESS} agrees to these terms`));
  await tom.presses("Change the wording");
  await tom.writes("The place", "York");
  await tom.presses("Put the new wording");
  await priya.sees(/answered an earlier wording and is asked again/);
  for (const person of [priya, tom]) {
    await person.presses("Agree to these terms");
    await person.presses("Yes, our side agrees");
  }
  const TO_SEND = "Choose the files that go out, look through it all, and send it to everybody.";
  await reads("16 both agree", [
    [priya, SOMEONE_ELSE, TO_SEND, UNSET],
    [tom, SOMEONE_ELSE, TO_SEND, UNSET],
    [sana, SOMEONE_ELSE, "The two sides settle who should decide or help.", UNSET],
  ]);

  chapter("Files go out one by one, each by the side that put it there, and the pack goes to all at once");
  await addFile(api(priya), caseId, "joint", "schedule b.pdf", Buffer.from("%PDF-1.4 Schedule B"));
  await addFile(api(tom), caseId, "joint", "overtime.pdf", Buffer.from("%PDF-1.4 the hours since March"));
  await chooses(priya, /schedule b/, "Schedule B of the contract.pdf");
  await chooses(tom, /overtime/, "Hours worked since March.pdf");
  for (const person of [priya, tom]) for (const name of ["1. Schedule B of the contract.pdf", "2. Hours worked since March.pdf"]) await person.sees(name);
  await tom.writes("Where your side can be reached", "Tom Hale, 4 Station Road, York");
  await tom.presses("Keep this");
  await priya.sees("Tom Hale, 4 Station Road, York");
  await priya.presses("Look through it and send it");
  await priya.sees("Tom Hale, 4 Station Road, York", priya.page.getByRole("dialog"));
  await priya.inspects("referral preview");
  await priya.presses("Send it to everybody now");
  const HAND_IN = "Hand the papers in yourselves, to whoever decides or helps now. Note here what comes back.";
  await reads("17 the papers have gone out", [
    [priya, SOMEONE_ELSE, HAND_IN, UNSET],
    [tom, SOMEONE_ELSE, HAND_IN, UNSET],
    [eleanor, SOMEONE_ELSE, "The papers have gone out. What comes back is written down here.", UNSET],
    [sana, SOMEONE_ELSE, "The papers have gone out. End the mediation once both sides are ready.", UNSET],
  ]);
  const holders = [priya, tom, sana, eleanor];
  await Promise.all(holders.slice(2).map((person) => person.goes(`${home}/referral`)));
  const packs = await Promise.all(holders.map((person) => bytesBehind(person, "Everything with the files (ZIP)")));
  check(packs[0].subarray(0, 2).toString() === "PK" && packs.every((one) => one.equals(packs[0])), "They do not hold the same papers.");
  await Promise.all([priya, tom].map((person) => person.inspects("referral sent")));

  chapter("The mediator ends it as passed on, and what comes back is written down");
  await sana.goes(home);
  await sana.presses("End the mediation", await deskOf(sana));
  await sana.picks(/^Passed on to someone who decides$/, sana.page.getByRole("dialog"));
  await sana.presses("End it and record the date");
  await reads("18 passed on", [
    [priya, PASSED_ON, HAND_IN, ""],
    [tom, PASSED_ON, HAND_IN, ""],
    [sana, PASSED_ON, "The papers have gone out. What comes back is written down here.", ""],
  ]);
  await tom.page.locator("input[type=date]").fill(dayAhead(0));
  await tom.writes("What came back, in a sentence", CAME_BACK);
  await tom.presses("Record it");
  await priya.sees(CAME_BACK);
  await tom.inspects("referral outcome");
  const RECORD = "Download your record under Papers.";
  const erased = (await viewOf(api(tom), caseId)).rooms.flatMap(({ erase_at }) => erase_at ?? []).sort()[0];
  const BEFORE = `What was said is erased from ${new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date(erased))} on.`;
  await reads("19 an answer has come back", [priya, tom, eleanor, sana].map((person) => [person, PASSED_ON, RECORD, BEFORE]));

  chapter("Neither the client nor the mediator has learned how far the business would go");
  for (const one of [tom, sana, eleanor]) await one.neverLearned(LIMIT);
  priya.hasLearned(LIMIT);

  // ── what they do more than once ───────────────────────────────────────────────────────────────────────────────────

  /** Signed in at their desk, as the demo signs them in. */
  async function ofStaff(name) {
    const person = await enter(name, DESKTOP);
    await person.context.request.get(clinic.people.find((one) => one.name === name).link);
    return person;
  }

  async function comesOver(person, inviter, role, party, email = null, title = "") {
    const invitation = await inviteOver(inviter, caseId, role, party, person.name, email ?? `${person.name.toLowerCase().replace(" ", ".")}@demo.invalid`, title);
    await comeInOver(api(person), invitation, person.name, email);
    await person.goes(home);
  }

  /** On a page that shows them little else, so that nobody's browser is busy with what only others do. */
  async function waits(person) {
    await person.follows("What if we can’t agree?");
    await person.sees("What always stays open");
  }

  async function agrees(person) {
    const { sha256 } = (await viewOf(api(person), caseId)).agreement;
    await give(api(person), caseId, "agreement-acceptances", { sha256 });
  }

  /** What `three_people` shows by hand: questions, how each sees them, and what turns out to be shared. */
  async function mediate() {
    const of = (party) => api(party === "business" ? priya : tom);
    const ids = [];
    for (const text of scenario.issues) ids.push((await give(api(sana), caseId, "issues", { text })).command_id);
    for (const { party, issue, text, interest, wants } of scenario.views) await give(of(party), caseId, "positions", { issue: ids[issue], text, interest, wants });
    await give(api(sana), caseId, "stages", { stage: "exploring" });
    for (const { kind, text, issue } of scenario.shared) await give(api(sana), caseId, "statements", { kind, text, issue: ids[issue] ?? null });
    const { statements } = await viewOf(api(sana), caseId);
    for (const { statement, text_hash } of statements) for (const party of ["business", "client"]) await give(of(party), caseId, "assents", { statement, text_hash });
  }

  async function takesStep(person, words, step) {
    await person.presses(words, rung(person, step));
    await person.presses(words, person.page.getByRole("alertdialog"));
    await person.noLongerSees(person.page.getByRole("alertdialog"));
  }

  async function chooses(person, file, name) {
    await person.presses("Choose a file");
    const choosing = person.page.getByRole("dialog");
    await person.chooses(/^The file|Choose/, file, choosing);
    await person.writes("Its name in the papers", name, choosing);
    if (person.isPhone) await person.inspects("referral choose a file");
    await person.presses("Let this file go out", choosing);
    await person.noLongerSees(choosing);
  }
});

function of(whole, ...names) {
  return Object.fromEntries(names.map((name) => [name, whole[name]]));
}

async function bytesBehind(person, name) {
  const href = await person.one("link", name).first().getAttribute("href");
  const answer = await person.context.request.get(new URL(href, setting.url).href);
  check(answer.ok(), `${href}: ${answer.status()}`);
  return answer.body();
}

function dayAhead(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
