// A Word file as somebody else's program shows it: docx-preview from npm, in a page of its own.
import { fileURLToPath } from "node:url";
import { setting } from "./person.mjs";

const SCRIPTS = ["jszip/dist/jszip.min.js", "docx-preview/dist/docx-preview.min.js"].map((one) => fileURLToPath(new URL(`../../frontend/node_modules/${one}`, import.meta.url)));

/** Opens a file, keeps a picture of each sheet among the artefacts, and tells the words on them. */
export async function picturesOfWord(person, file, name) {
  const page = await person.context.newPage();
  await page.goto("about:blank");
  for (const path of SCRIPTS) await page.addScriptTag({ path });
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    await window.docx.renderAsync(new Blob([bytes]), document.body);
  }, file.buffer.toString("base64"));
  const shown = page.locator("section.docx");
  const sheets = await shown.count();
  const words = (await shown.allInnerTexts()).join(" ").replaceAll(/\s+/gu, " ");
  for (let n = 0; n < sheets; n += 1) await shown.nth(n).screenshot({ path: `${setting.artefacts}/${name.replaceAll(" ", "-")}-${n + 1}.png` });
  await page.close();
  return { words, sheets };
}
