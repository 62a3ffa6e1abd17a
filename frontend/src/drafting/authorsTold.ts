/** Whose words are whose, as the server tells it. Known to the page around the text, also without the editor. */

/** As the server tells it: by client id of Yjs, and for the few that several people bore, from which clock on. */
export interface AuthorsTold {
  clients: Readonly<Record<string, string>>;
  mixed: Readonly<Record<string, readonly { start: number; by: string | null }[]>>;
}

/** Whose a sign is; null for the wording that the text began with. */
export function authorIn(told: AuthorsTold, client: number, clock: number): string | null {
  const stretches = told.mixed[String(client)];
  if (stretches === undefined) return told.clients[String(client)] ?? null;
  let found: { start: number; by: string | null } | null = null;
  for (const one of stretches) if (one.start <= clock && (found === null || one.start > found.start)) found = one;
  return found?.by ?? null;
}

/** How somebody's words are set off: a colour and a line of its own, and always a sign of the name. */
export interface AuthorLook {
  participant: string;
  /** 1 to 8. */
  tone: number;
  sign: string;
  name: string;
}
