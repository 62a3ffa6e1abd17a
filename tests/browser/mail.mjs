// What lies in people's mailboxes: the mail server of the tests keeps every mail as a file, in the order of arrival.
import { readdirSync, readFileSync } from "node:fs";
import { setting, until } from "./person.mjs";

/** Codes that somebody has typed; the next one asked for is another. */
const typed = new Set();

/** Where a person of a story reads their mail. */
export function addressOf(name) {
  return `${name.toLowerCase().replaceAll(/[^a-z]+/gu, ".")}@example.org`;
}

/** The digits of the newest code mailed to this address that nobody has typed yet. Waits until it has come. */
export async function codeFor(address) {
  const digits = await newestIn(address, /code: (\d{6})/iu, "a code", (one) => !typed.has(one));
  typed.add(digits);
  return digits;
}

/** The address in the newest invitation mailed there: what the person clicks. */
export function linkFor(address) {
  return newestIn(address, /(https?:\/\/\S+\/join#\S+)/u, "an invitation");
}

/** The address behind which somebody chooses their first password. */
export function passwordLinkFor(address) {
  return newestIn(address, /(https?:\/\/\S+\/password#\S+)/u, "a link to choose a password");
}

async function newestIn(address, pattern, what, isWanted = () => true) {
  let found;
  await until(`${what} is mailed to ${address}`, () => {
    found = mailsTo(address)
      .map((text) => pattern.exec(text)?.[1])
      .filter((one) => one !== undefined)
      .findLast(isWanted);
    return found !== undefined;
  });
  return found;
}

function mailsTo(address) {
  return readdirSync(setting.mail)
    .filter((name) => name.endsWith(".eml"))
    .sort()
    .map((name) => readFileSync(`${setting.mail}/${name}`, "utf8"))
    .filter((text) => text.toLowerCase().includes(`to: ${address}`))
    // A long line may be broken, as mails do it.
    .map((text) => text.replaceAll(/=\r?\n/gu, ""));
}
