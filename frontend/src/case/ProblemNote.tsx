/** Why the last thing did not go through, beside the form it happened in. What was written is still there. */
import type { Explanation } from "../text/problems";
import { Banner } from "../ui";

export function ProblemNote({ problem }: { problem: Explanation | null }) {
  if (problem === null) return null;
  return (
    <Banner tone="bad" urgent title={problem.title}>
      {problem.next}
    </Banner>
  );
}
