import type { CodeOnItsWay } from "./CodeEntry";

/**
 * A code that was asked for is remembered beside the page's address: going to the mail and back may make a phone load
 * the page again, and then one still types the code that has come.
 */
export function rememberCode(code: CodeOnItsWay | null): void {
  history.replaceState(code === null ? null : { code }, "");
}

export function rememberedCode(): CodeOnItsWay | null {
  const code = (history.state as { code?: CodeOnItsWay } | null)?.code;
  return code !== undefined && code.worksUntil > Date.now() ? code : null;
}
