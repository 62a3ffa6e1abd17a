/** What was said in a room, the latest at the end; long talks are drawn a page at a time. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CaseView } from "../../api/types";
import { Button, Time, type MenuAction } from "../../ui";
import { LINES_AT_ONCE, lineAt, stretchesOf, type ConversationLine, type MessageLine, type Stretch } from "../timeline";
import { FileSaid, Message, Struck } from "./Message";
import { Notice, NoticeRun } from "./Notice";

interface LogProps {
  view: CaseView;
  label: string;
  lines: readonly ConversationLine[];
  actionsOf: (line: MessageLine) => readonly MenuAction[];
  /** Told whenever the end of the conversation is in sight. */
  onRead: () => void;
  /** The number of the entry to go to, once for each number; `null` opens the conversation at its end. */
  target: number | null;
}

const NEAR_THE_END_PX = 120;

function dayOf(at: string): string {
  return new Date(at).toDateString();
}

function startOf(stretch: Stretch): string {
  return stretch.fold ? (stretch.lines[0]?.at ?? "") : stretch.line.at;
}

/** Key it by room, so that each room opens at its end. */
export function Log({ view, label, lines, actionsOf, onRead, target }: LogProps) {
  const { t } = useLingui();
  const [pages, setPages] = useState(1);
  const [atEnd, setAtEnd] = useState(true);
  const frame = useRef<HTMLDivElement>(null);
  const lineList = useRef<HTMLOListElement>(null);
  const following = useRef(true);
  const drawnTo = useRef(0);
  const found = target === null ? -1 : lineAt(lines, target);
  const foundSeq = lines[found]?.seq ?? null;
  const pagesToFound = found === -1 ? 1 : Math.ceil((lines.length - found) / LINES_AT_ONCE);
  const shown = lines.slice(-LINES_AT_ONCE * Math.max(pages, pagesToFound));
  const last = lines.at(-1);
  const lastSeq = last?.seq ?? 0;
  const lastIsMine = last?.actor === view.me.participant;

  // Only the conversation scrolls, never the page around it.
  const toEnd = useCallback(() => frame.current?.scrollTo({ top: frame.current.scrollHeight }), []);
  const measure = useCallback(() => {
    const box = frame.current;
    if (box !== null) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_THE_END_PX);
  }, []);

  /** What was in sight stays in sight, and the focus does not fall off a button that goes away. */
  const showEarlier = () => {
    const box = frame.current;
    const before = box?.scrollHeight ?? 0;
    setPages(Math.max(pages, pagesToFound) + 1);
    requestAnimationFrame(() => {
      if (box === null) return;
      box.scrollTop += box.scrollHeight - before;
      box.focus({ preventScroll: true });
    });
  };

  useEffect(() => {
    following.current = atEnd;
    if (atEnd) onRead();
  }, [atEnd, onRead]);

  // Fonts that arrive late, a keyboard that rises: whoever was at the end stays there.
  useEffect(() => {
    const content = lineList.current;
    const box = frame.current;
    if (content === null || box === null) return;
    const watcher = new ResizeObserver(() => {
      if (following.current) toEnd();
      measure();
    });
    watcher.observe(content);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [toEnd, measure]);

  // Only a new line moves the conversation; reading further up is not interrupted, unless by one's own words.
  useEffect(() => {
    if (lastSeq === drawnTo.current) return;
    drawnTo.current = lastSeq;
    if (following.current || lastIsMine) {
      toEnd();
      onRead();
    }
  }, [lastSeq, lastIsMine, onRead, toEnd]);

  // After the effects above: whoever looks for a line is not drawn to the end.
  useEffect(() => {
    const box = frame.current;
    const line = foundSeq === null ? null : box?.querySelector<HTMLElement>(`#said-${foundSeq}`);
    if (box === null || line == null) return;
    line.closest("details")?.setAttribute("open", "");
    following.current = false;
    box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    line.dataset["found"] = "true";
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
    return () => {
      delete line.dataset["found"];
    };
  }, [foundSeq]);

  return (
    <div className="log-frame">
      <div ref={frame} onScroll={measure} className="log" tabIndex={0} role="log" aria-label={label} aria-live="polite" aria-relevant="additions">
        {shown.length < lines.length ? (
          <p className="log-earlier">
            <Button small kind="quiet" onPress={showEarlier}>
              <Trans>Show what was said earlier</Trans>
            </Button>
          </p>
        ) : null}
        <ol className="log-lines" ref={lineList}>
          {stretchesOf(shown).map((stretch, index, all) => {
            const at = startOf(stretch);
            const before = all[index - 1];
            const newDay = before === undefined || dayOf(at) !== dayOf(startOf(before));
            return (
              <LineOfDay key={stretch.fold ? `fold-${stretch.lines[0]?.seq ?? 0}` : stretch.line.seq} at={at} newDay={newDay}>
                {stretch.fold ? (
                  <NoticeRun view={view} lines={stretch.lines} />
                ) : stretch.line.line === "message" ? (
                  <Message view={view} line={newDay ? { ...stretch.line, goesOn: false } : stretch.line} actions={actionsOf(stretch.line)} />
                ) : stretch.line.line === "file" ? (
                  <FileSaid view={view} line={stretch.line} />
                ) : stretch.line.line === "struck" ? (
                  <Struck view={view} line={stretch.line} />
                ) : (
                  <Notice view={view} line={stretch.line} />
                )}
              </LineOfDay>
            );
          })}
        </ol>
      </div>
      {atEnd ? null : (
        <Button small className="log-down" icon="down" onPress={toEnd}>
          {t`To the latest`}
        </Button>
      )}
    </div>
  );
}

function LineOfDay({ at, newDay, children }: { at: string; newDay: boolean; children: React.ReactNode }) {
  return (
    <>
      {newDay ? (
        <li className="log-day">
          <Time at={at} show="date" />
        </li>
      ) : null}
      {children}
    </>
  );
}
