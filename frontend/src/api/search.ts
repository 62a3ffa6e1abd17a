/** Looking for words in the rooms of a case that one is in. */
import { request } from "./client";
import type { RoomName } from "./wire";

export interface Hit {
  room: RoomName;
  /** The entry that says it; null for what is no entry. */
  seq: number | null;
  /** The file that is called so. */
  file: string | null;
  kind: string;
  /** A participant's id; "" when nobody in particular. */
  who: string;
  at: string;
  text: string;
}

export interface Found {
  hits: readonly Hit[];
  /** There are more than these. */
  more: boolean;
}

export function searchCase(caseId: string, words: string, signal: AbortSignal): Promise<Found> {
  return request("GET", `/api/cases/${caseId}/search?q=${encodeURIComponent(words)}`, { signal });
}
