/** One file of a room: what it is, whose, and what may be done with it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import { fileUrl } from "../../api/files";
import type { CaseView, FileView } from "../../api/types";
import { Button, ConfirmDialog, Icon, IconButton, LinkButton, Menu, Tag, Time } from "../../ui";
import { mayNow } from "../lookup";
import { nameOf } from "../people";
import { useAct } from "../useAct";
import { fileIcon, mayBeDrawn, sizeWords } from "./files";
import "./files.css";

const LookAtFile = lazy(() => import("./LookAtFile").then((part) => ({ default: part.LookAtFile })));

/** `said` leaves out who added it and when, where the conversation says so already. */
export function FileCard({ view, file, said = false }: { view: CaseView; file: FileView; said?: boolean }) {
  const { t, i18n } = useLingui();
  const [looking, setLooking] = useState(false);
  const [taking, setTaking] = useState(false);
  const { act, busy } = useAct(view.case);
  const { name } = file;
  const by = file.by === view.me.participant ? t`you` : nameOf(view, file.by) || t`somebody who has left`;
  return (
    <div className="file-card">
      <span className="file-drawing">
        <Icon name={fileIcon(file.media_type)} size={26} />
      </span>
      <div className="file-main">
        <p className="file-name">{file.name}</p>
        <p className="note">
          {sizeWords(file.size, i18n.locale)}
          {said ? null : (
            <>
              {" · "}
              <Trans>
                added by {by}, <Time at={file.at} />
              </Trans>
            </>
          )}
        </p>
        <Tag>{file.origin === "existed-before" ? <Trans>Existed before</Trans> : <Trans>Made for this mediation</Trans>}</Tag>
        <div className="row file-acts">
          {mayBeDrawn(file.media_type) ? (
            <Button small kind="quiet" icon="look" aria-label={t`Look at it: ${name}`} onPress={() => setLooking(true)}>
              <Trans>Look at it</Trans>
            </Button>
          ) : null}
          <LinkButton small kind="quiet" icon="download" aria-label={t`Download ${name}`} href={fileUrl(view.case, file.file)} download>
            <Trans>Download</Trans>
          </LinkButton>
        </div>
      </div>
      {mayNow(file, "WithdrawFile") ? (
        <Menu
          label={t`What to do with this file`}
          trigger={<IconButton icon="more" label={t`More about ${name}`} isDisabled={busy} />}
          groups={[[{ id: "take-back", label: t`Take it back`, hint: t`Its content and its name are erased.`, icon: "undo", onAction: () => setTaking(true) }]]}
        />
      ) : null}
      {looking ? (
        <Suspense fallback={null}>
          <LookAtFile caseId={view.case} file={file} onClose={() => setLooking(false)} />
        </Suspense>
      ) : null}
      <ConfirmDialog
        title={t`Take this file back?`}
        isOpen={taking}
        onOpenChange={setTaking}
        confirm={t`Take it back`}
        decline={t`Leave it here`}
        onConfirm={() => {
          setTaking(false);
          void act("file-withdrawals", { room: file.room, file: file.file });
        }}
      >
        <p className="file-name">{file.name}</p>
        <p>
          <Trans>Its content and its name are erased here. Whoever has downloaded it already still has their copy.</Trans>
        </p>
      </ConfirmDialog>
    </div>
  );
}
