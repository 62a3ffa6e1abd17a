/** Some systems name a language in ways that no browser may take apart, such as "en-US@posix". */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** The tag by which dates and money are written as the person's own region does, in the language they read. */
export function regionalTag(language: string): string {
  return navigator.languages.find((tag) => tag.startsWith(language) && isLanguageTag(tag)) ?? language;
}
