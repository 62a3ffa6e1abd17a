/** Which language the person reads: their own choice, else the browser's, else English. */
import { i18n, setupI18n, type I18n, type Messages } from "@lingui/core";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

type Catalogues = Readonly<Record<Language, () => Promise<{ messages: Messages }>>>;

/** One catalogue per language, and nobody loads another's: what is said on the way in, and what is said inside. */
const WAY_IN: Catalogues = {
  en: () => import("./locales/en.po"),
  de: () => import("./locales/de.po"),
};
const WORKSPACE: Catalogues = {
  en: () => import("./locales/workspace/en.po"),
  de: () => import("./locales/workspace/de.po"),
};
/** Whether the words of the workspace are wanted, from the first time that somebody goes in. */
let isInside = false;

async function wordsOf(language: Language): Promise<Messages> {
  const wayIn = WAY_IN[language]();
  if (!isInside) return (await wayIn).messages;
  const [outside, inside] = await Promise.all([wayIn, WORKSPACE[language]()]);
  return { ...outside.messages, ...inside.messages };
}

const KEPT_AS = "mediation.language";

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in LANGUAGES;
}

/** The language to begin with; `localStorage` may be refused in a private window, and then the browser's is taken. */
export function preferredLanguage(): Language {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    if (isLanguage(kept)) return kept;
  } catch {
    // Private windows may forbid storage; the browser's languages still tell.
  }
  for (const tag of navigator.languages) {
    const short = tag.slice(0, 2).toLowerCase();
    if (isLanguage(short)) return short;
  }
  return "en";
}

/** Speak of the workspace as well from now on, in whatever language. Await it before the workspace is shown. */
export async function speakInside(): Promise<void> {
  isInside = true;
  // Before the first language is chosen there is nothing to add to: `speak` sees that it is wanted.
  const language = i18n.locale;
  if (isLanguage(language)) i18n.load(language, await wordsOf(language));
}

/** Load and switch to a language; the page's `lang` and `dir` follow, for screen readers and hyphenation. */
export async function speak(language: Language, options: { keep: boolean } = { keep: false }): Promise<void> {
  let messages = await wordsOf(language);
  // Somebody may have gone in meanwhile.
  if (isInside) messages = await wordsOf(language);
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  document.documentElement.dir = "ltr";
  if (options.keep) {
    try {
      localStorage.setItem(KEPT_AS, language);
    } catch {
      // Nothing is lost but the memory of the choice.
    }
  }
}

/** Another language beside that of the screen, for words that are not the screen's own. */
export async function wordsIn(language: Language): Promise<I18n> {
  if (language === i18n.locale) return i18n;
  return setupI18n({ locale: language, messages: { [language]: await wordsOf(language) } });
}
