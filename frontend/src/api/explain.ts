import { explain, explainUnreachable, type Explanation } from "../text/problems";
import { Refused, Unreachable } from "./client";

/** Turn whatever a request threw into words for the person; a fault of ours gets words too, never a blank screen. */
export function explainError(error: unknown): Explanation & { code: string } {
  if (error instanceof Refused) return { ...explain(error.problem), code: error.problem.code };
  if (error instanceof Unreachable) return { ...explainUnreachable(), code: "unreachable" };
  console.error(error);
  return { ...explain({ code: "something-broke", title: "", next: "" }), code: "something-broke" };
}
