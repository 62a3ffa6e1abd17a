import { chromium } from "playwright-core";
import fs from "node:fs";
const [,, link, path, out, w, h, lang] = process.argv;
const exe = fs.existsSync("/usr/lib/chromium/chromium") ? "/usr/lib/chromium/chromium" : undefined;
const b = await chromium.launch({ executablePath: exe, args: ["--no-sandbox","--disable-background-networking","--no-first-run"] });
const c = await b.newContext({ viewport: { width: +w, height: +h }, locale: lang ?? "en-GB" });
const p = await c.newPage();
p.on("console", (m) => { if (m.type() === "error") console.log("console:", m.text()); });
await p.goto(link); await p.waitForLoadState("networkidle");
console.log(p.url());
const m = /\/cases\/[0-9a-f]{32}/.exec(p.url());
if (path !== "-") { await p.goto(new URL(m[0] + path, p.url()).href); await p.waitForLoadState("networkidle"); await p.waitForTimeout(800); }
await p.screenshot({ path: out, fullPage: true });
await b.close();
