import type { ReactNode } from "react";
import type { Explanation } from "../text/problems";
import { Banner } from "../ui/plain";

export function ProblemNote({ problem, actions }: { problem: Explanation | null; actions?: ReactNode }) {
  if (problem === null) return null;
  return (
    <Banner tone="bad" urgent title={problem.title} actions={actions}>
      {problem.next}
    </Banner>
  );
}
