// One person at their own browser: what they press, write and see, and everything their browser was ever told.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../frontend/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const NARROWEST = { width: 320, height: 640 };
/** A busy machine is slow, never wrong; nothing waits this long unless it is broken. */
const PATIENCE_MS = 30_000;

const SHORT_NAMES = { Conversation: "Talk", "Private with the mediator": "Private", "Before we begin": "Begin" };

/** What the test was told by pytest. */
export const setting = JSON.parse(process.env.BROWSER_TEST);
mkdirSync(setting.artefacts, { recursive: true });

/** Of screens: gathered, so that one run tells all. */
const faultsSeen = [];

export class Failed extends Error {}

export function check(holds, sentence) {
  if (!holds) throw new Failed(sentence);
}

/** Starts the browser, runs the story, and on a failure keeps a picture of everybody's screen. */
export async function tell(story) {
  const browser = await chromium.launch({
    executablePath: setting.chromium,
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
      "--no-first-run",
    ],
  });
  const people = [];
  const enter = async (name, device = DESKTOP) => {
    const person = new Person(name, await browser.newContext({ ...device, locale: "en-GB", reducedMotion: "reduce" }), device);
    await person.open();
    people.push(person);
    return person;
  };
  const began = Date.now();
  const chapter = (title) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${title}`);
  try {
    await story({ enter, chapter });
    for (const person of people) person.hadNoTrouble();
    check(faultsSeen.length === 0, faultsSeen.join("\n\n"));
    chapter("told");
  } catch (error) {
    for (const person of people) {
      const place = `${setting.artefacts}/failed-${person.name.toLowerCase().replaceAll(" ", "-")}.png`;
      await person.page.screenshot({ path: place, timeout: 5_000 }).catch(() => undefined);
      console.error(`${person.name} was at ${person.page.url()}; see ${place}`);
      for (const one of person.troubles) console.error(`  ${one}`);
    }
    console.error(error);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

/** Until `holds()` is true. For what no locator can wait for, such as two screens being alike. `sentence` may be worded at the end. */
export async function until(sentence, holds) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    if (await holds()) return;
    if (Date.now() > end) throw new Failed(`It never came to that: ${typeof sentence === "function" ? sentence() : sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Until it is on the screen. A locator's own waiting looks only twice a second after the first quarter. */
async function isShown(target) {
  await until(`${target} is shown`, () => target.isVisible());
}

export class Person {
  /** Console errors, uncaught errors and broken content policy. */
  troubles = [];
  /** Everything the browser received of the API: bodies and frames, as text. */
  received = [];
  #reading = new Set();
  #mayBeOffline = false;
  #refusals = [];

  constructor(name, context, device) {
    this.name = name;
    this.context = context;
    this.isPhone = device.isMobile === true;
  }

  async open() {
    this.context.setDefaultTimeout(PATIENCE_MS);
    await this.context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    this.page = await this.context.newPage();
    this.page.on("pageerror", (error) => this.troubles.push(`uncaught: ${error.stack ?? error.message}`));
    this.page.on("console", (message) => {
      if (message.type() !== "error") return;
      const where = message.location().url;
      // The browser itself reports the network that the test took away, and that nobody is signed in yet.
      if (this.#mayBeOffline && /ERR_INTERNET_DISCONNECTED|WebSocket connection/.test(message.text())) return;
      if (where.endsWith("/api/me") && message.text().includes("401")) return;
      if (this.#refusals.some((path) => new URL(where || setting.url).pathname.startsWith(path))) return;
      this.troubles.push(`console: ${message.text()} ${where}`);
    });
    this.page.on("response", (response) => {
      if (!new URL(response.url()).pathname.startsWith("/api/")) return;
      const reading = response
        .text()
        .then((body) => this.received.push(`${response.url()} ${body}`))
        // A page that moved on has no bodies left to read, nor has a download.
        .catch(() => undefined)
        .finally(() => this.#reading.delete(reading));
      this.#reading.add(reading);
    });
    this.page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => this.received.push(`${socket.url()} ${payload.toString()}`)),
    );
  }

  /** The browser reports refusals by itself; at this address one is meant to come. */
  expectsRefusalAt(path) {
    this.#refusals.push(path);
  }

  hadNoTrouble() {
    check(this.troubles.length === 0, `${this.name}'s browser had trouble:\n${this.troubles.join("\n")}`);
  }

  /** Neither on the screen nor in anything that the browser was ever sent. */
  async neverLearned(words) {
    await Promise.all(this.#reading);
    const leak = this.received.find((one) => one.includes(words));
    check(leak === undefined, `${this.name} was sent "${words}": ${leak?.slice(0, 300)}`);
    const shown = await this.page.evaluate(() => document.documentElement.outerHTML);
    check(!shown.includes(words), `${this.name} can see "${words}"`);
    const kept = await this.page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    check(!kept.includes(words), `${this.name}'s browser keeps "${words}"`);
  }

  /** From now on the device has a key that answers by itself, as one does on which its owner puts a finger. */
  async takesTheirKey() {
    const browser = await this.context.newCDPSession(this.page);
    await browser.send("WebAuthn.enable");
    const key = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
    await browser.send("WebAuthn.addVirtualAuthenticator", { options: { ...key, automaticPresenceSimulation: true } });
  }

  async loses(_network) {
    this.#mayBeOffline = true;
    await this.context.setOffline(true);
  }

  async finds(_network) {
    await this.context.setOffline(false);
  }

  /** The other side of `neverLearned`: what was sent does show in what was received. */
  hasLearned(words) {
    check(this.received.some((one) => one.includes(words)), `${this.name} was never sent "${words}", or nobody listened.`);
  }

  async goes(address) {
    await this.page.goto(new URL(address, setting.url).href);
  }

  // ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  one(role, name, within = this.page) {
    return within.getByRole(role, typeof name === "string" ? { name, exact: true } : { name });
  }

  async sees(what, within = this.page) {
    const target = typeof what === "string" || what instanceof RegExp ? within.getByText(what).first() : what.first();
    await isShown(target);
    return target;
  }

  async noLongerSees(what, within = this.page) {
    const target = typeof what === "string" || what instanceof RegExp ? within.getByText(what) : what;
    await until(`${this.name} no longer sees ${what}`, async () => (await target.count()) === 0);
  }

  // ── doing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  async touch(target) {
    await isShown(target);
    await (this.isPhone ? target.tap() : target.click());
  }

  async presses(name, within = this.page) {
    await this.touch(this.one("button", name, within).first());
  }

  async follows(name, within = this.page) {
    await this.touch(this.one("link", name, within).first());
  }

  /** Goes to a page of the case: by its name in a row, or on a phone by its short name or from what stands behind "More". */
  async turnsTo(page) {
    const pages = this.page.getByRole("navigation", { name: "This case" });
    await pages.waitFor();
    if (!this.isPhone) return this.follows(page, pages);
    const near = this.one("link", SHORT_NAMES[page] ?? page, pages);
    if ((await near.count()) > 0) return this.touch(near);
    await this.touch(pages.getByRole("button"));
    await this.touch(this.page.getByRole("menuitem", { name: page }));
  }

  async writes(label, text, within = this.page) {
    await this.one("textbox", label, within).fill(text);
  }

  /** Of a few choices, or in a list that opens. */
  async picks(choice, within = this.page) {
    const radio = within.getByRole("radio", { name: choice });
    // The drawn circle stands over the native one.
    await this.touch(within.locator("label").filter({ has: radio }).or(radio.locator("xpath=ancestor::label")).first());
    await until(`${this.name} has picked ${choice}`, () => radio.isChecked());
  }

  async chooses(label, option, within = this.page) {
    await this.touch(within.getByRole("button", { name: label }));
    await this.touch(this.page.getByRole("option", { name: option }));
    await this.noLongerSees(this.page.getByRole("listbox"));
  }

  async ticks(name, within = this.page) {
    const box = within.getByRole("checkbox", { name });
    await this.touch(box.locator("xpath=ancestor::label"));
    await until(`${this.name} has ticked ${name}`, () => box.isChecked());
  }

  async takesFromMenu(opener, entry, within = this.page) {
    await this.presses(opener, within);
    await this.touch(this.page.getByRole("menuitem", { name: entry }));
  }

  /** Keeps what is on their screen, without scrolling, among the artefacts. */
  async pictures(name) {
    const { width } = this.page.viewportSize();
    await this.page.screenshot({ path: `${setting.artefacts}/${name.replaceAll(" ", "-")}-${width}.png` });
  }

  // ── looking closely ───────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * Has a screen read by axe for what is serious for people with a screen reader or poor sight, sees that there is
   * nothing to scroll sideways for, on a phone even on the narrowest, and keeps a picture among the artefacts.
   */
  async inspects(name) {
    const { page } = this;
    const usual = page.viewportSize();
    // What lies above the page is drawn where it is; the page itself from its top, as one who comes to it sees it.
    const isBelow = (await page.getByRole("dialog").or(page.getByRole("alertdialog")).count()) > 0;
    await page.evaluate(async (isBelow) => {
      if (!isBelow) scrollTo(0, 0);
      await document.fonts.ready;
      // What has just opened is in the page at once, and in the picture a frame later.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    }, isBelow);
    await page.screenshot({ path: `${setting.artefacts}/${name.replaceAll(" ", "-")}-${usual.width}.png`, fullPage: !isBelow });
    await this.#isReadable(name);
    await this.#isNotTooWide(name);
    if (!this.isPhone) return;
    await page.setViewportSize(NARROWEST);
    await this.#isNotTooWide(name);
    await page.setViewportSize(usual);
  }

  async #isReadable(name) {
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(axeSource);
    const faults = await this.page.evaluate(async () => {
      // What react-aria has just had read out refers by id to a button that may be gone by now.
      const { violations } = await window.axe.run({ exclude: ["[data-live-announcer]"] }, { resultTypes: ["violations"] });
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(" ")} ${node.html.slice(0, 160)}`).join("\n")}`);
    });
    if (faults.length > 0) faultsSeen.push(`${this.name} on ${name}: ${faults.join("\n")}`);
  }

  async #isNotTooWide(name) {
    const { wide, room, culprits } = await this.page.evaluate(() => {
      const { scrollWidth } = document.scrollingElement;
      const beyond = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
      return { wide: scrollWidth, room: innerWidth, culprits: beyond.slice(0, 5).map((one) => one.outerHTML.slice(0, 140)) };
    });
    if (wide > room) faultsSeen.push(`${name} is ${wide} px wide in a window of ${room} px:\n${culprits.join("\n")}`);
  }
}
