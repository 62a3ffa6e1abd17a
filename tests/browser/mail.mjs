// What lies in people's mailboxes: without a mail server the portal keeps its mail as files.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setting, until } from "./person.mjs";

/** Mails whose code somebody has typed; the next one asked for comes in another mail. */
const typed = new Set();

/** Where a person of a story reads their mail. */
export function addressOf(name) {
  return `${name.toLowerCase().replaceAll(/[^a-z]+/gu, ".")}@example.org`;
}

/** The digits of the newest code mailed to this address that nobody has typed yet. Waits until it has come. */
export async function codeFor(address) {
  let found;
  await until(`a code is mailed to ${address}`, () => {
    found = mailsTo(address, "code").findLast((mail) => !typed.has(mail.name));
    return found !== undefined;
  });
  typed.add(found.name);
  return /code: (\d{6})/iu.exec(found.text)[1];
}

/** The address in the newest invitation mailed there: what the person clicks. */
export async function linkFor(address) {
  let found;
  await until(`an invitation is mailed to ${address}`, () => {
    found = mailsTo(address, "invitation").at(-1);
    return found !== undefined;
  });
  // A long line may be broken, as mails do it.
  return /https?:\/\/\S+\/join#\S+/u.exec(found.text.replaceAll("=\r\n", ""))[0];
}

/** The address behind which somebody chooses their first password. */
export async function passwordLinkFor(address) {
  let found;
  await until(`a link to choose a password is mailed to ${address}`, () => {
    found = mailsTo(address, "password").at(-1);
    return found !== undefined;
  });
  return /https?:\/\/\S+\/password#\S+/u.exec(found.text.replaceAll("=\r\n", ""))[0];
}

function mailsTo(address, kind) {
  if (!existsSync(setting.mail)) return [];
  return readdirSync(setting.mail)
    .filter((name) => name.includes(`-${kind}-`) && name.endsWith(".eml"))
    .sort()
    .map((name) => ({ name, text: readFileSync(`${setting.mail}/${name}`, "utf8") }))
    .filter(({ text }) => text.toLowerCase().includes(`to: ${address}`));
}
