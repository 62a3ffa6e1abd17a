/** What was said in a room, the latest at the end; long talks are drawn a page at a time. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import type { CaseView } from "../../api/types";
import { Button, Time, type MenuAction } from "../../ui";
import { LINES_AT_ONCE, type ConversationLine, type MessageLine } from "../timeline";
import { Message, Struck } from "./Message";
import { Notice } from "./Notice";

interface LogProps {
  view: CaseView;
  label: string;
  lines: readonly ConversationLine[];
  actionsOf: (line: MessageLine) => readonly MenuAction[];
  /** Told whenever the end of the conversation is in sight. */
  onRead: () => void;
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}

/** Key it by room, so that each room opens at its end. */
export function Log({ view, label, lines, actionsOf, onRead }: LogProps) {
  const { t } = useLingui();
  const [pages, setPages] = useState(1);
  const [atEnd, setAtEnd] = useState(true);
  const frame = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  // Only the conversation scrolls, never the page around it.
  const toEnd = () => frame.current?.scrollTo({ top: frame.current.scrollHeight });
  const shown = lines.slice(-LINES_AT_ONCE * pages);
  const last = lines.at(-1);
  const lastIsMine = last?.actor === view.me.participant;

  useEffect(() => {
    const mark = end.current;
    if (mark === null) return;
    const watcher = new IntersectionObserver(([entry]) => setAtEnd(entry?.isIntersecting ?? true), { rootMargin: "0px 0px 120px 0px" });
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, []);

  const follow = atEnd || lastIsMine;
  useEffect(() => {
    if (follow) {
      toEnd();
      onRead();
    }
    // Only a new line moves the page; reading further up must not be interrupted.
  }, [last?.seq, follow, onRead]);

  return (
    <div className="log-frame">
      <div ref={frame} className="log" tabIndex={0} role="log" aria-label={label} aria-live="polite" aria-relevant="additions">
        {shown.length < lines.length ? (
          <p className="log-earlier">
            <Button small kind="quiet" onPress={() => setPages(pages + 1)}>
              <Trans>Show what was said earlier</Trans>
            </Button>
          </p>
        ) : null}
        <ol className="log-lines">
          {shown.map((line, index) => {
            const before = shown[index - 1];
            const newDay = before === undefined || dayOf(line.at) !== dayOf(before.at);
            return (
              <LineOfDay key={line.seq} at={line.at} newDay={newDay}>
                {line.line === "message" ? (
                  <Message view={view} line={newDay ? { ...line, goesOn: false } : line} actions={actionsOf(line)} />
                ) : line.line === "struck" ? (
                  <Struck view={view} line={line} />
                ) : (
                  <Notice view={view} line={line} />
                )}
              </LineOfDay>
            );
          })}
        </ol>
        <div ref={end} className="log-end" />
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
