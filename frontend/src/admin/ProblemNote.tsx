import type { Explanation } from "../text/problems";
import { Banner } from "../ui/plain";

export function ProblemNote({ problem }: { problem: Explanation | null }) {
  if (problem === null) return null;
  return (
    <Banner tone="bad" urgent title={problem.title}>
      {problem.next}
    </Banner>
  );
}
