// Beside the table: files that survive a cut and a reload, help two presses away, rooms of chosen people, being asked to
// listen, searching, being removed. And what the other side must never be sent of all that.
import { check, DESKTOP, PHONE, setting, tell, until } from "./person.mjs";

const { bargaining } = setting;
const INSULT = "You people never pay, and all the town knows it.";
const REPORT = "He insults us before everyone, for the second time.";
const COMPLAINT = "The mediator was an hour late, twice.";
const ROOM = "Lawyer and management";

await tell(async ({ enter, chapter }) => {
  const mediator = await enter("Dr Amara Okafor", DESKTOP);
  const handler = await enter("Jonas Weidt", DESKTOP);
  const client = await enter("Lucia Pirelli", PHONE);
  const counsel = await enter("Sven Albers", DESKTOP);
  await Promise.all([
    comes(mediator, "mediator"),
    comes(handler, "handler"),
    comes(client, "principal"),
    comes(counsel, "counsel"),
  ]);

  chapter("The client shows the mediator a picture, and nobody else");
  await client.goes(`${bargaining.url}/files`);
  const picture = await client.page.screenshot();
  await addFile(client, /Add a file: Private with/, { name: "delivery-note.png", mimeType: "image/png", buffer: picture }, "Add privately");
  await client.sees("delivery-note.png has arrived: Private with Dr Amara Okafor");
  await client.inspects("files");
  await mediator.goes(`${bargaining.url}/talk/caucus-client`);
  await mediator.presses("Look at it: delivery-note.png");
  await until("the picture is drawn", () => mediator.page.getByRole("dialog").getByRole("img").evaluate((drawn) => drawn.complete && drawn.naturalWidth > 0));
  await mediator.inspects("file looked at");
  await mediator.presses("Close");
  mediator.hasLearned("delivery-note.png");

  chapter("A large file: a cut, a pause, the page loaded again, and it arrives");
  const large = { name: "orders-of-the-summer.csv", mimeType: "text/csv", buffer: Buffer.alloc(6 * 1024 * 1024, "soup;2;EUR 18.00\n") };
  const slowly = (route) => setTimeout(() => void route.continue().catch(() => undefined), 500);
  await client.page.route("**/uploads/*?offset=*", slowly);
  await addFile(client, /Add a file: Everyone/, large, "Add for everyone to see");
  await client.sees(/^[1-9]\d? % of/);
  await client.loses("network");
  await client.sees("The connection is cut. It goes on by itself.");
  await client.finds("network");
  await client.sees(/% of/);
  await client.presses("Pause");
  await client.sees(/^Paused at/);
  await client.page.reload();
  await client.sees(/^The page was loaded again at/);
  await client.inspects("file half way");
  await chooses(client, "Choose the file", { ...large, name: "something-else.csv" });
  await client.sees(/^That is another file/);
  await chooses(client, "Choose the file", large);
  await client.sees("orders-of-the-summer.csv has arrived: Everyone");
  await handler.goes(`${bargaining.url}/files`);
  const [download] = await Promise.all([handler.page.waitForEvent("download"), handler.follows("Download orders-of-the-summer.csv")]);
  check(download.suggestedFilename() === "orders-of-the-summer.csv", "the file keeps its name");
  await client.takesFromMenu("More about orders-of-the-summer.csv", /^Take it back/);
  await client.presses("Take it back", client.page.getByRole("alertdialog"));
  await handler.noLongerSees("orders-of-the-summer.csv");

  chapter("Something goes too far: the mediator is told, the other side is not");
  await handler.goes(`${bargaining.url}/talk/joint`);
  await handler.writes("Say something to everyone", INSULT);
  await handler.presses("Send to everyone");
  await client.goes(`${bargaining.url}/talk/joint`);
  await client.sees(INSULT);
  await client.takesFromMenu("More about this message", /^This went too far/, client.page.getByRole("listitem").filter({ hasText: INSULT }));
  await client.writes("What went too far?", REPORT);
  await client.inspects("report");
  await client.presses("Tell the mediator");
  await mediator.sees(REPORT);
  await mediator.follows("Go to the message");
  await mediator.sees(INSULT, mediator.page.getByRole("log"));

  chapter("Help and safety: each thing two presses away");
  await client.presses("Help and safety");
  await client.inspects("help");
  await client.presses(/^Complain about the mediator/);
  await client.writes("What is your complaint?", COMPLAINT);
  await client.inspects("complaint");
  await client.presses("Send the complaint");
  await client.sees(/Your reference is/);
  await client.presses("Done");
  for (const [way, dialog] of [
    [/^Take a break/, "Do you need a break?"],
    [/^Ask for another mediator/, "Ask for another mediator?"],
    [/^Leave the mediation/, "Leave the mediation"],
  ]) {
    await client.presses("Help and safety");
    await client.presses(way);
    await client.sees(client.page.getByRole("alertdialog", { name: dialog }));
    await client.page.keyboard.press("Escape");
    await client.noLongerSees(client.page.getByRole("alertdialog"));
  }

  chapter("A room for the lawyer and the management, of which nobody else learns");
  await mediator.goes(bargaining.url);
  await mediator.touch(mediator.one("tab", "My desk"));
  await mediator.presses("Put people together");
  await mediator.ticks(/^Miriam Holt/);
  await mediator.ticks(/^Sven Albers/);
  await mediator.writes("What the room is called", ROOM);
  await mediator.inspects("put people together");
  await mediator.presses("Open this room");
  await counsel.goes(`${bargaining.url}/talk/joint`);
  await counsel.touch(counsel.page.getByRole("radiogroup", { name: "Room" }).getByRole("radio", { name: ROOM }));
  await counsel.sees("Private: only you, Miriam Holt, and Dr Amara Okafor");
  await counsel.writes(/^Write to Miriam Holt/, "Between us: what would management sign?");
  await counsel.presses("Send privately");
  await counsel.sees("Between us: what would management sign?", counsel.page.getByRole("log"));
  await counsel.inspects("room of chosen people");
  await mediator.presses(`Close it: ${ROOM}`);
  await mediator.presses("Close it", mediator.page.getByRole("alertdialog"));
  await counsel.sees("The mediator has closed this room. You can still read it.");

  chapter("Asked to listen, and let speak again");
  await mediator.turnsTo("People");
  await mediator.takesFromMenu("More about Jonas Weidt", /^Ask them to listen/);
  await mediator.presses("Ask them to listen", mediator.page.getByRole("alertdialog"));
  await handler.sees("The mediator asks you to listen for now");
  await handler.sees(handler.one("link", "Write to the mediator privately"));
  await handler.inspects("asked to listen");
  await mediator.takesFromMenu("More about Jonas Weidt", /^Let them speak again/);
  await handler.sees(handler.one("textbox", "Say something to everyone"));

  chapter("Everybody finds what is theirs, and nothing else");
  await finds(client, "insults us", REPORT);
  await client.inspects("search");
  await handler.goes(`${bargaining.url}/search`);
  await handler.one("searchbox", "Words to look for").fill("insults us");
  await handler.sees("Nothing was found.");

  chapter("Somebody is removed, and everything closes at once");
  await mediator.takesFromMenu("More about Sven Albers", /^Remove from the case/);
  await mediator.inspects("remove");
  await mediator.presses("Remove them", mediator.page.getByRole("alertdialog"));
  await counsel.sees("You are no longer on this case.");
  await mediator.turnsTo("Papers");
  await mediator.sees("Dr Amara Okafor removed Sven Albers from the case.");

  for (const words of ["delivery-note.png", REPORT, COMPLAINT, ROOM, "what would management sign"]) await handler.neverLearned(words);
  for (const words of [ROOM, "what would management sign"]) await client.neverLearned(words);
  await mediator.neverLearned(COMPLAINT);
});

async function comes(person, role) {
  await person.goes(bargaining.people.find((one) => one.role === role).link);
  await person.goes(bargaining.url);
  await person.sees(person.page.getByRole("heading", { name: /what is owed/ }));
}

async function chooses(person, button, file) {
  const [chooser] = await Promise.all([person.page.waitForEvent("filechooser"), person.presses(button)]);
  await chooser.setFiles([file]);
}

async function addFile(person, where, file, button) {
  await person.presses(where);
  await chooses(person, "Choose a file", file);
  await person.picks(/^It was made for this mediation/);
  await person.inspects("add a file");
  await person.presses(button, person.page.getByRole("dialog"));
}

async function finds(person, words, said) {
  await person.goes(`${bargaining.url}/search`);
  await person.one("searchbox", "Words to look for").fill(words);
  await person.touch(person.page.getByRole("link").filter({ hasText: said }));
  await person.sees(said, person.page.getByRole("log"));
}
