/** Telling the mediator, and nobody of the other side, that something went too far. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CaseView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { announce, Button, Dialog, Select, TextArea } from "../../ui";
import { nameOf } from "../people";
import { ProblemNote } from "../ProblemNote";
import { kindOf, speakingRooms } from "../rooms";
import type { MessageLine } from "../timeline";
import { useRoomWords } from "../useRoomWords";

/** `about` is one message; without it one says in which room it happened. */
export function ReportAbuse({ view, about, onClose }: { view: CaseView; about?: { room: string; line: MessageLine } | undefined; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const wordsOf = useRoomWords(view);
  const rooms = speakingRooms(view);
  const [room, setRoom] = useState<string | null>(about?.room ?? rooms[0]?.room ?? null);
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const mediator = view.mediator?.name ?? "";
  const own = view.rooms.find((one) => one.room === `caucus-${String(view.me.party)}`);
  const company = (own?.members ?? []).filter((one) => one !== view.me.participant && one !== view.mediator?.participant).map((one) => nameOf(view, one));
  const names = new Intl.ListFormat(i18n.locale, { type: "conjunction" }).format(company);
  const author = about === undefined ? "" : nameOf(view, about.line.actor) || t`somebody who has left`;
  // The mediator cannot look into a side's own room.
  const isUnseen = room !== null && kindOf(room) === "team";

  const send = async () => {
    setTried(true);
    if (text.trim() === "" || room === null) return;
    const written = await give("abuse-reports", { room, seq: about?.line.seq ?? null, text: text.trim() });
    if (written === null) return;
    onClose();
    announce(t`The mediator has been told. The answer comes in your private room with the mediator.`, { tone: "good" });
  };

  return (
    <Dialog
      title={t`Something went too far`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button kind="primary" icon="flag" isPending={status !== "idle"} onPress={() => void send()}>
          <Trans>Tell the mediator</Trans>
        </Button>
      }
    >
      <p>
        {names === "" ? (
          <Trans>Only {mediator} reads this. The other side does not learn that you told it.</Trans>
        ) : (
          <Trans>
            {mediator} reads this, and so do those of your side who share your private room with the mediator: {names}. The other side does not learn that you told it.
          </Trans>
        )}
      </p>
      {about === undefined ? (
        <Select
          label={t`Where did it happen?`}
          placeholder={t`Choose a room`}
          value={room}
          onChange={setRoom}
          choices={rooms.map((one) => ({ value: one.room, label: wordsOf(one.room).name }))}
        />
      ) : (
        <figure className="stack-tight">
          <figcaption className="note">
            <Trans>About what {author} wrote:</Trans>
          </figcaption>
          <blockquote className="quote">{about.line.text}</blockquote>
        </figure>
      )}
      {isUnseen ? (
        <p className="note">
          <Trans>The mediator cannot look into your side’s own room. Say what the mediator should know of it.</Trans>
        </p>
      ) : null}
      <TextArea
        label={t`What went too far?`}
        hint={t`Insults, threats, pressure: in your own words.`}
        value={text}
        onChange={setText}
        maxLength={4000}
        fault={tried && text.trim() === "" ? t`Say in a few words what it is.` : null}
        autoFocus
      />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
