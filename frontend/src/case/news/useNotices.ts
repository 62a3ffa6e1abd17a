/** What is new for the viewer: asked for again whenever something moves, and read as it is shown. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { markRead, noticesOf, type CaseNotices, type Notice } from "../../api/notices";
import type { CaseView } from "../../api/types";
import type { CaseState } from "../../live/feed";
import { useRoomChoice } from "../useRoomChoice";
import { useWidth } from "../useWidth";
import { roomsShown } from "./whereTo";

/** A burst of entries asks once. */
const SETTLES_MS = 600;
/** Whoever goes by a page has not read it. */
const READ_AFTER_MS = 1_500;

const NOTHING: CaseNotices = { notices: [], wishes: [] };

function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

export interface News {
  all: CaseNotices;
  unread: readonly Notice[];
  again: () => void;
  /** Take these as read. */
  read: (notices: readonly Notice[]) => void;
}

function lastOf(live: Pick<CaseState, "entriesByRoom" | "heads">, room: string): number {
  return Math.max(live.entriesByRoom[room]?.at(-1)?.seq ?? 0, live.heads[room] ?? 0);
}

export function useNotices(view: CaseView, live: Pick<CaseState, "entriesByRoom" | "heads">, page: string): News {
  const caseId = view.case;
  const [all, setAll] = useState<CaseNotices>(NOTHING);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((now) => now + 1), []);
  const visible = useVisible();
  const width = useWidth();
  const [beside] = useRoomChoice(view);
  const moved = view.rooms.reduce((sum, one) => sum + lastOf(live, one.room), lastOf(live, "papers"));

  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      noticesOf(caseId)
        .then((found) => {
          if (!gone) setAll(found);
        })
        .catch(() => undefined); // it is asked again with the next thing that moves
    }, SETTLES_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [caseId, moved, round, visible]);

  const unread = useMemo(() => all.notices.filter((one) => one.read_at === null), [all]);
  const upto = useCallback((room: string, seq: number) => void markRead(caseId, room, Math.max(seq, 1)).then(again, () => undefined), [caseId, again]);
  const read = useCallback(
    (notices: readonly Notice[]) => {
      for (const room of new Set(notices.map((one) => one.room))) upto(room, lastOf(live, room));
    },
    [live, upto],
  );

  const shown = roomsShown(page, width === "narrow" ? null : beside);
  const fresh = visible ? unread.filter((one) => shown.includes(one.room)) : [];
  const rooms = [...new Set(fresh.map((one) => `${one.room} ${lastOf(live, one.room)}`))].sort().join("\n");
  useEffect(() => {
    if (rooms === "") return;
    const timer = setTimeout(() => {
      for (const line of rooms.split("\n")) {
        const [room = "", seq = "0"] = line.split(" ");
        upto(room, Number(seq));
      }
    }, READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, [rooms, upto]);

  return { all, unread, again, read };
}
