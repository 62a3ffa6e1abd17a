// @vitest-environment happy-dom
import { i18n } from "@lingui/core";
import { expect, test } from "vitest";
import { speak, speakInside } from "./language";
import { messages as wayIn } from "./locales/de.po";
import { messages as workspace } from "./locales/workspace/de.po";

const inside = Object.keys(workspace).find((id) => !(id in wayIn)) ?? "";

test("whoever only reads an invitation loads none of the workspace's words", async () => {
  await speak("de");
  expect(i18n.messages).not.toHaveProperty([inside]);
});

test("whoever goes in has them, and has them in another language too", async () => {
  await speak("de");
  await speakInside();
  expect(i18n.locale).toBe("de");
  expect(i18n.messages).toHaveProperty([inside], workspace[inside]);
  await speak("en");
  expect(i18n.messages).toHaveProperty([inside]);
});

test("a language chosen while somebody goes in is the one that stays", async () => {
  await Promise.all([speak("de"), speakInside(), speak("en")]);
  await Promise.all([speakInside(), speak("de")]);
  expect(i18n.locale).toBe("de");
  expect(i18n.messages).toHaveProperty([inside], workspace[inside]);
});
