/** Giving several commands one after another, and what came of them. */
import { newCommandId } from "../../api/client";
import { type Collection, type Fields, send } from "../../api/commands";
import { explainError } from "../../api/explain";

export interface Outcome {
  done: number;
  /** Those that did not go through, each with its reason in words. */
  failed: readonly { index: number; code: string; title: string; next: string }[];
}

/** One after another, since each may change what the next is about; one that is refused does not stop the rest. */
export async function giveSeveral<C extends Collection>(caseId: string, collection: C, all: readonly Fields<C>[], onDone?: (done: number) => void): Promise<Outcome> {
  let done = 0;
  const failed: { index: number; code: string; title: string; next: string }[] = [];
  for (const [index, fields] of all.entries()) {
    try {
      await send(caseId, collection, newCommandId(), fields);
      done += 1;
      onDone?.(done);
    } catch (error) {
      const why = explainError(error);
      failed.push({ index, ...why });
      // Nobody answers: the rest would only wait as long again.
      if (why.code === "unreachable") break;
    }
  }
  return { done, failed };
}
