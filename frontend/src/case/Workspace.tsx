/** A screen of the case with the conversation beside it where there is room, and one press away where there is not. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { CasePageProps } from "./CasePages";
import { links } from "../links";
import { Button, IconButton, LinkButton, Tabs } from "../ui";
import { LazyDesk } from "./desk/LazyDesk";
import { isMediator } from "./lookup";
import { roomLook, speakingRooms } from "./rooms";
import { Conversation } from "./talk/Conversation";
import { useBesideChoice, useRoomChoice } from "./useRoomChoice";
import { useSeen } from "./useSeen";
import { useWidth } from "./useWidth";
import "./workspace.css";

export function Workspace({ view, live, children }: CasePageProps & { children: ReactNode }) {
  const { t } = useLingui();
  const width = useWidth();
  const [open, setOpen] = useState(false);
  const beside = width === "wide";
  const drawer = width === "columns" && open;
  const opener = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!drawer) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) setOpen(false);
    };
    document.addEventListener("keydown", onKey);
    const from = opener.current;
    return () => {
      document.removeEventListener("keydown", onKey);
      from?.querySelector("button")?.focus();
    };
  }, [drawer]);

  return (
    <div className="workspace" data-beside={beside}>
      <div className="workspace-main">{children}</div>
      {beside || drawer ? (
        <aside className={drawer ? "pane pane-drawer" : "pane"} aria-label={t`Conversation`}>
          {drawer ? (
            <div className="pane-close">
              <IconButton icon="close" label={t`Close the conversation`} onPress={() => setOpen(false)} autoFocus />
            </div>
          ) : null}
          <Pane view={view} live={live} />
        </aside>
      ) : null}
      {width === "columns" ? (
        <div className="talk-opener not-in-print" ref={opener}>
          <TalkButton view={view} live={live} onPress={() => setOpen(true)} />
        </div>
      ) : null}
      {width === "narrow" ? (
        <div className="talk-opener not-in-print" role="status">
          <TalkButton view={view} live={live} onlyNews />
        </div>
      ) : null}
    </div>
  );
}

/** For the mediator, the desk stands behind the conversation. */
function Pane({ view, live }: CasePageProps) {
  const { t } = useLingui();
  const [room, choose] = useRoomChoice(view);
  const [shown, setShown] = useBesideChoice(view.case);
  const { unread } = useSeen(view.case, live);
  const fresh = speakingRooms(view).reduce((sum, one) => sum + unread(one.room), 0);
  const talk = <Conversation view={view} live={live} room={room ?? ""} onRoom={choose} />;
  if (!isMediator(view)) return talk;
  return (
    <div className="pane-tabs">
      <Tabs
        label={t`Beside the table`}
        selected={shown}
        onSelect={setShown}
        items={[
          { id: "talk", label: t`Conversation`, icon: "speech", count: fresh, content: talk },
          { id: "desk", label: t`My desk`, icon: "lock", content: <LazyDesk view={view} /> },
        ]}
      />
    </div>
  );
}

/** Leads to the conversation and says how much is new in all rooms together. */
function TalkButton({ view, live, onPress, onlyNews = false }: CasePageProps & { onPress?: () => void; onlyNews?: boolean }) {
  const { t } = useLingui();
  const [room] = useRoomChoice(view);
  const { unread } = useSeen(view.case, live);
  if (room === null) return null;
  const fresh = speakingRooms(view).reduce((sum, one) => sum + unread(one.room), 0);
  // On a phone the conversation stands among the pages below; here only what is new.
  if (onlyNews && fresh === 0) return null;
  const { accent } = roomLook(room, view.me.party);
  const label = fresh === 0 ? <Trans>Conversation</Trans> : t`Conversation (${fresh} new)`;
  return (
    <div data-accent={accent}>
      {onPress === undefined ? (
        <LinkButton kind="primary" icon="speech" href={links.talk(view.case, room)}>
          {label}
        </LinkButton>
      ) : (
        <Button kind="primary" icon="speech" onPress={onPress}>
          {label}
        </Button>
      )}
    </div>
  );
}
