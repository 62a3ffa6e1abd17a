// A manager is brought in: reads the case on one page, settles with the handler how far to go, and the sides arrange to meet.
import { DESKTOP, PHONE, check, setting, tell } from "./person.mjs";

const { clinic } = setting;
const TERMS = "Nothing before Easter";
const CALL = "https://calls.example/room-17";

await tell(async ({ enter, chapter }) => {
  const link = (name) => clinic.people.find((one) => one.name === name).link;
  const colin = await enter("Colin Marsh", DESKTOP);
  const priya = await enter("Priya Nair", PHONE);
  const tom = await enter("Tom Hale", PHONE);
  const sana = await enter("Sana Qureshi", DESKTOP);

  chapter("The case on one page is the first thing that the manager sees");
  await colin.goes(link("Colin Marsh"));
  await colin.sees("You were brought in. Here is the case on one page.");
  await colin.inspects("brought-in-manager");
  await colin.follows("Read the case on one page");
  await colin.sees("Asked of you now");
  await colin.sees("Schedule B and the proposal contradict each other.");
  await colin.inspects("brief-manager");

  chapter("He settles with the handler how far to go");
  await colin.presses("Settle how far to go");
  const dialog = colin.page.getByRole("dialog");
  await colin.writes("Amount", "5000", dialog);
  await colin.writes("Terms", TERMS, dialog);
  await dialog.getByLabel("Until the end of").fill(dayAhead(5));
  await colin.inspects("limit-dialog");
  await colin.presses("Tell my own side", dialog);
  await colin.sees(/up to £5,000/);
  await colin.inspects("brief-manager-settled");

  chapter("The handler is warned before an offer goes beyond it, and goes on");
  await priya.goes(link("Priya Nair"));
  await priya.goes(`${clinic.url}#offers`);
  await priya.presses("Make an offer");
  const offer = priya.page.getByRole("dialog");
  await priya.writes("Amount", "6000", offer);
  await priya.writes("Terms", "within two weeks", offer);
  await priya.sees("Beyond what Colin Marsh settled with you", offer);
  await priya.inspects("limit-warning");
  await priya.presses("Make this offer", offer);
  await priya.noLongerSees(offer);
  await priya.turnsTo("People");
  await priya.sees(/up to £5,000/);
  await priya.inspects("people-with-limit");

  chapter("They arrange to meet, each by their own clocks");
  await priya.turnsTo("Meetings");
  await priya.sees("No meeting is arranged");
  await priya.inspects("meetings-none");
  await priya.presses("Propose a meeting");
  const times = priya.page.getByRole("dialog");
  await priya.writes("Where", CALL, times);
  await priya.inspects("meeting-dialog");
  await priya.presses("Propose these 2 times", times);
  await priya.sees("Your side proposes a meeting");
  await tom.goes(link("Tom Hale"));
  await tom.sees("Times for a meeting are proposed: say which suit you.");
  await tom.turnsTo("Meetings");
  await tom.sees("Priya Nair proposes a meeting");
  await tom.inspects("meeting-proposed");
  await tom.touch(tom.page.locator(".meeting-slot label").first());
  await tom.presses("These suit us");
  await tom.presses("Set this time");
  await tom.sees("Into my calendar");
  await tom.inspects("meeting-set");
  await priya.sees("Into my calendar");
  await colin.goes(`${clinic.url}/meetings`);
  await colin.sees("Into my calendar");
  await colin.inspects("meetings-manager");
  const file = colin.page.waitForEvent("download");
  await colin.follows("Into my calendar");
  check((await file).suggestedFilename().endsWith(".ics"), "The meeting is no calendar file.");
  await colin.goes(clinic.url);
  await colin.sees("The next meeting");
  await colin.inspects("table-with-meeting");

  chapter("Neither the client nor the mediator has learned of the limit");
  await sana.goes(link("Sana Qureshi"));
  for (const page of ["", "/people", "/papers", "/brief", "/talk/joint", "/talk/caucus-business"]) {
    await sana.goes(`${clinic.url}${page}`);
    await sana.sees("Meridian Health Systems Ltd");
  }
  for (const one of [tom, sana]) await one.neverLearned(TERMS);
  priya.hasLearned(TERMS);
});

function dayAhead(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  return day.toISOString().slice(0, 10);
}
