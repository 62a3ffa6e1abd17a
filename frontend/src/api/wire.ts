/** What travels on the feed of a case, as JSON text frames. The shapes of HTTP bodies are generated: see schema.d.ts. */
import type { CaseView } from "./types";

/** A room's name as the record has it: papers, talks, joint, caucus-…, team-…, private-…. */
export type RoomName = string;

export interface WrittenEntry {
  seq: number;
  at: string;
  /** A participant's id, or "system". */
  actor: string;
  kind: string;
  body: Readonly<Record<string, unknown>>;
  erased?: undefined;
}

/** The place is kept, the words are gone. */
export interface ErasedEntry {
  seq: number;
  erased: true;
}

export type Entry = WrittenEntry | ErasedEntry;

export type ByeCode = "session-ended" | "not-on-this-case" | "restart" | "slow" | "bad-message";

export type FromServer =
  | { type: "welcome"; view: CaseView; heads: Readonly<Record<RoomName, number>> }
  | { type: "entries"; room: RoomName; entries: readonly Entry[] }
  | { type: "view"; changed: Partial<CaseView> }
  | { type: "presence"; here: readonly string[] }
  | { type: "typing"; room: RoomName; participant: string }
  | { type: "pong" }
  | { type: "bye"; code: ByeCode; after_ms?: number };

export type FromClient =
  | { type: "hello"; since: Readonly<Record<RoomName, number>> }
  | { type: "typing"; room: RoomName }
  | { type: "ping" };
