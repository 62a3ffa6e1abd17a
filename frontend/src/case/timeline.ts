/** A room's entries as lines of a conversation: messages, the places of struck ones, and quiet notices between them. */
import type { Party } from "../api/types";
import type { Entry, WrittenEntry } from "../api/wire";

export type MessageForm = "message" | "announcement" | "apology" | "my-words" | "mediators-words" | "what-if";

export interface MessageLine {
  line: "message";
  seq: number;
  at: string;
  actor: string;
  text: string;
  form: MessageForm;
  onBehalfOf: Party | null;
  /** Who is called by it. */
  mentions: readonly string[];
  /** The same person goes on speaking: no second heading. */
  goesOn: boolean;
}

export interface StruckLine {
  line: "struck";
  seq: number;
  at: string;
  actor: string;
}

/** Something that happened elsewhere on the screen and is worth a line here. `body` is the entry's. */
export interface NoticeLine {
  line: "notice";
  seq: number;
  at: string;
  actor: string;
  kind: NoticeKind;
  body: WrittenEntry["body"];
}

/** A file, shown where it was added. */
export interface FileLine {
  line: "file";
  seq: number;
  at: string;
  actor: string;
  file: string;
}

export type ConversationLine = FileLine | MessageLine | StruckLine | NoticeLine;

const NOTICES = [
  "StageSet",
  "Paused",
  "Resumed",
  "AuthorityDeclared",
  "IssuePut",
  "PositionStated",
  "PositionReflected",
  "ReflectionAnswered",
  "StatementProposed",
  "StatementReworded",
  "AssentGiven",
  "AssentTakenBack",
  "OfferMade",
  "OfferAnswered",
  "OfferWithdrawn",
  "DocumentOpened",
  "CaucusOpened",
  "CaucusClosed",
  "PositionScribed",
  "ScribedAnswered",
  "SharingProposed",
  "SharingAllowed",
  "SharingRefused",
  "SharingPosted",
  "MemberAdmitted",
  "Muted",
  "Unmuted",
  "AbuseReported",
  "RoomOpened",
  "RoomClosed",
  "RoomKept",
  "DraftOpened",
  "LimitSet",
  "LimitTakenBack",
  "ManagerCalled",
  "NobodyToCall",
  "MeetingProposed",
  "MeetingAnswered",
  "MeetingChosen",
  "MeetingWithdrawn",
  "FileWithdrawn",
] as const;

export type NoticeKind = (typeof NOTICES)[number];

const FORMS: readonly MessageForm[] = ["message", "announcement", "apology", "my-words", "mediators-words", "what-if"];
const GOES_ON_WITHIN_MS = 5 * 60_000;

/** How many lines are drawn at first, and how many more with each "earlier". */
export const LINES_AT_ONCE = 200;

export function text(body: WrittenEntry["body"], field: string): string {
  const value = body[field];
  return typeof value === "string" ? value : "";
}

function isNotice(kind: string): kind is NoticeKind {
  return (NOTICES as readonly string[]).includes(kind);
}

/** Entries of earlier releases have none. */
function idsFrom(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function partyFrom(value: unknown): Party | null {
  return value === "business" || value === "client" ? value : null;
}

/** The first entry of a caucus or a side's own room says nothing that its members do not know. */
function isWorthALine(kind: NoticeKind, body: WrittenEntry["body"]): boolean {
  return kind !== "RoomOpened" || text(body, "name") !== "";
}

/** Messages taken back within ten seconds vanish; those struck later keep their place without their words. */
export function linesOf(entries: readonly Entry[]): readonly ConversationLine[] {
  const struck = new Map<number, WrittenEntry>();
  for (const entry of entries) {
    if (entry.erased !== true && entry.kind === "MessageStruck") struck.set(Number(entry.body["seq"]), entry);
  }
  const withdrawn = new Set(entries.flatMap((entry) => (entry.erased !== true && entry.kind === "FileWithdrawn" ? [entry.body["file"]] : [])));
  const lines: ConversationLine[] = [];
  for (const entry of entries) {
    const strike = struck.get(entry.seq);
    if (strike !== undefined) {
      // Only its author strikes a message, so the place still has a name.
      if (strike.body["taken_back"] !== true) {
        lines.push({ line: "struck", seq: entry.seq, at: strike.at, actor: strike.actor });
      }
    } else if (entry.erased !== true && !(entry.kind === "FileAdded" && withdrawn.has(entry.body["file"]))) {
      const line = lineOf(entry, lines.at(-1));
      if (line !== null) lines.push(line);
    }
  }
  return lines;
}

function lineOf(entry: WrittenEntry, before: ConversationLine | undefined): ConversationLine | null {
  const { seq, at, actor, kind, body } = entry;
  if (kind === "MessagePosted") {
    const form = FORMS.find((one) => one === body["form"]) ?? "message";
    const goesOn =
      form === "message" &&
      before?.line === "message" &&
      before.form === "message" &&
      before.actor === actor &&
      Date.parse(at) - Date.parse(before.at) < GOES_ON_WITHIN_MS;
    return { line: "message", seq, at, actor, text: text(body, "text"), form, onBehalfOf: partyFrom(body["on_behalf_of"]), mentions: idsFrom(body["mentions"]), goesOn };
  }
  if (kind === "FileAdded") return { line: "file", seq, at, actor, file: text(body, "file") };
  return isNotice(kind) && isWorthALine(kind, body) ? { line: "notice", seq, at, actor, kind, body } : null;
}

const NEWS: ReadonlySet<string> = new Set(["MessagePosted", "FileAdded", "AbuseReported"]);

/** What others said, added or reported after `seen`. */
export function unreadIn(entries: readonly Entry[] | undefined, seen: number, me: string): number {
  if (entries === undefined) return 0;
  let count = 0;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry === undefined || entry.seq <= seen) break;
    if (entry.erased !== true && NEWS.has(entry.kind) && entry.actor !== me) count += 1;
  }
  return count;
}

/** The line that shows this entry, or, for an entry without one, the last before it; -1 when all lines come later. */
export function lineAt(lines: readonly ConversationLine[], seq: number): number {
  return lines.findLastIndex((line) => line.seq <= seq);
}

/** A stretch of the conversation as it is drawn: one line, or notices folded into one so that they drown no voice. */
export type Stretch = { fold: false; line: ConversationLine } | { fold: true; lines: readonly NoticeLine[] };

/** Of a long run of notices only the latest stay open. */
const NOTICES_LEFT_OPEN = 2;

export function stretchesOf(lines: readonly ConversationLine[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let run: NoticeLine[] = [];
  const close = () => {
    const folded = run.length > NOTICES_LEFT_OPEN + 1 ? run.slice(0, -NOTICES_LEFT_OPEN) : [];
    if (folded.length > 0) stretches.push({ fold: true, lines: folded });
    for (const line of run.slice(folded.length)) stretches.push({ fold: false, line });
    run = [];
  };
  for (const line of lines) {
    // What went too far must not be folded away.
    if (line.line === "notice" && line.kind !== "AbuseReported" && line.kind !== "NobodyToCall") run.push(line);
    else {
      close();
      stretches.push({ fold: false, line });
    }
  }
  close();
  return stretches;
}
