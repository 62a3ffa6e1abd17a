/** What can be wrong with a file that is checked, by name; the screen has a sentence for each. */

export type Fault =
  /* the files of the bundle */
  | "file-damaged"
  | "file-foreign"
  | "file-twice"
  | "file-missing"
  | "file-changed"
  | "file-unlisted"
  | "evidence-misnamed"
  | "attached-length"
  | "paper-not-printed"
  /* how things are written down */
  | "form"
  /* keys */
  | "manifest-signature"
  | "key-list"
  | "key-handover"
  | "key-not-expected"
  /* checkpoints */
  | "checkpoint-place"
  | "checkpoint-signature"
  | "checkpoint-key"
  | "checkpoint-link"
  | "checkpoint-time"
  /* rooms, openings, transcripts */
  | "other-case"
  | "room-list"
  | "entry-place"
  | "room-length"
  | "opening-foreign"
  | "opening-missing"
  | "opening-length"
  | "opening-mismatch"
  | "paper-unsealed"
  | "head"
  | "transcript-place";

/** The first thing that is wrong. `where` names the file, line or number, for whoever looks it up. */
export class Wrong extends Error {
  readonly fault: Fault;
  readonly where: string;
  constructor(fault: Fault, where: string) {
    super(`${fault}: ${where}`);
    this.name = "Wrong";
    this.fault = fault;
    this.where = where;
  }
}

export type Hindrance = "not-a-bundle" | "too-large" | "no-ed25519";

/** The file cannot be checked here at all, which says nothing against it. */
export class Unreadable extends Error {
  readonly hindrance: Hindrance;
  constructor(hindrance: Hindrance) {
    super(hindrance);
    this.name = "Unreadable";
    this.hindrance = hindrance;
  }
}
