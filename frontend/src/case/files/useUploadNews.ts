/** A file that arrives, or cannot, while one looks at something else: told in passing, on every page of the case. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { CaseView } from "../../api/types";
import { uploadsOf, useUploads } from "../../live/useUploads";
import { announce } from "../../ui";
import { useRoomWords } from "../useRoomWords";

export function useUploadNews(view: CaseView): void {
  const { t } = useLingui();
  const wordsOf = useRoomWords(view);
  const all = useUploads(view.case);
  const told = useRef(new Set<string>());

  useEffect(() => {
    uploadsOf(view.case).onArrived(({ name, room }) => {
      const where = wordsOf(room).name;
      announce(t`${name} has arrived: ${where}`, { tone: "good" });
    });
  });

  useEffect(() => {
    for (const { id, name, phase, problem } of all) {
      if (phase !== "refused" || problem === null) {
        told.current.delete(id);
      } else if (!told.current.has(id)) {
        told.current.add(id);
        // Whoever looks at it reads it there.
        if (document.querySelector(`[data-upload="${id}"]`) !== null) continue;
        const { title, next } = problem;
        announce(t`${name}: ${title} ${next}`, { tone: "bad" });
      }
    }
  }, [all, t]);
}
