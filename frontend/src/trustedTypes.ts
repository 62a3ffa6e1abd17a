/**
 * The content policy lets no text become markup. react-aria empties its announcer for screen readers by
 * `innerHTML = ""`, which is refused as well unless a default policy lets it: this one lets emptying and nothing else.
 */
interface Policies {
  createPolicy(name: string, rules: { createHTML: (text: string) => string | null }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: Policies };
trustedTypes?.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
