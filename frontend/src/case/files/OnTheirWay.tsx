/** Files on their way into a room: how far, and what can be done about it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { UploadState } from "../../live/uploads";
import { uploadsOf, useUploads } from "../../live/useUploads";
import { Button, Icon, Progress } from "../../ui";
import { ChooseFiles } from "../../ui/FilePicker";
import { sizeWords } from "./files";

export function OnTheirWay({ caseId, room }: { caseId: string; room: string }) {
  const { t } = useLingui();
  const here = useUploads(caseId).filter((one) => one.room === room);
  if (here.length === 0) return null;
  return (
    <ul className="plain-list on-their-way" aria-label={t`Files on their way`}>
      {here.map((one) => (
        <OneOnItsWay key={one.id} caseId={caseId} one={one} />
      ))}
    </ul>
  );
}

function OneOnItsWay({ caseId, one }: { caseId: string; one: UploadState }) {
  const { t, i18n } = useLingui();
  const uploads = uploadsOf(caseId);
  const percent = one.size === 0 ? 0 : Math.floor((one.sent / one.size) * 100);
  const { name } = one;
  const total = sizeWords(one.size, i18n.locale);
  const state = {
    waiting: t`Waits for the one before it`,
    sending: t`${percent} % of ${total}`,
    paused: t`Paused at ${percent} %`,
    cut: t`The connection is cut. It goes on by itself.`,
    checking: t`Nearly there: checking that it arrived whole`,
    gone: t`The page was loaded again at ${percent} %. Choose the same file once more, and it goes on from there.`,
    refused: one.problem === null ? "" : `${one.problem.title} ${one.problem.next}`,
  }[one.phase];
  return (
    <li className="on-its-way" data-upload={one.id}>
      <Icon name={one.phase === "refused" ? "warning" : one.phase === "cut" ? "offline" : "attach"} size={18} />
      <div className="on-its-way-main">
        <p className="file-name">{one.name}</p>
        {one.phase === "refused" ? null : <Progress label={t`${name}: how much has arrived`} value={percent} />}
        <p className={one.phase === "refused" ? "field-fault" : "note"} role={one.phase === "refused" ? "alert" : undefined}>
          {state}
        </p>
        <div className="row">
          {one.phase === "gone" ? <ChooseAgain caseId={caseId} one={one} /> : null}
          {one.phase === "sending" || one.phase === "cut" || one.phase === "waiting" ? (
            <Button small kind="quiet" icon="pause" onPress={() => uploads.pause(one.id)}>
              <Trans>Pause</Trans>
            </Button>
          ) : null}
          {one.phase === "paused" || one.phase === "refused" ? (
            <Button small kind="quiet" icon="onward" onPress={() => uploads.resume(one.id)}>
              {one.phase === "paused" ? <Trans>Go on</Trans> : <Trans>Try again</Trans>}
            </Button>
          ) : null}
          <Button small kind="quiet" icon="close" onPress={() => uploads.cancel(one.id)}>
            <Trans>Do not add it</Trans>
          </Button>
        </div>
      </div>
    </li>
  );
}

function ChooseAgain({ caseId, one }: { caseId: string; one: UploadState }) {
  const [isOther, setOther] = useState(false);
  return (
    <>
      <ChooseFiles
        small
        icon="attach"
        onFiles={([file]) => {
          if (file !== undefined) setOther(!uploadsOf(caseId).giveAgain(one.id, file));
        }}
      >
        <Trans>Choose the file</Trans>
      </ChooseFiles>
      {isOther ? (
        <p className="field-fault" role="alert">
          <Trans>That is another file. Choose the one of this name, or do not add it.</Trans>
        </p>
      ) : null}
    </>
  );
}
