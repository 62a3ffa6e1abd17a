// What people do without a screen, where another story shows the pressing: over the API, signed in as in their browser.
import { createHash, randomUUID } from "node:crypto";
import { codeFor } from "./mail.mjs";
import { check, setting } from "./person.mjs";

const newId = () => randomUUID().replaceAll("-", "");
const at = (path) => new URL(path, setting.url).href;

/** Sends `data`, with a new command's id where it has none that is wanted, and gives the answer. */
export async function ask(request, path, data) {
  const answer = await request.post(at(path), { data });
  check(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** Gives a command of a case; the answer's `command_id` is the id of what it made. */
export async function give(request, caseId, collection, fields = {}) {
  return ask(request, `/api/cases/${caseId}/${collection}`, { command_id: newId(), ...fields });
}

export async function openOver(request, fields) {
  return (await ask(request, "/api/cases", { command_id: newId(), ...fields })).case;
}

export async function viewOf(request, caseId) {
  return (await request.get(at(`/api/cases/${caseId}`))).json();
}

/** Invites somebody; the invitation is mailed too. Gives the link. */
export async function inviteOver(request, caseId, role, party, name, email, title = "") {
  return (await give(request, caseId, "invitations", { role, party, name, email, title, language: "en" })).link;
}

/** Takes the seat: at the address of one's account nobody needs a code, so `email` is for those who have none. */
export async function comeInOver(request, link, name, email = null) {
  const token = new URL(link).hash.slice(1);
  if (email !== null) {
    await ask(request, "/api/invitations/code", { token });
    await ask(request, "/api/invitations/verify", { token, code: await codeFor(email) });
  }
  await ask(request, "/api/invitations/accept", { token, name, command_id: newId() });
}

/** A file that existed before, put into a room. */
export async function addFile(request, caseId, room, name, content) {
  const begun = await give(request, caseId, "uploads", { room, name, size: content.length, origin: "existed-before" });
  const headers = { "content-type": "application/octet-stream" };
  await request.put(at(`/api/cases/${caseId}/uploads/${begun.upload}?offset=0`), { data: content, headers });
  await give(request, caseId, "files", { upload: begun.upload, sha256: createHash("sha256").update(content).digest("hex") });
}
