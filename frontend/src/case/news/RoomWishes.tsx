/** For each room: whether one is written to about it in another way than about the rest. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { wishForRoom, type How } from "../../api/notices";
import type { CaseView } from "../../api/types";
import { explainError } from "../../api/explain";
import { HOW_ORDER, howWord } from "../../text/noticeWords";
import { Button, Select } from "../../ui";
import { speakingRooms } from "../rooms";
import { useRoomWords } from "../useRoomWords";
import type { News } from "./useNotices";
import { ToSettings } from "./WhatIsNew";

type Choice = How | "as-else";

export function RoomWishes({ view, news }: { view: CaseView; news: News }) {
  const { t } = useLingui();
  const words = useRoomWords(view);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const rooms = speakingRooms(view);
  const choices: { value: Choice; label: string }[] = [{ value: "as-else", label: t`As for everything else` }, ...HOW_ORDER.map((how) => ({ value: how, label: howWord(how) }))];

  function choose(room: string, how: Choice) {
    setProblem(null);
    wishForRoom(view.case, room, how === "as-else" ? null : how)
      .then(news.again)
      .catch((error: unknown) => setProblem(explainError(error).title));
  }

  if (!open) {
    return (
      <div className="row">
        {rooms.length === 0 ? null : (
          <Button small kind="quiet" icon="mail" onPress={() => setOpen(true)}>
            <Trans>How we tell you</Trans>
          </Button>
        )}
        <ToSettings />
      </div>
    );
  }
  return (
    <section className="stack" aria-label={t`How we tell you`}>
      <p className="note">
        <Trans>Steps, signatures, endings and what you are asked to answer by a day are always mailed.</Trans>
      </p>
      {rooms.map(({ room }) => (
        <Select
          key={room}
          label={words(room).name}
          choices={choices}
          value={news.all.wishes.find((one) => one.room === room)?.how ?? "as-else"}
          onChange={(how) => choose(room, how)}
          placeholder={t`As for everything else`}
        />
      ))}
      {problem === null ? null : <p role="alert">{problem}</p>}
      <ToSettings />
    </section>
  );
}
