/** What all parts beside the text share: the case, the text as it stands on this screen, and asking for a dialog. */
import type { CaseView, DraftingView, SuggestionView } from "../../api/types";
import type { Found, Selected } from "../../drafting/anchors";
import type { ClauseInfo, EditorHandle } from "../../drafting/clauses";
import type { Standing } from "./standing";

export type Asked =
  | { kind: "replace"; clause: ClauseInfo; /** Suggestions whose words are kept at hand. */ beside: readonly SuggestionView[] }
  | { kind: "rivals"; clause: string }
  | { kind: "remove"; clause: ClauseInfo }
  | { kind: "move"; clause: ClauseInfo; way: "up" | "down" }
  | { kind: "insert"; after: string | null; words: string }
  /** `about`: words that something is to be said of; `thread`: what was said already and is looked for. */
  | { kind: "comments"; clause: ClauseInfo | null; about: Selected | null; thread: string | null }
  | { kind: "library"; after: string | null }
  | { kind: "agree-all" }
  | { kind: "versions" };

export interface TextDesk {
  view: CaseView;
  drafting: DraftingView;
  document: string;
  canEdit: boolean;
  clauses: readonly ClauseInfo[];
  standings: ReadonlyMap<string, Standing>;
  /** Open suggestions by the clause they stand under; "" above the first. */
  suggestions: ReadonlyMap<string, readonly SuggestionView[]>;
  handle: EditorHandle | null;
  /** Where the words are that comments are about; by comment. */
  found: ReadonlyMap<string, Found>;
  /** The comment that was asked for by pressing the words it is about. */
  lookedFor: string | null;
  /** A phone: what does not fit beside the text opens in a sheet. */
  isNarrow: boolean;
  ask: (asked: Asked) => void;
}

export function numberOf(desk: Pick<TextDesk, "clauses">, clause: string): number | null {
  return desk.clauses.find((one) => one.id === clause)?.number ?? null;
}
