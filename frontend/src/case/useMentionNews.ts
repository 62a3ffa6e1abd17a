/** Whoever is called while they are here is told in passing, with the way there. Whoever is not gets a mail. */
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { Entry } from "../api/wire";
import type { CaseView } from "../api/types";
import { links } from "../links";
import type { CaseState } from "../live/feed";
import { navigate } from "../router";
import { announce } from "../ui";
import { nameOf } from "./people";

interface Call {
  room: string;
  seq: number;
  by: string;
  /** Of a comment on the text, the one that its thread began with; null for what was said in the room. */
  thread: string | null;
}

/** Entries behind `known` in which somebody else calls `me`. */
export function callsIn(entries: readonly Entry[], known: number, room: string, me: string): readonly Call[] {
  return entries.flatMap((entry) => {
    if (entry.seq <= known || entry.erased === true || entry.actor === me) return [];
    if (entry.kind !== "MessagePosted" && entry.kind !== "CommentPosted") return [];
    const mentions = entry.body["mentions"];
    return Array.isArray(mentions) && mentions.includes(me) ? [{ room, seq: entry.seq, by: entry.actor, thread: entry.kind === "CommentPosted" ? threadOf(entry.body) : null }] : [];
  });
}

function threadOf(body: Readonly<Record<string, unknown>>): string {
  const first = body["in_answer_to"] ?? body["comment"];
  return typeof first === "string" ? first : "";
}

export function useMentionNews(view: CaseView, live: Pick<CaseState, "entriesByRoom" | "heads">): void {
  const { t } = useLingui();
  const { case: caseId } = view;
  const me = view.me.participant;
  /** How far each room has been looked through; what was there on arrival is history. */
  const looked = useRef<Record<string, number>>({});
  useEffect(() => {
    for (const [room, entries] of Object.entries(live.entriesByRoom)) {
      const known = looked.current[room] ?? Math.max(live.heads[room] ?? 0, 0);
      looked.current[room] = Math.max(known, entries.at(-1)?.seq ?? 0);
      for (const call of callsIn(entries, known, room, me)) {
        const name = nameOf(view, call.by);
        announce(call.thread !== null ? t`${name} mentions you in a comment on the text.` : t`${name} mentions you.`, {
          action: {
            label: t`Go there`,
            onPress: () => navigate(call.thread !== null ? `${links.settlement(caseId)}#comment-${call.thread}` : `${links.talk(caseId, call.room)}#said-${call.seq}`),
          },
        });
      }
    }
  }, [live.entriesByRoom, live.heads, view, caseId, me, t]);
}
