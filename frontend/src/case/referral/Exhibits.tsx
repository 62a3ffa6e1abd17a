/** The files that go out: chosen one by one, each under a name given for it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { fileUrl } from "../../api/files";
import type { CaseView, FileView, ReferralView } from "../../api/types";
import { useCommand } from "../../live/useCommand";
import { Button, Dialog, Link, Select, TextField } from "../../ui";
import { sizeWords } from "../files/files";
import { partyName } from "../people";
import { ProblemNote } from "../ProblemNote";

export function Exhibits({ view, referral }: { view: CaseView; referral: ReferralView }) {
  const { i18n } = useLingui();
  const [choosing, setChoosing] = useState(false);
  const { give, status, problem } = useCommand(view.case);
  const mayChoose = referral.can.includes("ChooseExhibit");
  return (
    <div className="stack-tight">
      <h3>
        <Trans>Files that go with it</Trans>
      </h3>
      {referral.exhibits.length === 0 ? (
        <p className="note">
          <Trans>None so far.</Trans>
        </p>
      ) : (
        <ul className="plain-list">
          {referral.exhibits.map((one) => {
            const name = partyName(view, one.party);
            return (
              <li key={one.exhibit} className="referral-exhibit">
                <div>
                  <Link href={fileUrl(view.case, one.exhibit)} download>
                    {one.number}. {one.name}
                  </Link>
                  <p className="note">
                    {sizeWords(one.size, i18n.locale)} · <Trans>chosen by {name}</Trans>
                  </p>
                </div>
                {one.can.includes("TakeBackExhibit") ? (
                  <Button small kind="quiet" isPending={status !== "idle"} onPress={() => void give("exhibit-withdrawals", { referral: referral.referral, exhibit: one.exhibit })}>
                    <Trans>Take it back</Trans>
                  </Button>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      <ProblemNote problem={problem} />
      {mayChoose ? (
        referral.choosable.length > 0 ? (
          <div className="row">
            <Button small icon="attach" onPress={() => setChoosing(true)}>
              <Trans>Choose a file</Trans>
            </Button>
          </div>
        ) : (
          <p className="note">
            <Trans>A file can go out if it existed before and was sent in direct talks, or if your own side put it on the table. There is no other one.</Trans>
          </p>
        )
      ) : null}
      {choosing ? <ChooseDialog view={view} referral={referral} onClose={() => setChoosing(false)} /> : null}
    </div>
  );
}

function ChooseDialog({ view, referral, onClose }: { view: CaseView; referral: ReferralView; onClose: () => void }) {
  const { t, i18n } = useLingui();
  const files = referral.choosable.flatMap((id): FileView[] => view.files.filter((one) => one.file === id));
  const [file, setFile] = useState<string | null>(null);
  const [name, setName] = useState("");
  const { give, status, problem } = useCommand(view.case);
  return (
    <Dialog
      title={t`Choose a file`}
      closeLabel={t`Close`}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      actions={
        <Button
          kind="primary"
          isDisabled={file === null || name.trim() === ""}
          isPending={status !== "idle"}
          onPress={() => {
            if (file === null) return;
            void give("exhibits", { referral: referral.referral, file, name: name.trim() }).then((written) => {
              if (written !== null) onClose();
            });
          }}
        >
          <Trans>Let this file go out</Trans>
        </Button>
      }
    >
      <p>
        <Trans>Everybody on the case and the institution get this file. Its name and size become papers, which stay, also if you take the file back. Where and when it was shown here is not said.</Trans>
      </p>
      <Select
        label={t`The file`}
        placeholder={t`Choose`}
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          setName(files.find((one) => one.file === chosen)?.name ?? "");
        }}
        choices={files.map((one) => ({ value: one.file, label: one.name, hint: sizeWords(one.size, i18n.locale) }))}
      />
      <TextField label={t`Its name in the papers`} hint={t`Give it a plain name, such as “Contract of 3 March.pdf”.`} value={name} onChange={setName} maxLength={200} />
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
