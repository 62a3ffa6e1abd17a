// A page on another port of the same machine: browsers send it our cookies, so only the portal's own checks stand.
import { createRequire } from "node:module";

const [frontend, executablePath, portal, foreign, cookie, feed] = process.argv.slice(2);
const { chromium } = createRequire(`${frontend}/package.json`)("playwright-core");

const browser = await chromium.launch({
  executablePath,
  args: ["--disable-background-networking", "--no-first-run", "--disable-component-update", "--disable-sync", "--no-sandbox"],
});
try {
  const context = await browser.newContext();
  await context.addCookies([
    { name: "__Host-mediation", value: cookie, domain: "localhost", path: "/", secure: true, httpOnly: true, sameSite: "Lax" },
  ]);
  const page = await context.newPage();
  const socketOf = (url) =>
    new Promise((resolve) => {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    });
  const post = (url) =>
    fetch(url, { method: "POST", mode: "no-cors", credentials: "include" }).then(
      () => "sent",
      () => "failed",
    );
  const visit = async (origin) => {
    await page.goto(`${origin}/somewhere`);
    return {
      socket: await page.evaluate(socketOf, feed),
      post: await page.evaluate(post, `${portal}/api/sign-out`),
    };
  };
  const fromElsewhere = await visit(foreign);
  await page.goto(`${portal}/somewhere`);
  const me = await page.evaluate(() => fetch("/api/me").then((answer) => answer.status));
  const own = await page.evaluate(socketOf, feed);
  process.stdout.write(JSON.stringify({ fromElsewhere, me, own }));
} finally {
  await browser.close();
}
