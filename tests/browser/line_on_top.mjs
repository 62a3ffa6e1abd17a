// "What happens next, and by when?": read as somebody does who has just opened the page, without scrolling.
import { viewOf } from "./over_the_api.mjs";
import { check, DESKTOP, PHONE, until } from "./person.mjs";

const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The same words take the same room on everybody's screen: at another size than their own, each is looked at once. */
const fitting = new Set();

/**
 * Somebody's line says this, and all of it is there to be read at first sight, at a desk and on a phone. In `when`, "DAY"
 * stands for the last day that the portal tells them.
 */
export async function readsAtFirstSight(person, caseId, stop, [now, next, when]) {
  const where = `${stop}: ${person.name}`;
  const shown = person.page.locator(".now-next");
  const first = `Now ${now} Next ${next}`;
  let [said, wanted] = ["", first];
  await until(
    () => `${where} reads "${wanted}", but reads "${said}"`,
    async () => {
      said = (await shown.innerText()).replaceAll(/\s+/gu, " ").trim();
      if (!said.startsWith(first)) return false;
      const { line } = await viewOf(person.context.request, caseId);
      const day = line.by ?? line.until;
      wanted = `${first} ${when.replace("DAY", day === null ? "a day that is not told" : DAY.format(new Date(day)))}`.trim();
      return said === wanted;
    },
  );
  const [own, other] = person.isPhone ? [PHONE.viewport, DESKTOP.viewport] : [DESKTOP.viewport, PHONE.viewport];
  check(await isAtFirstSight(shown), `${where} has to look for it at ${own.width} pixels.`);
  fitting.add(`${own.width} ${wanted}`);
  if (fitting.has(`${other.width} ${wanted}`)) return;
  fitting.add(`${other.width} ${wanted}`);
  await person.page.setViewportSize(other);
  check(await isAtFirstSight(shown), `${where} has to look for it at ${other.width} pixels.`);
  await person.page.setViewportSize(own);
}

/** Whole in the window, once one is at the top of the page, and under nothing else. */
function isAtFirstSight(shown) {
  return shown.evaluate((line) => {
    scrollTo(0, 0);
    const { top, right, bottom, left } = line.getBoundingClientRect();
    const isCovered = [top + 2, bottom - 2].some((y) => !document.elementFromPoint((left + right) / 2, y)?.closest(".shell-now"));
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && !isCovered;
  });
}
