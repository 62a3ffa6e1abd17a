// Somebody has left scripts in every field there is. Each person walks through every page; nothing of it may run.
import { createRequire } from "node:module";

const setting = JSON.parse(process.env.PROOF);
const { chromium } = createRequire(new URL("../../frontend/package.json", import.meta.url))("playwright-core");
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const ROOMS = ["talks", "joint", "caucus-client", "team-client"];
const PAGES = ["", "/settlement", "/agreement", "/ladder", "/people", "/files", "/search", "/papers", ...ROOMS.map((room) => `/talk/${room}`)];
// Who looks at what: between them they see every page with everything in it that is shown to anybody.
const WALKS = { client: [0], mediator: [0], handler: [1], administrator: [] };
const OF_THE_PORTAL = ["/", "/account", "/cases/new", "/complaints", "/admin", "/admin/organisations", "/to/example-studio"];

const troubles = [];
let shown = 0;

const browser = await chromium.launch({
  executablePath: setting.chromium,
  args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--no-first-run"],
});
try {
  for (const [who, value] of Object.entries(setting.people)) await walk(who, value);
} finally {
  await browser.close();
}
console.log(`scripts were seen as words in ${shown} pages`);
if (shown < 15) troubles.push(`the words were seen in ${shown} pages only`);
for (const one of new Set(troubles)) console.error(one);
process.exitCode = troubles.length === 0 ? 0 : 1;

async function walk(who, value) {
  const context = await browser.newContext({ ...DESKTOP, locale: "en-GB", reducedMotion: "reduce" });
  context.setDefaultTimeout(30_000);
  await context.addCookies([{ name: "__Host-mediation", value, domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "Lax" }]);
  let at = "";
  const trouble = (what) => troubles.push(`${who} at ${at}: ${what}`);
  await context.exposeBinding("ran", () => trouble("a script ran"));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    trouble(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => trouble(`uncaught: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // The browser itself reports what is not there for everybody: previews of files that are none, pages of administrators.
    if (/Failed to load resource: the server responded with a status of 40[34]/u.test(message.text())) return;
    trouble(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== setting.url && !/^(?:data|blob|about):/u.test(request.url())) trouble(`asked ${request.url()}`);
  });
  page.on("popup", () => trouble("a window opened"));
  const cases = WALKS[who].map((which) => setting.cases[which]);
  const addresses = [...(cases.length > 0 && who !== "mediator" ? [] : OF_THE_PORTAL), ...cases.flatMap((id) => PAGES.map((part) => `/cases/${id}${part}`))];
  const underWay = new Set();
  let welcomed = false;
  page.on("request", (request) => request.resourceType() === "fetch" && underWay.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => underWay.delete(request));
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => (welcomed ||= payload.toString().includes('"presence"'))));
  /** Everything that was asked for has come, and is drawn. */
  const settled = async (isCase) => {
    const end = Date.now() + 20_000;
    for (;;) {
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      if (underWay.size === 0 && (welcomed || !isCase)) return;
      if (Date.now() > end) return trouble("never came to rest");
    }
  };
  for (const address of addresses) {
    at = address;
    welcomed = false;
    underWay.clear();
    await page.goto(`${setting.url}${address}`);
    await page.locator("main").first().waitFor();
    await settled(address.includes(setting.cases[0]) || address.includes(setting.cases[1]));
    if (address.endsWith("/search")) {
      const box = page.getByRole("searchbox").or(page.getByRole("textbox")).first();
      if ((await box.count()) > 0) {
        await box.fill("ran");
        await box.press("Enter");
        await settled(false);
      }
    }
    // What is folded up is shown as well.
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    const seen = await page.evaluate((words) => words.some((one) => document.body.innerText.includes(one)), setting.shown);
    if (seen) shown += 1;
    const made = await page.evaluate(() => ({
      scripts: [...document.scripts].filter((one) => !one.src.startsWith(location.origin)).length,
      elements: document.querySelectorAll("main :is(iframe, object, embed, base, meta, form[action], a[href^='javascript' i], [onerror], [onload], [onclick], [onfocus], [ontoggle], [srcdoc])").length,
    }));
    if (made.scripts + made.elements > 0) trouble(`words became elements: ${JSON.stringify(made)}`);
    if (new URL(page.url()).origin !== setting.url) trouble(`led away to ${page.url()}`);
  }
  console.log(`${who} has walked through ${addresses.length} pages`);
  await context.close();
}
