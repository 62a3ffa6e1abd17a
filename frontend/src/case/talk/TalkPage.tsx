/** The conversation as a page of its own: on a phone, and for whoever wants nothing else on the screen. */
import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";
import { links } from "../../links";
import { navigate, useHash, usePageTitle } from "../../router";
import type { CasePageProps } from "../CasePages";
import { firstRoom } from "../rooms";
import { chooseRoom } from "../useRoomChoice";
import { Conversation } from "./Conversation";

export function TalkPage({ view, live, room }: CasePageProps & { room: string }) {
  const { t } = useLingui();
  usePageTitle(t`Conversation`);
  useEffect(() => chooseRoom(view.case, room), [view.case, room]);
  const target = /^#said-(\d+)$/.exec(useHash())?.[1];
  const known = view.rooms.some((one) => one.room === room) ? room : (firstRoom(view) ?? "");
  return (
    <div className="talk-page">
      <h1 className="hidden-visually">{t`Conversation`}</h1>
      <Conversation
        view={view}
        live={live}
        room={known}
        target={target === undefined ? null : Number(target)}
        onRoom={(next) => navigate(links.talk(view.case, next), { replace: true })}
      />
    </div>
  );
}
