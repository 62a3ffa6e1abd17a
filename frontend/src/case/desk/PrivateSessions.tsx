/** Meeting one side in private: opening it, what the table is told, and ending it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView, Party } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Dialog, Icon, TextArea, Time } from "../../ui";
import { mayGive } from "../lookup";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";
import { chooseBeside, chooseRoom } from "../useRoomChoice";

type Wish = { party: Party; open: boolean };

export function PrivateSessions({ view }: { view: CaseView }) {
  const { t } = useLingui();
  const [wish, setWish] = useState<Wish | null>(null);
  const rooms = (["business", "client"] as const).map((party) => ({
    party,
    name: partyName(view, party),
    since: view.rooms.find((room) => room.room === `caucus-${party}`)?.opened_at ?? null,
  }));
  return (
    <div className="desk-part">
      <h3>
        <Trans>Private sessions</Trans>
      </h3>
      <ul className="plain-list">
        {rooms.map(({ party, name, since }) => (
          <li key={party} className="session-with">
            <span>
              <strong>{name}</strong>
              {since === null ? null : (
                <span className="note since">
                  <Icon name="lock" size={15} /> <Trans>since <Time at={since} show="clock" /></Trans>
                </span>
              )}
            </span>
            {mayGive(view, "OpenCaucus") ? (
              <Button small onPress={() => setWish({ party, open: since === null })}>
                {since === null ? t`Meet privately` : t`End it`}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="note">
        <Trans>Each side can write to you privately at any time, with or without a session.</Trans>
      </p>
      {wish === null ? null : <SessionDialog view={view} wish={wish} onClose={() => setWish(null)} />}
    </div>
  );
}

function SessionDialog({ view, wish, onClose }: { view: CaseView; wish: Wish; onClose: () => void }) {
  const { t } = useLingui();
  const name = partyName(view, wish.party);
  const [announcement, setAnnouncement] = useState(
    wish.open ? t`I am meeting one side privately. The other side will be offered the same.` : t`We are back together.`,
  );
  const { give, status, problem } = useCommand(view.case);

  const go = async () => {
    const done = await give(wish.open ? "caucuses" : "caucus-closings", { party: wish.party, announcement: announcement.trim() });
    if (done === null) return;
    chooseRoom(view.case, wish.open ? `caucus-${wish.party}` : "joint");
    // Who is met in private is spoken with next, not looked for.
    if (wish.open) chooseBeside(view.case, "talk");
    onClose();
  };

  return (
    <Dialog
      title={wish.open ? t`Meet ${name} privately` : t`End the private session with ${name}`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon={wish.open ? "lock" : "table"} isPending={status !== "idle"} onPress={() => void go()}>
          {wish.open ? t`Begin the private session` : t`End the private session`}
        </Button>
      }
    >
      <TextArea
        label={t`What everyone is told`}
        hint={t`Leave it empty and the table learns nothing. Nobody is told what is said, or who says it.`}
        value={announcement}
        onChange={setAnnouncement}
        maxLength={1000}
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
