// "What happens next, and by when?": read as somebody does who has just opened the page, without scrolling.
import { viewOf } from "./over_the_api.mjs";
import { check, setting, until } from "./person.mjs";

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/**
 * Somebody's line says this, on every screen that they have open, and all of it is there to be read at first sight. In
 * `when`, "DAY" stands for the last day that the portal tells them; a picture of each screen is kept.
 */
export async function readsAtFirstSight({ name, screens }, caseId, stop, [now, next, when]) {
  const { line } = await viewOf(screens[0].context.request, caseId);
  const day = line.by ?? line.until;
  check(when.includes("DAY") === (day !== null), `${stop}: ${name} is told of the day ${day}, where "${when}" was expected.`);
  const wanted = `Now ${now} Next ${next} ${when.replace("DAY", day === null ? "" : DAY.format(new Date(day)))}`.trim();
  await Promise.all(screens.map((screen) => reads(screen, `${stop}: ${name}`, wanted)));
}

async function reads(screen, where, wanted) {
  const { page } = screen;
  const line = page.locator(".now-next");
  let said = "";
  await until(
    () => `${where} reads "${wanted}", but reads "${said}"`,
    async () => {
      said = (await line.innerText()).replaceAll(/\s+/gu, " ").trim();
      return said === wanted;
    },
  );
  const width = page.viewportSize().width;
  await page.evaluate(() => scrollTo(0, 0));
  const isThere = await line.evaluate((shown) => {
    const { top, right, bottom, left } = shown.getBoundingClientRect();
    const isCovered = [top + 2, bottom - 2].some((y) => !document.elementFromPoint((left + right) / 2, y)?.closest(".shell-now"));
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && !isCovered;
  });
  check(isThere, `${where} has to look for it at ${width} pixels.`);
  await page.screenshot({ path: `${setting.artefacts}/${where.replaceAll(/[^a-z0-9]+/giu, "-").toLowerCase()}-${width}.png` });
}
